#pragma once

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "access/failure.h"
#include "access/gate.h"
#include "base/bsn.h"
#include "base/local_date.h"
#include "store/database.h"
#include "vault/person_keys.h"

namespace klout7::people {

using Keys = vault::PersonKeys<OfficeZone>;
using Key = Keys::Key;

/// Who someone is. Texts are checked before they get here.
struct Identity {
    Bsn bsn;
    std::string staff_number;
    std::string last_name;
    std::string prefix;
    std::string initials;
    LocalDate birth_date;
    std::string phone;
    friend bool operator==(Identity const&, Identity const&) = default;
};

struct NewPerson {
    PersonId id;
    EmployerId employer;
    Identity identity;
};

/// Makes their keys and rows; the keys in the order of `people`. A BSN that this employer has already ends
/// the work (already_there).
std::vector<Key> add_people(store::Transaction& tx, Keys const& keys, std::span<NewPerson const> people,
                            Instant now, Random& random);

/// Whom to look for.
struct PersonQuery {
    EmployerId employer;
    Bsn bsn;
};
/// The person of each query, in their order.
std::vector<std::optional<PersonId>> find_people(store::Transaction& tx, Keys const& keys,
                                                 std::span<PersonQuery const> queries);

/// Everybody with this BSN, at whatever employer.
std::vector<PersonId> find_by_bsn(store::Transaction& tx, Keys const& keys, Bsn bsn);

/// What a list shows of someone.
struct ListedName {
    std::string last_name;
    std::string prefix;
    std::string initials;
};
/// The names for a list that the reader was cleared for, in the order of `people`; empty where a key is gone.
/// Errors: unavailable when a cell or a key is not what was written.
std::expected<std::vector<ListedName>, access::Failure> names_of(store::Transaction& tx, Keys const& keys,
                                                                 std::span<PersonId const> people,
                                                                 access::Access const& access);

/// The identity of a person as it stands in the table.
struct SealedIdentity {
    Bytes bsn, staff_number, last_name, prefix, initials, birth_date, phone;
};
/// Opens what a statement brought along, for a reader who was cleared for this person. Errors: unavailable
/// when a cell is not what was written.
std::expected<Identity, access::Failure> open_identity(SealedIdentity const& sealed, Key const& key,
                                                       PersonId person, access::Access const& access);
/// The identity of a person that the reader was cleared for. Errors: not_found, unavailable when a cell is
/// not what was written.
std::expected<Identity, access::Failure> identity_of(store::Transaction& tx, Key const& key, PersonId person,
                                                     access::Access const& access);

}  // namespace klout7::people
