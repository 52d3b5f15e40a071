#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <fstream>

#include "actions/import_reports.h"
#include "arguments.h"
#include "cases/made_up_reports.h"
#include "demo_employers.h"
#include "program/program.h"

namespace klout7::server {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t piece_bytes = 256 * 1024;

std::optional<crypto::Sha256> hash_of(fs::path const& file) {
    std::ifstream in{file, std::ios::binary};
    if (!in) return std::nullopt;
    crypto::Sha256Stream hash;
    std::string piece(piece_bytes, '\0');
    while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0)
        hash.add(bytes_of(std::string_view{piece}.substr(0, static_cast<std::size_t>(in.gcount()))));
    return hash.finish();
}

/// The file of refused rows. Written and synced before the batch it belongs to is committed.
class Rejects {
public:
    Rejects(fs::path file, std::int64_t keep) : file_(std::move(file)), keep_(keep) {}
    ~Rejects() {
        if (fd_ >= 0) close(fd_);
    }
    Rejects(Rejects const&) = delete;
    Rejects& operator=(Rejects const&) = delete;
    bool write(std::string_view lines) {
        if (fd_ < 0) {
            fd_ = open(file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
            // What lies behind was written by a run that was cut off before it was committed.
            if (fd_ < 0 || ftruncate(fd_, keep_) != 0 || lseek(fd_, 0, SEEK_END) < 0) return false;
        }
        while (!lines.empty()) {
            auto const written = ::write(fd_, lines.data(), lines.size());
            if (written <= 0) return false;
            lines.remove_prefix(static_cast<std::size_t>(written));
        }
        return fsync(fd_) == 0;
    }

private:
    fs::path file_;
    std::int64_t keep_;
    int fd_ = -1;
};

void show_progress(std::uint64_t done, std::uint64_t all, actions::ImportCounts const& counts) {
    constexpr std::uint64_t width = 40;
    auto const filled = all == 0 ? width : done * width / all;
    fmt::print(stderr, "\r[{:#<{}}{:.<{}}] {:3}%  {} rows", "", filled, "", width - filled,
               all == 0 ? 100 : done * 100 / all, counts.rows);
}

std::string sentence_for(store::StoreError error) {
    switch (error) {
        case store::StoreError::unavailable:
        case store::StoreError::uncertain:
            return "the database does not answer; is `klout7 serve` running? Run the import again: it goes "
                   "on where it stopped";
        case store::StoreError::full:
            return "the disk is full; make room and run the import again: it goes on where it stopped";
        default:
            return "the database refused the import; run it again, it goes on where it stopped, or see the "
                   "operating log";
    }
}

}  // namespace

Done import_sick_reports(program::DataFolder const& folder, Arguments const& arguments) {
    if (arguments.words.size() != 3)
        return Done::fail("usage: klout7 import sick-reports FILE [--dry-run] [--rejects FILE]");
    fs::path const file = arguments.words[2];
    auto const hash = hash_of(file);
    if (!hash) return Done::fail(file.string() + " cannot be read");
    auto program = program::Program<OfficeZone>::open(folder, "klout7");
    if (!program) return Done::fail(program.error());

    auto const rejects_file = arguments.option("--rejects").value_or(file.string() + ".rejects.csv");
    std::optional<Rejects> rejects;
    actions::ImportReports::Options options;
    options.dry_run = arguments.has("--dry-run");
    options.language =
        arguments.option("--language") == "en" ? cases::Language::english : cases::Language::dutch;
    bool const dry_run = options.dry_run;
    options.write_rejects = [&](std::string_view lines) { return rejects->write(lines); };
    auto import = actions::ImportReports::begin(
        (*program)->frame(), {.actor = {}, .operator_name = operator_name()}, *hash, std::move(options));
    if (!import) return Done::fail(sentence_for(import.error()));
    rejects.emplace(rejects_file, (*import)->rejects_bytes());

    bool const shows_progress = isatty(STDERR_FILENO) != 0;
    auto const started = std::chrono::steady_clock::now();
    std::error_code unknown;
    auto const size = fs::file_size(file, unknown);
    std::ifstream in{file, std::ios::binary};
    std::string piece(piece_bytes, '\0');
    std::uint64_t read = 0;
    while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0) {
        auto const count = static_cast<std::size_t>(in.gcount());
        if (auto const done = (*import)->feed(std::string_view{piece}.substr(0, count)); !done)
            return Done::fail(sentence_for(done.error()));
        read += count;
        if (shows_progress) show_progress(read, size, (*import)->counts());
    }
    if (auto const done = (*import)->finish(); !done) return Done::fail(sentence_for(done.error()));
    if (shows_progress) fmt::print(stderr, "\n");
    if (!(*import)->header_problems().empty()) {
        std::string sentence = "nothing was taken from this file:";
        for (auto const& problem : (*import)->header_problems()) {
            sentence +=
                fmt::format("\n  {}", cases::text_for(problem.fault, arguments.option("--language") == "en"
                                                                         ? cases::Language::english
                                                                         : cases::Language::dutch));
            for (auto const& column : problem.columns) sentence += fmt::format("\n    {}", column);
        }
        return Done::fail(sentence);
    }
    auto const& counts = (*import)->counts();
    auto const seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    fmt::print("{}{} rows: {} added, {} already there, {} refused", dry_run ? "dry run, nothing kept: " : "",
               counts.rows, counts.added, counts.already_there, counts.refused);
    if (counts.skipped > 0) fmt::print(", {} done by the run that was cut off", counts.skipped);
    fmt::print("\n{:.1f} s, {:.0f} rows per second, peak memory {} MiB\n", seconds,
               static_cast<double>(counts.rows - counts.skipped) / seconds, used.ru_maxrss / 1024);
    if (counts.refused > 0) fmt::print("what was refused and why: {}\n", rejects_file);
    if ((*import)->ends_in_mid_line()) fmt::print("the file ends in the middle of a line; was it cut off?\n");
    return {};
}

Done generate_sick_reports(Arguments const& arguments) {
    auto const count = arguments.number("--count", 100);
    auto const seed = arguments.number("--seed", 1);
    if (!count || !seed || *count > cases::MadeUpReports::most)
        return Done::fail("--count and --seed are numbers; at most 1000000 reports");
    cases::MadeUpReports reports{*seed, static_cast<std::uint32_t>(*count),
                                 LocalDate::in_the_netherlands(SystemClock{}.now()), demo_employers()};
    for (auto piece = reports.next_piece(); !piece.empty(); piece = reports.next_piece()) {
        if (std::fwrite(piece.data(), 1, piece.size(), stdout) != piece.size())
            return Done::fail("the output cannot be written");
    }
    return {};
}

}  // namespace klout7::server
