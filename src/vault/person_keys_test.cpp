#include "vault/person_keys.h"

#include <doctest/doctest.h>

#include "store/testing.h"

using namespace klout7;
using namespace klout7::vault;

namespace {

template <class Zone>
struct Vault {
    using Key = typename PersonKeys<Zone>::Key;
    static constexpr bool is_office = Zone::side == Side::office;

    store::TestServer& server = store::TestServer::shared();
    SystemRandom random;
    FixedClock clock{Instant::from_microseconds(1'795'000'000'000'000)};
    crypto::Keyring<Zone> keyring = new_keyring();
    PersonKeys<Zone> keys{keyring, random, clock};
    store::Database database;

    Vault() : database((server.empty_tables(), is_office ? server.office() : server.medical())) {}

    crypto::Keyring<Zone> new_keyring() {
        return crypto::Keyring<Zone>::create({Uuid::version_7(clock.now(), random), Environment::test},
                                             random);
    }
    PersonId new_person() { return PersonId::make(clock.now(), random); }
    std::vector<PersonId> new_people(std::size_t count) {
        std::vector<PersonId> people;
        for (std::size_t i = 0; i < count; ++i) people.push_back(new_person());
        return people;
    }
    auto with_transaction(auto const& work) {
        auto done = database.transact([&](store::Transaction& tx) { return work(tx); });
        REQUIRE(done);
        return std::move(*done);
    }
    std::expected<Key, VaultError> load(PersonId person) {
        return with_transaction([&](store::Transaction& tx) { return keys.load(tx, person); });
    }
    std::vector<std::optional<Key>> load_many(std::vector<PersonId> const& people) {
        return with_transaction([&](store::Transaction& tx) { return keys.load_many(tx, people); });
    }
    Key create(PersonId person) {
        return with_transaction([&](store::Transaction& tx) { return keys.create(tx, person); });
    }
    bool destroy(PersonId person) {
        return with_transaction([&](store::Transaction& tx) { return keys.destroy(tx, person); });
    }
    /// As an administrator of the database would; `who` is the row.
    void tamper(std::string const& change, PersonId who) {
        REQUIRE(server.server_operator().execute("UPDATE " + table() + " SET " + change +
                                                 " WHERE person_id = " + literal(who)));
    }
    static std::string table() {
        return is_office ? "klout7_office_keys.person_key" : "klout7_medical_keys.person_key";
    }
    static std::string literal(PersonId person) { return "x'" + to_hex(person.bytes()) + "'"; }

    crypto::CellPlace place{"person", "phone", Uuid{}};
    Bytes seal(Key const& key) { return key.cells().seal(place, std::string_view{"0600000001"}, random); }
    bool opens(Key const& key, Bytes const& cell) {
        auto const plain = key.cells().open(place, cell);
        return plain && plain->text() == "0600000001";
    }
};

}  // namespace

TEST_CASE_TEMPLATE("what a key sealed opens with the same key when it is loaded again, and with no other",
                   Zone, OfficeZone, MedicalZone) {
    Vault<Zone> vault;
    auto const person = vault.new_person();
    auto const other = vault.new_person();
    auto const sealed = vault.seal(vault.create(person));
    auto const sealed_for_other = vault.seal(vault.create(other));
    auto const key = vault.load(person);
    REQUIRE(key);
    CHECK(vault.opens(*key, sealed));
    CHECK_FALSE(vault.opens(*key, sealed_for_other));
    CHECK(vault.load(vault.new_person()).error() == VaultError::no_key);
}

TEST_CASE_TEMPLATE("many keys come in the order of the people, with any number of them", Zone, OfficeZone,
                   MedicalZone) {
    Vault<Zone> vault;
    auto people = vault.new_people(101);
    auto const made =
        vault.with_transaction([&](store::Transaction& tx) { return vault.keys.create_many(tx, people); });
    REQUIRE(made.size() == 101);
    std::vector<Bytes> sealed;
    for (auto const& key : made) sealed.push_back(vault.seal(key));
    for (std::size_t const count : {0U, 1U, 49U, 50U, 51U, 100U, 101U}) {
        CAPTURE(count);
        std::vector<PersonId> asked(people.rend() - static_cast<std::ptrdiff_t>(count), people.rend());
        if (count > 2) asked[2] = vault.new_person();  // somebody without a key among them
        auto const keys = vault.load_many(asked);
        REQUIRE(keys.size() == count);
        for (std::size_t i = 0; i < count; ++i) {
            CHECK(keys[i].has_value() == (i != 2));
            if (keys[i]) CHECK(vault.opens(*keys[i], sealed[count - 1 - i]));
        }
    }
}

TEST_CASE_TEMPLATE("somebody has one key: a second is refused, and the first stays", Zone, OfficeZone,
                   MedicalZone) {
    Vault<Zone> vault;
    auto const person = vault.new_person();
    auto const sealed = vault.seal(vault.create(person));
    auto const again =
        vault.database.transact([&](store::Transaction& tx) { vault.keys.create(tx, person); });
    CHECK(again.error() == store::StoreError::already_there);
    std::vector const both{vault.new_person(), person};
    auto const many =
        vault.database.transact([&](store::Transaction& tx) { vault.keys.create_many(tx, both); });
    CHECK(many.error() == store::StoreError::already_there);
    CHECK(vault.load(both.front()).error() == VaultError::no_key);
    CHECK(vault.opens(*vault.load(person), sealed));
}

TEST_CASE_TEMPLATE("a key that was destroyed is gone, and a key made later opens nothing of before", Zone,
                   OfficeZone, MedicalZone) {
    Vault<Zone> vault;
    auto const person = vault.new_person();
    auto const other = vault.new_person();
    auto const sealed = vault.seal(vault.create(person));
    auto const sealed_for_other = vault.seal(vault.create(other));
    CHECK(vault.destroy(person));
    CHECK(vault.load(person).error() == VaultError::no_key);
    CHECK_FALSE(vault.destroy(person));
    CHECK(vault.opens(*vault.load(other), sealed_for_other));
    CHECK_FALSE(vault.opens(vault.create(person), sealed));
}

TEST_CASE_TEMPLATE("a key that was altered, exchanged or of another keyring is told, and never used", Zone,
                   OfficeZone, MedicalZone) {
    Vault<Zone> vault;
    auto const person = vault.new_person();
    auto const other = vault.new_person();
    vault.create(person);
    vault.create(other);
    auto const taken = "(SELECT o.wrapped FROM (SELECT wrapped FROM " + vault.table() +
                       " WHERE person_id = " + vault.literal(other) + ") o)";
    for (std::string const& change :
         {std::string{"wrapped = CONCAT(wrapped, 'x')"}, std::string{"wrapped = LEFT(wrapped, 20)"},
          std::string{"wrapped = ''"}, std::string{"key_version = key_version + 1"}, "wrapped = " + taken}) {
        CAPTURE(change);
        auto const kept = std::move(*vault.load(person));
        auto const row =
            vault.server.server_operator().query("SELECT HEX(wrapped), key_version FROM " + vault.table() +
                                                 " WHERE person_id = " + vault.literal(person));
        REQUIRE((row && row->size() == 1));
        vault.tamper(change, person);
        CHECK(vault.load(person).error() == VaultError::altered);
        auto const many = vault.load_many({person, other});
        CHECK_FALSE(many[0]);
        CHECK(many[1]);
        vault.tamper("wrapped = x'" + row->front()[0] + "', key_version = " + row->front()[1], person);
        CHECK(vault.opens(*vault.load(person), vault.seal(kept)));
    }
    auto const stranger = vault.new_keyring();
    PersonKeys<Zone> const keys_of_stranger{stranger, vault.random, vault.clock};
    vault.with_transaction([&](store::Transaction& tx) {
        CHECK(keys_of_stranger.load(tx, person).error() == VaultError::altered);
        return true;
    });
}
