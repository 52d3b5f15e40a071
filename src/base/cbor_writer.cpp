#include "base/cbor.h"
#include "base/check.h"
#include "base/text.h"

namespace klout7 {

void CborWriter::head(unsigned major, std::uint64_t number) {
    auto const first = [&](unsigned info) { out_.push_back(static_cast<std::uint8_t>(major << 5U | info)); };
    if (number < 24) {
        first(static_cast<unsigned>(number));
    } else if (number <= UINT8_MAX) {
        first(24);
        out_.push_back(static_cast<std::uint8_t>(number));
    } else if (number <= UINT16_MAX) {
        first(25);
        append_u16(out_, static_cast<std::uint16_t>(number));
    } else if (number <= UINT32_MAX) {
        first(26);
        append_u32(out_, static_cast<std::uint32_t>(number));
    } else {
        first(27);
        append_u64(out_, number);
    }
}

void CborWriter::begin_value() {
    require(!complete_, "one CBOR value per writer");
    if (!open_.empty()) require(!open_.back().is_map || open_.back().key_written, "a CBOR key first");
}

void CborWriter::end_value() {
    while (!open_.empty()) {
        open_.back().key_written = false;
        if (--open_.back().left > 0) return;
        open_.pop_back();
    }
    complete_ = true;
}

void CborWriter::open(unsigned major, std::size_t count) {
    begin_value();
    require(open_.size() < static_cast<std::size_t>(cbor_max_depth), "CBOR within its depth");
    head(major, count);
    if (count == 0) return end_value();
    open_.push_back({.left = count, .is_map = major == 5});
}

CborWriter& CborWriter::uint(std::uint64_t value) {
    begin_value();
    head(0, value);
    end_value();
    return *this;
}

CborWriter& CborWriter::integer(std::int64_t value) {
    if (value >= 0) return uint(static_cast<std::uint64_t>(value));
    begin_value();
    head(1, static_cast<std::uint64_t>(-1 - value));
    end_value();
    return *this;
}

CborWriter& CborWriter::bytes(BytesView value) {
    begin_value();
    head(2, value.size());
    append(out_, value);
    end_value();
    return *this;
}

CborWriter& CborWriter::text(std::string_view value) {
    require(is_valid_utf8(value), "CBOR text that is UTF-8");
    begin_value();
    head(3, value.size());
    append(out_, bytes_of(value));
    end_value();
    return *this;
}

CborWriter& CborWriter::boolean(bool value) {
    begin_value();
    head(7, value ? 21 : 20);
    end_value();
    return *this;
}

CborWriter& CborWriter::null() {
    begin_value();
    head(7, 22);
    end_value();
    return *this;
}

CborWriter& CborWriter::array(std::size_t count) {
    open(4, count);
    return *this;
}

CborWriter& CborWriter::map(std::size_t count) {
    open(5, count);
    return *this;
}

CborWriter& CborWriter::key(std::uint32_t key) {
    require(!open_.empty() && open_.back().is_map && !open_.back().key_written, "a CBOR key in a map");
    require(!open_.back().last_key || *open_.back().last_key < key, "CBOR keys that ascend");
    open_.back().last_key = key;
    open_.back().key_written = true;
    head(0, key);
    return *this;
}

Bytes CborWriter::finish() {
    require(complete_, "a CBOR value that is complete");
    complete_ = false;
    return std::exchange(out_, {});
}

}  // namespace klout7
