#include <doctest/doctest.h>

#include "api/testing.h"
#include "documents/folder_store.h"
#include "program/program.h"
#include "routes.h"

using namespace klout7;

TEST_CASE("the office side serves exactly what its description says") {
    api::UnconnectedSide<OfficeZone> side;
    exchange::Exchange<OfficeZone> const exchange{side.database, side.keyring, side.clock, side.random};
    actions::Office const office{side.frame, exchange};
    auto const store = documents::FolderStore::open(side.folder);
    REQUIRE(store);
    documents::Scanner const scanner{"no-scanner"};
    auto const description = office::description();
    api::Site<OfficeZone> const site{side.frame, office::routes(office, {*store, scanner}),
                                     program::public_texts(description, {}), Environment::test};
    CHECK(api::difference(api::served(site), api::described(description)) == "");

    // What opens for machines is what the table grants them: two lists, written apart.
    for (auto const& route : site.routes()) {
        CAPTURE(route.path);
        bool const granted = access::decide(Side::office, access::Role::employer_system, route.thing,
                                            route.action, access::Relation::own_employer);
        CHECK((route.askers == api::Askers::machines_too) == granted);
    }
}
