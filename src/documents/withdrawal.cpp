#include "documents/withdrawal.h"

#include <algorithm>

#include "store/row_tag.h"

namespace klout7::documents {
namespace {

constexpr WithdrawalReason all_reasons[] = {WithdrawalReason::wrong_case, WithdrawalReason::wrong_document,
                                            WithdrawalReason::sent_twice};

template <class Zone>
crypto::Sha256 tag_of(crypto::Keyring<Zone> const& keyring, DocumentId document,
                      Withdrawal const& withdrawal) {
    return store::row_tag(
        keyring, "document_withdrawal",
        {document, name_of(withdrawal.reason), withdrawal.moved_to, withdrawal.by, withdrawal.at});
}

}  // namespace

std::string_view name_of(WithdrawalReason reason) {
    switch (reason) {
        case WithdrawalReason::wrong_case:
            return "wrong_case";
        case WithdrawalReason::wrong_document:
            return "wrong_document";
        case WithdrawalReason::sent_twice:
            return "sent_twice";
    }
    return {};
}

std::optional<WithdrawalReason> parse_withdrawal_reason(std::string_view name) {
    auto const* const found =
        std::ranges::find(all_reasons, name, [](WithdrawalReason reason) { return name_of(reason); });
    return found == std::end(all_reasons) ? std::nullopt : std::optional{*found};
}

template <class Zone>
void add_withdrawal(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, DocumentId document,
                    Withdrawal const& withdrawal) {
    tx.execute(
        "INSERT INTO document_withdrawal (document_id, reason, moved_to, withdrawn_by, withdrawn_at, tag) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        document, name_of(withdrawal.reason), withdrawal.moved_to, withdrawal.by, withdrawal.at,
        tag_of(keyring, document, withdrawal));
}

bool is_withdrawn(store::Transaction& tx, DocumentId document) {
    return tx.row<Instant>("SELECT withdrawn_at FROM document_withdrawal WHERE document_id = ?", document)
        .has_value();
}

template <class Zone>
std::optional<Withdrawal> withdrawal_in(crypto::Keyring<Zone> const& keyring, DocumentId document,
                                        WithdrawalColumns const& columns) {
    if (!columns.reason || !columns.by || !columns.at) return std::nullopt;
    auto const reason = parse_withdrawal_reason(*columns.reason);
    Withdrawal const withdrawal{reason.value_or(WithdrawalReason::wrong_case), *columns.by, *columns.at,
                                columns.moved_to};
    store::require_row_tag(columns.tag.value_or(crypto::Sha256{}), tag_of(keyring, document, withdrawal));
    return withdrawal;
}

#define KLOUT7_FOR(Zone)                                                                        \
    template void add_withdrawal(store::Transaction&, crypto::Keyring<Zone> const&, DocumentId, \
                                 Withdrawal const&);                                            \
    template std::optional<Withdrawal> withdrawal_in(crypto::Keyring<Zone> const&, DocumentId,  \
                                                     WithdrawalColumns const&);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::documents
