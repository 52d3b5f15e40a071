#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "failure.h"
#include "store/private_mariadb.h"

using namespace klout7;
using namespace klout7::store;

TEST_CASE("what MariaDB says when a disk is full is told as full, and is not tried again") {
    for (int const code : {3, 20, 1021, 1026, 1114, 1637}) {
        INFO(code);
        auto const failure = mariadb_failure(code, "HY000");
        CHECK(failure.error == StoreError::full);
        CHECK_FALSE(failure.try_again);
    }
}

TEST_CASE("a database does not start with half a configuration that a full disk left") {
    auto pattern = (std::filesystem::temp_directory_path() / "klout7-full-XXXXXX").string();
    std::filesystem::path const folder = mkdtemp(pattern.data());
    std::filesystem::create_symlink("/dev/full", folder / "server.cnf");
    auto const started =
        PrivateMariadb::start({.folder = folder, .run_as = geteuid() == 0 ? "nobody" : ""}, Bytes(32, 0x5A));
    REQUIRE_FALSE(started);
    CHECK(started.error() == ServerError::folder_unusable);
    std::filesystem::remove_all(folder);
}
