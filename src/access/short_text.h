#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

namespace klout7::access {

enum class TextFault { missing, not_text, too_long };

/// A text of one line as it is kept: NFC, without blanks around it; so many characters at most.
std::expected<std::string, TextFault> short_text(std::string_view given, std::size_t longest);

}  // namespace klout7::access
