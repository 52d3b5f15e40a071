#pragma once

#include <vector>

#include "actions.h"
#include "api/documents.h"
#include "api/site.h"
#include "base/embedded_text.h"

namespace klout7::medical {

/// What the medical program serves. Both outlive the routes.
std::vector<api::Route<MedicalZone>> routes(Practice const& practice, api::DocumentParts const& documents);

/// api/medical.yaml and api/common.yaml. Made by the build.
std::span<EmbeddedText const> description();
/// The pages of this side. Made by the build.
std::span<EmbeddedFile const> page_files();

}  // namespace klout7::medical
