#include "cases/made_up_reports.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/check.h"
#include "cases/report_file.h"

namespace klout7::cases {
namespace {

constexpr std::uint32_t reports_per_piece = 400;

/// As people write it: 31-12-2026.
std::string dutch_date(LocalDate day) {
    auto const ymd = day.ymd();
    return fmt::format("{:02}-{:02}-{:04}", static_cast<unsigned>(ymd.day()),
                       static_cast<unsigned>(ymd.month()), static_cast<int>(ymd.year()));
}

}  // namespace

MadeUpReports::MadeUpReports(std::uint64_t seed, std::uint32_t count, LocalDate today,
                             std::vector<MadeUpEmployer> employers)
    : people_(seed), left_(count), today_(today), employers_(std::move(employers)) {
    require(!employers_.empty(), "made-up reports come from at least one employer");
    require(count <= most, "no more made-up reports than made-up people");
}

std::string MadeUpReports::next_piece() {
    if (!std::exchange(has_header_, true)) {
        auto const names = template_header(Language::dutch);
        std::vector<std::string> const header{names.begin(), names.end()};
        writer_.record(header);
    }
    for (auto count = std::min(left_, reports_per_piece); count > 0; --count, --left_) write_report();
    return writer_.take();
}

void MadeUpReports::write_report() {
    auto& random = people_.random();
    auto const below = [&](int limit) {
        return static_cast<int>(random.below(static_cast<std::uint64_t>(limit)));
    };
    auto const one_in = [&](int chance) { return below(chance) == 0; };
    auto const yes_one_in = [&](int chance) { return std::string{one_in(chance) ? "ja" : "nee"}; };

    auto const& employer = employers_[static_cast<std::size_t>(below(static_cast<int>(employers_.size())))];
    auto const person = people_.next_person(employer);
    auto const sick = today_.plus_days(-below(365));
    auto const kind = below(20);
    std::string ground = "a";  // most are agency workers, whose contract ends with the sick report
    auto end = sick;
    if (kind >= 17) {
        ground = "b";
        end = sick.plus_days(-1 - below(28));
    } else if (kind >= 12) {
        ground = "c";
        end = sick.plus_days(below(180));
    }
    auto const& address = person.address;
    std::array<std::string, field_count> row;
    auto const set = [&](Field field, std::string text) {
        row[static_cast<std::size_t>(field)] = std::move(text);
    };
    set(Field::employer, employer.code);
    set(Field::staff_number, person.staff_number);
    set(Field::bsn, person.bsn.text());
    set(Field::last_name, person.last_name);
    set(Field::prefix, person.prefix);
    set(Field::initials, person.initials);
    set(Field::birth_date, dutch_date(person.birth_date));
    set(Field::first_sick_day, dutch_date(sick));
    set(Field::employment_end, dutch_date(end));
    set(Field::ground, ground);
    set(Field::phone, person.phone);
    if (one_in(10))
        set(Field::nursing_address,
            fmt::format("{} {}, {} {}", address.street, address.number, address.postcode, address.town));
    if (one_in(3)) set(Field::expected_days, std::to_string(1 + below(60)));
    set(Field::safety_net, yes_one_in(12));
    set(Field::work_accident, yes_one_in(40));
    set(Field::traffic_accident_third_party, yes_one_in(80));
    set(Field::running_work, yes_one_in(4));
    writer_.record(row);
}

}  // namespace klout7::cases
