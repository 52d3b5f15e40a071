#pragma once

#include <string>
#include <string_view>

namespace klout7 {

/// The code points of a text as nearly as they can be without marks: NFKD, marks dropped ("é" is "e"). Empty
/// if it is not UTF-8. Source: Unicode UAX #15.
std::u32string without_marks(std::string_view text);

}  // namespace klout7
