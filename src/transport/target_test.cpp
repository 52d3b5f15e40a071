#include "target.h"

#include <doctest/doctest.h>

#include "base/text.h"

namespace klout7::transport {

namespace {

using Path = std::vector<std::string>;
using Query = std::vector<std::pair<std::string, std::string>>;

bool is_refused(std::string_view target) { return !parse_target(target).has_value(); }

std::string repeated(std::string_view part, int times) {
    std::string text;
    for (int count = 0; count < times; ++count) text += part;
    return text;
}

}  // namespace

TEST_CASE("a target is split and decoded") {
    auto const target = parse_target("/cases/a%20b/%C3%A9?name=J%C3%B3n+de+W&empty=&bare&a=1=2&name=two");
    REQUIRE(target);
    CHECK(target->path == Path{"cases", "a b", "\xC3\xA9"});
    CHECK(target->query ==
          Query{{"name", "J\xC3\xB3n de W"}, {"empty", ""}, {"bare", ""}, {"a", "1=2"}, {"name", "two"}});
}

TEST_CASE("a plus sign is a space in a query, and itself in a path") {
    auto const target = parse_target("/a+b?c=d+e%2Bf");
    REQUIRE(target);
    CHECK(target->path == Path{"a+b"});
    CHECK(target->query == Query{{"c", "d e+f"}});
}

TEST_CASE("a trailing slash makes another path, and the root is one empty part") {
    CHECK(parse_target("/a")->path == Path{"a"});
    CHECK(parse_target("/a/")->path == Path{"a", ""});
    CHECK(parse_target("/")->path == Path{""});
    CHECK(parse_target("/?a=1")->path == Path{""});
    CHECK(parse_target("/a?")->query.empty());
    CHECK(parse_target("/a?&b=1&&")->query == Query{{"b", "1"}});
}

TEST_CASE("a target that is no plain path is refused") {
    CHECK(is_refused(""));
    CHECK(is_refused("a"));
    CHECK(is_refused("*"));
    CHECK(is_refused("http://example.org/a"));
    CHECK(is_refused("example.org:443"));
    CHECK(is_refused("/a#b"));
    CHECK(is_refused("/a b"));
    CHECK(is_refused("/\xC3\xA9"));
    CHECK_FALSE(is_refused("/a-b"));
}

TEST_CASE("parts that mean another place are refused, however they are written") {
    CHECK(is_refused("/a/./b"));
    CHECK(is_refused("/a/../b"));
    CHECK(is_refused("/.."));
    CHECK(is_refused("/%2e%2E/b"));
    CHECK(is_refused("/a/.%2e"));
    CHECK(is_refused("//a"));
    CHECK(is_refused("/a//b"));
    CHECK(is_refused("/a//"));
    CHECK(is_refused("/a\\b"));
    CHECK(is_refused("/a%5Cb"));
    CHECK(is_refused("/a%2Fb"));
    CHECK_FALSE(is_refused("/a/.../b"));
    CHECK_FALSE(is_refused("/.a/b."));
    CHECK_FALSE(is_refused("/a?b=../..//%5C%2F"));
}

TEST_CASE("what does not decode to text is refused") {
    CHECK(is_refused("/a%"));
    CHECK(is_refused("/a%4"));
    CHECK(is_refused("/a%4g"));
    CHECK(is_refused("/%00"));
    CHECK(is_refused("/%0A"));
    CHECK(is_refused("/%7F"));
    CHECK(is_refused("/%FF"));
    CHECK(is_refused("/%C0%AF"));
    CHECK(is_refused("/%ED%A0%80"));
    CHECK(is_refused("/a?b=%00"));
    CHECK(is_refused("/a?%FF=b"));
    CHECK(is_refused("/a?b=%"));
    CHECK_FALSE(is_refused("/%4A?b=%0A%E2%82%AC"));
}

TEST_CASE("a target has at most 64 parts and 64 query values") {
    CHECK_FALSE(is_refused(repeated("/a", 64)));
    CHECK(is_refused(repeated("/a", 65)));
    CHECK_FALSE(is_refused("/?" + repeated("a=1&", 64)));
    CHECK(is_refused("/?" + repeated("a=1&", 65)));
}

TEST_CASE("no two bytes in a row break the parser") {
    for (int first = 0; first < 256; ++first) {
        for (int second = 0; second < 256; ++second) {
            std::string const text{'/', static_cast<char>(first), static_cast<char>(second)};
            auto const target = parse_target(text);
            if (!target) continue;
            for (auto const& part : target->path) {
                CHECK(is_valid_utf8(part));
                CHECK(part.find('/') == std::string::npos);
            }
        }
    }
}

}  // namespace klout7::transport
