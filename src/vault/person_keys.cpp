#include "vault/person_keys.h"

#include <algorithm>
#include <map>

#include "base/protection.h"
#include "store/in_list.h"

namespace klout7::vault {

template <class Zone>
auto PersonKeys<Zone>::create(store::Transaction& tx, PersonId person) const -> Key {
    auto key = keyring_.new_person_key(random_);
    auto const wrapped = keyring_.wrap(key, person, random_);
    tx.execute(
        "INSERT INTO {KEYS}.person_key (person_id, key_version, wrapped, created_at) VALUES (?, ?, ?, ?)",
        person, std::int64_t{wrapped.key_version}, wrapped.wrapped, clock_.now());
    return key;
}

template <class Zone>
auto PersonKeys<Zone>::create_many(store::Transaction& tx, std::span<PersonId const> people) const
    -> std::vector<Key> {
    std::vector<Key> keys;
    std::vector<crypto::WrappedPersonKey> wrapped;
    keys.reserve(people.size());
    wrapped.reserve(people.size());
    for (auto const person : people) {
        keys.push_back(keyring_.new_person_key(random_));
        wrapped.push_back(keyring_.wrap(keys.back(), person, random_));
    }
    auto const now = clock_.now();
    std::vector<std::vector<store::Value>> rows;
    rows.reserve(people.size());
    for (std::size_t i = 0; i < people.size(); ++i) {
        rows.push_back({people[i], std::int64_t{wrapped[i].key_version}, wrapped[i].wrapped, now});
    }
    tx.insert_many(
        "INSERT INTO {KEYS}.person_key (person_id, key_version, wrapped, created_at) VALUES (?, ?, ?, ?)",
        rows);
    return keys;
}

template <class Zone>
auto PersonKeys<Zone>::load(store::Transaction& tx, PersonId person) const -> std::expected<Key, VaultError> {
    auto const row = tx.row<std::int64_t, Bytes>(
        "SELECT key_version, wrapped FROM {KEYS}.person_key WHERE person_id = ? ORDER BY key_version DESC",
        person);
    if (!row) return std::unexpected(VaultError::no_key);
    return open(person, std::get<0>(*row), std::get<1>(*row));
}

template <class Zone>
auto PersonKeys<Zone>::open(PersonId person, std::int64_t key_version, Bytes wrapped) const
    -> std::expected<Key, VaultError> {
    if constexpr (!is_protected) return keyring_.new_person_key(random_);
    auto key = keyring_.unwrap({static_cast<std::uint16_t>(key_version), std::move(wrapped)}, person);
    if (!key) return std::unexpected(VaultError::altered);
    return std::move(*key);
}

template <class Zone>
auto PersonKeys<Zone>::load_many(store::Transaction& tx, std::span<PersonId const> people) const
    -> std::vector<std::optional<Key>> {
    std::map<PersonId, crypto::WrappedPersonKey> wrapped;
    store::in_lists(people, [&](std::vector<store::Value> const& fifty) {
        for (auto& [person, version, bytes] : tx.rows_with<PersonId, std::int64_t, Bytes>(
                 store::sql<"SELECT person_id, key_version, wrapped FROM {KEYS}.person_key WHERE person_id ",
                            store::in_list, "ORDER BY key_version">,
                 fifty))
            wrapped[person] = {static_cast<std::uint16_t>(version), std::move(bytes)};
    });
    std::vector<std::optional<Key>> keys(people.size());
    for (std::size_t i = 0; i < people.size(); ++i) {
        auto const found = wrapped.find(people[i]);
        if (found == wrapped.end()) continue;
        auto key = keyring_.unwrap(found->second, people[i]);
        if (key) keys[i] = std::move(*key);
    }
    return keys;
}

template <class Zone>
bool PersonKeys<Zone>::destroy(store::Transaction& tx, PersonId person) const {
    return tx.execute("DELETE FROM {KEYS}.person_key WHERE person_id = ?", person) > 0;
}

template class PersonKeys<OfficeZone>;
template class PersonKeys<MedicalZone>;

}  // namespace klout7::vault
