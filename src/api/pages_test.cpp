#include "pages.h"

#include <doctest/doctest.h>

#include <array>

using namespace klout7;
using namespace klout7::api;

namespace {

constexpr auto files =
    std::to_array<EmbeddedFile>({{"assets/app-1a2b.js", "the script", "gz of it", "br of it"},
                                 {"assets/inter.woff2", "a font", {}, {}},
                                 {"index.html", "the document", "gz of it", "br of it"}});
Pages const pages{files};

transport::RequestHead get(std::vector<std::string> path, std::string accept = "text/html,*/*;q=0.8",
                           std::string coding = "gzip, deflate, br") {
    transport::RequestHead head;
    head.method = transport::Method::get;
    head.path = std::move(path);
    head.headers.set("Accept", std::move(accept)).set("Accept-Encoding", std::move(coding));
    return head;
}
std::string body_of(std::optional<transport::Answer> const& answer) {
    return answer ? std::get<std::string>(answer->body) : "nothing";
}
std::string header(std::optional<transport::Answer> const& answer, std::string_view name) {
    REQUIRE(answer);
    return std::string{answer->headers.find(name).value_or("")};
}

}  // namespace

TEST_CASE("a browser gets the one document wherever it goes, but for the interface") {
    for (auto const& path :
         {std::vector<std::string>{}, {""}, {"cases"}, {"cases", "019ab3c4"}, {"what", "ever", ""}})
        CHECK(body_of(pages.answer(get(path))) == "br of it");
    for (auto const& path :
         {std::vector<std::string>{"api", "v1", "cases"}, {"healthz"}, {".well-known", "x"}, {"api"}})
        CHECK_FALSE(pages.answer(get(path)));
    auto const document = pages.answer(get({"cases"}));
    CHECK(header(document, "Content-Type") == "text/html; charset=utf-8");
    CHECK(header(document, "Cache-Control") == "no-cache");
    CHECK(header(document, "Content-Security-Policy").find("script-src 'self'") != std::string::npos);
    CHECK(header(document, "Content-Security-Policy").find("trusted-types 'none'") != std::string::npos);
}

TEST_CASE("a program that asks for data, and what changes something, gets no page") {
    CHECK_FALSE(pages.answer(get({"cases"}, "application/json")));
    CHECK_FALSE(pages.answer(get({"cases"}, "*/*")));
    auto post = get({"cases"});
    post.method = transport::Method::post;
    CHECK_FALSE(pages.answer(post));
}

TEST_CASE("a file under assets is kept for ever, and one that is not there is none") {
    auto const script = pages.answer(get({"assets", "app-1a2b.js"}, "*/*"));
    CHECK(body_of(script) == "br of it");
    CHECK(header(script, "Content-Type") == "text/javascript; charset=utf-8");
    CHECK(header(script, "Cache-Control") == "public, max-age=31536000, immutable");
    CHECK(header(script, "Content-Encoding") == "br");
    CHECK(header(script, "Vary") == "Accept-Encoding");
    CHECK_FALSE(pages.answer(get({"assets", "app-0000.js"}, "*/*")));
    CHECK_FALSE(pages.answer(get({"assets", "index.html"})));
    CHECK_FALSE(pages.answer(get({"assets", "app-1a2b.js", ""}, "*/*")));
    CHECK_FALSE(pages.answer(get({"assets"}, "*/*")));
    CHECK_FALSE(Pages{{}}.answer(get({})));
}

TEST_CASE("what is compressed is what the browser takes") {
    auto const of = [](std::string coding, std::string path = "app-1a2b.js") {
        return pages.answer(get({"assets", std::move(path)}, "*/*", std::move(coding)));
    };
    CHECK(body_of(of("gzip")) == "gz of it");
    CHECK(header(of("gzip"), "Content-Encoding") == "gzip");
    CHECK(body_of(of(" GZIP ; q=0.5 ")) == "gz of it");
    CHECK(body_of(of("br;q=0, gzip;q=0.001")) == "gz of it");
    CHECK(body_of(of("br;q=0.000, gzip; q=0")) == "the script");
    CHECK(header(of(""), "Content-Encoding").empty());
    CHECK(body_of(of("")) == "the script");
    CHECK(body_of(of("identity")) == "the script");
    CHECK(body_of(of("gzip, br", "inter.woff2")) == "a font");
}
