#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/bsn.h"
#include "base/instant.h"
#include "base/local_date.h"
#include "messages/codes.h"
#include "messages/faults.h"
#include "messages/identifiers.h"

/// What the HR system of an employer and Klout7 tell each other. Of an illness a message can say that it is
/// there, since when and for how long: there is no field for a cause, and none of free text.
/// Source: AP policy rules "De zieke werknemer" (2016).
namespace klout7::messages {

/// What a message says of a field that it may leave out: nothing, and then what is known stays; a value; or
/// that there is none any more.
template <class T>
class Told {
public:
    Told() = default;
    // A value stands for itself, as with std::optional.
    Told(T value) : says_something_(true), value_(std::move(value)) {}
    static Told cleared() {
        Told none;
        none.says_something_ = true;
        return none;
    }

    bool says_something() const { return says_something_; }
    bool clears() const { return says_something_ && !value_; }
    /// Nothing unless there is a value.
    T const* value() const { return value_ ? &*value_ : nullptr; }
    friend bool operator==(Told const&, Told const&) = default;

private:
    bool says_something_ = false;
    std::optional<T> value_;
};

/// Said whole each time.
struct Employer {
    static constexpr auto kind = MessageKind::employer;
    std::string code;  ///< what messages call it
    std::string name;
    Loonheffingennummer loonheffingennummer;
    friend bool operator==(Employer const&, Employer const&) = default;
};

/// One job of one person. Who has two jobs has two staff numbers. Sent again when something of it changes.
struct Employment {
    static constexpr auto kind = MessageKind::employment;
    std::string employer_code;
    std::string staff_number;
    Bsn bsn;
    std::string last_name;
    Told<std::string> prefix;  ///< "van der"
    std::string initials;
    LocalDate birth_date;
    LocalDate start;
    Told<LocalDate> end;  ///< the last day; cleared when the job goes on after all
    Told<std::string> department;
    Told<WeeklyHours> weekly_hours;
    friend bool operator==(Employment const&, Employment const&) = default;
};

/// Where somebody stays while ill, if it is not home.
struct NursingAddress {
    std::string street;
    std::string house_number;  ///< with what stands behind it: "12-A"
    std::string postcode;
    std::string town;
    std::string country;  ///< ISO 3166-1: "NL"
    friend bool operator==(NursingAddress const&, NursingAddress const&) = default;
};

/// Its message id is what the absence is called by later.
struct AbsenceStart {
    static constexpr auto kind = MessageKind::absence_start;
    std::string employer_code;
    std::string staff_number;
    LocalDate first_sick_day;
    std::optional<Ground> ground;
    std::optional<std::string> phone;
    std::optional<NursingAddress> nursing_address;
    std::optional<std::uint32_t> expected_days;
    std::optional<bool> safety_net;  ///< that one applies, never which
    std::optional<bool> work_accident;
    std::optional<bool> traffic_accident_third_party;
    std::optional<bool> running_work;  ///< that there is work to take over
    friend bool operator==(AbsenceStart const&, AbsenceStart const&) = default;
};

/// What is different from now on. It says one thing at least.
struct AbsenceChange {
    static constexpr auto kind = MessageKind::absence_change;
    MessageId absence;
    Told<std::string> phone;
    Told<NursingAddress> nursing_address;
    Told<std::uint32_t> expected_days;
    std::optional<bool> safety_net;
    std::optional<bool> work_accident;
    std::optional<bool> traffic_accident_third_party;
    std::optional<bool> running_work;
    friend bool operator==(AbsenceChange const&, AbsenceChange const&) = default;
};

/// That the employer was told of a recovery. A signal and no report of recovery: only the client or the
/// doctor makes one. The first sick day stands there again, so that a wrong reference shows.
struct AbsenceEnd {
    static constexpr auto kind = MessageKind::absence_end;
    MessageId absence;
    LocalDate first_sick_day;
    LocalDate first_fit_day;
    friend bool operator==(AbsenceEnd const&, AbsenceEnd const&) = default;
};

/// What an earlier message about an absence should have said. It says one thing at least.
struct AbsenceCorrect {
    static constexpr auto kind = MessageKind::absence_correct;
    MessageId corrects;
    std::optional<LocalDate> first_sick_day;
    std::optional<LocalDate> first_fit_day;
    std::optional<Ground> ground;
    Told<std::string> phone;
    Told<NursingAddress> nursing_address;
    Told<std::uint32_t> expected_days;
    std::optional<bool> safety_net;
    std::optional<bool> work_accident;
    std::optional<bool> traffic_accident_third_party;
    std::optional<bool> running_work;
    friend bool operator==(AbsenceCorrect const&, AbsenceCorrect const&) = default;
};

/// Takes back a message about an absence, a document or an appointment.
struct AbsenceDelete {
    static constexpr auto kind = MessageKind::absence_delete;
    MessageId withdraws;
    WithdrawalReason reason = WithdrawalReason::reported_in_error;
    friend bool operator==(AbsenceDelete const&, AbsenceDelete const&) = default;
};

/// That there is a document. Its bytes come another way, and must have this size and digest.
struct DocumentReference {
    static constexpr auto kind = MessageKind::document;
    std::string employer_code;
    std::string staff_number;
    std::optional<MessageId> absence;
    DocumentKind document_kind = DocumentKind::employment_contract;
    std::string name;  ///< of the file, with an extension of its type
    FileType type = FileType::pdf;
    std::uint32_t size_bytes = 0;
    Sha256 sha256;
    friend bool operator==(DocumentReference const&, DocumentReference const&) = default;
};

/// That people meet about work.
struct Appointment {
    static constexpr auto kind = MessageKind::appointment;
    std::string employer_code;
    std::string staff_number;
    std::optional<MessageId> absence;
    LocalDate day;
    AppointmentKind appointment_kind = AppointmentKind::talk_with_manager;
    friend bool operator==(Appointment const&, Appointment const&) = default;
};

using Content = std::variant<Employer, Employment, AbsenceStart, AbsenceChange, AbsenceEnd, AbsenceCorrect,
                             AbsenceDelete, DocumentReference, Appointment>;

struct Message {
    MessageId id;
    Content content;
    MessageKind kind() const {
        return std::visit([](auto const& one) { return one.kind; }, content);
    }
    friend bool operator==(Message const&, Message const&) = default;
};

// Texts are counted in code points.
inline constexpr std::size_t longest_code = 40;  ///< of a sender and of an employer
inline constexpr std::size_t longest_name = 200;
inline constexpr std::size_t longest_prefix = 20;
inline constexpr std::size_t longest_initials = 20;
inline constexpr std::size_t longest_staff_number = 40;
inline constexpr std::size_t longest_department = 60;
inline constexpr std::size_t longest_phone = 30;
inline constexpr std::size_t longest_street = 100;
inline constexpr std::size_t longest_house_number = 20;
inline constexpr std::size_t longest_postcode = 10;
inline constexpr std::size_t longest_file_name = 100;
inline constexpr WeeklyHours most_weekly_hours{80'00};
inline constexpr std::uint32_t longest_expected_days = 104 * 7;
inline constexpr std::uint32_t largest_document_bytes = 250 * 1024 * 1024;
/// 104 weeks and 52 of extension: a case that began earlier cannot be running.
inline constexpr int oldest_sick_day_days = 156 * 7;
/// A job and an appointment are planned, a recovery is known a few days before.
inline constexpr int furthest_start_days = 366;
inline constexpr int furthest_appointment_days = 104 * 7;
inline constexpr int furthest_fit_day_days = 14;
inline constexpr int oldest_person_days = 120 * 366;

/// Every fault of a message that can be seen without another one, at most one per field, in the order of the
/// fields. `made_on` is the day in the Netherlands on which it was written: the module has no clock.
std::vector<Fault> check(Message const& message, LocalDate made_on);

}  // namespace klout7::messages
