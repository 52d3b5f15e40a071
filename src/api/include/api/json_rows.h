#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/json.h"

namespace klout7::api {

/// A list in a body: its name, and the fields that each of its rows may have.
struct RowsField {
    std::string_view name;
    std::vector<std::string_view> fields;
};

/// A body that holds lists of rows beside its plain fields: {"name": "x", "wages": [{"first":
/// "2026-10-01"}]}.
class JsonRows {
public:
    /// Errors: those of JsonInput::parse, of the body and of each row; `too_many_rows` with the name of the
    /// list.
    static std::expected<JsonRows, access::Failure> parse(std::string_view body,
                                                          std::span<std::string_view const> known,
                                                          std::span<RowsField const> lists,
                                                          std::size_t most_rows);
    JsonInput const& plain() const { return plain_; }
    /// Empty when the list is missing.
    std::vector<JsonInput> const& rows(std::string_view list) const;

private:
    explicit JsonRows(JsonInput plain) : plain_(std::move(plain)) {}
    JsonInput plain_;
    std::map<std::string_view, std::vector<JsonInput>, std::less<>> rows_;  ///< names are literals
};

}  // namespace klout7::api
