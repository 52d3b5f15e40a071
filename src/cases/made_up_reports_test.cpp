#include "cases/made_up_reports.h"

#include <doctest/doctest.h>

#include <chrono>
#include <set>
#include <string>

#include "cases/report_file.h"

using namespace klout7;
using namespace klout7::cases;

namespace {

auto const today = LocalDate::parse_iso("2026-11-23").value();

std::string file_of(std::uint64_t seed, std::uint32_t count) {
    MadeUpReports reports{seed, count, today, {{"Proefbedrijf", "AAA"}, {"Testbedrijf", "BBB"}}};
    std::string file;
    for (auto piece = reports.next_piece(); !piece.empty(); piece = reports.next_piece()) file += piece;
    return file;
}

}  // namespace

TEST_CASE("every made-up report passes the check, and no person stands there twice") {
    auto const file = file_of(7, 3000);
    ReportFile reader{today};
    auto rows = reader.feed(file);
    for (auto& row : reader.finish()) rows.push_back(std::move(row));
    CHECK(reader.header_problems().empty());
    REQUIRE(rows.size() == 3000);
    std::set<Bsn> people;
    std::set<std::string> employers;
    std::set<Ground> grounds;
    auto first = today;
    auto last = today.plus_days(-1000);
    for (auto const& row : rows) {
        REQUIRE(row.report.has_value());
        people.insert(row.report->bsn);
        employers.insert(row.report->employer);
        grounds.insert(row.report->ground);
        first = std::min(first, row.report->first_sick_day);
        last = std::max(last, row.report->first_sick_day);
    }
    CHECK(people.size() == 3000);
    CHECK(employers == std::set<std::string>{"AAA", "BBB"});
    CHECK(grounds.size() == 3);
    CHECK(last == today);
    CHECK(first == today.plus_days(-364));
}

TEST_CASE("the same seed makes the same file, another seed another") {
    CHECK(file_of(7, 500) == file_of(7, 500));
    CHECK(file_of(7, 500) != file_of(8, 500));
    CHECK(
        file_of(7, 0) ==
        "werkgever;personeelsnummer;bsn;achternaam;tussenvoegsel;voorletters;geboortedatum;eerste_ziektedag;"
        "einde_dienstverband;grond;telefoon;verpleegadres;verwachte_duur_dagen;vangnet;arbeidsongeval;"
        "verkeersongeval_derde;lopende_werkzaamheden\r\n");
}

// Run by hand: cases_test --test-case="*three seconds*" --no-skip -s
TEST_CASE("300,000 reports are read and checked in three seconds" * doctest::skip()) {
    auto const file = file_of(7, 300'000);
    auto const start = std::chrono::steady_clock::now();
    ReportFile reader{today};
    std::size_t good = 0;
    auto const count = [&](std::vector<ReportRow> const& rows) {
        for (auto const& row : rows) good += row.report ? 1U : 0U;
    };
    for (std::size_t at = 0; at < file.size(); at += 65'536)
        count(reader.feed(std::string_view{file}.substr(at, 65'536)));
    count(reader.finish());
    std::chrono::duration<double> const took = std::chrono::steady_clock::now() - start;
    CHECK(good == 300'000);
    MESSAGE("seconds: ", took.count(), " bytes: ", file.size());
    CHECK(took.count() < 3.0);
}
