#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/local_date.h"
#include "base/money.h"

/// What a bank sends back: ISO 20022 pain.002 (how it stands with what was asked) and camt.053 (what was
/// booked). Elements that are not needed are passed over; what is needed and missing is a fault, and then
/// nothing of the file counts.
namespace klout7::payments {

enum class AnswerFault {
    not_xml,
    other_message,  ///< not the kind that was asked for
    part_missing,   ///< an identifier, an amount, a status or a date
    part_unusable,  ///< an amount that is none, a status nobody knows, another currency than the euro
    too_large,      ///< more than 64 MiB
};
std::string_view name_of(AnswerFault fault);

/// How it stands with a transfer. What waits is no promise.
enum class TransferStatus { accepted, waits, rejected };
std::string_view name_of(TransferStatus status);

struct TransferAnswer {
    std::string end_to_end_id;
    TransferStatus status = TransferStatus::waits;
    std::string reason;  ///< the code of the bank, "AC04"; empty when it gave none
    friend bool operator==(TransferAnswer const&, TransferAnswer const&) = default;
};
struct StatusReport {
    std::string message_id;           ///< of the answer
    std::string original_message_id;  ///< of our file
    /// Of the file as a whole; nothing when it differs from transfer to transfer.
    std::optional<TransferStatus> whole;
    std::string reason;
    std::vector<TransferAnswer> transfers;
};
/// Source: pain.002.001.03 and .10.
std::expected<StatusReport, AnswerFault> read_pain_002(std::string_view file);

/// One booking on our account.
struct Booking {
    std::string end_to_end_id;  ///< empty when the bank names none
    Money amount;               ///< above zero: came in; below: went out
    LocalDate booked_on;
    bool is_return = false;   ///< a payment of ours that came back
    std::string reason = {};  ///< why it came back: "AC04"
    friend bool operator==(Booking const&, Booking const&) = default;
};
struct Statement {
    std::string id;    ///< of the bank, of this account; the same file read twice has the same
    std::string iban;  ///< of our account
    std::vector<Booking> bookings;
};
/// Every statement of the file. A booking of several transfers is told by each of them, which must add up to
/// it. Source: camt.053.001.02 and .08.
std::expected<std::vector<Statement>, AnswerFault> read_camt_053(std::string_view file);

}  // namespace klout7::payments
