#pragma once

#include <string>

#include "store/errors.h"

namespace klout7::store {

/// What a statement that fails throws; caught by Database::transact and nowhere else.
struct Failure {
    StoreError error;
    bool try_again;        ///< the same unit of work may succeed when run again
    bool drop_connection;  ///< nothing more can be asked of this connection
    int native_code;       ///< the server's own number, for the log
    /// What the driver says of a connection that it could not make; empty for a statement, whose data it
    /// quotes.
    std::string said = {};
};

/// Classifies an error of MariaDB by its own number; SQLSTATE only tells a lost connection.
/// Source: docs/decisions/one-sql-text.md.
Failure mariadb_failure(int native_code, char const* sqlstate);

}  // namespace klout7::store
