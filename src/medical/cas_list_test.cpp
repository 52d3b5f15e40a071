#include "cas_list.h"

#include <doctest/doctest.h>

#include "testing/practice.h"

using namespace klout7;
using namespace klout7::medical;
using namespace klout7::medical::testing;

namespace {

constexpr auto today = *LocalDate::from(2026, 11, 18);
constexpr std::string_view header = "code\tdutch\tenglish\tvalid_from\tvalid_until\tsource\n";

using Codes = std::vector<std::string>;
Codes codes_of(std::vector<CasEntry> const& entries) {
    Codes codes;
    for (auto const& one : entries) codes.push_back(one.code);
    return codes;
}
Codes found(std::string_view words, LocalDate on = today) {
    return codes_of(CasList::built_in().find(words, on));
}

std::optional<CasList> list_of(std::string_view lines) {
    return CasList::parse(std::string{header}.append(lines));
}

}  // namespace

TEST_CASE("a code is found by its begin, and by parts of its words in either language") {
    CHECK(found("r605") == Codes{"R605"});
    CHECK(found("R60") == Codes{"R605", "R606"});
    CHECK(found("L10") == Codes{"L101", "L102", "L103", "L104", "L105"});
    CHECK(found("rug") == found("L10"));
    CHECK(found("Back") == found("L10"));
    CHECK(found("covid") == Codes{"R605", "R606"});
    CHECK(found("  LONG   covid ") == Codes{"R606"});
    CHECK(found("r6 long") == Codes{"R606"});
    CHECK(found("fasciítis") == Codes{"L122"});
    for (std::string_view const words : {"", "  ", "-", "605", "griep", "covid tinnitus", "R6055"}) {
        CAPTURE(words);
        CHECK(found(words).empty());
    }
}

TEST_CASE("a code counts from its first to its last day") {
    auto const day_before = *LocalDate::from(2022, 1, 4);
    CHECK(found("covid", day_before).empty());
    CHECK(found("covid", day_before.plus_days(1)) == Codes{"R605", "R606"});
    auto const list = list_of("A001\teen\tone\t2026-01-01\t2026-11-18\tx\nA002\teen\tone\t\t2026-11-17\tx\n");
    REQUIRE(list);
    CHECK(codes_of(list->find("een", today)) == Codes{"A001"});
    CHECK(list->find("een", today.plus_days(1)).empty());
    CHECK(codes_of(list->find("one", today.plus_days(-400))) == Codes{"A002"});
}

TEST_CASE("of many at most twenty come back, in the order of their codes") {
    std::string lines;
    for (int i = 30; i > 0; --i) lines += "A" + std::to_string(100 + i) + "\tzelfde\tsame\t\t\tx\n";
    auto const list = list_of(lines);
    REQUIRE(list);
    auto const hits = codes_of(list->find("zelfde", today));
    CHECK(hits.size() == CasList::most_hits);
    CHECK(hits.front() == "A101");
    CHECK(hits.back() == "A120");
}

TEST_CASE("a first digit 1 is a complaint, any other a disease") {
    CHECK(CasList::built_in().find("H102", today).front().is_complaint());
    CHECK_FALSE(CasList::built_in().find("R605", today).front().is_complaint());
}

TEST_CASE("a list that is not in its form is none") {
    CHECK(list_of("A001\teen\tone\t\t\tx\n# a remark\n\n"));
    for (std::string_view const lines :
         {"A001\teen\tone\t\t\n", "A001\teen\tone\t\t\tx\ty\n", "a001\teen\tone\t\t\tx\n",
          "A001\t\tone\t\t\tx\n", "A001\teen\t\t\t\tx\n", "A001\teen\tone\t\t\t\n",
          "A001\teen\tone\tjanuari\t\tx\n", "A001\teen\tone\t\t2026-02-30\tx\n", "A001\t\xff\tone\t\t\tx\n",
          "A001\teen\tone\t\t\tx\nA001\ttwee\ttwo\t\t\tx\n"}) {
        CAPTURE(lines);
        CHECK_FALSE(list_of(lines));
    }
    CHECK_FALSE(CasList::parse(""));
    CHECK_FALSE(CasList::parse("code\tdutch\nA001\teen\tone\t\t\tx\n"));
}

TEST_CASE(
    "who may write consults of the own cases may look up a code, and the line tells neither about whom nor "
    "what") {
    MedicalSide side;
    auto all = side.everybody(side.assigned());
    for (auto& one : all) {  // of the own cases, or of those of the own doctor
        bool const has_own = one.who == "another doctor" || one.who == "a doctor who stands in" ||
                             one.who == "an insurance doctor";
        if (has_own) one.relation = Relation::assigned;
        if (one.who == "a delegate of another doctor") one.relation = Relation::delegated;
        if (one.relation == Relation::own_person) one.relation = Relation::none;
    }
    as_each(side, Resource::consult, Action::search, all,
            [&](Actor const& actor) { return came(search_cas_codes(side.practice, actor, "rug")); });
    auto const codes = search_cas_codes(side.practice, side.doctor, "rug");
    REQUIRE(codes);
    CHECK(codes_of(*codes) == found("rug"));
    auto const line = side.lines().front();
    CHECK_FALSE(line.entry.event.person);
    CHECK_FALSE(line.entry.event.object);
    CHECK(line.detail ==
          side.doctor.source);  // not what was looked up: beside the next line it would tell too much
    without_log(side, [&] { return came(search_cas_codes(side.practice, side.doctor, "rug")); });
}

TEST_CASE("what cannot be looked up is told to who may look") {
    MedicalSide side;
    using Fields = std::vector<std::string_view>;
    for (std::string const& words :
         {std::string{}, std::string{"  "}, std::string{"\xff"}, std::string(101, 'a')})
        CHECK(fields_of(search_cas_codes(side.practice, side.doctor, words)) == Fields{"words"});
    CHECK(search_cas_codes(side.practice, side.doctor, std::string(100, 'a')));
    Given<std::string> const unreadable = std::unexpected(Failure{FailureKind::wrong_content});
    CHECK(came(search_cas_codes(side.practice, side.doctor, unreadable)) == FailureKind::wrong_content);
    auto const client = side.actor(Role::client);
    CHECK(came(search_cas_codes(side.practice, client, unreadable)) == FailureKind::not_found);
}
