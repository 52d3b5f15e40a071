#include "papers/cost_report.h"

#include <doctest/doctest.h>

#include <type_traits>

#include "testing/as_others_read.h"
#include "testing/samples.h"

using namespace klout7;
using namespace klout7::papers;
using namespace klout7::papers::testing;

namespace {

template <class A, class B>
constexpr bool same = std::is_same_v<A, B>;

// All that a report is made of: whoever gives it a place for more has to come by here.
[[maybe_unused]] void nothing_of_a_person(CostReport const& report, CostReport::Month const& of_month,
                                          CostReport::Figures const& figures) {
    auto const& [administrator, employer, date, reference, period, months] = report;
    auto const& [month, month_figures] = of_month;
    auto const& [people, gross_benefit, zvw_levy] = figures;
    static_assert(same<decltype(administrator), Sender const> && same<decltype(employer), Recipient const>);
    static_assert(same<decltype(date), LocalDate const> && same<decltype(reference), std::string const>);
    static_assert(same<decltype(period), Period const> &&
                  same<decltype(months), std::vector<CostReport::Month> const>);
    static_assert(same<decltype(month), std::chrono::year_month const>);
    static_assert(same<decltype(month_figures), std::optional<CostReport::Figures> const>);
    static_assert(same<decltype(people), int const>);
    static_assert(same<decltype(gross_benefit), Money const> && same<decltype(zvw_levy), Money const>);
}

}  // namespace

TEST_CASE("a cost report tells the costs by month and their sums") {
    auto const dutch = text_of(to_pdf(samples::cost_report(), Language::dutch).value());
    for (std::string_view const part :
         {"Kosten van de Ziektewet", "Periode 1 augustus 2026 tot en met 31 oktober 2026",
          "augustus 2026 12 21.772,80 1.328,14 23.100,94", "september 2026 10 18.144,00 1.106,78 19.250,78",
          "oktober 2026 11 19.958,40 1.217,46 21.175,86", "Samen 59.875,20 3.652,38 63.527,58"}) {
        CHECK_MESSAGE(has(dutch, part), part);
    }
    CHECK_FALSE(has(dutch, "minder dan 10"));
    auto const english = text_of(to_pdf(samples::cost_report(), Language::english).value());
    for (std::string_view const part :
         {"Costs of the Ziektewet", "Period 1 August 2026 to 31 October 2026",
          "August 2026 12 21,772.80 1,328.14 23,100.94", "Together 59,875.20 3,652.38 63,527.58"}) {
        CHECK_MESSAGE(has(english, part), part);
    }
}

TEST_CASE("a withheld month is a dash, and no sum gives it away") {
    auto report = samples::cost_report();
    report.months[1].figures.reset();
    auto const dutch = text_of(to_pdf(report, Language::dutch).value());
    CHECK(has(dutch, "september 2026 - - - - oktober"));
    CHECK(has(dutch, "Samen - - - "));
    CHECK(has(dutch, "minder dan 10 mensen"));
    for (std::string_view const part : {"18.144,00", "59.875,20", "63.527,58", "41.731,20"})
        CHECK_FALSE_MESSAGE(has(dutch, part), part);
    CHECK(has(text_of(to_pdf(report, Language::english).value()), "fewer than 10 people"));
}

TEST_CASE("a month of 1 to 9 people is refused, whatever the caller thought") {
    auto report = samples::cost_report();
    for (int const people : {1, 9, -1}) {
        report.months[0].figures->people = people;
        CHECK(to_pdf(report, Language::dutch).error() == PaperFault::group_too_small);
    }
    for (int const people : {0, 10}) {
        report.months[0].figures->people = people;
        CHECK(to_pdf(report, Language::dutch));
    }
}

TEST_CASE("a report of no month says so") {
    auto report = samples::cost_report();
    report.months.clear();
    CHECK(has(text_of(to_pdf(report, Language::dutch).value()), "In deze periode is niets betaald."));
}
