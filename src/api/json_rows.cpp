#include "api/json_rows.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace klout7::api {
namespace {

std::expected<std::vector<JsonInput>, access::Failure> rows_in(json::value const& value,
                                                               RowsField const& list, std::size_t most) {
    if (!value.is_array() || value.as_array().size() > most)
        return std::unexpected(
            access::Failure{access::FailureKind::invalid,
                            {{list.name, "too_many_rows", "Dit is geen lijst, of er zijn te veel regels.",
                              "This is no list, or there are too many rows."}}});
    std::vector<JsonInput> rows;
    for (auto const& row : value.as_array()) {
        auto input = JsonInput::parse(json::serialize(row), list.fields);
        if (!input) return std::unexpected(input.error());
        rows.push_back(std::move(*input));
    }
    return rows;
}

}  // namespace

std::expected<JsonRows, access::Failure> JsonRows::parse(std::string_view body,
                                                         std::span<std::string_view const> known,
                                                         std::span<RowsField const> lists,
                                                         std::size_t most_rows) {
    json::parse_options options;
    options.max_depth = 3;
    boost::system::error_code wrong;
    auto value = json::parse(json::string_view{body.data(), body.size()}, wrong, {}, options);
    std::vector<std::pair<RowsField const*, json::value>> given;
    if (!wrong && value.is_object()) {
        for (auto const& list : lists) {
            auto const at = value.as_object().find(json::string_view{list.name.data(), list.name.size()});
            if (at == value.as_object().end()) continue;
            given.emplace_back(&list, std::move(at->value()));
            value.as_object().erase(at);
        }
    }
    // What is no object is refused in the words of one without lists, and a field that is not known before a
    // row is looked at.
    auto plain = JsonInput::parse(wrong ? std::string{body} : std::string{json::serialize(value)}, known);
    if (!plain) return std::unexpected(plain.error());
    JsonRows all{std::move(*plain)};
    for (auto const& [list, content] : given) {
        auto rows = rows_in(content, *list, most_rows);
        if (!rows) return std::unexpected(rows.error());
        all.rows_.emplace(list->name, std::move(*rows));
    }
    return all;
}

std::vector<JsonInput> const& JsonRows::rows(std::string_view list) const {
    static std::vector<JsonInput> const none;
    auto const found = rows_.find(list);
    return found == rows_.end() ? none : found->second;
}

}  // namespace klout7::api
