#pragma once

#include <source_location>

namespace klout7 {

/// Says where and stops the program.
[[noreturn]] void stop_program(char const* what, std::source_location where);

/// Stops the program when something holds that only our own bug can cause. Never for input.
/// The message is a literal, so that no person's data can end up in it.
constexpr void require(bool holds, char const* what,
                       std::source_location where = std::source_location::current()) {
    if (!holds) stop_program(what, where);
}

}  // namespace klout7
