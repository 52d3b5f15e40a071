#include "api/json.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace klout7::api {
namespace {

access::Failure malformed() {
    return {access::FailureKind::invalid,
            {{"", "not_json",
              "Dit is geen JSON-object met gewone waarden in UTF-8. Controleer haakjes en tekens.",
              "This is no JSON object of plain values in UTF-8. Check brackets and characters."}}};
}

bool is_plain(json::value const& value) {
    return !value.is_object() && !value.is_array() && !value.is_double();
}

}  // namespace

transport::Answer done_answer() { return {.status = 204, .headers = {}, .body = std::string{}}; }

transport::Answer json_answer(json::value const& value, int status) {
    return {
        .status = status, .headers = {{"Content-Type", "application/json"}}, .body = json::serialize(value)};
}

std::expected<JsonInput, access::Failure> JsonInput::parse(std::string_view body,
                                                           std::span<std::string_view const> known) {
    json::parse_options options;
    options.max_depth = 2;
    boost::system::error_code wrong;
    auto value = json::parse(json::string_view{body.data(), body.size()}, wrong, {}, options);
    if (wrong || !value.is_object()) return std::unexpected(malformed());
    JsonInput input;
    input.object_ = std::move(value.as_object());
    for (auto const& [name, field] : input.object_) {
        if (!is_plain(field)) return std::unexpected(malformed());
        // The name is the client's text: it is not repeated, and how many there are does not matter.
        if (std::find(known.begin(), known.end(), std::string_view{name.data(), name.size()}) ==
            known.end()) {
            return std::unexpected(access::Failure{
                access::FailureKind::invalid,
                {{"", "unknown_field",
                  "Er is een veld dat hier niet bestaat. Dit mag niet worden vastgelegd of is verkeerd "
                  "gespeld: haal het weg.",
                  "There is a field that does not exist here. It may not be recorded, or is misspelt: take "
                  "it out."}}});
        }
    }
    return input;
}

std::string JsonInput::text(std::string_view name) const {
    auto const* value = object_.if_contains(json::string_view{name.data(), name.size()});
    if (value == nullptr || value->is_null()) return {};
    if (auto const* text = value->if_string()) return {text->data(), text->size()};
    if (value->is_bool()) return value->as_bool() ? "true" : "false";
    auto const text = json::serialize(*value);
    return {text.data(), text.size()};
}

bool JsonInput::has(std::string_view name) const {
    return object_.contains(json::string_view{name.data(), name.size()});
}

std::expected<std::optional<LocalDate>, access::Failure> optional_day(JsonInput const& input,
                                                                      std::string_view field) {
    auto const text = input.text(field);
    if (text.empty()) return std::nullopt;
    if (auto const day = LocalDate::parse_iso(text)) return day;
    return std::unexpected(access::Failure{
        access::FailureKind::invalid, {{field, "not_a_date", "Dit is geen datum.", "This is not a date."}}});
}

}  // namespace klout7::api
