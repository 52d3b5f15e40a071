#include "functional_abilities.h"

#include <doctest/doctest.h>

#include <set>

#include "abilities_json.h"
#include "base/cbor.h"
#include "base/encoding.h"
#include "base/testing.h"

using namespace klout7;
using namespace klout7::medical;

namespace {

constexpr auto first_sick_day = *LocalDate::from(2026, 11, 16);
constexpr auto today = *LocalDate::from(2026, 11, 18);

FunctionalAbilities normal() { return {.valid_from = today}; }
std::size_t place_of(std::string_view code) {
    for (std::size_t i = 0; i < ability_items.size(); ++i)
        if (ability_items[i].code == code) return i;
    FAIL("no item ", code);
    return 0;
}
FunctionalAbilities example() {
    auto one = normal();
    one.levels[place_of("concentration")] = Level::limited;
    one.levels[place_of("lifting_carrying")] = Level::strongly_limited;
    one.hours_per_day = 4;
    one.hours_per_week = 20;
    one.nights_possible = false;
    one.words[0] = {"Slaapt slecht.", "Geen werk dat lang de aandacht vraagt."};
    return one;
}

using Names = std::vector<std::string_view>;
Names fields_of(std::vector<access::FieldFault> const& faults) {
    Names fields;
    for (auto const& fault : faults) {
        CHECK(!fault.dutch.empty());
        CHECK(!fault.english.empty());
        fields.push_back(fault.field);
    }
    return fields;
}
Names wrong_with(FunctionalAbilities const& abilities) {
    return fields_of(faults_of(abilities, first_sick_day, today));
}

/// What a request with this content says, or its fields that are wrong.
Given<NewAbilities> asked(std::string_view json) {
    auto const input = api::JsonInput::parse(json, ability_fields());
    if (!input) return std::unexpected(input.error());
    return abilities_of(Uuid{}, *input);
}
Names wrong_fields(std::string_view json) {
    auto const given = asked(json);
    REQUIRE_FALSE(given);
    return fields_of(given.error().fields);
}

}  // namespace

TEST_CASE(
    "every item has a code of its own, words in both languages and a section; working hours have none") {
    std::set<std::string_view> codes;
    std::set<Section> sections;
    for (auto const& item : ability_items) {
        CAPTURE(item.code);
        CHECK(codes.insert(item.code).second);
        CHECK(!item.dutch.empty());
        CHECK(!item.english.empty());
        CHECK(item.normal_dutch.empty() == item.normal_english.empty());
        sections.insert(item.section);
    }
    CHECK(sections.size() == section_names.size() - 1);
    CHECK_FALSE(sections.contains(Section::working_hours));
    CHECK(section_names.size() == 6);
    auto const fields = ability_fields();
    CHECK(std::set<std::string_view>(fields.begin(), fields.end()).size() == fields.size());
}

TEST_CASE("a list counts from the first sick day on, at most a year ahead") {
    auto one = normal();
    for (auto const& [day, is_right] : {std::pair{first_sick_day.plus_days(-1), false},
                                        {first_sick_day, true},
                                        {today.plus_days(366), true},
                                        {today.plus_days(367), false}}) {
        one.valid_from = day;
        CHECK(wrong_with(one) == (is_right ? Names{} : Names{"valid_from"}));
    }
}

TEST_CASE("hours are 0 to 24 a day, 0 to 60 a week, no more a week than the days hold, or not said") {
    auto const wrong = [](std::optional<int> day, std::optional<int> week) {
        auto one = normal();
        one.hours_per_day = day;
        one.hours_per_week = week;
        return wrong_with(one);
    };
    CHECK(wrong({}, {}).empty());
    CHECK(wrong(0, 0).empty());
    CHECK(wrong(24, 60).empty());
    CHECK(wrong({}, 60).empty());
    CHECK(wrong(24, {}).empty());
    CHECK(wrong(4, 28).empty());
    CHECK(wrong(4, 29) == Names{"hours_per_week"});
    CHECK(wrong(0, 1) == Names{"hours_per_week"});
    CHECK(wrong(-1, {}) == Names{"hours_per_day"});
    CHECK(wrong(25, {}) == Names{"hours_per_day"});
    CHECK(wrong({}, -1) == Names{"hours_per_week"});
    CHECK(wrong({}, 61) == Names{"hours_per_week"});
    CHECK(wrong(25, 61) == Names{"hours_per_day", "hours_per_week"});
}

TEST_CASE("an explanation is readable text of at most 4,000 characters, or none") {
    auto one = normal();
    one.words[1].explanation = std::string(longest_explanation, 'n');
    one.words[2].for_work = "Twee\nregels, \xc3\xa9\xc3\xa9n woord.";
    CHECK(wrong_with(one).empty());
    for (std::string const& text : {std::string{" \n"}, std::string{"\xff"}, std::string{"a\x01"},
                                    std::string(longest_explanation + 1, 'n')}) {
        CAPTURE(text.substr(0, 10));
        auto wrong = normal();
        wrong.words[1].explanation = text;
        wrong.words[5].for_work = text;
        CHECK(wrong_with(wrong) == Names{"explanation_social_functioning", "for_work_working_hours"});
    }
}

TEST_CASE("a list comes back from its bytes as it went in") {
    for (auto const& one : {normal(), example()}) {
        auto const back = decode_abilities(encode(one, "A. de Arts"));
        REQUIRE(back);
        CHECK(back->abilities == one);
        CHECK(back->signer == "A. de Arts");
    }
    auto all = normal();
    all.levels.fill(Level::strongly_limited);
    all.words.fill({"uitleg", "voor werk"});
    CHECK(decode_abilities(encode(all, "A"))->abilities == all);
}

TEST_CASE("the bytes of a list are those that docs/data-formats.md shows") {
    auto const page = page_without_blanks(KLOUT7_DOCS "/data-formats.md");
    auto const bytes = to_hex(encode(example(), "A. de Arts"));
    CAPTURE(bytes);
    CHECK(page.find(bytes) != std::string::npos);
}

TEST_CASE("bytes that are no list are refused") {
    auto const bytes = encode(example(), "A. de Arts");
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK_FALSE(decode_abilities(BytesView{bytes}.first(size)));
    auto const altered = [](auto change) {
        auto one = example();
        change(one);
        return decode_abilities(encode(one, "A. de Arts")).has_value();
    };
    CHECK(altered([](auto&) {}));
    CHECK_FALSE(altered([](auto& one) { one.hours_per_day = 25; }));
    CHECK_FALSE(altered([](auto& one) { one.hours_per_week = 61; }));
    CHECK_FALSE(altered([](auto& one) { one.hours_per_week = -1; }));
    // An item or level that does not exist.
    for (auto const& [place, level] :
         {std::pair<std::uint32_t, std::uint64_t>{ability_items.size(), 1}, {0, 0}, {0, 3}}) {
        CborWriter w;
        w.map(8).key(1).integer(20'000).key(2).text("A");
        w.key(3).map(1).key(place).uint(level);
        w.key(4).null().key(5).null().key(6).boolean(true);
        for (std::uint32_t key : {7U, 8U}) {
            w.key(key).array(6);
            for (int i = 0; i < 6; ++i) w.text("");
        }
        CHECK_FALSE(decode_abilities(w.finish()));
    }
}

TEST_CASE("a request says only what is limited, and every wrong field is named") {
    auto const given = asked(R"({"replaces": 2, "valid_from": "2026-11-18", "concentration": "limited",
        "lifting_carrying": "strongly_limited", "hearing": "normal", "seeing": null, "hours_per_day": 4, "hours_per_week": 20,
        "nights_possible": false, "explanation_personal_functioning": "Slaapt slecht.",
        "for_work_personal_functioning": "Geen werk dat lang de aandacht vraagt."})");
    REQUIRE(given);
    CHECK(given->replaces == 2);
    CHECK(given->abilities == example());
    CHECK(asked(R"({"replaces": 0, "valid_from": "2026-11-18"})")->abilities == normal());
    CHECK(wrong_fields("{}") == Names{"replaces", "valid_from"});
    CHECK(wrong_fields(
              R"({"replaces": -1, "valid_from": "18-11-2026", "hours_per_day": "vier", "hours_per_week": "4x",
        "nights_possible": "ja", "concentration": "severe", "above_shoulder": "Limited"})") ==
          Names{"replaces", "valid_from", "hours_per_day", "hours_per_week", "nights_possible",
                "concentration", "above_shoulder"});
    auto const unknown = asked(R"({"replaces": 0, "valid_from": "2026-11-18", "diagnosis": "limited"})");
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().fields.front().code == "unknown_field");
}
