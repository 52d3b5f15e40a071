#pragma once

namespace klout7::store {

/// Why a unit of work did not happen. All of it was rolled back, unless it is `uncertain`.
enum class StoreError {
    unavailable,    ///< no connection, or lost on the way: try again later
    uncertain,      ///< lost while it was committed: it happened or it did not, nobody knows
    busy,           ///< deadlocks or lock waits did not end after all retries
    timed_out,      ///< a statement ran past its limit
    already_there,  ///< a unique value exists
    refused,        ///< the database account has no right to this
    full,           ///< disk or tablespace full
    broken,         ///< constraint, type or statement: our own bug; logged with its code, never its data
};

}  // namespace klout7::store
