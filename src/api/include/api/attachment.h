#pragma once

#include <string>
#include <string_view>

namespace klout7::api {

/// The value of Content-Disposition for a file of this name: in full for every browser of today, and for
/// others with an underscore for each byte that is not plain. Source: RFC 6266; RFC 8187 3.2.
std::string attachment_called(std::string_view file_name);

}  // namespace klout7::api
