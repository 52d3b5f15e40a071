#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "documents/store.h"
#include "store/database.h"
#include "vault/person_keys.h"

namespace klout7::documents {

/// What is wrong with a document, or with a file of the store.
enum class Damage {
    missing,     ///< the store has no file of it
    altered,     ///< its file is not what was sealed: cut, changed, or that of another
    unreadable,  ///< the store has its file and does not give it
    row,         ///< its row is not what was written, or does not belong to its file
    no_verdict,  ///< what the scanner said of it is gone, so it is closed to everybody; can be repaired
    /// A file of which no document knows: it is still on its way in, or its program was killed. Which of the
    /// two only the sweep can tell, which sees it again an hour later and removes it then.
    extra,
};
inline constexpr std::array all_damage{Damage::missing, Damage::altered,    Damage::unreadable,
                                       Damage::row,     Damage::no_verdict, Damage::extra};

struct Found {
    Damage damage;
    std::optional<DocumentId> document = {};  ///< nothing of an extra file
    StoreName file;
};

/// How far a check has come, and what it came to.
struct Checked {
    std::uint64_t documents = 0;  ///< that there are
    std::uint64_t looked_at = 0;
    std::uint64_t whole = 0;     ///< read to the last byte, each of them as it was sealed
    std::uint64_t shredded = 0;  ///< of people whose key was destroyed: nobody can tell
    std::uint64_t extra = 0;     ///< files of which no document knows
    std::uint64_t bytes = 0;     ///< that were read
};

template <class Zone>
struct CheckParts {
    Store const& store;
    vault::PersonKeys<Zone> const& keys;
    store::Database& database;
    Clock const& clock;
};
struct CheckOptions {
    std::uint64_t bytes_per_second = 0;  ///< read at most; 0: as fast as it goes
    std::function<void(Found const&)> found = [](Found const&) {};
    std::function<void(Checked const&)> progress = [](Checked const&) {};  ///< after each document
};

/// Walks the tables and the store both ways: each document is read to its last byte, and each file must be of
/// a document. Changes nothing. Memory: about 64 bytes per file in the store.
/// Errors: the store or the database did not answer.
enum class CheckFault { store, database };
template <class Zone>
std::expected<Checked, CheckFault> check(CheckParts<Zone> const& parts, CheckOptions const& options = {});

/// Whether `repair` can do something about it; for the rest there is a backup.
bool can_repair(Damage damage);
/// A document without a verdict waits for the scanner. False when that did not happen.
template <class Zone>
bool repair(CheckParts<Zone> const& parts, Found const& found);

#define KLOUT7_FOR(Zone)                                                                                    \
    extern template std::expected<Checked, CheckFault> check(CheckParts<Zone> const&, CheckOptions const&); \
    extern template bool repair(CheckParts<Zone> const&, Found const&);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::documents
