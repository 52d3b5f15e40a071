#include "base/marks.h"

#include <doctest/doctest.h>

using namespace klout7;

TEST_CASE("a letter without its mark is the letter, composed or not") {
    CHECK(without_marks("é") == U"e");
    CHECK(without_marks("e\u0301") == U"e");
    CHECK(without_marks("Čapek, Þór ﬁ") == U"Capek, Þor fi");
    CHECK(without_marks("ø") == U"ø");  // no mark, but a letter of its own
    CHECK(without_marks("\u0301").empty());
    CHECK(without_marks("").empty());
    CHECK(without_marks("\xFF").empty());
    CHECK(without_marks("\xC3").empty());
}
