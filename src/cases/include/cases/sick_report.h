#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bsn.h"
#include "base/local_date.h"
#include "cases/ground.h"

/// The one door through which a sick report becomes something Klout7 works with, whoever sends it: a
/// form, a file, a machine. What may be asked is fixed by law; there is no field for a cause of illness.
namespace klout7::cases {

/// What a sick report can hold. Source: AP policy rules "De zieke werknemer" (2016).
enum class Field {
    employer,
    staff_number,
    bsn,
    last_name,
    prefix,
    initials,
    birth_date,
    first_sick_day,
    employment_end,
    ground,
    phone,
    nursing_address,
    expected_days,
    safety_net,
    work_accident,
    traffic_accident_third_party,
    running_work,
};
inline constexpr std::size_t field_count = 17;

enum class Language { dutch, english };

/// The name of a field in a file: "eerste_ziektedag", "first_sick_day".
std::string_view column_name(Field field, Language language);
/// The English column name, which is the stable code too.
inline std::string_view name_of(Field field) { return column_name(field, Language::english); }
/// Whether no report can do without it. The last day of employment is asked for grounds b and c besides.
bool is_required(Field field);

/// What can be wrong with a field, or with a row of a file.
enum class Problem {
    missing,
    not_text,
    too_long,
    not_a_bsn,
    not_a_date,
    not_a_number,
    not_a_choice,
    not_yes_or_no,
    not_a_phone_number,
    out_of_range,
    in_the_future,
    too_long_ago,
    before_birth,
    end_not_before_sick_day,  // ground b: the employment ended before the illness
    end_before_sick_day,      // ground c: the employment ended during the illness
    // of a row
    wrong_number_of_fields,
    unknown_characters,
    field_too_long,
    record_too_long,
    too_many_columns,
    unclosed_quote,
    misplaced_quote,
    nul_byte,
};
inline constexpr std::size_t problem_count = 23;

/// The stable code: "not_a_bsn".
std::string_view name_of(Problem problem);
/// A fixed sentence without anything of the data.
std::string_view text_for(Problem problem, Language language);

struct FieldProblem {
    Field field;
    Problem problem;
    friend bool operator==(FieldProblem const&, FieldProblem const&) = default;
};

/// The texts as they came; empty where nothing was said.
struct SickReportInput {
    std::string employer;
    std::string staff_number;
    std::string bsn;
    std::string last_name;
    std::string prefix;
    std::string initials;
    std::string birth_date;
    std::string first_sick_day;
    std::string employment_end;
    std::string ground;
    std::string phone;
    std::string nursing_address;
    std::string expected_days;
    std::string safety_net;
    std::string work_accident;
    std::string traffic_accident_third_party;
    std::string running_work;

    std::string& operator[](Field field);
    std::string const& operator[](Field field) const;
};

/// A sick report whose every field holds by itself and with the others. Texts are trimmed, in normal
/// form C and within their lengths; an empty text was not given. Whether the employer exists and knows
/// this person is for who has the database.
struct SickReport {
    std::string employer;
    std::string staff_number;
    Bsn bsn;
    std::string last_name;
    std::string prefix;
    std::string initials;
    LocalDate birth_date;
    LocalDate first_sick_day;
    std::optional<LocalDate> employment_end;
    Ground ground;
    std::string phone;
    std::string nursing_address;  // line breaks are spaces
    std::optional<std::uint16_t> expected_days;
    // Nothing where the report does not say.
    std::optional<bool> safety_net;  // that one applies, never which
    std::optional<bool> work_accident;
    std::optional<bool> traffic_accident_third_party;
    std::optional<bool> running_work;  // that there is work to take over; what, people tell each other
    friend bool operator==(SickReport const&, SickReport const&) = default;
};

inline constexpr std::size_t longest_name = 200;  // in code points, as the others
inline constexpr std::size_t longest_prefix = 20;
inline constexpr std::size_t longest_initials = 20;
inline constexpr std::size_t longest_staff_number = 40;
inline constexpr std::size_t longest_phone = 30;
inline constexpr std::size_t longest_address = 300;
/// 104 weeks and 52 of extension: a case that began earlier cannot be running.
inline constexpr int oldest_sick_day_days = 156 * 7;
inline constexpr int longest_expected_days = 104 * 7;

/// Every problem of a report, at most one per field, in the order of the fields; or the report.
/// Dates are YYYY-MM-DD, D-M-YYYY or D/M/YYYY; yes and no are ja/nee, yes/no, true/false, 1/0.
/// `today` is a day in the Netherlands.
std::expected<SickReport, std::vector<FieldProblem>> check(SickReportInput const& input, LocalDate today);

/// A date as Dutch people and programs write it.
std::optional<LocalDate> parse_date(std::string_view text);

}  // namespace klout7::cases
