#pragma once

#include <ostream>
#include <string>

/// What a test shows that a type cannot do.
namespace klout7::refusals {

template <class T>
concept CanBeStreamed = requires(std::ostream& out, T const& value) {
    out << value;
};

static_assert(CanBeStreamed<int> && CanBeStreamed<std::string>);

}  // namespace klout7::refusals
