#pragma once

#include <optional>
#include <string_view>

#include "base/id.h"
#include "base/instant.h"
#include "crypto/keyring.h"
#include "store/database.h"

namespace klout7::documents {

/// Why a document was taken out of a case. Codes and no words: a reason in words would tell of the very
/// person that it is not to tell of.
enum class WithdrawalReason { wrong_case, wrong_document, sent_twice };
std::string_view name_of(WithdrawalReason reason);
std::optional<WithdrawalReason> parse_withdrawal_reason(std::string_view name);

/// Nobody reads the document any more; that it was there, who withdrew it and when stays.
struct Withdrawal {
    WithdrawalReason reason = WithdrawalReason::wrong_case;
    UserId by;
    Instant at;
    std::optional<DocumentId> moved_to = {};  ///< sealed anew for the person of another case
};

/// One that is withdrawn already ends the work (already_there).
template <class Zone>
void add_withdrawal(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, DocumentId document,
                    Withdrawal const& withdrawal);

bool is_withdrawn(store::Transaction& tx, DocumentId document);

/// The columns of document_withdrawal; all empty of a document that has no row.
struct WithdrawalColumns {
    std::optional<std::string> reason;
    std::optional<DocumentId> moved_to;
    std::optional<UserId> by;
    std::optional<Instant> at;
    std::optional<crypto::Sha256> tag;
};
/// A row that was not written by a program with this keyring ends the work (broken).
template <class Zone>
std::optional<Withdrawal> withdrawal_in(crypto::Keyring<Zone> const& keyring, DocumentId document,
                                        WithdrawalColumns const& columns);

}  // namespace klout7::documents
