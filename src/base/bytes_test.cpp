#include "base/bytes.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace klout7 {

TEST_CASE("base64url is read in the one form that browsers write") {
    CHECK(from_base64url("-__-") == Bytes{0xFB, 0xFF, 0xFE});
    CHECK(from_base64url("") == Bytes{});
    CHECK(from_base64url("Zm9vYg") == to_bytes("foob"));
    for (auto const* text : {"+//+", "Zm9vYg==", "Zm9vYg=", "Zm9vYh", "Z", "Zm9v ", "Zm9v\n"})
        CHECK(from_base64url(text) == std::nullopt);
}

TEST_CASE("base64 gives the vectors of RFC 4648") {
    CHECK(to_base64(bytes_of("")) == "");
    CHECK(to_base64(bytes_of("f")) == "Zg==");
    CHECK(to_base64(bytes_of("fo")) == "Zm8=");
    CHECK(to_base64(bytes_of("foo")) == "Zm9v");
    CHECK(to_base64(bytes_of("foob")) == "Zm9vYg==");
    CHECK(to_base64(bytes_of("fooba")) == "Zm9vYmE=");
    CHECK(to_base64(bytes_of("foobar")) == "Zm9vYmFy");
    CHECK(to_base64(Bytes{0xFB, 0xFF, 0xFE}) == "+//+");
    CHECK(to_base64url(Bytes{0xFB, 0xFF, 0xFE}) == "-__-");
    CHECK(to_base64url(bytes_of("foob")) == "Zm9vYg");
}

TEST_CASE("base32 gives the vectors of RFC 4648 without padding") {
    CHECK(to_base32(bytes_of("")) == "");
    CHECK(to_base32(bytes_of("f")) == "MY");
    CHECK(to_base32(bytes_of("fo")) == "MZXQ");
    CHECK(to_base32(bytes_of("foo")) == "MZXW6");
    CHECK(to_base32(bytes_of("foob")) == "MZXW6YQ");
    CHECK(to_base32(bytes_of("fooba")) == "MZXW6YTB");
    CHECK(to_base32(bytes_of("foobar")) == "MZXW6YTBOI");
}

TEST_CASE("base32hex gives the vectors of RFC 4648 in lower case without padding") {
    CHECK(to_base32hex(bytes_of("")) == "");
    CHECK(to_base32hex(bytes_of("f")) == "co");
    CHECK(to_base32hex(bytes_of("fo")) == "cpng");
    CHECK(to_base32hex(bytes_of("foo")) == "cpnmu");
    CHECK(to_base32hex(bytes_of("foob")) == "cpnmuog");
    CHECK(to_base32hex(bytes_of("fooba")) == "cpnmuoj1");
    CHECK(to_base32hex(bytes_of("foobar")) == "cpnmuoj1e8");
}

TEST_CASE("hexadecimal is two small digits per byte") { CHECK(to_hex(Bytes{0, 0x0F, 0xA5}) == "000fa5"); }

TEST_CASE("integers are appended most significant byte first") {
    Bytes out;
    append_u16(out, 0x0102);
    append_u32(out, 0x03040506);
    append_u64(out, 0x0708090A0B0C0D0E);
    append(out, Bytes{0x0F});
    CHECK(to_hex(out) == "0102030405060708090a0b0c0d0e0f");
}

TEST_CASE("no two lists of fields give the same bytes") {
    auto const hex = [](Fields const& fields) { return to_hex(fields.view()); };
    CHECK(hex(Fields{}.add("ab").add("c")) ==
          "00000002616200000001"
          "63");
    CHECK(hex(Fields{}.add("ab").add("c")) != hex(Fields{}.add("a").add("bc")));
    CHECK(hex(Fields{}.add("a").add("")) != hex(Fields{}.add("a")));
    CHECK(hex(Fields{}.add_u32(7)) == "0000000400000007");
}

TEST_CASE("bytes compare equal only when all of them are") {
    CHECK(equal_in_constant_time(Bytes{}, Bytes{}));
    CHECK(equal_in_constant_time(Bytes{1, 2}, Bytes{1, 2}));
    CHECK_FALSE(equal_in_constant_time(Bytes{1, 2}, Bytes{1, 3}));
    CHECK_FALSE(equal_in_constant_time(Bytes{1, 2}, Bytes{0x81, 2}));
    CHECK_FALSE(equal_in_constant_time(Bytes{1}, Bytes{1, 2}));
}

}  // namespace klout7
