#include "base/cbor.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

namespace klout7 {
namespace {

Bytes from_hex(std::string_view hex) {
    auto const digit = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); };
    Bytes bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes.push_back(static_cast<std::uint8_t>(digit(hex[i]) << 4U | digit(hex[i + 1])));
    return bytes;
}

std::optional<CborError> error_of(std::string_view hex) {
    auto const bytes = from_hex(hex);
    auto const value = CborValue::parse(bytes);
    return value ? std::nullopt : std::optional{value.error()};
}

/// Writes a value again from what the reader says of it.
void write_again(CborWriter& w, CborValue const& value) {
    switch (value.type()) {
        case CborType::unsigned_integer:
            w.uint(value.uint().value());
            break;
        case CborType::negative_integer:
            w.integer(value.integer().value());
            break;
        case CborType::bytes:
            w.bytes(value.bytes().value());
            break;
        case CborType::text:
            w.text(value.text().value());
            break;
        case CborType::boolean:
            w.boolean(value.boolean().value());
            break;
        case CborType::null:
            w.null();
            break;
        case CborType::array: {
            auto const items = value.array().value();
            w.array(items.size());
            for (auto const& item : items) write_again(w, item);
            break;
        }
        case CborType::map: {
            auto const map = value.map().value();
            w.map(map.size());
            for (auto const& [key, item] : map.entries()) write_again(w.key(key), item);
            break;
        }
    }
}

}  // namespace

TEST_CASE("integers are written and read as in RFC 8949 appendix A") {
    struct Row {
        std::int64_t value;
        char const* hex;
    };
    for (auto const& [value, hex] :
         {Row{0, "00"}, Row{1, "01"}, Row{10, "0a"}, Row{23, "17"}, Row{24, "1818"}, Row{25, "1819"},
          Row{100, "1864"}, Row{1000, "1903e8"}, Row{1000000, "1a000f4240"},
          Row{1000000000000, "1b000000e8d4a51000"}, Row{-1, "20"}, Row{-10, "29"}, Row{-100, "3863"},
          Row{-1000, "3903e7"}}) {
        CAPTURE(hex);
        CHECK(to_hex(CborWriter{}.integer(value).finish()) == hex);
        auto const bytes = from_hex(hex);
        CHECK(CborValue::parse(bytes).value().integer() == value);
    }
}

TEST_CASE("integers at the edge of each size take the shortest form") {
    struct Row {
        std::uint64_t value;
        char const* hex;
    };
    for (auto const& [value, hex] :
         {Row{255, "18ff"}, Row{256, "190100"}, Row{65535, "19ffff"}, Row{65536, "1a00010000"},
          Row{4294967295, "1affffffff"}, Row{4294967296, "1b0000000100000000"},
          Row{UINT64_MAX, "1bffffffffffffffff"}}) {
        CAPTURE(hex);
        CHECK(to_hex(CborWriter{}.uint(value).finish()) == hex);
        auto const bytes = from_hex(hex);
        CHECK(CborValue::parse(bytes).value().uint() == value);
    }
    CHECK(to_hex(CborWriter{}.integer(INT64_MIN).finish()) == "3b7fffffffffffffff");
    auto const least = from_hex("3b7fffffffffffffff");
    CHECK(CborValue::parse(least).value().integer() == INT64_MIN);
}

TEST_CASE("an integer past 64 bits with a sign is read as out of range, not as another number") {
    auto const too_small = from_hex("3bffffffffffffffff");
    CHECK(CborValue::parse(too_small).value().integer().error() == CborError::out_of_range);
    auto const too_large = from_hex("1b8000000000000000");
    CHECK(CborValue::parse(too_large).value().integer().error() == CborError::out_of_range);
}

TEST_CASE("texts are written and read as in RFC 8949 appendix A") {
    struct Row {
        std::string_view value;
        char const* hex;
    };
    for (auto const& [value, hex] :
         {Row{"", "60"}, Row{"a", "6161"}, Row{"IETF", "6449455446"}, Row{"\"\\", "62225c"},
          Row{"\u00fc", "62c3bc"}, Row{"\u6c34", "63e6b0b4"}, Row{"\U00010151", "64f0908591"}}) {
        CAPTURE(hex);
        CHECK(to_hex(CborWriter{}.text(value).finish()) == hex);
        auto const bytes = from_hex(hex);
        CHECK(CborValue::parse(bytes).value().text() == value);
    }
}

TEST_CASE("every supported vector of RFC 8949 appendix A is read and written back the same") {
    for (auto const* hex :
         {"f4", "f5", "f6", "40", "4401020304", "80", "83010203", "8301820203820405",
          "98190102030405060708090a0b0c0d0e0f101112131415161718181819", "a0", "a201020304"}) {
        CAPTURE(hex);
        auto const bytes = from_hex(hex);
        CborWriter w;
        write_again(w, CborValue::parse(bytes).value());
        CHECK(to_hex(w.finish()) == hex);
    }
}

TEST_CASE("what Klout7 has no use for is refused: floats, tags, simple values, other map keys") {
    for (auto const* hex :
         {"f90000", "fa47c35000", "fb3ff199999999999a", "f97e00", "f7", "f0", "f8ff", "c11a514b67b0",
          "c249010000000000000000", "d818456449455446", "1c", "3d", "5e", "a26161016162820203",
          "826161a161626163", "a12001", "a11b000000010000000001", "a1f401"}) {
        CAPTURE(hex);
        CHECK(error_of(hex) == CborError::unsupported);
    }
}

TEST_CASE("a second spelling of the same value is refused") {
    for (auto const* hex : {"1800",
                            "1817",
                            "190000",
                            "1900ff",
                            "1a00000000",
                            "1a0000ffff",
                            "1b0000000000000000",
                            "1b00000000ffffffff",
                            "3817",
                            "580101",
                            "5900016161",
                            "7800",
                            "980101",
                            "b8010101",
                            "a1180101",
                            "5f42010243030405ff",
                            "7f657374726561646d696e67ff",
                            "9fff",
                            "bf61610161629f0203ffff",
                            "ff",
                            "a203040102",
                            "a201020103",
                            "a3010202030103"}) {
        CAPTURE(hex);
        CHECK(error_of(hex) == CborError::not_deterministic);
    }
}

TEST_CASE("a value cut short at any byte is refused") {
    std::string_view const whole =
        "a30163616263025818000102030405060708090a0b0c0d0e0f101112131415161703821903e8f6";
    REQUIRE_FALSE(error_of(whole));
    for (std::size_t length = 0; length < whole.size(); length += 2) {
        CAPTURE(length);
        CHECK(error_of(whole.substr(0, length)) == CborError::truncated);
    }
}

TEST_CASE("a length far past the end is refused without memory for it") {
    for (auto const* hex :
         {"5bffffffffffffffff", "7bffffffffffffffff", "9bffffffffffffffff", "bbffffffffffffffff"})
        CHECK(error_of(hex) == CborError::truncated);
}

TEST_CASE("bytes behind the value and text that is no text are refused") {
    CHECK(error_of("0000") == CborError::trailing_bytes);
    CHECK(error_of("a0f6") == CborError::trailing_bytes);
    CHECK(error_of("61ff") == CborError::not_utf8);
    CHECK(error_of("62c080") == CborError::not_utf8);
    CHECK(error_of("63eda080") == CborError::not_utf8);
}

TEST_CASE("sixteen levels are read, seventeen are refused") {
    std::string sixteen;
    for (int i = 0; i < 15; ++i) sixteen += "81";
    CHECK_FALSE(error_of(sixteen + "80"));
    CHECK(error_of("81" + sixteen + "80") == CborError::too_deep);
    CHECK(error_of("81" + sixteen + "a0") == CborError::too_deep);
    CHECK_FALSE(error_of("81" + sixteen + "00"));
}

TEST_CASE("a map is read by its keys") {
    CborWriter w;
    w.map(6);
    w.key(1).uint(5);
    w.key(2).text("case opened");
    w.key(3).array(2).integer(-7).null();
    w.key(24).bytes(Bytes{1, 2});
    w.key(300).boolean(true);
    w.key(301).map(1).key(9).uint(8);
    auto const bytes = w.finish();

    auto const map = CborValue::parse(bytes).value().map().value();
    CHECK(map.size() == 6);
    CHECK(map.uint(1) == 5U);
    CHECK(map.integer(1) == 5);
    CHECK(map.text(2) == "case opened");
    CHECK(map.array(3).value().at(0).integer() == -7);
    CHECK(map.array(3).value().at(1).is_null());
    CHECK(std::ranges::equal(map.bytes(24).value(), Bytes{1, 2}));
    CHECK(map.boolean(300) == true);
    CHECK(map.map(301).value().uint(9) == 8U);

    CHECK_FALSE(map.find(4));
    CHECK(map.uint(4).error() == CborError::missing_key);
    CHECK(map.text(1).error() == CborError::wrong_type);
    CHECK(map.uint(2).error() == CborError::wrong_type);
    CHECK(map.bytes(2).error() == CborError::wrong_type);
    CHECK(map.boolean(1).error() == CborError::wrong_type);
    CHECK(map.array(301).error() == CborError::wrong_type);
    CHECK(map.map(3).error() == CborError::wrong_type);
    CHECK(map.uint(3).error() == CborError::wrong_type);
    CHECK(map.has_only({1, 2, 3, 24, 300, 301, 302}));
    CHECK(map.has_only({1, 2, 3, 24, 300}).error() == CborError::unknown_key);
}

TEST_CASE("a writer can be used again after it finished") {
    CborWriter w;
    CHECK(to_hex(w.array(0).finish()) == "80");
    CHECK(to_hex(w.map(1).key(0).array(1).map(0).finish()) == "a10081a0");
}

}  // namespace klout7
