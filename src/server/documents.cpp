#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <chrono>

#include "arguments.h"
#include "documents/check.h"
#include "documents/rescan.h"
#include "documents/sweep.h"
#include "program/program.h"

namespace klout7::server {
namespace {

constexpr auto usage =
    "usage: klout7 documents check [--side office|medical] [--pace MIB] [--repair]\n"
    "       klout7 documents rescan\n"
    "       klout7 documents rescan pause | continue";

template <class Zone>
using Program = program::Program<Zone>;

void show(std::string_view side, documents::Rescan const& rescan, std::int64_t left) {
    auto const state = rescan.finished_at ? "finished " + rescan.finished_at->to_string()
                       : rescan.is_paused ? std::string{"paused"}
                                          : std::string{"under way"};
    fmt::print("{:<8} {}\n         {}; begun {}\n         {} clean, {} closed, {} not scanned, {} to go\n",
               side, rescan.signatures, state, rescan.started_at.to_string(), rescan.scanned, rescan.found,
               rescan.not_scanned, left);
}

template <class Zone>
Done show_rescan(program::DataFolder const& folder) {
    auto program = Program<Zone>::open(folder, "klout7");
    if (!program) return Done::fail(program.error());
    auto const shown = (*program)->frame().database.transact([](store::Transaction& tx) {
        auto const newest = documents::newest_rescan(tx);
        if (newest)
            show(name_of(Zone::side), *newest, documents::left_of(tx, *newest));
        else
            fmt::print("{:<8} nothing was scanned again yet\n", name_of(Zone::side));
    });
    return shown ? Done{} : Done::fail(no_database);
}

template <class Zone>
Done pause(program::DataFolder const& folder, bool is_paused) {
    auto program = Program<Zone>::open(folder, "klout7");
    if (!program) return Done::fail(program.error());
    auto const& frame = (*program)->frame();
    auto const done = frame.database.transact([&](store::Transaction& tx) {
        if (!documents::pause_rescans(tx, is_paused)) return false;
        auto const line =
            operator_line("change", "rescan", {}, is_paused ? "pause" : "continue", frame.clock.now());
        frame.recorder.record(tx, {&line, 1});
        return true;
    });
    if (!done) return Done::fail(no_database);
    if (!*done) fmt::print("{:<8} nothing was scanned again yet\n", name_of(Zone::side));
    return show_rescan<Zone>(folder);
}

// -- check ------------------------------------------------------------------------------------------

std::string_view words_of(documents::Damage damage) {
    using enum documents::Damage;
    switch (damage) {
        case missing:
            return "its file is missing: put it back from a backup of the store";
        case altered:
            return "its file is not what was sealed: put it back from a backup of the store";
        case unreadable:
            return "its file cannot be read: look at the disk or the share";
        case row:
            return "its row is not what was written: put it back from a backup of the database";
        case no_verdict:
            return "what the scanner said of it is gone, so it is closed; --repair has it scanned again";
        case extra:
            return "no document knows this file: it is still arriving, or was left when a program was "
                   "killed; the "
                   "server removes it when that is so for an hour";
    }
    return {};
}

/// To a terminal only, on a line that is written over.
class Progress {
public:
    void show(std::string_view side, documents::Checked const& so_far) {
        auto const now = std::chrono::steady_clock::now();
        if (!is_terminal_ || now < next_) return;
        next_ = now + std::chrono::milliseconds{200};
        fmt::print(stderr, "\r{}: {} of {} documents, {} MiB read", side, so_far.looked_at, so_far.documents,
                   so_far.bytes >> 20U);
    }
    void clear() const {
        if (is_terminal_) fmt::print(stderr, "\r\033[K");
    }

private:
    bool is_terminal_ = isatty(STDERR_FILENO) == 1;
    std::chrono::steady_clock::time_point next_ = {};
};

template <class Zone>
std::uint64_t repair_what_can_be(Program<Zone>& program, documents::CheckParts<Zone> const& parts,
                                 std::vector<documents::Found> const& found) {
    auto const& frame = program.frame();
    std::uint64_t repaired = 0;
    for (auto const& one : found) {
        if (!documents::can_repair(one.damage) || !one.document) continue;
        auto const line = operator_line("change", "document", one.document->uuid(),
                                        "repair " + one.file.text(), frame.clock.now());
        auto const is_written = frame.database.transact([&](store::Transaction& tx) {
            frame.recorder.record(tx, {&line, 1});
        });
        if (!is_written || !documents::repair(parts, one)) continue;
        ++repaired;
        fmt::print("{:<8} {}: waits for the scanner now\n", name_of(Zone::side), one.file.text());
    }
    return repaired;
}

struct CheckWishes {
    std::uint64_t bytes_per_second = 0;
    bool repair = false;
};

template <class Zone>
Done check_side(program::DataFolder const& folder, CheckWishes wishes) {
    auto program = Program<Zone>::open(folder, "klout7");
    if (!program) return Done::fail(program.error());
    auto const side = name_of(Zone::side);
    auto const& frame = (*program)->frame();
    documents::CheckParts<Zone> const parts{(*program)->documents(), frame.keys, frame.database, frame.clock};
    std::vector<documents::Found> found;
    Progress progress;
    documents::CheckOptions options;
    options.bytes_per_second = wishes.bytes_per_second;
    options.progress = [&](documents::Checked const& so_far) { progress.show(side, so_far); };
    options.found = [&](documents::Found const& one) {
        progress.clear();
        auto const what =
            one.document ? "document " + one.document->uuid().to_string() : "file " + one.file.text();
        fmt::print("{:<8} {}: {}\n", side, what, words_of(one.damage));
        found.push_back(one);
    };
    auto const checked = documents::check(parts, options);
    progress.clear();
    if (!checked)
        return Done::fail(checked.error() == documents::CheckFault::database
                              ? std::string{no_database}
                              : fmt::format("the {} store of documents does not answer", side));
    fmt::print("{:<8} {} documents: {} whole, {} of people whose key was destroyed; {} MiB read; {} found\n",
               side, checked->looked_at, checked->whole, checked->shredded, checked->bytes >> 20U,
               found.size());
    auto const repaired = wishes.repair ? repair_what_can_be(**program, parts, found) : 0;
    if (checked->extra > documents::most_orphans)
        return Done::fail(
            fmt::format("the {} side: {} files without a document are more than crashes leave, so "
                        "the server removes none. Did the database lose rows?",
                        side, checked->extra));
    // What is extra goes by itself.
    auto const wrong = found.size() - checked->extra;
    if (wrong == repaired) return {};
    return Done::fail(fmt::format("the {} side: {} of {} are not repaired", side, wrong - repaired, wrong));
}

Done check(program::DataFolder const& folder, Arguments const& arguments) {
    CheckWishes wishes{.bytes_per_second = 0, .repair = arguments.has("--repair")};
    if (arguments.has("--pace")) {
        auto const mib = arguments.number("--pace", 0).value_or(0);
        if (mib == 0 || mib > 100'000)
            return Done::fail(
                "--pace is how many MiB a second are read at most: a whole number from 1 to 100000");
        wishes.bytes_per_second = mib << 20U;
    }
    auto const side = arguments.option("--side");
    if (side && *side != "office" && *side != "medical") return Done::fail("--side is office or medical");
    auto office = side == "medical" ? Done{} : check_side<OfficeZone>(folder, wishes);
    auto medical = side == "office" ? Done{} : check_side<MedicalZone>(folder, wishes);
    if (office.code != 0 && medical.code != 0) office.problem += "\nklout7: " + medical.problem;
    return office.code != 0 ? office : medical;
}

}  // namespace

Done manage_documents(program::DataFolder const& folder, Arguments const& arguments) {
    auto const& words = arguments.words;
    if (words.size() == 2 && words[1] == "check") return check(folder, arguments);
    if (words.size() < 2 || words.size() > 3 || words[1] != "rescan") return Done::fail(usage);
    if (words.size() == 2) {
        auto const office = show_rescan<OfficeZone>(folder);
        return office.code == 0 ? show_rescan<MedicalZone>(folder) : office;
    }
    if (words[2] != "pause" && words[2] != "continue") return Done::fail(usage);
    bool const is_paused = words[2] == "pause";
    auto const office = pause<OfficeZone>(folder, is_paused);
    return office.code == 0 ? pause<MedicalZone>(folder, is_paused) : office;
}

}  // namespace klout7::server
