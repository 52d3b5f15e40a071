#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace klout7 {

/// The one of these that has this name, by its name_of; nothing when none has it.
template <class Choice, std::size_t n>
std::optional<Choice> named(std::array<Choice, n> const& all, std::string_view name) {
    auto const* const known = std::ranges::find(all, name, [](Choice one) { return name_of(one); });
    return known == all.end() ? std::nullopt : std::optional{*known};
}

}  // namespace klout7
