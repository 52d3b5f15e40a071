#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace klout7::api {

/// A QR code (ISO/IEC 18004, error correction M) that a page draws: one text of 0 (light) and 1 (dark) a row,
/// without the quiet zone of four around it. Empty when the text is too long for one.
std::vector<std::string> qr_code(std::string_view text);

}  // namespace klout7::api
