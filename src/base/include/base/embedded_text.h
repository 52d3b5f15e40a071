#pragma once

#include <span>
#include <string_view>

namespace klout7 {

/// A file of the repository that the build put into the program (cmake/embed.cmake).
struct EmbeddedText {
    std::string_view name;  ///< its path
    std::string_view text;
};

}  // namespace klout7
