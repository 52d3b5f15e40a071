#include "values.h"

#include <algorithm>
#include <charconv>

namespace klout7::messages {
namespace {

/// What keeps a value from being read as one of this kind.
std::optional<Problem> problem_of_kind(Value const& value, Value::Kind wanted) {
    if (value.kind != wanted && value.kind != Value::Kind::untyped) return Problem::wrong_type;
    if (value.text.empty()) return Problem::empty;
    return std::nullopt;
}

/// By the `parse` of the type.
template <class T>
std::optional<Problem> take_parsed(Value const& value, T& into, std::optional<T> (*parse)(std::string_view),
                                   Problem otherwise, Value::Kind kind = Value::Kind::text) {
    if (auto const problem = problem_of_kind(value, kind)) return problem;
    auto parsed = parse(value.text);
    if (!parsed) return otherwise;
    into = std::move(*parsed);
    return std::nullopt;
}

std::optional<bool> parse_truth(std::string_view text) {
    if (text == "true") return true;
    if (text == "false") return false;
    return std::nullopt;
}

std::optional<std::uint32_t> parse_number(std::string_view text) {
    // More digits than any number here has would be zeros in front of it.
    if (text.empty() || text.size() > 10 || !std::ranges::all_of(text, is_digit)) return std::nullopt;
    if (text.size() > 1 && text.front() == '0') return std::nullopt;
    std::uint32_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} ? std::optional{number} : std::nullopt;
}

/// Nine digits. A BSN of eight with its zero left out is for people who type.
std::optional<Bsn> parse_nine_digits(std::string_view text) {
    return text.size() == 9 ? Bsn::parse(text) : std::nullopt;
}

/// RFC 3339 in UTC, with at most six decimals of a second: 2026-11-28T08:30:00Z.
std::optional<Instant> parse_instant(std::string_view text) {
    constexpr std::string_view shape{"0000-00-00T00:00:00"};
    if (text.size() <= shape.size() || text.back() != 'Z') return std::nullopt;
    for (std::size_t i = 0; i < shape.size(); ++i)
        if (shape[i] == '0' ? !is_digit(text[i]) : shape[i] != text[i]) return std::nullopt;
    auto const day = LocalDate::parse_iso(text.substr(0, 10));
    auto const two_digits = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
    auto const hour = two_digits(11);
    auto const minute = two_digits(14);
    auto const second = two_digits(17);
    if (!day || hour > 23 || minute > 59 || second > 59) return std::nullopt;

    std::int64_t microseconds = 0;
    auto decimals = text.substr(shape.size(), text.size() - shape.size() - 1);
    if (!decimals.empty()) {
        decimals.remove_prefix(decimals.front() == '.' ? 1 : 0);
        if (text[shape.size()] != '.' || decimals.empty() || decimals.size() > 6 ||
            !std::ranges::all_of(decimals, is_digit))
            return std::nullopt;
        for (std::size_t i = 0; i < 6; ++i)
            microseconds = microseconds * 10 + (i < decimals.size() ? decimals[i] - '0' : 0);
    }
    auto const seconds = std::int64_t{day->days_since_1970()} * 86'400 + hour * 3600 + minute * 60 + second;
    return Instant::from_microseconds(seconds * 1'000'000 + microseconds);
}

template <class Code>
std::optional<Problem> take_code(Value const& value, Code& into) {
    return take_parsed<Code>(value, into, &parse_code<Code>, Problem::not_a_choice);
}

}  // namespace

std::optional<Problem> take(Value const& value, std::string& into) {
    auto const problem = problem_of_kind(value, Value::Kind::text);
    if (!problem) into = value.text;
    return problem;
}
std::optional<Problem> take(Value const& value, bool& into) {
    return take_parsed<bool>(value, into, &parse_truth, Problem::not_yes_or_no, Value::Kind::truth);
}
std::optional<Problem> take(Value const& value, std::uint32_t& into) {
    return take_parsed<std::uint32_t>(value, into, &parse_number, Problem::not_a_number, Value::Kind::number);
}
std::optional<Problem> take(Value const& value, WeeklyHours& into) {
    return take_parsed<WeeklyHours>(value, into, &WeeklyHours::parse, Problem::not_a_number,
                                    Value::Kind::number);
}
std::optional<Problem> take(Value const& value, Bsn& into) {
    return take_parsed<Bsn>(value, into, &parse_nine_digits, Problem::not_a_bsn);
}
std::optional<Problem> take(Value const& value, LocalDate& into) {
    return take_parsed<LocalDate>(value, into, &LocalDate::parse_iso, Problem::not_a_date);
}
std::optional<Problem> take(Value const& value, Instant& into) {
    return take_parsed<Instant>(value, into, &parse_instant, Problem::not_a_date);
}
std::optional<Problem> take(Value const& value, MessageId& into) {
    return take_parsed<MessageId>(value, into, &MessageId::parse, Problem::not_an_identifier);
}
std::optional<Problem> take(Value const& value, MessageFileId& into) {
    return take_parsed<MessageFileId>(value, into, &MessageFileId::parse, Problem::not_an_identifier);
}
std::optional<Problem> take(Value const& value, Loonheffingennummer& into) {
    return take_parsed<Loonheffingennummer>(value, into, &Loonheffingennummer::parse,
                                            Problem::not_a_loonheffingennummer);
}
std::optional<Problem> take(Value const& value, Sha256& into) {
    return take_parsed<Sha256>(value, into, &Sha256::parse, Problem::not_a_digest);
}
std::optional<Problem> take(Value const& value, Ground& into) { return take_code(value, into); }
std::optional<Problem> take(Value const& value, WithdrawalReason& into) { return take_code(value, into); }
std::optional<Problem> take(Value const& value, DocumentKind& into) { return take_code(value, into); }
std::optional<Problem> take(Value const& value, FileType& into) { return take_code(value, into); }
std::optional<Problem> take(Value const& value, AppointmentKind& into) { return take_code(value, into); }

}  // namespace klout7::messages
