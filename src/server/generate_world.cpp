#include <fmt/format.h>

#include "arguments.h"
#include "cases/made_up_reports.h"
#include "cases/report_file.h"
#include "demo_employers.h"
#include "made_up_benefit.h"
#include "people/employers.h"

namespace klout7::server {
namespace {

constexpr std::size_t cases_per_step = 500;

/// The three employers of the demo, made where they are not there yet.
std::vector<MadeUpEmployer> employers_of(program::Program<OfficeZone>& office) {
    auto employers = demo_employers();
    auto const& frame = office.frame();
    auto const made = frame.database.transact([&](store::Transaction& tx) {
        for (auto const& one : employers)
            if (!people::find_employer(tx, office.keyring(), one.code))
                people::add_employer(tx, office.keyring(), one.code, one.name, frame.clock.now(),
                                     frame.random);
    });
    if (!made) return {};
    return employers;
}

}  // namespace

Done generate_world(program::DataFolder const& folder, Arguments const& arguments) {
    auto const people = arguments.number("--people", 1000);
    auto const seed = arguments.number("--seed", 1);
    if (!people || !seed || *people < 1 || *people > cases::MadeUpReports::most)
        return Done::fail("--people and --seed are numbers; 1 to 1000000 people");
    auto office = program::Program<OfficeZone>::open(folder, "klout7",
                                                     {people::may_come_from, people::name_of_employer});
    if (!office) return Done::fail(office.error());
    if ((*office)->keyring().identity().environment != Environment::development)
        return Done::fail("made-up people belong in a development environment only");
    auto const employers = employers_of(**office);
    if (employers.empty()) return Done::fail("the database does not answer; is `klout7 serve` running?");

    auto const& frame = (*office)->frame();
    auto const today = LocalDate::in_the_netherlands(frame.clock.now());
    cases::MadeUpReports reports{*seed, static_cast<std::uint32_t>(*people), today, employers};
    cases::ReportFile file{today};
    MadeUpPeople payees{*seed + 1'000'000};
    std::vector<cases::ReportRow> waiting;
    std::size_t made = 0;
    auto const take = [&](std::size_t least) {
        while (waiting.size() >= least && !waiting.empty()) {
            auto const count = std::min(cases_per_step, waiting.size());
            std::vector<cases::SickReport const*> good;
            for (std::size_t i = 0; i < count; ++i)
                if (waiting[i].report) good.push_back(&*waiting[i].report);
            auto const done = frame.database.transact([&](store::Transaction& tx) {
                auto const taken =
                    actions::take_reports(tx, frame.keys, good, {}, frame.clock.now(), frame.random);
                std::vector<actions::Taken> added;
                for (auto const& one : taken)
                    if (one.outcome == actions::TakeOutcome::added) added.push_back(one);
                add_made_up_benefit(**office, tx, added, payees);
                return added.size();
            });
            if (!done) return false;
            made += *done;
            waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(count));
            fmt::print("\r{} of {} people", made, *people);
            std::fflush(stdout);
        }
        return true;
    };
    for (auto piece = reports.next_piece(); !piece.empty(); piece = reports.next_piece()) {
        for (auto& row : file.feed(piece)) waiting.push_back(std::move(row));
        if (!take(cases_per_step)) return Done::fail("the database does not answer");
    }
    for (auto& row : file.finish()) waiting.push_back(std::move(row));
    if (!take(1)) return Done::fail("the database does not answer");
    fmt::print("\r{} people with a case, facts and an account; {} were there already\n", made,
               *people - made);
    return {};
}

}  // namespace klout7::server
