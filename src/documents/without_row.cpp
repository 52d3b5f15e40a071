#include "without_row.h"

#include <algorithm>

#include "store_name.h"

namespace klout7::documents {
namespace {

constexpr int rows_per_step = 5000;

}  // namespace

template <class Zone>
std::vector<StoreName> names_without_row(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                         std::vector<StoreName> const& files) {
    if (files.empty()) return {};
    std::vector<bool> has_row(files.size());
    DocumentId last;
    for (;;) {
        auto const rows = tx.rows<DocumentId, std::optional<DocumentId>>(
            "SELECT d.id, w.moved_to FROM document d LEFT JOIN document_withdrawal w ON w.document_id = d.id "
            "WHERE d.id > ? ORDER BY d.id OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY",
            last, rows_per_step);
        for (auto const& [id, moved_to] : rows) {
            if (moved_to) continue;
            auto const name = store_name(keyring, id);
            auto const found = std::lower_bound(files.begin(), files.end(), name);
            if (found != files.end() && *found == name)
                has_row[static_cast<std::size_t>(found - files.begin())] = true;
        }
        if (rows.size() < std::size_t{rows_per_step}) break;
        last = std::get<DocumentId>(rows.back());
    }
    std::vector<StoreName> without;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (!has_row[i]) without.push_back(files[i]);
    }
    return without;
}

template std::vector<StoreName> names_without_row(store::Transaction&, crypto::Keyring<OfficeZone> const&,
                                                  std::vector<StoreName> const&);
template std::vector<StoreName> names_without_row(store::Transaction&, crypto::Keyring<MedicalZone> const&,
                                                  std::vector<StoreName> const&);

}  // namespace klout7::documents
