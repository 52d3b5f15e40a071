#include <string_view>

#include "failure.h"

namespace klout7::store {

Failure mariadb_failure(int native_code, char const* sqlstate) {
    auto const failure = [&](StoreError error, bool again = false, bool drop = false) {
        return Failure{error, again, drop, native_code, {}};
    };
    switch (native_code) {
        case 1213:
            return failure(StoreError::busy, true);  // deadlock
        case 1205:
            return failure(StoreError::busy, true);  // lock wait timeout
        case 1020:
            return failure(StoreError::busy, true);  // record changed since last read
        case 1969:
            return failure(StoreError::timed_out, false, true);  // max_statement_time
        case 1317:
            return failure(StoreError::timed_out, false, true);  // query interrupted
        case 1062:
            return failure(StoreError::already_there);  // duplicate key
        case 1044:
        case 1045:
        case 1142:
        case 1143:
        case 1227:
        case 1370:
        case 1410:
        case 1698:
            return failure(StoreError::refused);
        case 3:     // a file of the server cannot be written
        case 20:    // the same, and it waits for room
        case 1021:  // disk full
        case 1026:  // a file of a table cannot be written
        case 1041:  // out of memory
        case 1114:  // tablespace full
        case 1637:  // no room to undo one more transaction
            return failure(StoreError::full);
        case 1040:
        case 1047:
        case 1053:
        case 1077:
        case 1079:
        case 1129:  // this host made too many errors
        case 1130:  // no account may come from this host
        case 1152:
        case 1184:
        case 1203:
        case 1927:
        case 2002:
        case 2003:
        case 2006:
        case 2013:
        case 2026:  // TLS: not agreed upon, and the same for a connection that was lost
        case 2055:
            return failure(StoreError::unavailable, true, true);
        default:
            break;
    }
    if (std::string_view{sqlstate}.starts_with("08") || native_code == 0) {
        return failure(StoreError::unavailable, true, true);
    }
    return failure(StoreError::broken);
}

}  // namespace klout7::store
