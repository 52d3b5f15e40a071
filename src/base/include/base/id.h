#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/random.h"

namespace klout7 {

/// 16 bytes that name one thing. New ones are version 7: time first, so that they sort by age.
/// Source: RFC 9562.
class Uuid {
public:
    static constexpr std::size_t size_bytes = 16;

    constexpr Uuid() = default;
    explicit constexpr Uuid(std::array<std::uint8_t, size_bytes> bytes) : bytes_(bytes) {}
    static Uuid version_7(Instant now, Random& random);
    /// Reads 8-4-4-4-12 hexadecimal digits in either case; nothing else.
    static std::optional<Uuid> parse(std::string_view text);
    static std::optional<Uuid> from_bytes(BytesView bytes);

    BytesView bytes() const { return bytes_; }
    std::string to_string() const;
    friend constexpr auto operator<=>(Uuid const&, Uuid const&) = default;

private:
    std::array<std::uint8_t, size_bytes> bytes_{};
};

/// A Uuid that says what it names, so that a case cannot be taken for a person.
/// `Kind` is a tag that is never defined: `using CaseId = Id<struct CaseKind>;`
template <class Kind>
class Id {
public:
    constexpr Id() = default;
    explicit constexpr Id(Uuid uuid) : uuid_(uuid) {}
    static Id make(Instant now, Random& random) { return Id{Uuid::version_7(now, random)}; }
    static std::optional<Id> parse(std::string_view text) {
        auto const uuid = Uuid::parse(text);
        return uuid ? std::optional{Id{*uuid}} : std::nullopt;
    }

    Uuid uuid() const { return uuid_; }
    BytesView bytes() const { return uuid_.bytes(); }
    std::string to_string() const { return uuid_.to_string(); }
    friend constexpr auto operator<=>(Id const&, Id const&) = default;

private:
    Uuid uuid_;
};

// The ids that more than one module speaks of.
using PersonId = Id<struct PersonKind>;
using EmployerId = Id<struct EmployerKind>;
using CaseId = Id<struct CaseKind>;
using UserId = Id<struct UserKind>;
using SessionId = Id<struct SessionKind>;
using DocumentId = Id<struct DocumentKind>;
using LetterId = Id<struct LetterKind>;

}  // namespace klout7

template <>
struct std::hash<klout7::Uuid> {
    std::size_t operator()(klout7::Uuid const& uuid) const noexcept {
        // The last eight bytes of a version 7 UUID are random.
        std::uint64_t tail = 0;
        for (auto const byte : uuid.bytes().last(8)) tail = tail << 8U | byte;
        return tail;
    }
};
template <class Kind>
struct std::hash<klout7::Id<Kind>> {
    std::size_t operator()(klout7::Id<Kind> const& id) const noexcept {
        return std::hash<klout7::Uuid>{}(id.uuid());
    }
};
