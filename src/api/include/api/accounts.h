#pragma once

#include <vector>

#include "access/account_life.h"
#include "api/site.h"

namespace klout7::api {

/// What an administrator does with the accounts of a side. Passwords and codes are told once, in the answer
/// to what made them.
template <class Zone>
std::vector<Route<Zone>> account_routes(typename access::AccountLife<Zone>::FindEmployer find_employer);

extern template std::vector<Route<OfficeZone>> account_routes(access::AccountLife<OfficeZone>::FindEmployer);
extern template std::vector<Route<MedicalZone>> account_routes(
    access::AccountLife<MedicalZone>::FindEmployer);

}  // namespace klout7::api
