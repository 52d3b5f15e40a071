#pragma once

namespace klout7::crypto {

/// Why sealed bytes could not be opened.
enum class OpenError {
    malformed,    ///< not the format of docs/data-formats.md: cut off, wrong version
    altered,      ///< bytes, place or key are not those it was sealed with
    unknown_key,  ///< sealed under a key version that this keyring does not hold
};

}  // namespace klout7::crypto
