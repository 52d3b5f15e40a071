#include "documents/check.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "store_name.h"
#include "stored_document.h"
#include "without_row.h"

namespace klout7::documents {
namespace {

constexpr int rows_per_step = 1000;

/// What was moved to another case has no file: there it is a document of its own.
constexpr store::SqlPart of_a_case{
    "LEFT JOIN document_withdrawal w ON w.document_id = d.id WHERE w.moved_to IS NULL "};

/// What one document came to.
enum class State { whole, shredded, damaged, store_away };
struct Outcome {
    State state = State::whole;
    Damage damage = Damage::row;  ///< when it is `damaged`
};
constexpr Outcome damaged(Damage damage) { return {State::damaged, damage}; }

Outcome outcome_of(StoreFault fault) {
    if (fault == StoreFault::away) return {State::store_away};
    return damaged(fault == StoreFault::missing ? Damage::missing : Damage::unreadable);
}

template <class Zone>
class Walk {
public:
    Walk(CheckParts<Zone> const& parts, CheckOptions const& options)
        : parts_(parts), options_(options), keyring_(parts.keys.keyring()) {}

    std::expected<Checked, CheckFault> run() {
        // Files before rows: what comes in between has its row by the time it is looked for.
        auto const files = parts_.store.names();
        if (!files) return std::unexpected(CheckFault::store);
        auto const count = parts_.database.transact([](store::Transaction& tx) {
            return std::get<0>(
                *tx.row<std::int64_t>(store::sql<"SELECT COUNT(*) FROM document d ", of_a_case>));
        });
        if (!count) return std::unexpected(CheckFault::database);
        checked_.documents = static_cast<std::uint64_t>(*count);
        for (DocumentId last;;) {
            auto const rows =
                parts_.database.transact([&](store::Transaction& tx) { return after(tx, last); });
            if (!rows) return std::unexpected(CheckFault::database);
            for (auto const& row : *rows) {
                if (auto const done = look_at(row); !done) return std::unexpected(done.error());
            }
            if (rows->size() < std::size_t{rows_per_step}) break;
            last = rows->back().id;
        }
        if (!tell_extra(*files)) return std::unexpected(CheckFault::database);
        return checked_;
    }

private:
    struct Row {
        DocumentId id;
        bool has_verdict = false;
    };
    static std::vector<Row> after(store::Transaction& tx, DocumentId last) {
        std::vector<Row> rows;
        for (auto const& [id, state] : tx.rows<DocumentId, std::optional<std::string>>(
                 store::sql<"SELECT d.id, s.state FROM document d LEFT JOIN document_scan s "
                            "ON s.document_id = d.id ",
                            of_a_case, "AND d.id > ? ORDER BY d.id OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY">,
                 last, rows_per_step))
            rows.push_back({id, state.has_value()});
        return rows;
    }

    /// What was there before the walk and is, and has no row to this moment. False when the database did not
    /// answer.
    bool tell_extra(std::vector<StoreName> const& files) {
        auto const without = parts_.database.transact(
            [&](store::Transaction& tx) { return names_without_row(tx, keyring_, files); });
        if (!without) return false;
        for (auto const& name : *without) {
            // It was moved to another case meanwhile, or did not pass.
            auto const file = parts_.store.read(name);
            if (!file && file.error() == StoreFault::missing) continue;
            ++checked_.extra;
            options_.found({Damage::extra, {}, name});
        }
        return true;
    }

    std::expected<void, CheckFault> look_at(Row const& row) {
        auto const name = store_name(keyring_, row.id);
        auto const outcome = outcome_of_document(row.id, name);
        if (!outcome) return std::unexpected(CheckFault::database);
        if (outcome->state == State::store_away) return std::unexpected(CheckFault::store);
        if (outcome->state == State::damaged) options_.found({outcome->damage, row.id, name});
        if (!row.has_verdict) options_.found({Damage::no_verdict, row.id, name});
        ++checked_.looked_at;
        if (outcome->state == State::whole) ++checked_.whole;
        if (outcome->state == State::shredded) ++checked_.shredded;
        options_.progress(checked_);
        return {};
    }

    std::expected<Outcome, store::StoreError> outcome_of_document(DocumentId id, StoreName const& name) {
        std::optional<OpenDocument<Zone>> opened;
        auto found = parts_.database.transact([&](store::Transaction& tx) -> Outcome {
            opened.reset();
            auto const row = find_document(tx, keyring_, id);
            if (!row) return damaged(Damage::row);
            auto key = parts_.keys.load(tx, row->person);
            if (!key && key.error() == vault::VaultError::no_key) return {State::shredded};
            if (!key) return damaged(Damage::row);
            opened = open_stored(tx, parts_.store, keyring_, std::move(*key), *row);
            return opened ? Outcome{} : why_not(tx, *row, name);
        });
        // A row that was not written by a program with this keyring.
        if (!found && found.error() == store::StoreError::broken) return damaged(Damage::row);
        if (!found || found->state != State::whole) return found;
        return is_whole(*opened) ? *found : damaged(Damage::altered);
    }

    /// Of one that does not open: whether its file is there, and was sealed for this document.
    Outcome why_not(store::Transaction& tx, DocumentRow const& row, StoreName const& name) {
        auto const file = parts_.store.read(name);
        if (!file) return outcome_of(file.error());
        auto const key = parts_.keys.load(tx, row.person);
        bool const is_sealed =
            key && crypto::DocumentOpener<Zone>::open(
                       *key, keyring_.identity().environment, {row.person, row.id, 1}, file->size(),
                       [&](std::uint64_t offset, BytesSpan out) { return file->read(offset, out); });
        return damaged(is_sealed ? Damage::row : Damage::altered);
    }

    bool is_whole(OpenDocument<Zone> const& document) {
        auto all = document.plain();
        all.size_bytes = document.content->padded_bytes();
        return read_in_pieces(all, [this](BytesView part) {
            checked_.bytes += part.size();
            rest();
            return true;
        });
    }

    /// Waits until no more was read than may be by now.
    void rest() const {
        if (options_.bytes_per_second == 0) return;
        std::chrono::duration<double> const due{static_cast<double>(checked_.bytes) /
                                                static_cast<double>(options_.bytes_per_second)};
        std::this_thread::sleep_until(began_ +
                                      std::chrono::duration_cast<std::chrono::steady_clock::duration>(due));
    }

    CheckParts<Zone> const& parts_;
    CheckOptions const& options_;
    crypto::Keyring<Zone> const& keyring_;
    Checked checked_;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

}  // namespace

template <class Zone>
std::expected<Checked, CheckFault> check(CheckParts<Zone> const& parts, CheckOptions const& options) {
    return Walk<Zone>{parts, options}.run();
}

bool can_repair(Damage damage) { return damage == Damage::no_verdict; }

template <class Zone>
bool repair(CheckParts<Zone> const& parts, Found const& found) {
    if (!can_repair(found.damage) || !found.document) return false;
    auto const done = parts.database.transact([&](store::Transaction& tx) {
        tx.execute(
            "INSERT INTO document_scan (document_id, state, tries, arrived_at) VALUES (?, 'waits', 0, ?)",
            *found.document, parts.clock.now());
    });
    return done || done.error() == store::StoreError::already_there;
}

#define KLOUT7_FOR(Zone)                                                                             \
    template std::expected<Checked, CheckFault> check(CheckParts<Zone> const&, CheckOptions const&); \
    template bool repair(CheckParts<Zone> const&, Found const&);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::documents
