#include "gate/apart.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

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

}  // namespace

TEST_CASE("what is examined apart is judged as it is here, for every sample") {
    for (auto const& entry :
         std::filesystem::directory_iterator{std::filesystem::path{KLOUT7_VECTORS} / "gate"}) {
        CAPTURE(entry.path().filename().string());
        std::ifstream in{entry.path(), std::ios::binary};
        Bytes const bytes{std::istreambuf_iterator<char>{in}, {}};
        auto const here = examine(content_of(bytes), Side::medical);
        auto const apart = examine_apart(content_of(bytes), Side::medical);
        REQUIRE(here.has_value() == apart.has_value());
        if (here) CHECK(*here == *apart);
        if (!here) CHECK(name_of(here.error()) == name_of(apart.error()));
    }
}

TEST_CASE("a large content is examined apart, and one that cannot be read is not") {
    std::string text = "%PDF-1.7\n1 0 obj << /Length 40000000 >> stream\n";
    text.append(40'000'000, 'x').append("\nendstream endobj\n%%EOF\n");
    auto const bytes = to_bytes(text);
    CHECK(examine_apart(content_of(bytes), Side::office) == FileType::pdf);
    for (int const at : {1'000'000, 20'000'001, 39'999'000}) {
        auto hidden = bytes;
        std::ranges::copy(bytes_of("\n9 0 obj "), hidden.begin() + at);
        CHECK(examine_apart(content_of(hidden), Side::office).error() == Refusal::disguised);
    }
    auto content = content_of(bytes);
    auto const read = content.read;
    int left = 5;
    content.read = [&](std::uint64_t offset, BytesSpan out) { return left-- > 0 && read(offset, out); };
    CHECK(examine_apart(content, Side::office).error() == Refusal::not_examined);
}
