#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "store/sql.h"
#include "store/value.h"

namespace klout7::store {

/// For statements about many things at once: the text of a statement never depends on how many there are.
///
///     in_lists(people, [&](std::vector<Value> const& fifty) {
///         tx.rows_with<...>(sql<"SELECT ... WHERE id ", in_list>, fifty);
///     });
inline constexpr std::size_t values_in_list = 50;
inline constexpr SqlPart in_list{
    "IN "
    "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) "};

/// Calls `each` with fifty values at a time; the last of them fills up what is short.
template <class Range, class Each>
void in_lists(Range const& all, Each each) {
    std::span const values{all};
    for (std::size_t from = 0; from < values.size(); from += values_in_list) {
        std::vector<Value> fifty;
        fifty.reserve(values_in_list);
        for (std::size_t i = 0; i < values_in_list; ++i)
            fifty.emplace_back(values[std::min(from + i, values.size() - 1)]);
        each(fifty);
    }
}

}  // namespace klout7::store
