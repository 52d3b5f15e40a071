#pragma once

#include <string_view>

namespace klout7::store {

/// The text of a statement: a literal, so that nothing a person typed can become part of it.
/// It follows shared rules for both engines (docs/decisions/one-sql-text.md). Names are unqualified
/// for the side's own schema; `{KEYS}` stands for its key schema, `{PEER}` for the other side's
/// schema (the inbox there).
struct Sql {
    consteval Sql(char const* literal) : text(literal) {}
    std::string_view text;
};

}  // namespace klout7::store
