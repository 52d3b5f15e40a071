#include "people/people.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/log.h"
#include "base/made_up.h"
#include "people/employers.h"
#include "store/testing.h"

using namespace klout7;
using namespace klout7::people;
using access::FailureKind;

static_assert(!Loggable<Identity> && !Loggable<ListedName> && Loggable<PersonId>);

namespace {

/// The office side with two employers, and who may see everybody's name and data.
struct Office {
    store::TestServer& server = store::TestServer::shared();
    SystemRandom random;
    FixedClock clock{Instant::from_microseconds(1'795'000'000'000'000)};
    crypto::Keyring<OfficeZone> keyring = crypto::Keyring<OfficeZone>::create(
        {Uuid::version_7(clock.now(), random), Environment::test}, random);
    Keys keys{keyring, random, clock};
    store::Database database;
    MadeUpPeople made_up{3};
    MadeUpEmployer made_up_employer = made_up.next_employer();
    EmployerId first = add("acme");
    EmployerId second = add("globex");
    access::Actor const actor{.user = UserId::make(clock.now(), random),
                              .side = Side::office,
                              .role = access::Role::benefit_specialist,
                              .person = {},
                              .employer = {},
                              .responsible = {},
                              .session = {},
                              .source = {},
                              .signed_in_at = clock.now()};
    access::AccessGate gate{actor, clock.now()};

    Office() : database((server.empty_tables(), server.office())) {}

    EmployerId add(std::string_view code) {
        auto const added = database.transact([&](store::Transaction& tx) {
            return add_employer(tx, keyring, code, "Zuivelfabriek Kanarie", clock.now(), random);
        });
        REQUIRE(added);
        return *added;
    }
    NewPerson next_person(EmployerId employer) {
        auto const one = made_up.next_person(made_up_employer);
        return {
            PersonId::make(clock.now(), random),
            employer,
            {one.bsn, one.staff_number, one.last_name, "van der", one.initials, one.birth_date, one.phone}};
    }
    std::vector<NewPerson> add_some(std::size_t count, EmployerId employer) {
        std::vector<NewPerson> people;
        for (std::size_t i = 0; i < count; ++i) people.push_back(next_person(employer));
        REQUIRE(database.transact([&](store::Transaction& tx) {
            CHECK(add_people(tx, keys, people, clock.now(), random).size() == count);
        }));
        return people;
    }
    std::expected<Identity, FailureKind> identity(PersonId person) { return identity(person, person); }
    std::expected<Identity, FailureKind> identity(PersonId person, PersonId key_of) {
        auto const access =
            gate.ask(access::Action::read, {.resource = access::Resource::person_card, .person = person});
        REQUIRE(access);
        std::expected<Identity, FailureKind> found = std::unexpected(FailureKind::not_now);
        REQUIRE(database.transact([&](store::Transaction& tx) {
            auto const key = keys.load(tx, key_of);
            REQUIRE(key);
            auto const one = identity_of(tx, *key, person, *access);
            if (one)
                found = *one;
            else
                found = std::unexpected(one.error().kind);
        }));
        return found;
    }
    auto names(std::vector<PersonId> const& people) {
        auto const access = gate.ask(access::Action::list, {.resource = access::Resource::case_list});
        REQUIRE(access);
        auto found =
            database.transact([&](store::Transaction& tx) { return names_of(tx, keys, people, *access); });
        REQUIRE(found);
        return std::move(*found);
    }
    std::vector<std::optional<PersonId>> find(std::vector<PersonQuery> const& queries) {
        auto found =
            database.transact([&](store::Transaction& tx) { return find_people(tx, keys, queries); });
        REQUIRE(found);
        return std::move(*found);
    }
    std::optional<Employer> employer(auto const& by) {
        auto found =
            database.transact([&](store::Transaction& tx) { return find_employer(tx, keyring, by); });
        REQUIRE(found);
        return std::move(*found);
    }
    /// With every right of the server: as a database administrator would.
    void tamper(std::string const& statement) { REQUIRE(server.server_operator().execute(statement)); }
    void tamper(PersonId person, std::string const& change) {
        tamper("UPDATE klout7_office.person SET " + change + " WHERE id = " + literal(person));
    }
    static std::string literal(auto const& id) { return "x'" + to_hex(id.bytes()) + "'"; }
};

bool is(std::expected<Identity, FailureKind> const& found, FailureKind kind) {
    return !found && found.error() == kind;
}

}  // namespace

TEST_CASE("a person comes back as put in, and is found by the number at the own employer only") {
    Office office;
    auto const people = office.add_some(1, office.first);
    auto const& one = people.front();
    CHECK(office.identity(one.id) == one.identity);
    CHECK(office.find({{office.first, one.identity.bsn}}).front() == one.id);
    CHECK_FALSE(office.find({{office.second, one.identity.bsn}}).front());
    CHECK_FALSE(office.find({{office.first, office.next_person(office.first).identity.bsn}}).front());
}

TEST_CASE("as many as are asked for are found, each at its place, with any number of questions") {
    Office office;
    auto const people = office.add_some(120, office.first);
    for (std::size_t const count : {0U, 1U, 49U, 50U, 51U, 100U, 101U, 120U}) {
        CAPTURE(count);
        std::vector<PersonQuery> queries;
        std::vector<PersonId> ids;
        for (std::size_t i = 0; i < count; ++i) {
            queries.push_back(
                {i % 7 == 3 ? office.second : office.first, people[count - 1 - i].identity.bsn});
            ids.push_back(people[count - 1 - i].id);
        }
        auto const found = office.find(queries);
        REQUIRE(found.size() == count);
        auto const names = office.names(ids);
        REQUIRE((names && names->size() == count));
        for (std::size_t i = 0; i < count; ++i) {
            CHECK(found[i] == (i % 7 == 3 ? std::nullopt : std::optional{ids[i]}));
            CHECK((*names)[i].last_name == people[count - 1 - i].identity.last_name);
            CHECK((*names)[i].prefix == "van der");
            CHECK((*names)[i].initials == people[count - 1 - i].identity.initials);
        }
    }
}

TEST_CASE("one citizen at two employers is two people, and both are found by the number") {
    Office office;
    auto const at_first = office.next_person(office.first);
    auto at_second = at_first;
    at_second.id = PersonId::make(office.clock.now() + Duration::seconds(1), office.random);
    at_second.employer = office.second;
    std::vector const both{at_first, at_second};
    REQUIRE(office.database.transact([&](store::Transaction& tx) {
        add_people(tx, office.keys, both, office.clock.now(), office.random);
    }));
    auto const found = office.database.transact(
        [&](store::Transaction& tx) { return find_by_bsn(tx, office.keys, at_first.identity.bsn); });
    CHECK(found == std::vector{at_first.id, at_second.id});
}

TEST_CASE("the same number at the same employer is refused, and nothing of it stays") {
    Office office;
    auto const known = office.add_some(1, office.first).front();
    auto again = office.next_person(office.first);
    again.identity.bsn = known.identity.bsn;
    std::vector const people{office.next_person(office.first), again};
    auto const added = office.database.transact([&](store::Transaction& tx) {
        add_people(tx, office.keys, people, office.clock.now(), office.random);
    });
    CHECK(added.error() == store::StoreError::already_there);
    CHECK_FALSE(office.find({{office.first, people.front().identity.bsn}}).front());
    auto const key = office.database.transact(
        [&](store::Transaction& tx) { return office.keys.load(tx, people.front().id).has_value(); });
    CHECK(key == false);
}

TEST_CASE("a cell that was altered makes the whole person unavailable, never a wrong or empty value") {
    Office office;
    auto const people = office.add_some(2, office.first);
    auto const& one = people.front().id;
    auto const other = Office::literal(people.back().id);
    for (std::string const column :
         {"bsn", "staff_number", "last_name", "prefix", "initials", "birth_date", "phone"}) {
        CAPTURE(column);
        bool const is_listed = column == "last_name" || column == "prefix" || column == "initials";
        office.tamper("CREATE OR REPLACE TABLE klout7_office.kept AS SELECT * FROM klout7_office.person");
        for (std::string const& altered :
             {// one byte changed, cut off, gone, of somebody else, of another column
              column + " = CONCAT(" + column + ", 'x')", column + " = LEFT(" + column + ", 30)",
              column + " = ''",
              column + " = (SELECT " + column + " FROM klout7_office.kept WHERE id = " + other + ")",
              column + " = (SELECT " + (column == "bsn" ? "phone" : "bsn") +
                  " FROM klout7_office.kept WHERE id = " + Office::literal(one) + ")"}) {
            CAPTURE(altered);
            office.tamper(one, altered);
            CHECK(is(office.identity(one), FailureKind::unavailable));
            auto const names = office.names({one});
            CHECK(names.has_value() == !is_listed);
            if (!names) CHECK(names.error().kind == FailureKind::unavailable);
            office.tamper(one, column + " = (SELECT " + column +
                                   " FROM klout7_office.kept WHERE id = " + Office::literal(one) + ")");
            CHECK(office.identity(one) == people.front().identity);
        }
    }
    office.tamper("DROP TABLE klout7_office.kept");
}

TEST_CASE("somebody's data does not open with the key of somebody else") {
    Office office;
    auto const people = office.add_some(2, office.first);
    CHECK(is(office.identity(people[0].id, people[1].id), FailureKind::unavailable));
}

TEST_CASE("someone who is not there is not found") {
    Office office;
    auto const known = office.add_some(1, office.first).front().id;
    CHECK(is(office.identity(PersonId::make(office.clock.now(), office.random), known),
             FailureKind::not_found));
}

TEST_CASE("a shredded person has no name in a list, and a key that was altered is no shredded one") {
    Office office;
    auto const people = office.add_some(3, office.first);
    REQUIRE(office.database.transact(
        [&](store::Transaction& tx) { CHECK(office.keys.destroy(tx, people[1].id)); }));
    auto const names = office.names({people[0].id, people[1].id, people[2].id});
    REQUIRE(names);
    CHECK((*names)[0].last_name == people[0].identity.last_name);
    CHECK((*names)[1].last_name.empty());
    CHECK((*names)[1].prefix.empty());
    CHECK((*names)[2].last_name == people[2].identity.last_name);
    office.tamper(
        "UPDATE klout7_office_keys.person_key SET wrapped = CONCAT(wrapped, 'x') WHERE person_id = " +
        Office::literal(people[2].id));
    auto const with_altered = office.names({people[0].id, people[2].id});
    CHECK(with_altered.error().kind == FailureKind::unavailable);
}

TEST_CASE("nothing of a person stands in the tables in the clear") {
    Office office;
    auto const one = office.add_some(1, office.first).front().identity;
    auto const rows = office.server.server_operator().query(
        "SELECT id, employer_id, bsn_index, bsn, staff_number, last_name, prefix, initials, birth_date, "
        "phone, "
        "created_at FROM klout7_office.person UNION ALL SELECT id, code, name, '', '', '', '', '', '', '', "
        "'' "
        "FROM klout7_office.employer");
    REQUIRE(rows);
    std::string dump;
    for (auto const& row : *rows)
        for (auto const& cell : row) dump += cell + "\n";
    CHECK(dump.find("acme") != std::string::npos);  // the search bites
    for (auto const& word : {one.bsn.text(), one.staff_number, one.last_name, one.prefix, one.initials,
                             one.birth_date.to_string(), one.phone, std::string{"Kanarie"}}) {
        CAPTURE(word);
        CHECK(dump.find(word) == std::string::npos);
    }
}

TEST_CASE("an employer's code is letters, digits, dot and hyphen, one to forty") {
    for (std::string_view const good : {"a", "ACME-1.b", "0123456789012345678901234567890123456789"})
        CHECK(is_employer_code(good));
    for (std::string_view const bad :
         {"", "01234567890123456789012345678901234567890", "a b", "a_b", "é", "a'b", "a\n"}) {
        CAPTURE(bad);
        CHECK_FALSE(is_employer_code(bad));
    }
}

TEST_CASE("an employer is found by code and by id, with who gets its new cases") {
    Office office;
    auto const manager = UserId::make(office.clock.now(), office.random);
    CHECK(office.employer(std::string_view{"acme"})->id == office.first);
    CHECK(office.employer(office.first)->code == "acme");
    CHECK_FALSE(office.employer(office.first)->case_manager);
    REQUIRE(office.database.transact(
        [&](store::Transaction& tx) { set_case_manager(tx, office.keyring, office.first, manager); }));
    CHECK(office.employer(office.first)->case_manager == manager);
    CHECK_FALSE(office.employer(office.second)->case_manager);
    CHECK_FALSE(office.employer(std::string_view{"initech"}));
    CHECK_FALSE(office.employer(EmployerId::make(office.clock.now(), office.random)));
    auto const again = office.database.transact([&](store::Transaction& tx) {
        return add_employer(tx, office.keyring, "acme", "Another", office.clock.now(), office.random);
    });
    CHECK(again.error() == store::StoreError::already_there);
}

TEST_CASE("an employer's users come from the networks of its list, and from everywhere without one") {
    Office office;
    auto const may = [&](EmployerId employer, std::string_view address) {
        auto const asked = office.database.transact(
            [&](store::Transaction& tx) { return may_come_from(tx, office.keyring, employer, address); });
        REQUIRE(asked);
        return *asked;
    };
    auto const set = [&](std::optional<access::Networks> const& networks) {
        REQUIRE(office.database.transact(
            [&](store::Transaction& tx) { set_networks(tx, office.keyring, office.first, networks); }));
    };
    CHECK(may(office.first, "192.0.2.1"));
    CHECK_FALSE(may(EmployerId::make(office.clock.now(), office.random), "192.0.2.1"));
    set(access::Networks::parse("192.0.2.64/26, 2001:db8::/33"));
    for (std::string_view const inside :
         {"192.0.2.64", "192.0.2.127", "::ffff:192.0.2.64", "2001:db8::", "2001:db8:7fff:ffff::1"}) {
        CAPTURE(inside);
        CHECK(may(office.first, inside));
    }
    for (std::string_view const outside :
         {"192.0.2.63", "192.0.2.128", "::ffff:192.0.2.128", "2001:db8:8000::", "", "nowhere"}) {
        CAPTURE(outside);
        CHECK_FALSE(may(office.first, outside));
    }
    CHECK(may(office.second, "192.0.2.63"));
    CHECK(office.employer(office.first)->networks->text() == "192.0.2.64/26 2001:db8::/33");
    auto const manager = UserId::make(office.clock.now(), office.random);
    REQUIRE(office.database.transact([&](store::Transaction& tx) {
        set_case_manager(tx, office.keyring, office.first, manager);
        auto const listed = list_employers(tx, office.keyring);
        REQUIRE(listed.size() == 2);
        CHECK(listed[0].code == "acme");
        CHECK(listed[0].networks);
        CHECK(listed[0].case_manager == manager);
        CHECK_FALSE(listed[1].networks);
    }));
    set(std::nullopt);
    CHECK(may(office.first, "192.0.2.63"));
    CHECK(office.employer(office.first)->case_manager == manager);
}

TEST_CASE("an employer that was changed behind the program's back is not believed") {
    Office office;
    auto const first = Office::literal(office.first);
    REQUIRE(office.database.transact([&](store::Transaction& tx) {
        set_case_manager(tx, office.keyring, office.first, UserId::make(office.clock.now(), office.random));
        set_networks(tx, office.keyring, office.first, access::Networks::parse("192.0.2.0/24"));
    }));
    auto const found = [&](EmployerId id) {
        return office.database.transact(
            [&](store::Transaction& tx) { return find_employer(tx, office.keyring, id).has_value(); });
    };
    for (std::string const change :
         {"code = 'initech'", "case_manager_id = NULL", "case_manager_id = REVERSE(case_manager_id)",
          "networks = NULL", "networks = ''", "networks = '0.0.0.0/0'", "networks = 'anywhere'",
          "tag = (SELECT o.tag FROM (SELECT tag FROM klout7_office.employer WHERE code = 'globex') o)"}) {
        CAPTURE(change);
        office.tamper("CREATE OR REPLACE TABLE klout7_office.kept AS SELECT * FROM klout7_office.employer");
        office.tamper("UPDATE klout7_office.employer SET " + change + " WHERE id = " + first);
        CHECK(found(office.first).error() == store::StoreError::broken);
        CHECK(found(office.second) == true);
        office.tamper("REPLACE INTO klout7_office.employer SELECT * FROM klout7_office.kept WHERE id = " +
                      first);
        CHECK(found(office.first) == true);
    }
    office.tamper("DROP TABLE klout7_office.kept");
}
