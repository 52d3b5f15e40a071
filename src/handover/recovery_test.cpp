#include "handover/recovery.h"

#include <doctest/doctest.h>

#include <set>

using namespace klout7;
using namespace klout7::handover;

namespace {

using enum RecoveryFault;
constexpr auto client = RecoveryBy::client;
constexpr auto doctor = RecoveryBy::company_doctor;

LocalDate day(std::string_view iso) { return LocalDate::parse_iso(iso).value(); }

RecoveryNow ill() { return {day("2026-01-05"), day("2026-04-10")}; }
/// Reported as of 2026-04-06 on that day.
RecoveryNow reported(RecoveryBy by, std::string_view today) {
    return {day("2026-01-05"), day(today), day("2026-04-06"), by, day("2026-04-06")};
}

}  // namespace

TEST_CASE("the first fit day lies behind the first sick day and at most two days ahead, whoever reports") {
    for (auto const by : {client, doctor}) {
        CHECK(check_recovery(ill(), by, day("2026-01-04")) == not_after_the_illness);
        CHECK(check_recovery(ill(), by, day("2026-01-05")) == not_after_the_illness);
        CHECK(check_recovery(ill(), by, day("2026-01-06")) == none);
        CHECK(check_recovery(ill(), by, day("2026-04-11")) == none);
        CHECK(check_recovery(ill(), by, day("2026-04-12")) == none);
        CHECK(check_recovery(ill(), by, day("2026-04-13")) == too_far_ahead);
    }
}

TEST_CASE("what was not reported is not taken back, and what was reported already is no report") {
    for (auto const by : {client, doctor}) {
        CHECK(check_recovery(ill(), by, {}) == nothing_to_take_back);
        CHECK(check_recovery(reported(by, "2026-04-06"), by, day("2026-04-06")) == reported_already);
    }
}

TEST_CASE("the client takes back or changes the own report up to and including the seventh day behind it") {
    for (auto const given : {std::optional<LocalDate>{}, std::optional{day("2026-04-07")}}) {
        CHECK(check_recovery(reported(client, "2026-04-06"), client, given) == none);
        CHECK(check_recovery(reported(client, "2026-04-12"), client, given) == none);
        CHECK(check_recovery(reported(client, "2026-04-13"), client, given) == none);
        CHECK(check_recovery(reported(client, "2026-04-14"), client, given) == too_late);
        CHECK(check_recovery(reported(client, "2026-04-14"), doctor, given) == none);
    }
    CHECK(client_changes_until(reported(client, "2026-04-06")) == day("2026-04-13"));
    CHECK_FALSE(client_changes_until(ill()));
}

TEST_CASE("what the doctor reported only a doctor changes, at any time") {
    CHECK(check_recovery(reported(doctor, "2026-04-06"), client, {}) == of_the_doctor);
    CHECK(check_recovery(reported(doctor, "2026-04-06"), client, day("2026-04-07")) == of_the_doctor);
    CHECK(check_recovery(reported(doctor, "2027-04-06"), doctor, {}) == none);
    CHECK_FALSE(client_changes_until(reported(doctor, "2026-04-06")));
}

TEST_CASE("after it was taken back it can be reported again, by either") {
    auto now = reported(doctor, "2026-04-10");
    now.first_fit_day.reset();
    for (auto const by : {client, doctor}) CHECK(check_recovery(now, by, day("2026-04-09")) == none);
}

TEST_CASE("what was changed fifty times is changed no more") {
    auto now = ill();
    now.times = 49;
    CHECK(check_recovery(now, client, day("2026-04-10")) == none);
    now.times = 50;
    for (auto const by : {client, doctor}) CHECK(check_recovery(now, by, day("2026-04-10")) == too_often);
}

TEST_CASE("each fault has a code and words of its own") {
    std::set<std::string_view> seen;
    for (auto const fault : {not_after_the_illness, too_far_ahead, nothing_to_take_back, reported_already,
                             too_late, of_the_doctor, too_often}) {
        auto const words = words_of(fault);
        CHECK(seen.insert(words.code).second);
        CHECK(seen.insert(words.dutch).second);
        CHECK(seen.insert(words.english).second);
    }
}
