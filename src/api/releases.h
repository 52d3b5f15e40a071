#pragma once

#include "api/documents.h"

namespace klout7::api {

/// Release from quarantine: asked by who works on the case, decided by who controls.
template <class Zone>
std::vector<Route<Zone>> release_routes(FindSubject const& find_subject);

extern template std::vector<Route<OfficeZone>> release_routes(FindSubject const&);
extern template std::vector<Route<MedicalZone>> release_routes(FindSubject const&);

}  // namespace klout7::api
