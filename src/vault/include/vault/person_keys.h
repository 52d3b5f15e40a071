#pragma once

#include <expected>
#include <optional>
#include <span>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/random.h"
#include "crypto/keyring.h"
#include "store/database.h"

namespace klout7::vault {

enum class VaultError {
    no_key,   ///< never made, or destroyed: what it sealed is gone for good
    altered,  ///< the row is not what this keyring wrapped for this person
};

/// The person keys of one side where they are kept: wrapped, in the key schema of that side, which has
/// a backup of its own. Whoever deletes a row there has shredded that person's cells and documents,
/// in old data backups too.
template <class Zone>
class PersonKeys {
public:
    using Key = crypto::PersonKey<Zone>;

    PersonKeys(crypto::Keyring<Zone> const& keyring, Random& random, Clock const& clock)
        : keyring_(keyring), random_(random), clock_(clock) {}

    /// Makes and stores the key of a new person. A person who has one already ends the work (already_there).
    Key create(store::Transaction& tx, PersonId person) const;
    /// The same for many at once, in the order of `people`.
    std::vector<Key> create_many(store::Transaction& tx, std::span<PersonId const> people) const;
    std::expected<Key, VaultError> load(store::Transaction& tx, PersonId person) const;
    /// The key in a row of {KEYS}.person_key that another statement brought along.
    std::expected<Key, VaultError> open(PersonId person, std::int64_t key_version, Bytes wrapped) const;
    /// The newest keys of many, in the order of `people`; nothing for one that is gone or altered.
    std::vector<std::optional<Key>> load_many(store::Transaction& tx, std::span<PersonId const> people) const;
    /// Irreversible. False when there was no key.
    bool destroy(store::Transaction& tx, PersonId person) const;

    crypto::Keyring<Zone> const& keyring() const { return keyring_; }

private:
    crypto::Keyring<Zone> const& keyring_;
    Random& random_;
    Clock const& clock_;
};

extern template class PersonKeys<OfficeZone>;
extern template class PersonKeys<MedicalZone>;

}  // namespace klout7::vault
