#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
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

/// A literal that is a part of statements, such as the columns that several of them select.
template <std::size_t size>
struct SqlPart {
    consteval SqlPart(char const (&literal)[size]) { std::ranges::copy(literal, text); }
    char text[size]{};
};

namespace sql_detail {
template <SqlPart... parts>
consteval auto join() {
    std::array<char, (sizeof(parts.text) + ...) - sizeof...(parts) + 1> text{};
    auto* end = text.data();
    ((end = std::ranges::copy_n(parts.text, sizeof(parts.text) - 1, end).out), ...);
    return text;
}
template <SqlPart... parts>
inline constexpr auto joined = join<parts...>();
}  // namespace sql_detail

/// A statement made of parts: sql<"SELECT ", columns, " FROM t WHERE id = ?">.
template <SqlPart... parts>
inline constexpr Sql sql{sql_detail::joined<parts...>.data()};

}  // namespace klout7::store
