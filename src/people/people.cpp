#include "people/people.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/check.h"
#include "people/surname.h"
#include "store/in_list.h"

namespace klout7::people {
namespace {

crypto::BlindIndex index_of(Keys const& keys, Bsn bsn) {
    return keys.keyring().blind_index(crypto::IndexColumn::person_bsn, bsn.text());
}

struct SealedPerson {
    crypto::BlindIndex bsn_index;
    Bytes bsn, staff_number, last_name, prefix, initials, birth_date, phone;
};

SealedPerson seal(Keys const& keys, Key const& key, NewPerson const& person, Random& random) {
    auto const cell = [&](std::string_view column, std::string_view plain) {
        return key.cells().seal({"person", column, person.id.uuid()}, plain, random);
    };
    auto const& who = person.identity;
    return {index_of(keys, who.bsn),
            cell("bsn", who.bsn.text()),
            cell("staff_number", who.staff_number),
            cell("last_name", who.last_name),
            cell("prefix", who.prefix),
            cell("initials", who.initials),
            cell("birth_date", who.birth_date.to_string()),
            cell("phone", who.phone)};
}

/// By what they are found by the beginning of their surname.
void add_surnames(store::Transaction& tx, Keys const& keys, std::span<NewPerson const> people) {
    std::vector<crypto::BlindToken> tokens;
    std::vector<PersonId> whose;
    for (auto const& person : people) {
        for (auto const& token : surname_tokens(keys.keyring(), person.identity.last_name)) {
            tokens.push_back(token);
            whose.push_back(person.id);
        }
    }
    std::vector<std::vector<store::Value>> rows;
    rows.reserve(tokens.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) rows.push_back({tokens[i], whose[i]});
    if (!rows.empty()) tx.insert_many("INSERT INTO person_surname (token, person_id) VALUES (?, ?)", rows);
}

}  // namespace

std::vector<Key> add_people(store::Transaction& tx, Keys const& keys, std::span<NewPerson const> people,
                            Instant now, Random& random) {
    if (people.empty()) return {};
    std::vector<PersonId> ids;
    ids.reserve(people.size());
    for (auto const& person : people) ids.push_back(person.id);
    auto made = keys.create_many(tx, ids);

    std::vector<SealedPerson> sealed;
    sealed.reserve(people.size());
    for (std::size_t i = 0; i < people.size(); ++i) sealed.push_back(seal(keys, made[i], people[i], random));
    std::vector<std::vector<store::Value>> rows;
    rows.reserve(people.size());
    for (std::size_t i = 0; i < people.size(); ++i) {
        auto const& cells = sealed[i];
        rows.push_back({people[i].id, people[i].employer, cells.bsn_index, cells.bsn, cells.staff_number,
                        cells.last_name, cells.prefix, cells.initials, cells.birth_date, cells.phone, now});
    }
    tx.insert_many(
        "INSERT INTO person (id, employer_id, bsn_index, bsn, staff_number, last_name, prefix, initials, "
        "birth_date, "
        "phone, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows);
    add_surnames(tx, keys, people);
    return made;
}

std::vector<std::optional<PersonId>> find_people(store::Transaction& tx, Keys const& keys,
                                                 std::span<PersonQuery const> queries) {
    std::vector<crypto::BlindIndex> indexes;
    indexes.reserve(queries.size());
    for (auto const& query : queries) indexes.push_back(index_of(keys, query.bsn));
    std::map<std::pair<crypto::BlindIndex, EmployerId>, PersonId> there;
    store::in_lists(indexes, [&](std::vector<store::Value> const& fifty) {
        for (auto const& [index, employer, person] : tx.rows_with<crypto::BlindIndex, EmployerId, PersonId>(
                 store::sql<"SELECT bsn_index, employer_id, id FROM person WHERE bsn_index ", store::in_list>,
                 fifty))
            there.emplace(std::pair{index, employer}, person);
    });
    std::vector<std::optional<PersonId>> found(queries.size());
    for (std::size_t i = 0; i < queries.size(); ++i) {
        auto const one = there.find({indexes[i], queries[i].employer});
        if (one != there.end()) found[i] = one->second;
    }
    return found;
}

std::vector<PersonId> find_by_bsn(store::Transaction& tx, Keys const& keys, Bsn bsn) {
    std::vector<PersonId> people;
    for (auto const& [person] :
         tx.rows<PersonId>("SELECT id FROM person WHERE bsn_index = ? ORDER BY id", index_of(keys, bsn))) {
        people.push_back(person);
    }
    return people;
}

namespace {

/// Opens the cells of one row, and remembers whether one of them is not what was written.
class RowReader {
public:
    RowReader(Key const& key, PersonId person) : key_(key), person_(person) {}
    std::string open(std::string_view column, Bytes const& cell) {
        auto const plain = key_.cells().open({"person", column, person_.uuid()}, cell);
        if (!plain) is_altered_ = true;
        return plain ? std::string{plain->text()} : std::string{};
    }
    bool is_altered() const { return is_altered_; }

private:
    Key const& key_;
    PersonId person_;
    bool is_altered_ = false;
};

/// A key that is gone was shredded; one that is there and does not unwrap was tampered with.
bool is_key_altered(store::Transaction& tx, Keys const& keys, PersonId person) {
    auto const key = keys.load(tx, person);
    return !key && key.error() == vault::VaultError::altered;
}

access::Failure altered() { return {access::FailureKind::unavailable}; }

}  // namespace

std::expected<std::vector<ListedName>, access::Failure> names_of(store::Transaction& tx, Keys const& keys,
                                                                 std::span<PersonId const> people,
                                                                 access::Access const& access) {
    require(access.action() == access::Action::list || access.action() == access::Action::search,
            "names stand in lists and in what was searched");
    auto const opened = keys.load_many(tx, people);
    std::vector<ListedName> names(people.size());
    std::map<PersonId, std::array<Bytes, 3>> cells;
    store::in_lists(people, [&](std::vector<store::Value> const& fifty) {
        for (auto& [id, last_name, prefix, initials] : tx.rows_with<PersonId, Bytes, Bytes, Bytes>(
                 store::sql<"SELECT id, last_name, prefix, initials FROM person WHERE id ", store::in_list>,
                 fifty))
            cells[id] = {std::move(last_name), std::move(prefix), std::move(initials)};
    });
    for (std::size_t i = 0; i < people.size(); ++i) {
        auto const found = cells.find(people[i]);
        if (!opened[i] && is_key_altered(tx, keys, people[i])) return std::unexpected(altered());
        if (found == cells.end() || !opened[i]) continue;
        RowReader reader{*opened[i], people[i]};
        names[i] = {reader.open("last_name", found->second[0]), reader.open("prefix", found->second[1]),
                    reader.open("initials", found->second[2])};
        if (reader.is_altered()) return std::unexpected(altered());
    }
    return names;
}

std::expected<Identity, access::Failure> open_identity(SealedIdentity const& sealed, Key const& key,
                                                       PersonId person, access::Access const& access) {
    require(access.covers(person), "a reader sees only whom the gate cleared");
    RowReader reader{key, person};
    auto const number = Bsn::parse(reader.open("bsn", sealed.bsn));
    auto const born = LocalDate::parse_iso(reader.open("birth_date", sealed.birth_date));
    if (!number || !born) return std::unexpected(altered());
    Identity identity{*number,
                      reader.open("staff_number", sealed.staff_number),
                      reader.open("last_name", sealed.last_name),
                      reader.open("prefix", sealed.prefix),
                      reader.open("initials", sealed.initials),
                      *born,
                      reader.open("phone", sealed.phone)};
    if (reader.is_altered()) return std::unexpected(altered());
    return identity;
}

std::expected<Identity, access::Failure> identity_of(store::Transaction& tx, Key const& key, PersonId person,
                                                     access::Access const& access) {
    auto row = tx.row<Bytes, Bytes, Bytes, Bytes, Bytes, Bytes, Bytes>(
        "SELECT bsn, staff_number, last_name, prefix, initials, birth_date, phone FROM person WHERE id = ?",
        person);
    if (!row) return std::unexpected(access::Failure{access::FailureKind::not_found});
    return open_identity(std::make_from_tuple<SealedIdentity>(std::move(*row)), key, person, access);
}

}  // namespace klout7::people
