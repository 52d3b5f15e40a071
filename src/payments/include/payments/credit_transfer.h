#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/iban.h"
#include "base/instant.h"
#include "base/local_date.h"
#include "base/money.h"

/// The file that a bank is asked with to pay: ISO 20022 pain.001, as SEPA uses it (EPC132-08;
/// Betaalvereniging, implementation guidelines).
namespace klout7::payments {

/// Which version of the message a bank takes.
enum class Pain001 { version_03, version_09 };

/// A text as a bank file may have it: letters without marks, digits and / - ? : ( ) . , ' + and space; all
/// else becomes the nearest of these or goes. Never begins or ends with "/" or a space, never has "//" in it;
/// cut to `longest` characters. Empty when nothing is left. Source: EPC217-08, best practices for the SEPA
/// character set.
std::string sepa_text(std::string_view text, std::size_t longest);

/// One payment. No address of the payee: within the EEA none is asked for.
struct CreditTransfer {
    std::string
        end_to_end_id;  ///< of this payment and never of another; at most 35 characters of the SEPA set
    Money amount;
    std::string payee;
    Iban iban;
    std::string remittance;  ///< neutral: it stands on bank statements
};

struct Debtor {
    std::string name;
    Iban iban;
    std::optional<std::string> bic;
};

/// What one file asks for, all on one day from one account.
struct TransferOrder {
    std::string message_id;  ///< of this file and this try; at most 32 characters where it is split
    Instant made_at;
    LocalDate execution_day;
    Debtor debtor;
    std::vector<CreditTransfer> transfers;
};

enum class TransferFault {
    no_transfers,
    too_many,             ///< in one file: split first
    identifier_unusable,  ///< empty, too long, or of other characters
    identifier_twice,
    amount_out_of_range,  ///< 0.01 to 999,999,999.99
    name_unusable,        ///< nothing is left of it in the SEPA set
    bic_unusable,
};
std::string_view name_of(TransferFault fault);
/// Which transfer, by its place; none for a fault of the order as a whole.
struct FaultAt {
    TransferFault fault;
    std::optional<std::size_t> transfer = {};
    friend bool operator==(FaultAt const&, FaultAt const&) = default;
};

/// What banks advise at most in one file. Source: ABN AMRO, file formats.
inline constexpr std::size_t most_transfers = 10'000;

/// Orders of at most so many transfers, in the same order, each with a message id of its own ("-01", "-02"
/// behind it).
std::vector<TransferOrder> split(TransferOrder const& order, std::size_t most = most_transfers);

/// The number of transfers and their sum, as they stand in the file.
struct ControlTotals {
    std::size_t count = 0;
    Money sum;
    friend bool operator==(ControlTotals const&, ControlTotals const&) = default;
};
ControlTotals totals_of(TransferOrder const& order);

/// The file, UTF-8 with only characters of the SEPA set in its texts. The same order gives the same bytes.
std::expected<std::string, FaultAt> to_pain_001(TransferOrder const& order, Pain001 version);

}  // namespace klout7::payments
