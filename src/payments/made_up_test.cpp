#include "payments/made_up.h"

#include <doctest/doctest.h>

using namespace klout7;
using namespace klout7::payments;

TEST_CASE("a benefit can be reckoned of made-up facts, whatever the ground and the day") {
    SeededRandom random{3};
    auto const first = LocalDate::from(2025, 11, 1).value();
    for (int i = 0; i < 400; ++i) {
        benefits::CaseCourse course{.first_sick_day = first.plus_days(i)};
        if (i % 3 == 1) course.is_after_insurance = true;
        if (i % 3 == 2) course.employment_end = course.first_sick_day.plus_days(i % 90);
        CAPTURE(course.first_sick_day.to_string());
        auto const facts = made_up_facts(course, random);
        auto const found = benefits::entitlement_of(facts, course, benefits::law_parameters());
        REQUIRE_MESSAGE(found, (found ? "" : found.error().code));
        CHECK(found->dagloon.per_day > Money::euros(50));
    }
    SeededRandom again{3};
    SeededRandom same{3};
    benefits::CaseCourse const course{.first_sick_day = first};
    CHECK(benefits::encode(made_up_facts(course, again)) == benefits::encode(made_up_facts(course, same)));
}
