#pragma once

#include <vector>

#include "actions.h"
#include "api/site.h"
#include "documents/folder_store.h"

namespace klout7::medical {

/// What the medical program serves. Both outlive the routes.
std::vector<api::Route<MedicalZone>> routes(Practice const& practice, documents::FolderStore const& store);

}  // namespace klout7::medical
