#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "store/errors.h"

namespace klout7::access {

/// Why an action did not happen, in the terms of whoever asked for it.
enum class FailureKind {
    not_found,          ///< is not there, or is nobody's to know of
    not_allowed,        ///< may be seen, may not be done
    not_fresh,          ///< may be done once a second factor was shown again
    invalid,            ///< fields say which
    already_there,      ///< it exists
    too_often,          ///< too many tries: later again
    not_now,            ///< the state of the thing does not allow it
    withdrawn,          ///< was taken back by somebody, and is closed for good
    not_clean,          ///< the scanner did not say that it is safe
    changed_meanwhile,  ///< someone else changed it since it was read
    too_large,          ///< the content is more than may be sent
    too_slow,           ///< the content did not arrive in time
    wrong_content,      ///< content of a kind that is not taken here
    unavailable,        ///< the store does not answer: later again
    uncertain,          ///< the store went away while it was saved: done or not, nobody knows
    full,               ///< no space left: later again
    stopped_half_way,   ///< the store failed after a part was kept; doing it again does the rest
};

/// What is wrong with one field of a request: a fixed code and its sentence in both languages, literals all.
struct FieldFault {
    std::string_view field;
    std::string_view code;
    std::string_view dutch;
    std::string_view english;
};

struct Failure {
    FailureKind kind = FailureKind::unavailable;
    std::vector<FieldFault> fields = {};
};

/// What a request brings with it, or what is wrong with that. An action takes it so and looks at it behind
/// the gate only: then who may not do a thing hears the same whatever was sent, and every attempt has its
/// line.
template <class T>
using Given = std::expected<T, Failure>;

constexpr FailureKind failure_of(store::StoreError error) {
    switch (error) {
        case store::StoreError::full:
            return FailureKind::full;
        case store::StoreError::already_there:
            return FailureKind::already_there;
        case store::StoreError::uncertain:
            return FailureKind::uncertain;
        case store::StoreError::unavailable:
        case store::StoreError::busy:
        case store::StoreError::timed_out:
        case store::StoreError::refused:
        case store::StoreError::broken:
            return FailureKind::unavailable;
    }
    return FailureKind::unavailable;
}

/// The same where nothing was to be changed: then there is nothing uncertain.
constexpr FailureKind failure_of_reading(store::StoreError error) {
    return error == store::StoreError::uncertain ? FailureKind::unavailable : failure_of(error);
}

}  // namespace klout7::access
