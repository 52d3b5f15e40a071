#pragma once

#include <concepts>

#include "messages/message.h"
#include "rules.h"

/// The fields of each kind of message, in the order in which they are written. Reading, checking and writing
/// look at this one list, so none of them can know a field that another does not.
///
/// `see` is called with a name, the field and its rule. A plain field must be there, a std::optional may be
/// left out, and a Told may be cleared besides.
namespace klout7::messages {

template <class T, class Of>
concept Like = std::same_as<std::remove_const_t<T>, Of>;

inline constexpr TextRule code_rule{longest_code, Form::code};
inline constexpr TextRule staff_number_rule{longest_staff_number};
inline constexpr TextRule phone_rule{longest_phone, Form::phone};
inline constexpr Range<std::uint32_t> expected_days_rule{1, longest_expected_days};

void fields_of(Like<NursingAddress> auto& address, auto&& see) {
    see("street", address.street, TextRule{longest_street});
    see("house_number", address.house_number, TextRule{longest_house_number});
    see("postcode", address.postcode, TextRule{longest_postcode, Form::postcode});
    see("town", address.town, TextRule{longest_name});
    see("country", address.country, TextRule{2, Form::country});
}

void fields_of(Like<Employer> auto& employer, auto&& see) {
    see("code", employer.code, code_rule);
    see("name", employer.name, TextRule{longest_name});
    see("loonheffingennummer", employer.loonheffingennummer);
}

void fields_of(Like<Employment> auto& employment, auto&& see) {
    see("employer_code", employment.employer_code, code_rule);
    see("staff_number", employment.staff_number, staff_number_rule);
    see("bsn", employment.bsn);
    see("last_name", employment.last_name, TextRule{longest_name});
    see("prefix", employment.prefix, TextRule{longest_prefix});
    see("initials", employment.initials, TextRule{longest_initials});
    see("birth_date", employment.birth_date);
    see("start", employment.start);
    see("end", employment.end);
    see("department", employment.department, TextRule{longest_department});
    see("weekly_hours", employment.weekly_hours, Range<WeeklyHours>{{}, most_weekly_hours});
}

/// What the start, a change and a correction can all say.
void fields_of_absence(auto& absence, auto&& see) {
    see("phone", absence.phone, phone_rule);
    see("nursing_address", absence.nursing_address);
    see("expected_days", absence.expected_days, expected_days_rule);
    see("safety_net", absence.safety_net);
    see("work_accident", absence.work_accident);
    see("traffic_accident_third_party", absence.traffic_accident_third_party);
    see("running_work", absence.running_work);
}

void fields_of(Like<AbsenceStart> auto& start, auto&& see) {
    see("employer_code", start.employer_code, code_rule);
    see("staff_number", start.staff_number, staff_number_rule);
    see("first_sick_day", start.first_sick_day);
    see("ground", start.ground);
    fields_of_absence(start, see);
}

void fields_of(Like<AbsenceChange> auto& change, auto&& see) {
    see("absence", change.absence);
    fields_of_absence(change, see);
}

void fields_of(Like<AbsenceEnd> auto& end, auto&& see) {
    see("absence", end.absence);
    see("first_sick_day", end.first_sick_day);
    see("first_fit_day", end.first_fit_day);
}

void fields_of(Like<AbsenceCorrect> auto& correction, auto&& see) {
    see("corrects", correction.corrects);
    see("first_sick_day", correction.first_sick_day);
    see("first_fit_day", correction.first_fit_day);
    see("ground", correction.ground);
    fields_of_absence(correction, see);
}

void fields_of(Like<AbsenceDelete> auto& withdrawal, auto&& see) {
    see("withdraws", withdrawal.withdraws);
    see("reason", withdrawal.reason);
}

void fields_of(Like<DocumentReference> auto& document, auto&& see) {
    see("employer_code", document.employer_code, code_rule);
    see("staff_number", document.staff_number, staff_number_rule);
    see("absence", document.absence);
    see("document_kind", document.document_kind);
    see("name", document.name, TextRule{longest_file_name, Form::file_name});
    see("type", document.type);
    see("size_bytes", document.size_bytes, Range<std::uint32_t>{1, largest_document_bytes});
    see("sha256", document.sha256);
}

void fields_of(Like<Appointment> auto& appointment, auto&& see) {
    see("employer_code", appointment.employer_code, code_rule);
    see("staff_number", appointment.staff_number, staff_number_rule);
    see("absence", appointment.absence);
    see("day", appointment.day);
    see("appointment_kind", appointment.appointment_kind);
}

}  // namespace klout7::messages
