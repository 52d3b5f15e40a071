#include "documents/sweep.h"

#include <algorithm>
#include <chrono>

#include "base/log.h"
#include "base/rounds.h"
#include "store_name.h"

namespace klout7::documents {
namespace {

constexpr int rows_per_step = 5000;
constexpr auto sweep_again_after = std::chrono::hours{1};

/// The names among `files` that no row of the table is for. What was moved to another case has none.
template <class Zone>
std::vector<StoreName> without_row(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                   std::vector<StoreName> const& files) {
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
    std::vector<StoreName> orphans;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (!has_row[i]) orphans.push_back(files[i]);
    }
    return orphans;
}

}  // namespace

template <class Zone>
std::expected<Swept, SweepFault> sweep(Store const& store, crypto::Keyring<Zone> const& keyring,
                                       store::Database& database, Instant now) {
    Swept swept;
    auto const limit = now - untouched_for;
    auto const abandoned = store.abandoned(limit);
    // Files before rows: a row that comes in between has its file in the list and is found.
    auto const files = store.older_than(limit);
    if (!abandoned || !files) return std::unexpected(SweepFault::store);
    for (auto const& name : *abandoned) {
        if (!store.remove_abandoned(name)) continue;
        ++swept.abandoned;
        write_log(LogLevel::warning, "a file that never arrived whole was removed", field("file", name));
    }
    if (files->empty()) return swept;
    auto const orphans =
        database.transact([&](store::Transaction& tx) { return without_row(tx, keyring, *files); });
    if (!orphans) return std::unexpected(SweepFault::database);
    if (orphans->size() > most_orphans) {
        swept.spared = orphans->size();
        write_log(LogLevel::error,
                  "more documents are without a row than crashes leave; none was removed: did the database "
                  "lose rows?",
                  field("side", Zone::side), field("documents", Count{swept.spared}));
        return swept;
    }
    for (auto const& name : *orphans) {
        if (!store.remove(name)) continue;
        ++swept.orphans;
        write_log(LogLevel::warning, "a document whose row never came was removed", field("file", name));
    }
    return swept;
}

template <class Zone>
struct Sweeper<Zone>::State {
    Store const& store;
    crypto::Keyring<Zone> const& keyring;
    store::Database& database;
    Clock const& clock;
    Rounds rounds;

    State(Store const& s, crypto::Keyring<Zone> const& k, store::Database& d, Clock const& c)
        : store(s), keyring(k), database(d), clock(c), rounds([this] { return round(); }) {}

    std::chrono::milliseconds round() {
        if (auto const done = sweep(store, keyring, database, clock.now()); !done) {
            write_log(LogLevel::warning, "the store of documents could not be swept",
                      field("side", Zone::side), field("error", ErrorCode{done.error()}));
        }
        return sweep_again_after;
    }
};

template <class Zone>
Sweeper<Zone>::Sweeper(Store const& store, crypto::Keyring<Zone> const& keyring, store::Database& database,
                       Clock const& clock)
    : state_(std::make_unique<State>(store, keyring, database, clock)) {}

template <class Zone>
Sweeper<Zone>::~Sweeper() = default;

template std::expected<Swept, SweepFault> sweep(Store const&, crypto::Keyring<OfficeZone> const&,
                                                store::Database&, Instant);
template std::expected<Swept, SweepFault> sweep(Store const&, crypto::Keyring<MedicalZone> const&,
                                                store::Database&, Instant);
template class Sweeper<OfficeZone>;
template class Sweeper<MedicalZone>;

}  // namespace klout7::documents
