#pragma once

#include <vector>

#include "actions/office.h"
#include "api/documents.h"
#include "api/site.h"
#include "base/embedded_text.h"

namespace klout7::office {

/// What the office program serves. Both outlive the routes.
std::vector<api::Route<OfficeZone>> routes(actions::Office const& office,
                                           api::DocumentParts const& documents);

/// api/office.yaml and api/common.yaml. Made by the build.
std::span<EmbeddedText const> description();
/// The pages of this side. Made by the build.
std::span<EmbeddedFile const> page_files();

}  // namespace klout7::office
