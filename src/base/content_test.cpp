#include "base/content.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace klout7;

namespace {

Content content_of(Bytes const& all, std::uint64_t unreadable_from = ~std::uint64_t{0}) {
    return {all.size(), [&all, unreadable_from](std::uint64_t offset, BytesSpan out) {
                if (offset + out.size() > unreadable_from) return false;
                std::ranges::copy(BytesView{all}.subspan(static_cast<std::size_t>(offset), out.size()),
                                  out.begin());
                return true;
            }};
}

}  // namespace

TEST_CASE("a content is read whole in pieces, until one cannot be read or is not wanted") {
    constexpr std::size_t piece = 64 * 1024;
    for (std::size_t const size : {std::size_t{0}, std::size_t{1}, piece - 1, piece, piece + 1, 3 * piece}) {
        Bytes all(size);
        for (std::size_t i = 0; i < size; ++i) all[i] = static_cast<std::uint8_t>(i % 251);
        Bytes read;
        auto const keep = [&](BytesView part) {
            CHECK(part.size() <= piece);
            append(read, part);
            return true;
        };
        CHECK(read_in_pieces(content_of(all), keep));
        CHECK(read == all);
    }
    Bytes const all(3 * piece);
    std::size_t taken = 0;
    auto const count = [&](BytesView) { return ++taken < 2; };
    CHECK_FALSE(read_in_pieces(content_of(all, 2 * piece), [&](BytesView) { return ++taken > 0; }));
    CHECK(taken == 2);
    taken = 0;
    CHECK_FALSE(read_in_pieces(content_of(all), count));
    CHECK(taken == 2);
}
