#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "base/cbor.h"
#include "base/local_date.h"
#include "base/money.h"

/// How facts and payments become bytes: arrays whose places have a meaning, behind the number of the format.
namespace klout7::benefits {

inline void write(CborWriter& w, LocalDate day) { w.integer(day.days_since_1970()); }
inline void write(CborWriter& w, Money amount) { w.integer(amount.in_cents()); }
template <class T>
void write(CborWriter& w, std::optional<T> const& maybe) {
    if (maybe)
        write(w, *maybe);
    else
        w.null();
}

/// Reads the values of one array in their order. Once one is not what it should be, `fault` stays, and what
/// is read behind it means nothing.
class RecordReader {
public:
    RecordReader(std::vector<CborValue> values, std::optional<CborError>& fault)
        : values_(std::move(values)), fault_(fault) {}

    std::int64_t integer() { return take(&CborValue::integer); }
    std::uint64_t uint() { return take(&CborValue::uint); }
    bool boolean() { return take(&CborValue::boolean); }
    std::string text() { return std::string{take(&CborValue::text)}; }
    Money money() { return Money::cents(integer()); }
    LocalDate date() {
        auto const days = integer();
        bool const is_day = earliest.days_since_1970() <= days && days <= latest.days_since_1970();
        if (!is_day) fail(CborError::out_of_range);
        return is_day ? LocalDate::from_days_since_1970(static_cast<int>(days)) : earliest;
    }
    std::optional<LocalDate> optional_date() { return skip_null() ? std::nullopt : std::optional{date()}; }
    std::optional<Money> optional_money() { return skip_null() ? std::nullopt : std::optional{money()}; }
    /// One of an enumeration whose last value this is.
    template <class Choice>
    Choice choice(Choice last) {
        auto const number = uint();
        if (number <= static_cast<std::uint64_t>(last)) return static_cast<Choice>(number);
        fail(CborError::out_of_range);
        return last;
    }
    template <class Choice>
    std::optional<Choice> optional_choice(Choice last) {
        return skip_null() ? std::nullopt : std::optional{choice(last)};
    }
    /// An array of so many values.
    template <class Read>
    void part(std::size_t size, Read read) {
        RecordReader inner{array(), fault_};
        if (inner.values_.size() != size) fail(CborError::wrong_type);
        if (!fault_) read(inner);
    }
    /// An array of arrays of so many values each.
    template <class Read>
    void each(std::size_t size, Read read) {
        RecordReader all{array(), fault_};
        while (!fault_ && all.at_ < all.values_.size()) all.part(size, read);
    }
    /// An array whose values are read one by one, or by as many as `read` takes.
    template <class Read>
    void items(Read read) {
        RecordReader all{array(), fault_};
        while (!fault_ && all.at_ < all.values_.size()) read(all);
    }

private:
    static constexpr LocalDate earliest = *LocalDate::from(1900, 1, 1);
    static constexpr LocalDate latest = *LocalDate::from(2199, 12, 31);

    void fail(CborError error) {
        if (!fault_) fault_ = error;
    }
    template <class T>
    T take(std::expected<T, CborError> (CborValue::*read)() const) {
        if (fault_) return T{};
        if (at_ == values_.size()) {
            fail(CborError::truncated);
            return T{};
        }
        auto found = (values_[at_++].*read)();
        if (!found) {
            fail(found.error());
            return T{};
        }
        return std::move(*found);
    }
    std::vector<CborValue> array() { return take(&CborValue::array); }
    bool skip_null() {
        bool const is_null = at_ < values_.size() && values_[at_].is_null();
        if (is_null) ++at_;
        return is_null;
    }

    std::vector<CborValue> values_;
    std::size_t at_ = 0;
    std::optional<CborError>& fault_;
};

/// `size` counts the number of the format too.
template <class Record, class Read>
std::expected<Record, CborError> decode_record(BytesView bytes, std::uint64_t format, std::size_t size,
                                               Read read) {
    auto const value = CborValue::parse(bytes);
    auto values = value ? value->array() : std::unexpected(value.error());
    if (!values) return std::unexpected(values.error());
    if (values->size() != size) return std::unexpected(CborError::wrong_type);
    std::optional<CborError> fault;
    RecordReader in{std::move(*values), fault};
    if (in.uint() != format) return std::unexpected(fault.value_or(CborError::unsupported));
    Record record;
    read(in, record);
    if (fault) return std::unexpected(*fault);
    return record;
}

}  // namespace klout7::benefits
