#include "access/networks.h"

#include <doctest/doctest.h>

using klout7::access::Networks;

namespace {

bool contains(std::string_view networks, std::string_view address) {
    auto const parsed = Networks::parse(networks);
    REQUIRE(parsed);
    return parsed->contains(address);
}

}  // namespace

TEST_CASE("an address is in a network from its first to its last") {
    CHECK(contains("10.1.0.0/16", "10.1.0.0"));
    CHECK(contains("10.1.0.0/16", "10.1.255.255"));
    CHECK_FALSE(contains("10.1.0.0/16", "10.0.255.255"));
    CHECK_FALSE(contains("10.1.0.0/16", "10.2.0.0"));
    CHECK(contains("192.0.2.128/25", "192.0.2.128"));
    CHECK_FALSE(contains("192.0.2.128/25", "192.0.2.127"));
    CHECK(contains("192.0.2.7", "192.0.2.7"));
    CHECK_FALSE(contains("192.0.2.7", "192.0.2.6"));
    CHECK(contains("2001:db8::/33", "2001:db8:7fff:ffff:ffff:ffff:ffff:ffff"));
    CHECK_FALSE(contains("2001:db8::/33", "2001:db8:8000::"));
    CHECK(contains("2001:db8::7", "2001:db8:0:0:0:0:0:7"));
}

TEST_CASE("any of a list is enough, and everything is a network too, of its family") {
    CHECK(contains("10.0.0.0/8, 2001:db8::/32", "2001:db8::1"));
    CHECK(contains("10.0.0.0/8 192.0.2.0/24", "192.0.2.1"));
    CHECK_FALSE(contains("10.0.0.0/8 192.0.2.0/24", "198.51.100.1"));
    CHECK(contains("0.0.0.0/0", "198.51.100.1"));
    CHECK_FALSE(contains("0.0.0.0/0", "2001:db8::1"));
    CHECK(contains("::/0", "2001:db8::1"));
}

TEST_CASE("an IPv4 address in the form of an IPv6 one is the IPv4 one") {
    CHECK(contains("192.0.2.0/24", "::ffff:192.0.2.9"));
    CHECK(contains("::ffff:192.0.2.0/120", "192.0.2.9"));
}

TEST_CASE("what is no address is in no network") {
    for (auto const* no : {"", "localhost", "10.0.0", "10.0.0.1 ", "10.0.0.256", "fe80::1%eth0"})
        CHECK_FALSE(contains("0.0.0.0/0 ::/0", no));
}

TEST_CASE("a list with something that is no network is none") {
    for (auto const* wrong :
         {"", " , ", "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8x", "10.0.0/8",
          "2001:db8::1/32", "::/129", "10.0.0.0/8;192.0.2.0/24", "example.nl"})
        CHECK_FALSE(Networks::parse(wrong));
    CHECK(Networks::parse("10.0.0.0/8,  192.0.2.7\n")->text() == "10.0.0.0/8 192.0.2.7");
}
