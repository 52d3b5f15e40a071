#include <doctest/doctest.h>

#include "api/testing.h"
#include "documents/folder_store.h"
#include "program/program.h"
#include "routes.h"

using namespace klout7;

TEST_CASE("the medical side serves exactly what its description says") {
    api::UnconnectedSide<MedicalZone> side;
    exchange::Exchange<MedicalZone> const exchange{side.database, side.keyring, side.clock, side.random};
    medical::Practice const practice{side.frame, exchange};
    auto const store = documents::FolderStore::open(side.folder);
    REQUIRE(store);
    documents::Scanner const scanner{"no-scanner"};
    auto const description = medical::description();
    api::Site<MedicalZone> const site{side.frame, medical::routes(practice, {*store, scanner}),
                                      program::public_texts(description, {}), Environment::test};
    CHECK(api::difference(api::served(site), api::described(description)) == "");
}
