#pragma once

#include <expected>
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
/// whose row never came. Each is a line in the operating log. Memory: about 64 bytes per file in the store.
/// Errors: the store or the database did not answer; what is left to remove stays for the next time.
enum class SweepFault { store, database };
template <class Zone>
std::expected<Swept, SweepFault> sweep(Store const& store, crypto::Keyring<Zone> const& keyring,
                                       store::Database& database, Instant now);

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

extern template std::expected<Swept, SweepFault> sweep(Store const&, crypto::Keyring<OfficeZone> const&,
                                                       store::Database&, Instant);
extern template std::expected<Swept, SweepFault> sweep(Store const&, crypto::Keyring<MedicalZone> const&,
                                                       store::Database&, Instant);
extern template class Sweeper<OfficeZone>;
extern template class Sweeper<MedicalZone>;

}  // namespace klout7::documents
