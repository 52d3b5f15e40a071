#include <algorithm>

#include "transport/http.h"

namespace klout7::transport {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::string_view name_of(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::head:
            return "HEAD";
        case Method::post:
            return "POST";
        case Method::put:
            return "PUT";
        case Method::patch:
            return "PATCH";
        case Method::del:
            return "DELETE";
        case Method::other:
            return "other";
    }
    return "other";
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
    for (auto const& [field_name, value] : fields_) {
        if (same_name(field_name, name)) return value;
    }
    return std::nullopt;
}

Headers& Headers::add(std::string name, std::string value) {
    fields_.emplace_back(std::move(name), std::move(value));
    return *this;
}

Headers& Headers::set(std::string name, std::string value) {
    std::erase_if(fields_, [&](auto const& field) { return same_name(field.first, name); });
    return add(std::move(name), std::move(value));
}

std::optional<std::string_view> RequestHead::query_value(std::string_view name) const {
    for (auto const& [query_name, value] : query) {
        if (query_name == name) return value;
    }
    return std::nullopt;
}

int status_of(TransportFault fault) {
    switch (fault) {
        case TransportFault::bad_request:
            return 400;
        case TransportFault::body_too_large:
            return 413;
        case TransportFault::headers_too_large:
            return 431;
        case TransportFault::too_slow:
            return 408;
        case TransportFault::overloaded:
            return 503;
        case TransportFault::handler_failed:
            return 500;
    }
    return 500;
}

}  // namespace klout7::transport
