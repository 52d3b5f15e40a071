#pragma once

#include <span>
#include <string_view>

namespace klout7 {

/// A file of the repository that the build put into the program (cmake/embed.cmake).
struct EmbeddedText {
    std::string_view name;  ///< its path
    std::string_view text;
};

/// A file of the pages that the build put into the program (cmake/embed.cmake).
struct EmbeddedFile {
    std::string_view path;  ///< "index.html", "assets/app-1a2b3c4d.js"
    std::string_view content;
    std::string_view gzipped;  ///< empty where that would be larger; so too the next
    std::string_view brotli;
};

}  // namespace klout7
