#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <expected>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/failure.h"
#include "base/id.h"
#include "base/instant.h"
#include "base/local_date.h"
#include "transport/http.h"

namespace klout7::api {

namespace json = boost::json;

/// An answer with this value.
transport::Answer json_answer(json::value const& value, int status = 200);
/// It was done, and there is nothing to tell of it.
transport::Answer done_answer();

inline std::string to_json(LocalDate date) { return date.to_string(); }
inline std::string to_json(Instant at) { return at.to_string(); }
template <class Kind>
std::string to_json(Id<Kind> const& id) {
    return id.to_string();
}
template <class T>
json::value to_json(std::optional<T> const& maybe) {
    if (!maybe) return nullptr;
    return json::value(to_json(*maybe));
}

/// The body of a request: one JSON object of plain values, nothing nested. Source: RFC 8259.
class JsonInput {
public:
    /// Errors: `invalid` without fields when it is no such object; with the name of each field that is not in
    /// `known`, so that a misspelt or unwanted field is never dropped in silence.
    static std::expected<JsonInput, access::Failure> parse(std::string_view body,
                                                           std::span<std::string_view const> known);
    static std::expected<JsonInput, access::Failure> parse(std::string_view body,
                                                           std::initializer_list<std::string_view> known) {
        return parse(body, std::span{known.begin(), known.size()});
    }
    /// The field as text, whatever plain value it is; empty when it is missing or null.
    std::string text(std::string_view name) const;
    bool has(std::string_view name) const;

private:
    json::object object_;
};

/// The field as a day; nothing when it is empty, missing or null. Errors: invalid. `field` is a literal.
std::expected<std::optional<LocalDate>, access::Failure> optional_day(JsonInput const& input,
                                                                      std::string_view field);

}  // namespace klout7::api
