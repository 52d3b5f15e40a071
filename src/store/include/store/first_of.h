#pragma once

#include <optional>
#include <utility>
#include <vector>

namespace klout7::store {

/// The only row that a statement can find, or the first of its order; nothing when it found none.
template <class Row>
std::optional<Row> first_of(std::vector<Row>&& rows) {
    return rows.empty() ? std::nullopt : std::optional{std::move(rows.front())};
}

}  // namespace klout7::store
