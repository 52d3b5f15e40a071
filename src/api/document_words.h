#pragma once

#include <string_view>

#include "access/failure.h"
#include "documents/verdict.h"
#include "gate/gate.h"

namespace klout7::api {

/// What somebody is told whose file the gate did not take, and what to do about it.
access::FieldFault refusal_fault(gate::Refusal refusal);

/// What somebody is told whose file went into quarantine. `{}` is the name of the signature.
struct QuarantineWords {
    std::string_view dutch, english;
};
QuarantineWords words_of(documents::QuarantineReason reason);

}  // namespace klout7::api
