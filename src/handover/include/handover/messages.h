#pragma once

#include <expected>
#include <string>
#include <variant>

#include "base/bsn.h"
#include "base/bytes.h"
#include "base/cbor.h"
#include "base/id.h"
#include "base/instant.h"
#include "base/local_date.h"
#include "base/side.h"
#include "handover/feedback_letter.h"

namespace klout7::handover {

// Office to medical.

/// Who someone is, for the doctor's file.
struct PersonCard {
    PersonId person;
    Bsn bsn;
    std::string last_name;
    std::string prefix;
    std::string initials;
    LocalDate birth_date;
    std::string phone;
    friend bool operator==(PersonCard const&, PersonCard const&) = default;
};
/// The dates of a case. A later one of the same case replaces an earlier one.
struct CaseDates {
    CaseId case_id;
    PersonId person;
    LocalDate first_sick_day;
    std::optional<LocalDate> recovered_from;
    friend bool operator==(CaseDates const&, CaseDates const&) = default;
};
/// Which doctor a case is assigned to.
struct Assignment {
    CaseId case_id;
    UserId doctor;
    friend bool operator==(Assignment const&, Assignment const&) = default;
};

// Medical to office.

/// A doctor whom cases can be assigned to, or no longer.
struct DoctorAvailable {
    UserId doctor;
    std::string name;
    bool is_available = true;
    friend bool operator==(DoctorAvailable const&, DoctorAvailable const&) = default;
};

/// From which day on a doctor holds somebody fit again, or (nothing) that it is taken back.
struct RecoveryReport {
    CaseId case_id;
    std::optional<LocalDate> first_fit_day;
    UserId doctor;       ///< whose case it is
    UserId reported_by;  ///< the same, or who stands in
    Instant reported_at;
    friend bool operator==(RecoveryReport const&, RecoveryReport const&) = default;
};

// Both ways.

/// An account of somebody who works on the side that sends it, since nobody works on both. What stands last
/// about an account counts.
struct StaffAccount {
    UserId user;
    std::string e_mail;  ///< in lower case
    std::string role;    ///< its code
    bool is_open = true;
    friend bool operator==(StaffAccount const&, StaffAccount const&) = default;
};

/// What became of a message: every message but this one is answered with one.
struct Receipt {
    std::int64_t number = 0;
    bool was_accepted = false;
    friend bool operator==(Receipt const&, Receipt const&) = default;
};

using Message = std::variant<PersonCard, CaseDates, Assignment, DoctorAvailable, FeedbackLetter, Receipt,
                             StaffAccount, RecoveryReport>;

/// Whether this side may send such a message.
bool may_send(Side from, Message const& message);

enum class MessageError {
    not_a_message,  ///< no CBOR of a known type, or fields missing, too many or out of their range
    wrong_sender,   ///< a type that this side never sends
};

/// Deterministic CBOR: {1: type, 2..: fields}, docs/data-formats.md "Handover message".
Bytes encode(Message const& message);
/// Takes nothing but what `encode` makes of a message that `from` may send.
std::expected<Message, MessageError> decode(Side from, BytesView bytes);

/// A letter as both sides keep it, sealed: what `encode` made of a letter of this case. Nothing when it is
/// another message, or of another case: the row beside it could have been moved.
std::optional<FeedbackLetter> decode_letter(CaseId case_id, BytesView bytes);

}  // namespace klout7::handover
