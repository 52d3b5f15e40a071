#include "file_request.h"

#include <doctest/doctest.h>

using namespace klout7;
using namespace klout7::medical;

namespace {

LocalDate day(std::string_view text) { return LocalDate::parse_iso(text).value(); }

FileRequest decided(FileDecision decision, std::int64_t at_microseconds) {
    return {.id = {},
            .case_id = {},
            .number = 1,
            .asked_at = {},
            .decided_at = Instant::from_microseconds(at_microseconds),
            .decision = decision};
}

}  // namespace

TEST_CASE("a doctor answers within a month, by the last day of a month that is too short") {
    struct Row {
        std::string_view asked, answer_by;
    };
    for (auto const& [asked, by] :
         {Row{"2026-11-27", "2026-12-27"}, Row{"2026-12-01", "2027-01-01"}, Row{"2026-12-31", "2027-01-31"},
          Row{"2027-01-28", "2027-02-28"}, Row{"2027-01-29", "2027-02-28"}, Row{"2027-01-31", "2027-02-28"},
          Row{"2028-01-28", "2028-02-28"}, Row{"2028-01-29", "2028-02-29"}, Row{"2028-01-31", "2028-02-29"},
          Row{"2027-02-28", "2027-03-28"}, Row{"2028-02-29", "2028-03-29"}, Row{"2027-03-31", "2027-04-30"},
          Row{"2027-04-30", "2027-05-30"}, Row{"2027-08-31", "2027-09-30"}}) {
        CAPTURE(asked);
        CHECK(answer_by(day(asked)) == day(by));
    }
}

TEST_CASE("what was given is read for ninety days behind the day on which it was given in the Netherlands") {
    // 2026-11-18 22:30 and 23:30 UTC: half past eleven that evening, and half past midnight on the next day.
    auto const evening = 1'795'041'000'000'000;
    CHECK(readable_until(decided(FileDecision::given, evening)) == day("2027-02-16"));
    CHECK(readable_until(decided(FileDecision::given, evening + Duration::hours(1).microseconds)) ==
          day("2027-02-17"));
    CHECK(readable_until(decided(FileDecision::refused, evening)) == std::nullopt);
    CHECK(readable_until(FileRequest{}) == std::nullopt);
}

TEST_CASE("every decision has a code of its own, and no other text is one") {
    for (auto const decision : all_file_decisions) CHECK(parse_file_decision(name_of(decision)) == decision);
    for (auto const* other : {"", "Given", "give", "refused "})
        CHECK(parse_file_decision(other) == std::nullopt);
}
