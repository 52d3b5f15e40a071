#pragma once

#include <vector>

#include "actions/office.h"
#include "api/site.h"
#include "base/embedded_text.h"
#include "documents/scanner.h"
#include "documents/store.h"

namespace klout7::office {

/// What the office program serves. Both outlive the routes.
std::vector<api::Route<OfficeZone>> routes(actions::Office const& office, documents::Store const& store,
                                           documents::Scanner const& scanner);

/// api/office.yaml and api/common.yaml. Made by the build.
std::span<EmbeddedText const> description();
/// The pages of this side. Made by the build.
std::span<EmbeddedFile const> page_files();

}  // namespace klout7::office
