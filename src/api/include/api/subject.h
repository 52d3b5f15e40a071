#pragma once

#include <functional>

#include "access/actor.h"
#include "store/database.h"

namespace klout7::api {

/// Whose case it is, for the gate: of no case when there is none. Each side finds its own.
using FindSubject = std::function<access::ObjectFacts(store::Transaction&, CaseId)>;

}  // namespace klout7::api
