#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/instant.h"
#include "base/local_date.h"

namespace klout7::handover {

// What an employer may hear of the company doctor: what someone can and cannot do in work, how long it may
// take, how much the person can work, what helps. Nothing else has a field. Source: AP policy rules "De zieke
// werknemer" (2016); domain rules on functional feedback.

/// What the person cannot do, or not fully.
enum class Limit {
    concentration,
    time_pressure,
    contact_with_public,
    lifting,
    standing,
    walking,
    sitting,
    hand_work,
    screen_work,
    driving,
    night_work
};
/// What the person can do.
enum class Possibility {
    own_work,
    own_work_fewer_hours,
    own_tasks_in_part,
    adapted_work,
    other_work,
    work_from_home,
    no_work_for_now
};
/// What would help.
enum class Advice {
    adapt_workplace,
    adapt_tasks,
    adapt_hours,
    build_up_hours,
    keep_contact,
    talk_together,
    labour_expert,
    no_adjustment
};
enum class ExpectedDuration {
    up_to_2_weeks,
    up_to_6_weeks,
    up_to_3_months,
    up_to_6_months,
    longer_than_6_months,
    not_to_say_yet
};

inline constexpr std::array all_limits{Limit::concentration, Limit::time_pressure, Limit::contact_with_public,
                                       Limit::lifting,       Limit::standing,      Limit::walking,
                                       Limit::sitting,       Limit::hand_work,     Limit::screen_work,
                                       Limit::driving,       Limit::night_work};
inline constexpr std::array all_possibilities{
    Possibility::own_work,       Possibility::own_work_fewer_hours, Possibility::own_tasks_in_part,
    Possibility::adapted_work,   Possibility::other_work,           Possibility::work_from_home,
    Possibility::no_work_for_now};
inline constexpr std::array all_advice{Advice::adapt_workplace, Advice::adapt_tasks,  Advice::adapt_hours,
                                       Advice::build_up_hours,  Advice::keep_contact, Advice::talk_together,
                                       Advice::labour_expert,   Advice::no_adjustment};
inline constexpr std::array all_durations{
    ExpectedDuration::up_to_2_weeks,        ExpectedDuration::up_to_6_weeks,
    ExpectedDuration::up_to_3_months,       ExpectedDuration::up_to_6_months,
    ExpectedDuration::longer_than_6_months, ExpectedDuration::not_to_say_yet};

std::string_view name_of(Limit limit);
std::string_view name_of(Possibility possibility);
std::string_view name_of(Advice advice);
std::string_view name_of(ExpectedDuration duration);

/// The value with this code among `all`.
template <class Enum, std::size_t n>
std::optional<Enum> parse_choice(std::array<Enum, n> const& all, std::string_view name) {
    for (auto const value : all) {
        if (name_of(value) == name) return value;
    }
    return std::nullopt;
}

/// The company doctor's feedback: fixed fields only. Lists ascend and hold nothing twice.
struct FeedbackFields {
    std::vector<Limit> limits;
    std::vector<Possibility> possibilities;  ///< at least one
    std::vector<Advice> advice;
    ExpectedDuration expected_duration = ExpectedDuration::not_to_say_yet;
    std::uint8_t hours_per_week = 0;  ///< that the person can work: 0 to 60
    std::optional<LocalDate> next_contact;
    friend bool operator==(FeedbackFields const&, FeedbackFields const&) = default;
};
inline constexpr std::uint8_t most_hours_per_week = 60;

struct FeedbackLetter {
    LetterId id;
    CaseId case_id;
    UserId doctor_of_case;  ///< whom the office named
    Instant signed_at;
    UserId doctor;  ///< who signed: the doctor of the case, or one who stands in
    std::string doctor_name;
    FeedbackFields fields;
    friend bool operator==(FeedbackLetter const&, FeedbackLetter const&) = default;
};

enum class LetterLanguage { dutch, english };

/// The letter as everybody reads it, doctor, client, employer and case manager: made here and nowhere else,
/// so it is the same for all. Paragraphs end in a line break.
std::string text_of(FeedbackLetter const& letter, LetterLanguage language);

}  // namespace klout7::handover
