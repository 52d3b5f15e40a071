#include "handover/messages.h"

#include <doctest/doctest.h>

#include "base/testing.h"

using namespace klout7;
using namespace klout7::handover;

namespace {

template <class AnyId>
AnyId id(std::uint8_t n) {
    std::array<std::uint8_t, 16> bytes{};
    bytes.back() = n;
    return AnyId{Uuid{bytes}};
}

FeedbackLetter letter() {
    return {.id = id<LetterId>(1),
            .case_id = id<CaseId>(2),
            .doctor_of_case = id<UserId>(3),
            .signed_at = Instant::from_microseconds(1'795'000'000'000'000),
            .doctor = id<UserId>(6),
            .doctor_name = "A. de Arts",
            .fields = {.limits = {Limit::time_pressure, Limit::lifting},
                       .possibilities = {Possibility::adapted_work},
                       .advice = {},
                       .expected_duration = ExpectedDuration::up_to_6_weeks,
                       .hours_per_week = 12,
                       .next_contact = LocalDate::from(2026, 12, 14)}};
}
PersonCard card() {
    return {
        id<PersonId>(4), *Bsn::parse("999990019"), "Jansen", "van der", "J.", *LocalDate::from(1980, 2, 29),
        "06-00123456"};
}

RecoveryReport recovery() {
    return {id<CaseId>(2), LocalDate::from(2026, 12, 1), id<UserId>(3), id<UserId>(5),
            Instant::from_microseconds(1'795'000'000'000'000)};
}

StaffAccount account() { return {id<UserId>(3), "a.de.arts@example.org", "company_doctor", true}; }

struct Sent {
    Side from;
    Message message;
};
std::vector<Sent> one_of_each() {
    return {{Side::office, card()},
            {Side::office,
             CaseDates{id<CaseId>(2), id<PersonId>(4), *LocalDate::from(2026, 11, 1), std::nullopt}},
            {Side::office, CaseDates{id<CaseId>(2), id<PersonId>(4), *LocalDate::from(2026, 11, 1),
                                     LocalDate::from(2026, 12, 1)}},
            {Side::office, Assignment{id<CaseId>(2), id<UserId>(3)}},
            {Side::medical, DoctorAvailable{id<UserId>(3), "A. de Arts", false}},
            {Side::medical, letter()},
            {Side::medical, recovery()},
            {Side::medical, RecoveryReport{id<CaseId>(2), std::nullopt, id<UserId>(3), id<UserId>(3), {}}},
            {Side::office, Receipt{7, true}},
            {Side::medical, Receipt{8, false}},
            {Side::office, account()},
            {Side::medical, account()}};
}

}  // namespace

TEST_CASE("messages are to the byte what docs/data-formats.md shows") {
    auto const page = page_without_blanks(KLOUT7_DOCS "/data-formats.md");
    CaseDates const dates{id<CaseId>(2), id<PersonId>(4), *LocalDate::from(2026, 11, 1), std::nullopt};
    for (auto const& message : {Message{card()}, Message{dates}, Message{letter()}, Message{Receipt{7, true}},
                                Message{account()}, Message{recovery()}}) {
        auto const bytes = to_hex(encode(message));
        CHECK_MESSAGE(page.find(bytes) != std::string::npos, bytes);
    }
}

TEST_CASE("every message comes back as it was, from the side that may send it and from no other") {
    for (auto const& [from, message] : one_of_each()) {
        auto const bytes = encode(message);
        auto const back = decode(from, bytes);
        REQUIRE(back);
        CHECK(*back == message);
        auto const from_other = decode(other(from), bytes);
        if (std::holds_alternative<Receipt>(message) || std::holds_alternative<StaffAccount>(message)) {
            CHECK(from_other);
        } else {
            REQUIRE_FALSE(from_other);
            CHECK(from_other.error() == MessageError::wrong_sender);
        }
    }
}

TEST_CASE(
    "a message that is cut off or longer is none, and a changed one is never another without being "
    "well-formed") {
    for (auto const& [from, message] : one_of_each()) {
        auto const bytes = encode(message);
        for (std::size_t size = 0; size < bytes.size(); ++size)
            CHECK_FALSE(decode(from, BytesView{bytes}.first(size)));
        auto longer = bytes;
        longer.push_back(0);
        CHECK_FALSE(decode(from, longer));
        for (std::size_t i = 0; i < bytes.size() * 8; ++i) {
            auto changed = bytes;
            changed[i / 8] = static_cast<std::uint8_t>(changed[i / 8] ^ 1U << i % 8);
            auto const read = decode(from, changed);
            if (read) CHECK(encode(*read) == changed);
        }
    }
}

TEST_CASE("a letter crosses only with choices of the fixed lists") {
    auto const refused = [](auto change) {
        auto changed = letter();
        change(changed.fields);
        return !decode(Side::medical, encode(changed));
    };
    CHECK_FALSE(refused([](auto&) {}));
    CHECK(refused([](auto& fields) { fields.limits = {static_cast<Limit>(99)}; }));
    CHECK(refused([](auto& fields) { fields.limits = {Limit::lifting, Limit::lifting}; }));
    CHECK(refused([](auto& fields) { fields.limits = {Limit::lifting, Limit::concentration}; }));
    CHECK(refused([](auto& fields) { fields.possibilities = {}; }));
    CHECK(refused([](auto& fields) { fields.hours_per_week = 61; }));
    CHECK_FALSE(refused([](auto& fields) { fields.hours_per_week = 60; }));
    CHECK(refused([](auto& fields) { fields.expected_duration = static_cast<ExpectedDuration>(6); }));
}

TEST_CASE("a kept letter opens for its own case only, and no other message is one") {
    auto const kept = encode(letter());
    CHECK(decode_letter(letter().case_id, kept) == letter());
    CHECK_FALSE(decode_letter(CaseId{}, kept));
    CHECK_FALSE(decode_letter(letter().case_id, encode(Receipt{1, true})));
    CHECK_FALSE(decode_letter(letter().case_id, BytesView{kept}.first(kept.size() - 1)));
}

TEST_CASE("a letter that was kept before it named the doctor of the case was signed by that doctor") {
    auto kept = encode(letter());
    kept.front() = 0xAC;            // a map of 12, no longer of 13
    kept.resize(kept.size() - 18);  // the last key, the length, the id
    auto const read = decode_letter(letter().case_id, kept);
    REQUIRE(read);
    CHECK(read->doctor == letter().doctor);
    CHECK(read->doctor_of_case == letter().doctor);
    CHECK(read->fields == letter().fields);
}

TEST_CASE("a letter reads the same for all, in both languages") {
    CHECK(text_of(letter(), LetterLanguage::dutch) ==
          "Terugkoppeling van de bedrijfsarts\n"
          "Beperkt in: werken onder tijdsdruk; tillen en dragen.\n"
          "Mogelijk is: aangepast werk.\n"
          "Uren per week: 12.\n"
          "Verwachte duur: twee tot zes weken.\n"
          "Advies: geen.\n"
          "Volgend contact: 2026-12-14.\n"
          "Ondertekend: A. de Arts, 2026-11-18.\n");
    CHECK(text_of(letter(), LetterLanguage::english).find("lifting and carrying") != std::string::npos);
}

TEST_CASE("every choice has its own code, which reads back") {
    for (auto const limit : all_limits) CHECK(parse_choice(all_limits, name_of(limit)) == limit);
    for (auto const one : all_possibilities) CHECK(parse_choice(all_possibilities, name_of(one)) == one);
    for (auto const one : all_advice) CHECK(parse_choice(all_advice, name_of(one)) == one);
    for (auto const one : all_durations) CHECK(parse_choice(all_durations, name_of(one)) == one);
    CHECK_FALSE(parse_choice(all_limits, "flu"));
}
