#include <fmt/format.h>

#include "arguments.h"
#include "documents/rescan.h"
#include "program/program.h"

namespace klout7::server {
namespace {

constexpr auto usage =
    "usage: klout7 documents rescan\n"
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

}  // namespace

Done manage_documents(program::DataFolder const& folder, Arguments const& arguments) {
    auto const& words = arguments.words;
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
