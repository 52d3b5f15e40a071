#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/id.h"
#include "base/instant.h"
#include "base/local_date.h"
#include "base/side.h"

/// The operating log: one line of JSON per event on the standard error stream. It says what the
/// program did, never to whom: a type may stand in a line only if it says so, and text may not.
namespace klout7 {

enum class LogLevel { debug, info, warning, error };

/// A type that may stand in a log line says so beside its definition. Text, money, days and whatever
/// tells something of a person never does.
template <class T>
inline constexpr bool may_be_logged = false;
template <class Kind>
inline constexpr bool may_be_logged<Id<Kind>> = true;
template <>
inline constexpr bool may_be_logged<Instant> = true;
template <>
inline constexpr bool may_be_logged<Duration> = true;
template <>
inline constexpr bool may_be_logged<bool> = true;
template <>
inline constexpr bool may_be_logged<Side> = true;
template <>
inline constexpr bool may_be_logged<Environment> = true;

/// An error of any module, as its number: `ErrorCode{error}`. The message says which module it is.
class ErrorCode {
public:
    template <class Enum>
    requires std::is_enum_v<Enum>
    explicit constexpr ErrorCode(Enum error) : number_(static_cast<std::int64_t>(error)) {}
    constexpr std::int64_t number() const { return number_; }
    friend constexpr auto operator<=>(ErrorCode, ErrorCode) = default;

private:
    std::int64_t number_;
};
template <>
inline constexpr bool may_be_logged<ErrorCode> = true;

/// A count, size or port: a number that names nobody. Wrapping says that someone thought of that.
struct Count {
    std::int64_t value;
    template <std::integral Number>
    requires(!std::same_as<Number, bool> &&
             !std::same_as<Number, char>) explicit constexpr Count(Number number)
        : value(static_cast<std::int64_t>(number)) {}
};
template <>
inline constexpr bool may_be_logged<Count> = true;

template <class T>
concept Loggable = may_be_logged<std::remove_cvref_t<T>>;

/// Text that stands in the source, so nothing of a case can be in it.
struct LogMessage {
    consteval LogMessage(char const* literal) : text(literal) {}
    std::string_view text;
};

/// What goes behind a message: a name from the source and a value that may be seen.
/// `field("case", case_id)`.
template <Loggable T>
struct LogField {
    LogMessage name;
    T value;
};
template <Loggable T>
constexpr LogField<T> field(LogMessage name, T value) {
    return {name, value};
}

/// From which level on lines are written; `info` at start. Safe from many threads.
void set_log_level(LogLevel least);

namespace log_detail {

std::string json_of(std::string_view safe_text);
std::string json_of(std::int64_t number);
template <class Kind>
std::string json_of(Id<Kind> const& id) {
    return json_of(std::string_view{id.to_string()});
}
inline std::string json_of(Instant at) { return json_of(std::string_view{at.to_string()}); }
inline std::string json_of(Duration duration) { return json_of(duration.microseconds); }
inline std::string json_of(ErrorCode code) { return json_of(code.number()); }
inline std::string json_of(Count count) { return json_of(count.value); }
template <std::same_as<bool> Bool>
std::string json_of(Bool value) {
    return value ? "true" : "false";
}
/// An enum that may be logged shows its name if it has a `name_of`, else its number.
template <class Enum>
requires std::is_enum_v<Enum> std::string json_of(Enum value) {
    if constexpr (requires { std::string_view{name_of(value)}; }) {
        return json_of(std::string_view{name_of(value)});
    } else {
        return json_of(static_cast<std::int64_t>(value));
    }
}

template <Loggable T>
std::string json_member(LogField<T> const& of) {
    return "," + json_of(of.name.text) + ":" + json_of(of.value);
}
bool is_wanted(LogLevel level);
/// One line, ended by a newline: time, level, message and the members.
std::string line(Instant at, LogLevel level, LogMessage message, std::string_view members);
void write(LogLevel level, LogMessage message, std::string_view members);

}  // namespace log_detail

/// Writes one line:
///
///     write_log(LogLevel::warning, "a message of the other side was refused",
///               field("case", case_id), field("error", ErrorCode{error}));
///
/// The line goes out in one write, so lines of many threads do not mix; if the stream is gone, the
/// line is lost and the program goes on: what must not be lost is the audit log's.
template <class... T>
void write_log(LogLevel level, LogMessage message, LogField<T> const&... fields) {
    if (!log_detail::is_wanted(level)) return;
    log_detail::write(level, message, (std::string{} + ... + log_detail::json_member(fields)));
}

}  // namespace klout7
