#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/cbor.h"
#include "base/id.h"
#include "base/instant.h"
#include "crypto/hash.h"

namespace klout7::audit {

enum class Outcome { done, refused, failed };

std::string_view name_of(Outcome outcome);

/// What one person did, or tried. Fields as in NEN 7513; codes are short ASCII literals of the program that
/// never change their meaning. The content of data is never part of it.
struct Event {
    Instant at;
    std::string action;        ///< "read"
    std::string object_class;  ///< "case_file"
    std::optional<Uuid> object = {};
    std::optional<PersonId> person = {};  ///< whose data: a pseudonym
    std::optional<UserId> user = {};      ///< nobody when the sign-in failed
    std::string role = {};                ///< at that moment
    std::optional<UserId> responsible = {};
    std::optional<EmployerId> organisation = {};
    std::string ground = {};  ///< the relation that the grant rests on, or why it was refused
    Outcome outcome = Outcome::done;
    std::optional<SessionId> session = {};
    std::string detail = {};  ///< source address, search text: sealed beside the event
};

/// What stands in the log of an event besides the event.
struct EntryFrame {
    std::string_view program;
    std::int64_t number = 0;
    std::optional<crypto::Sha256> detail_hash;  ///< of the sealed detail
};

inline constexpr std::size_t entry_max_bytes = 1000;
inline constexpr std::size_t detail_max_bytes = 1000;
inline constexpr std::string_view program_version = "0.1.0";

/// The line itself: deterministic CBOR, docs/data-formats.md "Log entry".
Bytes encode_entry(Event const& event, EntryFrame const& frame);

/// An entry read back; `event.detail` stays empty.
struct Entry {
    Event event;
    std::string program;
    std::int64_t number = 0;
    std::string version;
    std::optional<crypto::Sha256> detail_hash;
};
std::expected<Entry, CborError> decode_entry(BytesView entry);

}  // namespace klout7::audit
