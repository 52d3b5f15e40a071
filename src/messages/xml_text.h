#pragma once

#include <optional>
#include <string_view>

#include "messages/faults.h"

namespace klout7::messages {

/// What keeps a text from being XML as the format takes it; nothing when it is, but for that each end has its
/// begin. pugixml reads what is no XML too: text around the root, an entity that nobody declared, a sign that
/// XML does not have. What it makes of that is not what its sender's other readers make of it.
/// Source: XML 1.0, fifth edition.
std::optional<FileProblem> problem_in_xml(std::string_view text);

}  // namespace klout7::messages
