#include "download.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "api/attachment.h"
#include "base/bytes.h"

using namespace klout7;
using namespace klout7::api;

namespace {

std::string said(transport::Answer& answer) {
    auto* const streamed = std::get_if<transport::StreamedBody>(&answer.body);
    if (streamed == nullptr) return std::get<std::string>(answer.body);
    Bytes out(static_cast<std::size_t>(streamed->size_bytes));
    REQUIRE(streamed->fill(out));
    return std::string{text_of(out)};
}

constexpr std::string_view content = "0123456789";
transport::Answer ask(std::initializer_list<std::pair<std::string_view, std::string_view>> headers) {
    transport::Headers asked;
    for (auto const& [name, value] : headers) asked.set(std::string{name}, std::string{value});
    return answer_with(asked, {}, "\"a-1\"", content.size(), [](std::uint64_t offset, BytesSpan out) {
        auto const part = bytes_of(content).subspan(static_cast<std::size_t>(offset), out.size());
        std::ranges::copy(part, out.begin());
        return true;
    });
}

}  // namespace

TEST_CASE("a range is the bytes that it names, as far as they are there") {
    CHECK(range_of("bytes=0-4", 10).part == Part{0, 5});
    CHECK(range_of("bytes=9-9", 10).part == Part{9, 1});
    CHECK(range_of("bytes=5-", 10).part == Part{5, 5});
    CHECK(range_of("bytes=5-99999999999999999999999", 10).part == Part{5, 5});
    CHECK(range_of("bytes=-3", 10).part == Part{7, 3});
    CHECK(range_of("bytes=-30", 10).part == Part{0, 10});
    for (std::string_view const beyond :
         {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999999-"}) {
        CAPTURE(beyond);
        CHECK(range_of(beyond, 10).is_beyond);
    }
    CHECK(range_of("bytes=0-", 0).is_beyond);
}

TEST_CASE("what is not one range of bytes asks for all") {
    for (std::string_view const all : {"", "bytes=", "bytes=-", "bytes=a-b", "bytes=0-1,3-4", "bytes=5-4",
                                       "lines=0-1", "bytes 0-1", "bytes=1", "bytes=+1-2", "bytes=0x1-2"}) {
        CAPTURE(all);
        auto const answer = range_of(all, 10);
        CHECK_FALSE(answer.part);
        CHECK_FALSE(answer.is_beyond);
    }
}

TEST_CASE("an entity tag is found in a list, weak or not, and by a star") {
    CHECK(names_tag("\"a-1\"", "\"a-1\""));
    CHECK(names_tag("\"b\", W/\"a-1\" ,\"c\"", "\"a-1\""));
    CHECK(names_tag(" * ", "\"a-1\""));
    CHECK_FALSE(names_tag("", "\"a-1\""));
    CHECK_FALSE(names_tag("\"b\", a-1", "\"a-1\""));
}

TEST_CASE("a name is told in full, and plainly to who does not understand that") {
    CHECK(attachment_called("brief.pdf") == "attachment; filename=\"brief.pdf\"; filename*=UTF-8''brief.pdf");
    CHECK(attachment_called("Brief \"één\" 50%.pdf") ==
          "attachment; filename=\"Brief _____n_ 50_.pdf\"; "
          "filename*=UTF-8''Brief%20%22%C3%A9%C3%A9n%22%2050%25.pdf");
    // Nothing can end the value or the header.
    CHECK(attachment_called("a\\\";x=\"\r\n.pdf").find_first_of("\r\n\\") == std::string::npos);
}

TEST_CASE("an answer has all of it, a part, or says that the asker has it") {
    auto whole = ask({});
    CHECK(whole.status == 200);
    CHECK(said(whole) == content);
    CHECK(whole.headers.find("etag") == "\"a-1\"");
    CHECK(whole.headers.find("accept-ranges") == "bytes");
    auto part = ask({{"Range", "bytes=2-4"}});
    CHECK(part.status == 206);
    CHECK(part.headers.find("content-range") == "bytes 2-4/10");
    CHECK(said(part) == "234");
    auto beyond = ask({{"Range", "bytes=10-"}});
    CHECK(beyond.status == 416);
    CHECK(beyond.headers.find("content-range") == "bytes */10");
    CHECK(said(beyond).empty());
    auto had = ask({{"If-None-Match", "\"a-1\""}, {"Range", "bytes=2-4"}});
    CHECK(had.status == 304);
    CHECK(said(had).empty());
    auto of_another = ask({{"Range", "bytes=2-4"}, {"If-Range", "\"a-2\""}});
    CHECK(of_another.status == 200);
    CHECK(said(of_another) == content);
    auto of_this = ask({{"Range", "bytes=2-4"}, {"If-Range", "\"a-1\""}});
    CHECK(said(of_this) == "234");
}
