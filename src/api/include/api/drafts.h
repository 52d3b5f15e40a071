#pragma once

#include <vector>

#include "api/site.h"
#include "api/subject.h"

namespace klout7::api {

/// What was typed in a form of this side and not sent yet: save, read, end.
template <class Zone>
std::vector<Route<Zone>> draft_routes(FindSubject const& find_subject);

extern template std::vector<Route<OfficeZone>> draft_routes(FindSubject const&);
extern template std::vector<Route<MedicalZone>> draft_routes(FindSubject const&);

}  // namespace klout7::api
