#include "wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/check.h"

namespace klout7::papers {
namespace {

constexpr std::array<std::string_view, 12> dutch_months = {"januari",   "februari", "maart",    "april",
                                                           "mei",       "juni",     "juli",     "augustus",
                                                           "september", "oktober",  "november", "december"};
constexpr std::array<std::string_view, 12> english_months = {"January",   "February", "March",    "April",
                                                             "May",       "June",     "July",     "August",
                                                             "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 7> dutch_weekdays = {"zondag",    "maandag", "dinsdag", "woensdag",
                                                            "donderdag", "vrijdag", "zaterdag"};
constexpr std::array<std::string_view, 7> english_weekdays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                              "Thursday", "Friday", "Saturday"};

}  // namespace

std::string Wording::amount(Money amount) const {
    auto text = amount.in_dutch();
    if (language_ == Language::dutch) return text;
    std::ranges::transform(text, text.begin(), [](char c) { return c == '.' ? ',' : c == ',' ? '.' : c; });
    return text;
}

std::string Wording::euro(Money money) const {
    if (language_ == Language::dutch) return "€\u00a0" + amount(money);
    return money < Money{} ? "-€" + amount(-money) : "€" + amount(money);
}

std::string Wording::date(LocalDate day) const {
    auto const date = day.ymd();
    return fmt::format("{} {}", unsigned{date.day()}, month(date.year() / date.month()));
}

std::string Wording::weekday_and_date(LocalDate day) const {
    auto const weekday = day.weekday().c_encoding();
    return fmt::format("{} {}", (*this)(dutch_weekdays.at(weekday), english_weekdays.at(weekday)), date(day));
}

std::string Wording::period(Period period) const {
    if (period.first == period.last) return date(period.first);
    return date(period.first) + (*this)(" tot en met ", " to ") + date(period.last);
}

std::string Wording::month(std::chrono::year_month month) const {
    auto const place = unsigned{month.month()} - 1;
    return fmt::format("{} {}", (*this)(dutch_months.at(place), english_months.at(place)), int{month.year()});
}

std::string Wording::percent(Fraction share) const {
    require(share.denominator > 0, "a share with a denominator above zero");
    auto const hundredths = klout7::share(Money::cents(10'000), share, Rounding::half_up);
    auto text = amount(hundredths);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with(',') || text.ends_with('.')) text.pop_back();
    return text + "%";
}

std::string Wording::days(int count) const {
    return fmt::format("{} {}", count, count == 1 ? (*this)("dag", "day") : (*this)("dagen", "days"));
}

std::string Wording::page_of(std::size_t page, std::size_t pages) const {
    return fmt::format("{} {} {} {}", (*this)("pagina", "page"), page, (*this)("van", "of"), pages);
}

}  // namespace klout7::papers
