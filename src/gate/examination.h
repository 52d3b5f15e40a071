#pragma once

#include "libmagic.h"

namespace klout7::gate {

/// `examine` with a libmagic that was loaded before.
std::expected<FileType, Refusal> examine_with(Magic const& magic, Content const& content, Side side);

}  // namespace klout7::gate
