#include "cookies.h"

#include <fmt/format.h>

#include "base/text.h"

namespace klout7::api {

std::string_view cookie_value(transport::Headers const& headers, std::string_view name) {
    for (auto const& [header, value] : headers.all()) {
        if (ascii_lower(header) != "cookie") continue;
        std::string_view left = value;
        while (!left.empty()) {
            auto const end = left.find(';');
            auto const pair = trim(left.substr(0, end));
            left = end == std::string_view::npos ? std::string_view{} : left.substr(end + 1);
            if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
                return pair.substr(name.size() + 1);
        }
    }
    return {};
}

std::string set_cookie(std::string_view name, std::string_view value, std::optional<Duration> lasts) {
    auto cookie = fmt::format("{}={}; Path=/; Secure; HttpOnly; SameSite=Strict", name, value);
    if (lasts) cookie += fmt::format("; Max-Age={}", lasts->microseconds / 1'000'000);
    return cookie;
}

bool is_content_type(transport::RequestHead const& head, std::string_view type) {
    auto const said = head.headers.find("content-type").value_or(std::string_view{});
    return ascii_lower(trim(said.substr(0, said.find(';')))) == type;
}

bool is_same_origin(transport::Headers const& headers) {
    if (auto const site = headers.find("sec-fetch-site")) return *site == "same-origin";
    auto const origin = headers.find("origin");
    auto const host = headers.find("host");
    return origin && host && ascii_lower(*origin) == fmt::format("https://{}", ascii_lower(*host));
}

}  // namespace klout7::api
