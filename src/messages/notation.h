#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "messages/faults.h"
#include "values.h"

/// A file as either notation has it, before anybody asks what it means.
namespace klout7::messages {

inline constexpr std::string_view written_version = "1";
/// A field of an address is the fifth; the rest is room to name what does not belong.
inline constexpr std::size_t deepest = 8;
/// A thousand messages of every field come to half of it.
inline constexpr std::size_t most_parts = 50'000;

struct RawMessage {
    std::optional<Value> kind;
    std::optional<Value> id;
    Value fields;
    std::vector<Fault> faults = {};  // that the notation sees
};
struct RawFile {
    std::vector<NamedValue> envelope;  // but for the version, which was right
    std::optional<std::vector<RawMessage>> messages;
};

// Errors: all but `part_unusable`, `unknown_part` and `message_id_twice`, which are nobody's notation.
std::expected<RawFile, FileFault> parse_xml(std::string_view file);
std::expected<RawFile, FileFault> parse_json(std::string_view file);
std::string write_xml(RawFile const& file);
std::string write_json(RawFile const& file);

}  // namespace klout7::messages
