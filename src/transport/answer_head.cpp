#include "answer_head.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/check.h"
#include "base/text.h"

namespace klout7::transport {

namespace {

/// Source: RFC 9110, 5.6.2.
bool is_token(std::string_view text) {
    static constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               others.find(c) != std::string_view::npos;
    });
}

bool is_field_value(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        auto const byte = static_cast<unsigned char>(c);
        return (byte >= 0x20 && byte != 0x7f) || c == '\t';
    });
}

/// Fields that say how the answer is sent, or by what program.
bool is_of_the_transport(std::string_view name) {
    constexpr std::array<std::string_view, 8> names = {"connection", "content-length", "date",
                                                       "keep-alive", "server",         "transfer-encoding",
                                                       "trailer",    "upgrade"};
    return std::ranges::find(names, ascii_lower(name)) != names.end();
}

std::string two_digits(unsigned number) {
    std::string text = std::to_string(number);
    return text.size() < 2 ? "0" + text : text;
}

}  // namespace

bool is_sendable(Answer const& answer) {
    if (answer.status < 200 || answer.status > 599) return false;
    return std::ranges::all_of(answer.headers.all(), [](auto const& field) {
        return is_token(field.first) && is_field_value(field.second);
    });
}

std::uint64_t size_of_body(Answer const& answer) {
    if (auto const* text = std::get_if<std::string>(&answer.body)) return text->size();
    return std::get<StreamedBody>(answer.body).size_bytes;
}

bool may_have_body(int status) { return status != 204 && status != 304; }

std::string head_of(Answer const& answer, std::string_view reason, Instant now, After after) {
    require(is_sendable(answer), "an answer is checked before it is sent");
    std::string head = "HTTP/1.1 " + std::to_string(answer.status) + " ";
    head += reason;
    head += "\r\nDate: " + http_date(now) + "\r\n";
    for (auto const& [name, value] : answer.headers.all()) {
        if (is_of_the_transport(name)) continue;
        head += name;
        head += ": ";
        head += value;
        head += "\r\n";
    }
    if (may_have_body(answer.status)) {
        head += "Content-Length: " + std::to_string(size_of_body(answer)) + "\r\n";
    }
    if (after == After::closes) head += "Connection: close\r\n";
    head += "\r\n";
    return head;
}

std::string http_date(Instant at) {
    using namespace std::chrono;
    constexpr std::array<std::string_view, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    sys_seconds const moment{seconds{at.seconds()}};
    auto const midnight = floor<std::chrono::days>(moment);
    year_month_day const day{midnight};
    hh_mm_ss const time{moment - midnight};
    std::string text{days[weekday{midnight}.c_encoding()]};
    text += ", " + two_digits(static_cast<unsigned>(day.day())) + " ";
    text += months[static_cast<unsigned>(day.month()) - 1];
    text += " " + std::to_string(static_cast<int>(day.year())) + " ";
    text += two_digits(static_cast<unsigned>(time.hours().count())) + ":" +
            two_digits(static_cast<unsigned>(time.minutes().count())) + ":" +
            two_digits(static_cast<unsigned>(time.seconds().count())) + " GMT";
    return text;
}

}  // namespace klout7::transport
