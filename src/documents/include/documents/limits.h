#pragma once

#include <cstdint>
#include <optional>

#include "base/id.h"
#include "store/database.h"

namespace klout7::documents {

inline constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20U;

/// How much is taken in: the settings [documents] of a side (docs/documents.md).
struct Limits {
    std::uint64_t document_bytes = 250 * mebibyte;
    // As it lies in the store, on one side:
    std::uint64_t person_bytes = 4 * 1024 * mebibyte;       ///< about one person
    std::uint64_t employer_bytes = 1024 * 1024 * mebibyte;  ///< about the people of one employer
};

/// Whose documents take all the room that they may.
enum class Quota { person, employer };

/// The quota that has no room for this much more; nothing when it fits. Of two uploads that end at the same
/// moment both may fit. The medical side knows no employers, and gives none.
std::optional<Quota> lacking_room(store::Transaction& tx, Limits const& limits, PersonId person,
                                  std::optional<EmployerId> employer, std::uint64_t sealed_bytes);

/// Before the first document of an employer's people: then `add_to_employer` counts. May be repeated.
void count_employer(store::Database& database, EmployerId employer);
void add_to_employer(store::Transaction& tx, EmployerId employer, std::uint64_t sealed_bytes);

}  // namespace klout7::documents
