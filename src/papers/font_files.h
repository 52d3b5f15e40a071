#pragma once

#include <string_view>

namespace klout7::papers {

/// Liberation Sans, the whole files, put into the program by the build.
std::string_view regular_font_file();
std::string_view bold_font_file();

}  // namespace klout7::papers
