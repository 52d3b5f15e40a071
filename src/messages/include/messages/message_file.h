#pragma once

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "messages/faults.h"
#include "messages/message.h"

/// Files of messages, version 1, in two notations of one meaning: XML and JSON. The format is told in
/// docs/messages.md, its form in schemas/. What a reader keeps has passed `check`; what a writer writes reads
/// back as the same.
namespace klout7::messages {

inline constexpr std::size_t most_bytes = std::size_t{2} << 20U;
inline constexpr std::size_t most_messages = 1000;
/// Of one message; what is wrong behind them is seen the next time.
inline constexpr std::size_t most_faults = 40;

/// Whether it is for a test or for people's cases is decided by where it is sent, never by the file.
struct Envelope {
    std::string sender;  ///< a code that was agreed on
    MessageFileId file_id;
    Instant made_at;
    /// The day that "today" is for its messages. Whether that day can be is for who has a clock.
    LocalDate made_on() const { return LocalDate::in_the_netherlands(made_at); }
    friend bool operator==(Envelope const&, Envelope const&) = default;
};

/// One message of a file, in its place.
struct Entry {
    std::optional<MessageId> id;  ///< of a refused one too, where it has a usable one
    std::expected<Message, std::vector<Fault>> message;
    friend bool operator==(Entry const&, Entry const&) = default;
};

struct MessageFile {
    Envelope envelope;
    std::vector<Entry> entries;
    friend bool operator==(MessageFile const&, MessageFile const&) = default;
};

/// Messages are taken in the order of the file: one may refer to those before it and to those of earlier
/// files, whose ids only the receiver knows.
std::expected<MessageFile, FileFault> read_xml(std::string_view file);
std::expected<MessageFile, FileFault> read_json(std::string_view file);

/// The same bytes for the same messages. Errors: `part_unusable`, `too_many_messages`, `message_id_twice` and
/// `message_unusable` with the first message that does not pass and its field; `too_large`.
std::expected<std::string, FileFault> to_xml(Envelope const& envelope, std::span<Message const> messages);
std::expected<std::string, FileFault> to_json(Envelope const& envelope, std::span<Message const> messages);

}  // namespace klout7::messages
