#pragma once

#include "api/json.h"
#include "documents/documents.h"

namespace klout7::api {

/// A document as the list of its case shows it. Of one that was withdrawn the name is not told.
json::object to_json_object(documents::DocumentView const& view);

}  // namespace klout7::api
