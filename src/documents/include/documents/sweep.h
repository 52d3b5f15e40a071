#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <map>
#include <memory>

#include "base/clock.h"
#include "crypto/keyring.h"
#include "documents/store.h"
#include "store/database.h"

namespace klout7::documents {

/// What is younger belongs to an upload that may still be under way.
inline constexpr Duration untouched_for = Duration::hours(1);
/// A program that is killed leaves one file for each upload under way. More than this without a row is no
/// crash but a database that lost its rows, and the files may be all that is left.
inline constexpr std::size_t most_orphans = 100;

struct Swept {
    std::size_t abandoned = 0;  ///< files that never arrived whole, removed
    std::size_t orphans = 0;    ///< whole files without a row, removed
    std::size_t spared = 0;     ///< files without a row that were left, being more than `most_orphans`
    friend bool operator==(Swept const&, Swept const&) = default;
};

/// Removes what a program that was killed left in the store: files that never arrived whole, and whole ones
/// whose row never came. Each is a line in the operating log.
///
/// Every whole file is of one time, so how old one is, only who saw it before knows. A file goes when the
/// same file, by its name and its beginning, was without a row in a run at least `untouched_for` ago, by a
/// clock that nobody sets, and is without one now. So a new one removes no whole file in its first run.
template <class Zone>
class Sweep {
public:
    using Moment = std::chrono::steady_clock::time_point;
    /// What is passed outlives it. `clock` is for what has not arrived whole, which has its own time.
    Sweep(Store const& store, crypto::Keyring<Zone> const& keyring, store::Database& database,
          Clock const& clock, std::function<Moment()> now = std::chrono::steady_clock::now)
        : store_(store), keyring_(keyring), database_(database), clock_(clock), now_(std::move(now)) {}

    /// Memory: about 64 bytes per file in the store. Errors: the store or the database did not answer; what
    /// is left to remove stays for the next time.
    enum class Fault { store, database };
    std::expected<Swept, Fault> run();

private:
    /// A file without a row.
    struct Seen {
        Bytes beginning;
        Moment at;
    };
    std::expected<std::size_t, Fault> remove_abandoned();
    std::expected<std::vector<StoreName>, Fault> names_without_row();
    void look_at(std::vector<StoreName> const& orphans);
    std::vector<StoreName> seen_until(Moment limit) const;
    bool remove(StoreName const& name);

    Store const& store_;
    crypto::Keyring<Zone> const& keyring_;
    store::Database& database_;
    Clock const& clock_;
    std::function<Moment()> now_;
    std::map<StoreName, Seen> seen_;
};

/// Sweeps at once and then every hour, until it goes.
template <class Zone>
class Sweeper {
public:
    Sweeper(Store const& store, crypto::Keyring<Zone> const& keyring, store::Database& database,
            Clock const& clock);
    ~Sweeper();
    Sweeper(Sweeper const&) = delete;
    Sweeper& operator=(Sweeper const&) = delete;

private:
    struct State;
    std::unique_ptr<State> state_;
};

extern template class Sweep<OfficeZone>;
extern template class Sweep<MedicalZone>;
extern template class Sweeper<OfficeZone>;
extern template class Sweeper<MedicalZone>;

}  // namespace klout7::documents
