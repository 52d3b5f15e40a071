#include <algorithm>

#include "base/big_endian.h"
#include "base/cbor.h"
#include "base/check.h"
#include "base/text.h"

namespace klout7 {

/// Walks over encoded values, refusing all that is not deterministic.
class CborScanner {
public:
    explicit CborScanner(BytesView bytes) : rest_(bytes) {}

    bool at_end() const { return rest_.empty(); }

    std::expected<CborValue, CborError> next(int depth = 0) {
        auto const head = next_head();
        if (!head) return std::unexpected(head.error());
        CborValue value;
        value.number_ = head->number;
        switch (head->major) {
            case 0:
                value.type_ = CborType::unsigned_integer;
                return value;
            case 1:
                value.type_ = CborType::negative_integer;
                return value;
            case 2:
            case 3:
                return string(value, head->major == 3);
            case 4:
            case 5:
                return container(value, head->major == 5, depth);
            case 7:
                return simple(value, head->info);
            default:  // 6: a tag
                return std::unexpected(CborError::unsupported);
        }
    }

    std::expected<std::uint32_t, CborError> next_key() {
        auto const head = next_head();
        if (!head) return std::unexpected(head.error());
        if (head->major != 0 || head->number > UINT32_MAX) return std::unexpected(CborError::unsupported);
        return static_cast<std::uint32_t>(head->number);
    }

private:
    struct Head {
        unsigned major;
        unsigned info;
        std::uint64_t number;
    };

    std::expected<Head, CborError> next_head() {
        if (rest_.empty()) return std::unexpected(CborError::truncated);
        unsigned const major = rest_[0] >> 5U;
        unsigned const info = rest_[0] & 31U;
        rest_ = rest_.subspan(1);
        if (info < 24) return Head{major, info, info};
        if (info == 31) return std::unexpected(CborError::not_deterministic);  // indefinite length, "break"
        // Floats, long simple values, and the reserved additional information 28 to 30.
        if (major == 7 || info > 27) return std::unexpected(CborError::unsupported);
        return long_head(major, info);
    }

    std::expected<Head, CborError> long_head(unsigned major, unsigned info) {
        auto const size = std::size_t{1} << (info - 24);
        if (rest_.size() < size) return std::unexpected(CborError::truncated);
        auto const number = big_endian(rest_.first(size));
        rest_ = rest_.subspan(size);
        // The first number that needs this size: 24, then those past one, two and four bytes.
        std::uint64_t const least = info == 24 ? 24 : std::uint64_t{1} << (4 * size);
        if (number < least) return std::unexpected(CborError::not_deterministic);
        return Head{major, info, number};
    }

    std::expected<CborValue, CborError> string(CborValue value, bool is_text) {
        if (value.number_ > rest_.size()) return std::unexpected(CborError::truncated);
        value.type_ = is_text ? CborType::text : CborType::bytes;
        value.content_ = rest_.first(static_cast<std::size_t>(value.number_));
        rest_ = rest_.subspan(value.content_.size());
        if (is_text && !is_valid_utf8(text_of(value.content_))) return std::unexpected(CborError::not_utf8);
        return value;
    }

    std::expected<CborValue, CborError> container(CborValue value, bool is_map, int depth) {
        if (depth >= cbor_max_depth) return std::unexpected(CborError::too_deep);
        value.type_ = is_map ? CborType::map : CborType::array;
        auto const start = rest_;
        std::optional<std::uint32_t> last_key;
        // Each value takes at least a byte, so a false count ends as `truncated` soon enough.
        for (std::uint64_t i = 0; i < value.number_; ++i) {
            if (is_map) {
                auto const key = next_key();
                if (!key) return std::unexpected(key.error());
                if (last_key && *key <= *last_key) return std::unexpected(CborError::not_deterministic);
                last_key = *key;
            }
            if (auto const item = next(depth + 1); !item) return std::unexpected(item.error());
        }
        value.content_ = start.first(start.size() - rest_.size());
        return value;
    }

    static std::expected<CborValue, CborError> simple(CborValue value, unsigned info) {
        if (info == 20 || info == 21) {
            value.type_ = CborType::boolean;
            value.number_ = info - 20;
            return value;
        }
        if (info != 22) return std::unexpected(CborError::unsupported);
        value.type_ = CborType::null;
        return value;
    }

    BytesView rest_;
};

std::expected<CborValue, CborError> CborValue::parse(BytesView bytes) {
    CborScanner scanner{bytes};
    auto const value = scanner.next();
    if (value && !scanner.at_end()) return std::unexpected(CborError::trailing_bytes);
    return value;
}

std::expected<std::uint64_t, CborError> CborValue::uint() const {
    if (type_ != CborType::unsigned_integer) return std::unexpected(CborError::wrong_type);
    return number_;
}

std::expected<std::int64_t, CborError> CborValue::integer() const {
    if (type_ != CborType::unsigned_integer && type_ != CborType::negative_integer)
        return std::unexpected(CborError::wrong_type);
    if (number_ > INT64_MAX) return std::unexpected(CborError::out_of_range);
    auto const magnitude = static_cast<std::int64_t>(number_);
    return type_ == CborType::unsigned_integer ? magnitude : -1 - magnitude;
}

std::expected<BytesView, CborError> CborValue::bytes() const {
    if (type_ != CborType::bytes) return std::unexpected(CborError::wrong_type);
    return content_;
}

std::expected<std::string_view, CborError> CborValue::text() const {
    if (type_ != CborType::text) return std::unexpected(CborError::wrong_type);
    return text_of(content_);
}

std::expected<bool, CborError> CborValue::boolean() const {
    if (type_ != CborType::boolean) return std::unexpected(CborError::wrong_type);
    return number_ == 1;
}

std::expected<std::vector<CborValue>, CborError> CborValue::array() const {
    if (type_ != CborType::array) return std::unexpected(CborError::wrong_type);
    std::vector<CborValue> items;
    for (CborScanner scanner{content_}; !scanner.at_end();) {
        auto const item = scanner.next();
        require(item.has_value(), "CBOR that was checked before");
        items.push_back(*item);
    }
    return items;
}

std::expected<CborMap, CborError> CborValue::map() const {
    if (type_ != CborType::map) return std::unexpected(CborError::wrong_type);
    CborMap map;
    for (CborScanner scanner{content_}; !scanner.at_end();) {
        auto const key = scanner.next_key();
        require(key.has_value(), "CBOR that was checked before");
        auto const value = scanner.next();
        require(value.has_value(), "CBOR that was checked before");
        map.entries_.emplace_back(*key, *value);
    }
    return map;
}

std::optional<CborValue> CborMap::find(std::uint32_t key) const {
    for (auto const& [at, value] : entries_) {
        if (at == key) return value;
    }
    return std::nullopt;
}

std::expected<CborValue, CborError> CborMap::at(std::uint32_t key) const {
    auto const found = find(key);
    if (!found) return std::unexpected(CborError::missing_key);
    return *found;
}

namespace {

template <class T>
std::expected<T, CborError> typed(CborMap const& map, std::uint32_t key,
                                  std::expected<T, CborError> (CborValue::*as)() const) {
    auto const value = map.at(key);
    if (!value) return std::unexpected(value.error());
    return ((*value).*as)();
}

}  // namespace

std::expected<std::uint64_t, CborError> CborMap::uint(std::uint32_t key) const {
    return typed(*this, key, &CborValue::uint);
}
std::expected<std::int64_t, CborError> CborMap::integer(std::uint32_t key) const {
    return typed(*this, key, &CborValue::integer);
}
std::expected<BytesView, CborError> CborMap::bytes(std::uint32_t key) const {
    return typed(*this, key, &CborValue::bytes);
}
std::expected<std::string_view, CborError> CborMap::text(std::uint32_t key) const {
    return typed(*this, key, &CborValue::text);
}
std::expected<bool, CborError> CborMap::boolean(std::uint32_t key) const {
    return typed(*this, key, &CborValue::boolean);
}
std::expected<std::vector<CborValue>, CborError> CborMap::array(std::uint32_t key) const {
    return typed(*this, key, &CborValue::array);
}
std::expected<CborMap, CborError> CborMap::map(std::uint32_t key) const {
    return typed(*this, key, &CborValue::map);
}

std::expected<void, CborError> CborMap::has_only(std::initializer_list<std::uint32_t> keys) const {
    for (auto const& [key, value] : entries_) {
        if (std::find(keys.begin(), keys.end(), key) == keys.end())
            return std::unexpected(CborError::unknown_key);
    }
    return {};
}

std::string_view text_for(CborError error) {
    switch (error) {
        case CborError::truncated:
            return "The bytes end inside a value.";
        case CborError::trailing_bytes:
            return "Something follows the value.";
        case CborError::not_deterministic:
            return "The value is not encoded in its one deterministic form.";
        case CborError::not_utf8:
            return "A text is not UTF-8.";
        case CborError::unsupported:
            return "The value has a type that is not used here.";
        case CborError::too_deep:
            return "The value is nested too deeply.";
        case CborError::wrong_type:
            return "A value has another type than expected.";
        case CborError::out_of_range:
            return "An integer is too large.";
        case CborError::missing_key:
            return "An entry is missing.";
        case CborError::unknown_key:
            return "There is an entry that is not known.";
    }
    return {};
}

}  // namespace klout7
