#include "window.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

using namespace klout7;
using namespace klout7::gate;

namespace {

Content content_of(Bytes const& bytes) {
    return {bytes.size(), [&bytes](std::uint64_t offset, BytesSpan out) {
                std::ranges::copy(BytesView{bytes}.subspan(static_cast<std::size_t>(offset), out.size()),
                                  out.begin());
                return true;
            }};
}
void write_at(Bytes& bytes, std::size_t at, std::string_view word) {
    std::ranges::copy(bytes_of(word), bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

using Places = std::multimap<std::string_view, std::uint64_t>;
Places found_in(Content const& content, std::initializer_list<std::string_view> words,
                std::uint64_t looked_at) {
    Window window{content};
    Places places;
    window.find_all(words, [&](std::string_view word, std::uint64_t at) {
        places.emplace(word, at);
        // Who hears of a place may look anywhere.
        (void)window.at(looked_at);
    });
    CHECK_FALSE(window.failed());
    return places;
}

constexpr std::size_t window_bytes = 256 * 1024;

}  // namespace

TEST_CASE("words are found wherever they stand, also over the edge of what is in sight") {
    for (std::size_t at = window_bytes - 12; at < window_bytes + 12; ++at) {
        Bytes bytes(3 * window_bytes, ' ');
        write_at(bytes, 0, "obj");
        write_at(bytes, at, "trailer");
        write_at(bytes, 2 * at, "obj");
        write_at(bytes, bytes.size() - 3, "obj");
        auto const content = content_of(bytes);
        for (std::uint64_t looked_at : {std::uint64_t{0}, content.size_bytes - 1}) {
            auto const places = found_in(content, {"obj", "trailer"}, looked_at);
            CHECK(places == Places{{"obj", 0}, {"obj", 2 * at}, {"obj", bytes.size() - 3}, {"trailer", at}});
        }
    }
}

TEST_CASE("words that overlap are each found, and half a word is none") {
    Bytes bytes = to_bytes("aaaab obobj tra");
    auto const content = content_of(bytes);
    CHECK(found_in(content, {"aa", "obj", "trailer"}, 0) ==
          Places{{"aa", 0}, {"aa", 1}, {"aa", 2}, {"obj", 8}});
    Bytes const none;
    CHECK(found_in(content_of(none), {"obj"}, 0).empty());
}

TEST_CASE("a content that cannot be read on is told from one that ends") {
    Content const content{3 * window_bytes, [](std::uint64_t offset, BytesSpan) { return offset == 0; }};
    Window window{content};
    window.find_all({"obj"}, [](std::string_view, std::uint64_t) { FAIL("of nothing but zeros"); });
    CHECK(window.failed());
}
