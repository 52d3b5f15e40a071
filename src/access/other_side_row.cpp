#include "other_side_row.h"

#include "store/row_tag.h"

namespace klout7::access {
namespace {

template <class Zone>
crypto::Sha256 tag_of(crypto::Keyring<Zone> const& keyring, OtherSideRow const& row) {
    return store::row_tag(keyring, "other_side_account",
                          {row.user, row.e_mail_index, name_of(row.role), row.is_open});
}

}  // namespace

template <class Zone>
void keep_other_side_row(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                         OtherSideRow const& row) {
    if (tx.row<UserId>("SELECT user_id FROM other_side_account WHERE user_id = ?", row.user))
        tx.execute(
            "UPDATE other_side_account SET e_mail_index = ?, role = ?, is_open = ?, tag = ? "
            "WHERE user_id = ?",
            row.e_mail_index, name_of(row.role), row.is_open, tag_of(keyring, row), row.user);
    else
        tx.execute(
            "INSERT INTO other_side_account (user_id, e_mail_index, role, is_open, tag) "
            "VALUES (?, ?, ?, ?, ?)",
            row.user, row.e_mail_index, name_of(row.role), row.is_open, tag_of(keyring, row));
}

template <class Zone>
std::vector<OtherSideRow> load_other_side_rows(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                               crypto::BlindIndex const& e_mail_index) {
    std::vector<OtherSideRow> rows;
    for (auto const& [user, index, role_name, is_open, tag] :
         tx.rows<UserId, crypto::BlindIndex, std::string, bool, crypto::Sha256>(
             "SELECT user_id, e_mail_index, role, is_open, tag FROM other_side_account "
             "WHERE e_mail_index = ? AND is_open = 1 ORDER BY user_id",
             e_mail_index)) {
        auto const role = parse_role(role_name);
        if (!role) store::unexpected_cell();
        OtherSideRow const row{user, index, *role, is_open};
        store::require_row_tag(tag, tag_of(keyring, row));
        rows.push_back(row);
    }
    return rows;
}

#define KLOUT7_FOR(Zone)                                                                 \
    template void keep_other_side_row(store::Transaction&, crypto::Keyring<Zone> const&, \
                                      OtherSideRow const&);                              \
    template std::vector<OtherSideRow> load_other_side_rows(                             \
        store::Transaction&, crypto::Keyring<Zone> const&, crypto::BlindIndex const&);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::access
