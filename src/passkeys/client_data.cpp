#include "client_data.h"

#include <boost/json/parse.hpp>

namespace klout7::passkeys {
namespace {

namespace json = boost::json;

std::string_view text_in(json::object const& object, std::string_view name) {
    auto const* value = object.if_contains(json::string_view{name.data(), name.size()});
    auto const* text = value != nullptr ? value->if_string() : nullptr;
    return text != nullptr ? std::string_view{text->data(), text->size()} : std::string_view{};
}

/// A page that stands inside a page of another site, whatever is said of it.
bool is_embedded(json::object const& object) {
    auto const* cross = object.if_contains("crossOrigin");
    bool const says_no = cross == nullptr || (cross->is_bool() && !cross->as_bool());
    return !says_no || object.contains("topOrigin");
}

}  // namespace

std::expected<void, Fault> check_client_data(RelyingParty const& party, std::string_view type,
                                             BytesView challenge, BytesView client_data) {
    json::parse_options options;
    options.max_depth = 3;
    boost::system::error_code wrong;
    auto const text = text_of(client_data);
    auto const value = json::parse(json::string_view{text.data(), text.size()}, wrong, {}, options);
    if (wrong || !value.is_object()) return std::unexpected(Fault::client_data_not_json);
    auto const& object = value.as_object();
    if (text_in(object, "type") != type) return std::unexpected(Fault::wrong_type);
    if (text_in(object, "challenge") != to_base64url(challenge))
        return std::unexpected(Fault::wrong_challenge);
    if (text_in(object, "origin") != party.origin) return std::unexpected(Fault::wrong_origin);
    if (is_embedded(object)) return std::unexpected(Fault::cross_origin);
    return {};
}

}  // namespace klout7::passkeys
