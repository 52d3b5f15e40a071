#pragma once

#include <cstdint>
#include <expected>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"

namespace klout7 {

/// Deterministic CBOR: one value has one encoding, so its hash or signature covers its meaning.
/// Only what Klout7's formats need: integers, byte strings, UTF-8 text, arrays, maps with unsigned
/// keys, booleans and null. Source: RFC 8949, 4.2.1 (core deterministic encoding).

inline constexpr int cbor_max_depth = 16;

enum class CborError {
    truncated,          // the bytes end inside a value
    trailing_bytes,     // something follows the value
    not_deterministic,  // a longer integer than needed, an indefinite length, keys unsorted or twice
    not_utf8,           // a text string that is no text
    unsupported,        // a tag, a float, a simple value, a map key that is no small unsigned integer
    too_deep,           // arrays and maps nested deeper than cbor_max_depth
    wrong_type,         // a value of another type than the one asked for
    out_of_range,       // an integer that does not fit in 64 bits with a sign
    missing_key,        // a map without the key asked for
    unknown_key,        // a map with a key that its reader does not know
};

/// A fixed sentence without anything of the data.
std::string_view text_for(CborError error);

enum class CborType { unsigned_integer, negative_integer, bytes, text, array, map, boolean, null };

/// Writes one value. Containers say their size first; the right number of values follows:
///
///     CborWriter w;
///     w.map(2);
///     w.key(1).uint(5);
///     w.key(2).text("case opened");
///     Bytes const bytes = w.finish();
///
/// A wrong count, keys that do not ascend, text that is not UTF-8 (callers check what comes from
/// outside with is_valid_utf8) and nesting over cbor_max_depth are our own bugs: they stop the program.
class CborWriter {
public:
    CborWriter& uint(std::uint64_t value);
    CborWriter& integer(std::int64_t value);
    CborWriter& bytes(BytesView value);
    CborWriter& text(std::string_view value);
    CborWriter& boolean(bool value);
    CborWriter& null();
    CborWriter& array(std::size_t count);
    CborWriter& map(std::size_t count);
    CborWriter& key(std::uint32_t key);
    /// The finished value; the writer is empty again.
    Bytes finish();

private:
    struct Open {
        std::size_t left;  // values still to come
        bool is_map;
        bool key_written = false;
        std::optional<std::uint32_t> last_key{};
    };
    void head(unsigned major, std::uint64_t number);
    void begin_value();
    void end_value();
    void open(unsigned major, std::size_t count);

    Bytes out_;
    std::vector<Open> open_;
    bool complete_ = false;
};

class CborMap;

/// A value inside bytes that were checked as a whole. It is a view: the bytes must outlive it and
/// all that it hands out.
class CborValue {
public:
    /// Reads exactly one value. Errors: all up to and including `too_deep`.
    static std::expected<CborValue, CborError> parse(BytesView bytes);

    CborType type() const { return type_; }
    bool is_null() const { return type_ == CborType::null; }
    /// Errors: `wrong_type`; `integer` also `out_of_range`.
    std::expected<std::uint64_t, CborError> uint() const;
    std::expected<std::int64_t, CborError> integer() const;
    std::expected<BytesView, CborError> bytes() const;
    std::expected<std::string_view, CborError> text() const;
    std::expected<bool, CborError> boolean() const;
    std::expected<std::vector<CborValue>, CborError> array() const;
    std::expected<CborMap, CborError> map() const;

private:
    friend class CborScanner;
    CborType type_ = CborType::null;
    std::uint64_t number_ = 0;  // the integer, the boolean, or the count of a container
    BytesView content_;         // of a string: itself; of a container: its encoded values
};

/// The entries of a map, in the order of their keys.
class CborMap {
public:
    std::size_t size() const { return entries_.size(); }
    std::vector<std::pair<std::uint32_t, CborValue>> const& entries() const { return entries_; }
    std::optional<CborValue> find(std::uint32_t key) const;
    /// Errors: `missing_key`.
    std::expected<CborValue, CborError> at(std::uint32_t key) const;

    /// The entry as the type asked for. Errors: `missing_key`, `wrong_type`; `integer` also `out_of_range`.
    std::expected<std::uint64_t, CborError> uint(std::uint32_t key) const;
    std::expected<std::int64_t, CborError> integer(std::uint32_t key) const;
    std::expected<BytesView, CborError> bytes(std::uint32_t key) const;
    std::expected<std::string_view, CborError> text(std::uint32_t key) const;
    std::expected<bool, CborError> boolean(std::uint32_t key) const;
    std::expected<std::vector<CborValue>, CborError> array(std::uint32_t key) const;
    std::expected<CborMap, CborError> map(std::uint32_t key) const;

    /// Refuses a map that says more than its reader understands. Errors: `unknown_key`.
    std::expected<void, CborError> has_only(std::initializer_list<std::uint32_t> keys) const;

private:
    friend class CborValue;
    std::vector<std::pair<std::uint32_t, CborValue>> entries_;
};

}  // namespace klout7
