#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bsn.h"
#include "base/instant.h"
#include "base/local_date.h"
#include "messages/codes.h"
#include "messages/faults.h"
#include "messages/identifiers.h"
#include "rules.h"

/// What both notations have in common: values by name, and what a value says.
namespace klout7::messages {

struct NamedValue;
struct Value {
    /// XML tells groups and texts apart and no more: what is no group there is untyped.
    enum class Kind { untyped, text, number, truth, cleared, group, list };
    Kind kind = Kind::untyped;
    std::string text = {};               // also of a number and of a truth: "true"
    std::vector<NamedValue> parts = {};  // of a list without names
    std::vector<std::string> misplaced =
        {};                          // attributes that the format does not have; empty: text between fields
    bool clear_is_unusable = false;  // a mark of clearing that is none, or with a value beside it
};
struct NamedValue {
    std::string name;
    Value value;
};

/// Takes the value, or says why it is none of its type. Whether it keeps to its rule is for `problem_in`.
std::optional<Problem> take(Value const& value, std::string& into);
std::optional<Problem> take(Value const& value, bool& into);
std::optional<Problem> take(Value const& value, std::uint32_t& into);
std::optional<Problem> take(Value const& value, WeeklyHours& into);
std::optional<Problem> take(Value const& value, Bsn& into);
std::optional<Problem> take(Value const& value, LocalDate& into);
std::optional<Problem> take(Value const& value, Instant& into);
std::optional<Problem> take(Value const& value, MessageId& into);
std::optional<Problem> take(Value const& value, MessageFileId& into);
std::optional<Problem> take(Value const& value, Loonheffingennummer& into);
std::optional<Problem> take(Value const& value, Sha256& into);
std::optional<Problem> take(Value const& value, Ground& into);
std::optional<Problem> take(Value const& value, WithdrawalReason& into);
std::optional<Problem> take(Value const& value, DocumentKind& into);
std::optional<Problem> take(Value const& value, FileType& into);
std::optional<Problem> take(Value const& value, AppointmentKind& into);

inline Value value_of(std::string const& text) { return {Value::Kind::text, text}; }
inline Value value_of(bool truth) { return {Value::Kind::truth, truth ? "true" : "false"}; }
inline Value value_of(std::uint32_t number) { return {Value::Kind::number, std::to_string(number)}; }
inline Value value_of(WeeklyHours hours) { return {Value::Kind::number, hours.to_string()}; }
inline Value value_of(Bsn bsn) { return {Value::Kind::text, bsn.text()}; }
inline Value value_of(LocalDate day) { return {Value::Kind::text, day.to_string()}; }
inline Value value_of(Instant at) { return {Value::Kind::text, at.to_string()}; }
template <class Kind>
Value value_of(SenderId<Kind> const& id) {
    return {Value::Kind::text, id.text()};
}
inline Value value_of(Loonheffingennummer const& number) { return {Value::Kind::text, number.text()}; }
inline Value value_of(Sha256 const& digest) { return {Value::Kind::text, digest.to_string()}; }
template <class Code>
requires std::is_enum_v<Code> Value value_of(Code code) {
    return {Value::Kind::text, std::string{name_of(code)}};
}

}  // namespace klout7::messages
