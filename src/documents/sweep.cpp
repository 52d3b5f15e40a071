#include "documents/sweep.h"

#include <algorithm>
#include <optional>

#include "base/log.h"
#include "base/rounds.h"
#include "without_row.h"

namespace klout7::documents {
namespace {

constexpr std::chrono::microseconds until_untouched{untouched_for.microseconds};
/// The head of a sealed file, in which 24 bytes are random: no two files begin alike.
constexpr std::uint64_t beginning_bytes = 64;

std::optional<Bytes> beginning_of(Store const& store, StoreName const& name) {
    auto const file = store.read(name);
    if (!file) return std::nullopt;
    Bytes beginning(static_cast<std::size_t>(std::min(beginning_bytes, file->size())));
    if (!file->read(0, beginning)) return std::nullopt;
    return beginning;
}

}  // namespace

template <class Zone>
auto Sweep<Zone>::run() -> std::expected<Swept, Fault> {
    Swept swept;
    auto const abandoned = remove_abandoned();
    if (!abandoned) return std::unexpected(abandoned.error());
    swept.abandoned = *abandoned;
    // Before the files are listed: what is removed was seen this long before that.
    auto const limit = now_() - until_untouched;
    auto const orphans = names_without_row();
    if (!orphans) return std::unexpected(orphans.error());
    look_at(*orphans);
    auto const old = seen_until(limit);
    if (old.size() > most_orphans) {
        swept.spared = old.size();
        write_log(LogLevel::error,
                  "more documents are without a row than crashes leave; none was removed: did the database "
                  "lose rows?",
                  field("side", Zone::side), field("documents", Count{swept.spared}));
        return swept;
    }
    for (auto const& name : old) {
        if (!remove(name)) continue;
        ++swept.orphans;
        write_log(LogLevel::warning, "a document whose row never came was removed", field("file", name));
    }
    return swept;
}

template <class Zone>
auto Sweep<Zone>::remove_abandoned() -> std::expected<std::size_t, Fault> {
    auto const abandoned = store_.abandoned(clock_.now() - untouched_for);
    if (!abandoned) return std::unexpected(Fault::store);
    std::size_t removed = 0;
    for (auto const& name : *abandoned) {
        if (!store_.remove_abandoned(name)) continue;
        ++removed;
        write_log(LogLevel::warning, "a file that never arrived whole was removed", field("file", name));
    }
    return removed;
}

template <class Zone>
auto Sweep<Zone>::names_without_row() -> std::expected<std::vector<StoreName>, Fault> {
    // Files before rows: a row that comes in between has its file in the list and is found.
    auto const files = store_.names();
    if (!files) return std::unexpected(Fault::store);
    auto orphans = database_.transact(
        [&](store::Transaction& tx) { return documents::names_without_row(tx, keyring_, *files); });
    if (!orphans) return std::unexpected(Fault::database);
    return std::move(*orphans);
}

/// Of what was seen before it stays known since when; what got its row or is gone is forgotten.
template <class Zone>
void Sweep<Zone>::look_at(std::vector<StoreName> const& orphans) {
    std::map<StoreName, Seen> now;
    for (auto const& name : orphans) {
        if (auto before = seen_.extract(name)) {
            now.insert(std::move(before));
        } else if (auto beginning = beginning_of(store_, name)) {
            now.emplace(name, Seen{std::move(*beginning), now_()});
        }
    }
    seen_ = std::move(now);
}

template <class Zone>
std::vector<StoreName> Sweep<Zone>::seen_until(Moment limit) const {
    std::vector<StoreName> names;
    for (auto const& [name, seen] : seen_) {
        if (seen.at <= limit) names.push_back(name);
    }
    return names;
}

/// An upload that is tried again under its old name has stored another file.
template <class Zone>
bool Sweep<Zone>::remove(StoreName const& name) {
    auto const seen = seen_.extract(name);
    if (beginning_of(store_, name) != seen.mapped().beginning) return false;
    return store_.remove(name).has_value();
}

template <class Zone>
struct Sweeper<Zone>::State {
    Sweep<Zone> sweep;
    Rounds rounds;

    State(Store const& store, crypto::Keyring<Zone> const& keyring, store::Database& database,
          Clock const& clock)
        : sweep(store, keyring, database, clock), rounds([this] { return round(); }) {}

    std::chrono::milliseconds round() {
        if (auto const done = sweep.run(); !done) {
            write_log(LogLevel::warning, "the store of documents could not be swept",
                      field("side", Zone::side), field("error", ErrorCode{done.error()}));
        }
        return std::chrono::duration_cast<std::chrono::milliseconds>(until_untouched);
    }
};

template <class Zone>
Sweeper<Zone>::Sweeper(Store const& store, crypto::Keyring<Zone> const& keyring, store::Database& database,
                       Clock const& clock)
    : state_(std::make_unique<State>(store, keyring, database, clock)) {}

template <class Zone>
Sweeper<Zone>::~Sweeper() = default;

template class Sweep<OfficeZone>;
template class Sweep<MedicalZone>;
template class Sweeper<OfficeZone>;
template class Sweeper<MedicalZone>;

}  // namespace klout7::documents
