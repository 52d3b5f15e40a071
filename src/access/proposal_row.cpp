#include "proposal_row.h"

#include <utility>

#include "base/cbor.h"
#include "store/row_tag.h"

namespace klout7::access {
namespace {

/// The keys of the sealed cells. They never change.
enum ContentKey : std::uint32_t {
    user_name = 1,
    display_name = 2,
    role = 3,
    person = 4,
    employer = 5,
    responsible = 6,
    e_mail = 7  // of a proposal from before it was asked for there is none
};
enum SecretKey : std::uint32_t { password_hash = 1, half_code = 2 };

template <class Zone>
crypto::Sha256 tag_of(crypto::Keyring<Zone> const& keyring, ProposalRow const& row) {
    return store::row_tag(keyring, "account_proposal",
                          {row.proposal, name_of(row.kind), row.user, row.proposed_by, row.proposed_at,
                           row.decided_by, row.decided_at, row.is_approved});
}

crypto::CellPlace cell_of(std::string_view column, ProposalId proposal) {
    return {"account_proposal", column, proposal.uuid()};
}

/// A text that is not there is empty, an id that is not there no bytes.
BytesView bytes_of_id(auto const& id) { return id ? id->bytes() : BytesView{}; }

Bytes encode(ProposedAccount const& account) {
    CborWriter writer;
    writer.map(7);
    writer.key(user_name).text(account.user_name);
    writer.key(display_name).text(account.display_name);
    writer.key(role).text(name_of(account.role));
    writer.key(person).bytes(bytes_of_id(account.person));
    writer.key(employer).bytes(bytes_of_id(account.employer));
    writer.key(responsible).bytes(bytes_of_id(account.responsible));
    writer.key(e_mail).text(account.e_mail ? std::string_view{account.e_mail->text()} : std::string_view{});
    return writer.finish();
}

template <class AnyId>
std::optional<AnyId> id_of(BytesView bytes) {
    auto const uuid = Uuid::from_bytes(bytes);
    return uuid ? std::optional{AnyId{*uuid}} : std::nullopt;
}

/// What was sealed by this program is what it reads; anything else ends the work.
template <class T>
T written(std::expected<T, CborError> value) {
    if (!value) store::unexpected_cell();
    return *std::move(value);
}

ProposedAccount decode_account(BytesView bytes) {
    auto const map = written(written(CborValue::parse(bytes)).map());
    auto const of_role = parse_role(written(map.text(role)));
    if (!of_role) store::unexpected_cell();
    return {.user_name = std::string{written(map.text(user_name))},
            .display_name = std::string{written(map.text(display_name))},
            .role = *of_role,
            .person = id_of<PersonId>(written(map.bytes(person))),
            .employer = id_of<EmployerId>(written(map.bytes(employer))),
            .responsible = id_of<UserId>(written(map.bytes(responsible))),
            .e_mail = EMail::parse(map.text(e_mail).value_or(std::string_view{}))};
}

Bytes encode(ProposalSecret const& secret) {
    CborWriter writer;
    writer.map(2);
    writer.key(password_hash).text(secret.password_hash);
    writer.key(half_code).text(secret.half_code.text());
    return writer.finish();
}

template <class Zone>
SecretBytes open_cell(crypto::Keyring<Zone> const& keyring, std::string_view column, ProposalId proposal,
                      Bytes const& cell) {
    auto plain = keyring.cells().open(cell_of(column, proposal), cell);
    if (!plain) store::unexpected_cell();
    return std::move(*plain);
}

template <class Zone>
std::vector<ProposalRow> proposals_where(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                         store::Sql sql, store::Value const& parameter) {
    std::vector<ProposalRow> proposals;
    for (auto const& [proposal, kind_name, user, proposed_by, proposed_at, decided_by, decided_at,
                      is_approved, content, tag] :
         tx.rows<ProposalId, std::string, UserId, UserId, Instant, std::optional<UserId>,
                 std::optional<Instant>, bool, Bytes, crypto::Sha256>(sql, parameter)) {
        auto const kind = parse_proposal_kind(kind_name);
        if (!kind) store::unexpected_cell();
        auto account = decode_account(open_cell(keyring, "content", proposal, content).view());
        proposals.push_back({proposal, *kind, user, std::move(account), proposed_by, proposed_at, decided_by,
                             decided_at, is_approved});
        store::require_row_tag(tag, tag_of(keyring, proposals.back()));
    }
    return proposals;
}

}  // namespace

std::string_view name_of(ProposalKind kind) {
    switch (kind) {
        case ProposalKind::invite:
            return "invite";
        case ProposalKind::move:
            return "move";
        case ProposalKind::new_factors:
            return "new_factors";
        case ProposalKind::reopen:
            return "reopen";
    }
    std::unreachable();
}

std::optional<ProposalKind> parse_proposal_kind(std::string_view name) {
    using enum ProposalKind;
    for (auto const kind : {invite, move, new_factors, reopen}) {
        if (name_of(kind) == name) return kind;
    }
    return std::nullopt;
}

template <class Zone>
void insert_proposal(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, ProposalRow const& row,
                     ProposalSecret const& secret, Random& random) {
    auto const seal = [&](std::string_view column, Bytes plain) {
        auto sealed = keyring.cells().seal(cell_of(column, row.proposal), plain, random);
        wipe(plain);
        return sealed;
    };
    tx.execute(
        "INSERT INTO account_proposal (id, kind, user_id, content, secret, proposed_by, proposed_at, "
        "is_approved, tag) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row.proposal, name_of(row.kind), row.user, seal("content", encode(row.account)),
        seal("secret", encode(secret)), row.proposed_by, row.proposed_at, row.is_approved,
        tag_of(keyring, row));
}

template <class Zone>
std::optional<ProposalRow> load_proposal(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                         ProposalId proposal) {
    auto found = proposals_where(
        tx, keyring,
        "SELECT id, kind, user_id, proposed_by, proposed_at, decided_by, decided_at, is_approved, content, "
        "tag FROM account_proposal WHERE id = ?",
        proposal);
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

template <class Zone>
std::vector<ProposalRow> load_open_proposals(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                             Instant after) {
    return proposals_where(
        tx, keyring,
        "SELECT id, kind, user_id, proposed_by, proposed_at, decided_by, decided_at, is_approved, content, "
        "tag FROM account_proposal WHERE decided_at IS NULL AND proposed_at >= ? ORDER BY proposed_at, id",
        after);
}

template <class Zone>
ProposalSecret load_secret(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                           ProposalId proposal) {
    auto const row =
        tx.row<std::optional<Bytes>>("SELECT secret FROM account_proposal WHERE id = ?", proposal);
    if (!row || !std::get<0>(*row)) store::unexpected_cell();
    auto const plain = open_cell(keyring, "secret", proposal, *std::get<0>(*row));
    auto const map = written(written(CborValue::parse(plain.view())).map());
    return {std::string{written(map.text(password_hash))},
            SecretBytes::from_text(written(map.text(half_code)))};
}

template <class Zone>
bool decide(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, ProposalRow row, UserId by,
            bool is_approved, Instant now) {
    row.decided_by = by;
    row.decided_at = now;
    row.is_approved = is_approved;
    return tx.execute(
               "UPDATE account_proposal SET decided_by = ?, decided_at = ?, is_approved = ?, secret = NULL, "
               "tag = ? WHERE id = ? AND decided_at IS NULL",
               row.decided_by, row.decided_at, row.is_approved, tag_of(keyring, row), row.proposal) == 1;
}

#define KLOUT7_FOR(Zone)                                                                                     \
    template void insert_proposal(store::Transaction&, crypto::Keyring<Zone> const&, ProposalRow const&,     \
                                  ProposalSecret const&, Random&);                                           \
    template std::optional<ProposalRow> load_proposal(store::Transaction&, crypto::Keyring<Zone> const&,     \
                                                      ProposalId);                                           \
    template std::vector<ProposalRow> load_open_proposals(store::Transaction&, crypto::Keyring<Zone> const&, \
                                                          Instant);                                          \
    template ProposalSecret load_secret(store::Transaction&, crypto::Keyring<Zone> const&, ProposalId);      \
    template bool decide(store::Transaction&, crypto::Keyring<Zone> const&, ProposalRow, UserId, bool,       \
                         Instant);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::access
