#include "benefits/sanctions.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "benefits/calendar.h"
#include "tables.h"

namespace klout7::benefits {
namespace {

constexpr int days_of_half_a_month = 15;

struct Row {
    Fraction usual, least, most;
    std::optional<int> months;
};
using Rows = std::array<Row, 5>;

Rows const& rows() {
    static Rows const found = [] {
        Rows made{};
        std::size_t next = 0;
        bool is_header = true;
        for (auto const line : split(law_text("sanctions.tsv"), '\n')) {
            if (line.empty() || line.front() == '#' || std::exchange(is_header, false)) continue;
            auto const cells = split(line, '\t');
            require(cells.size() == 7 && next < made.size() && cells[0] == std::to_string(next + 1),
                    "law/sanctions.tsv has a row of each category");
            auto const share = [&](std::size_t at) {
                auto const value = parse_percentage(cells[at]);
                require(value.has_value(), "a percentage in law/sanctions.tsv");
                return *value;
            };
            Row row{share(1), share(2), share(3), {}};
            if (cells[4] != "-") {
                int months = 0;
                std::from_chars(cells[4].data(), cells[4].data() + cells[4].size(), months);
                row.months = months;
            }
            made[next++] = row;
        }
        require(next == made.size(), "law/sanctions.tsv has every category");
        return made;
    }();
    return found;
}

Row const& row_of(SanctionCategory category) { return rows()[static_cast<std::size_t>(category) - 1]; }

bool is_less(Fraction a, Fraction b) { return a.numerator * b.denominator < b.numerator * a.denominator; }

/// So many half months from this day, the last day of them.
LocalDate last_day_of(LocalDate first, int half_months) {
    auto const date = first.ymd();
    auto const month = date.year() / date.month() + std::chrono::months{half_months / 2};
    auto const last_of_month =
        unsigned{std::chrono::year_month_day_last{month.year(), month.month() / std::chrono::last}.day()};
    auto const day = std::min(unsigned{date.day()}, last_of_month);
    auto const behind = LocalDate::from(int{month.year()}, unsigned{month.month()}, day).value();
    return behind.plus_days(half_months % 2 * days_of_half_a_month - 1);
}

/// Half as much again, where a breach is repeated.
Fraction grown(SanctionCategory category, bool is_repeated, Fraction share) {
    if (!is_repeated || category == SanctionCategory::fifth) return share;
    Fraction const more{share.numerator * 3, share.denominator * 2};
    return is_less({1, 1}, more) ? Fraction{1, 1} : more;
}

SanctionProposal proposal(SanctionCategory category, bool is_repeated, LocalDate first_day, Fraction share) {
    SanctionProposal found{share, {}, {}};
    bool const grows = is_repeated && category != SanctionCategory::fifth;
    if (auto const months = row_of(category).months)
        found.last_day = last_day_of(first_day, *months * (grows ? 3 : 2));
    found.explanation.push_back({grows ? "sanction_repeated" : "sanction",
                                 "ZW 45, Maatregelenbesluit",
                                 Certainty::reading,
                                 {{"category", text_of(static_cast<int>(category))},
                                  {"share", text_of(share)},
                                  {"first", text_of(first_day)},
                                  {"last", found.last_day ? text_of(*found.last_day) : std::string{}}}});
    return found;
}

}  // namespace

SanctionProposal usual_sanction(SanctionCategory category, bool is_repeated, LocalDate first_day) {
    return proposal(category, is_repeated, first_day, grown(category, is_repeated, row_of(category).usual));
}

std::expected<SanctionProposal, SanctionFault> sanction_of(SanctionCategory category, bool is_repeated,
                                                           LocalDate first_day, Fraction share) {
    auto const& row = row_of(category);
    if (share.denominator <= 0 || is_less(share, grown(category, is_repeated, row.least)) ||
        is_less(grown(category, is_repeated, row.most), share))
        return std::unexpected(SanctionFault::share_out_of_bounds);
    return proposal(category, is_repeated, first_day, share);
}

SanctionCategory highest_of(SanctionCategory a, SanctionCategory b) { return std::max(a, b); }

}  // namespace klout7::benefits
