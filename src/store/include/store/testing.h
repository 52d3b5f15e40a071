#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "store/database.h"
#include "store/private_mariadb.h"
#include "store/server_operator.h"

namespace klout7::store {

/// A real, encrypted server for one test program: fresh folder, all schema changes applied to both sides,
/// all accounts made. Started at first use, gone at exit.
class TestServer {
public:
    static TestServer& shared();
    TestServer();
    ~TestServer();

    Database office(std::size_t pool_size = 8) const;
    Database medical(std::size_t pool_size = 8) const;
    Database office_log(std::size_t pool_size = 4) const;
    Database medical_log(std::size_t pool_size = 4) const;
    /// Every right, with the side's schema as default: to look behind the scenes and to tamper.
    Database with_every_right(Side side) const;
    ServerOperator server_operator() const;
    /// The login of the programs' accounts.
    Logins logins() const;
    /// Any text as one of the programs' accounts (`k7_office`): to try what it must not be able to do.
    ServerOperator with_the_rights_of(std::string const& account) const;
    /// Empties all tables of both sides but schema_change.
    void empty_tables();
    std::filesystem::path const& folder() const { return folder_; }
    PrivateMariadb& server() { return *server_; }
    /// Starts it again after a stop or a kill.
    void restart();

private:
    Database connect(Side side, std::string account, std::size_t pool_size) const;
    std::filesystem::path folder_;
    std::unique_ptr<PrivateMariadb> server_;
};

}  // namespace klout7::store
