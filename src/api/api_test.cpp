#include <doctest/doctest.h>

#include "api/json.h"
#include "api/json_rows.h"
#include "api/language.h"
#include "cookies.h"

using namespace klout7;
using namespace klout7::api;

TEST_CASE("the language is Dutch unless English is preferred") {
    CHECK(language_of({}) == Language::dutch);
    CHECK(language_of({{"Accept-Language", "en"}}) == Language::english);
    CHECK(language_of({{"Accept-Language", "en-GB,en;q=0.9,nl;q=0.8"}}) == Language::english);
    CHECK(language_of({{"Accept-Language", "en;q=0.5, nl;q=0.8"}}) == Language::dutch);
    CHECK(language_of({{"Accept-Language", "de, fr;q=0.9"}}) == Language::dutch);
    CHECK(language_of({{"Accept-Language", "en;q=0"}}) == Language::dutch);
    CHECK(language_of({{"Accept-Language", ",;,q=;;"}}) == Language::dutch);
}

TEST_CASE("a body is one object of plain, known fields") {
    auto const input = JsonInput::parse(R"({"bsn": "123", "days": 7, "safety_net": true, "phone": null})",
                                        {"bsn", "days", "safety_net", "phone", "ground"});
    REQUIRE(input);
    CHECK(input->text("bsn") == "123");
    CHECK(input->text("days") == "7");
    CHECK(input->text("safety_net") == "true");
    CHECK(input->text("phone").empty());
    CHECK(input->text("ground").empty());
    for (auto const* body : {"", "[]", "7", "{", R"({"bsn": {}})", R"({"bsn": [1]})", R"({"bsn": 1.5})",
                             "{\"bsn\": \"\xFF\"}", R"({"oorzaak": "griep"})", R"({"bsn": "1"} x)"}) {
        CHECK_FALSE(JsonInput::parse(body, {"bsn"}));
    }
    CHECK_FALSE(JsonInput::parse(std::string(100'000, '['), {"bsn"}));
}

TEST_CASE("a body may hold lists of rows beside its plain fields, and nothing that is not known") {
    std::vector<std::string_view> const known{"name"};
    std::vector<RowsField> const lists{{"wages", {"first", "amount"}}};
    auto const parse = [&](std::string_view body) { return JsonRows::parse(body, known, lists, 2); };
    auto const good = parse(R"({"name": "x", "wages": [{"first": "a", "amount": 5}, {"first": "b"}]})");
    REQUIRE(good);
    CHECK(good->plain().text("name") == "x");
    REQUIRE(good->rows("wages").size() == 2);
    CHECK(good->rows("wages").at(0).text("amount") == "5");
    CHECK(good->rows("wages").at(1).text("amount").empty());
    CHECK(parse(R"({"name": "x"})")->rows("wages").empty());
    for (auto const* const bad :
         {"", "[]", "{", R"({"wages": 5})", R"({"wages": [5]})", R"({"wages": [{"cause": "x"}]})",
          R"({"cause": "x"})", R"({"wages": [{"first": {"deep": 1}}]})", R"({"name": ["x"]})",
          R"({"wages": [{}, {}, {}]})"}) {
        CAPTURE(bad);
        CHECK_FALSE(parse(bad));
    }
    CHECK_FALSE(parse(std::string(100'000, '[')));
}

TEST_CASE("a change needs proof that it comes from this very site") {
    CHECK(is_same_origin({{"Host", "localhost:8443"}, {"Origin", "https://localhost:8443"}}));
    CHECK(is_same_origin({{"Sec-Fetch-Site", "same-origin"}}));
    CHECK_FALSE(is_same_origin({{"Host", "localhost:8443"}}));
    CHECK_FALSE(is_same_origin({{"Host", "localhost:8443"}, {"Origin", "https://localhost:8444"}}));
    CHECK_FALSE(is_same_origin({{"Host", "localhost:8443"}, {"Origin", "null"}}));
    CHECK_FALSE(is_same_origin({{"Sec-Fetch-Site", "same-site"}}));
    CHECK_FALSE(is_same_origin({{"Sec-Fetch-Site", "cross-site"},
                                {"Host", "localhost:8443"},
                                {"Origin", "https://localhost:8443"}}));
}

TEST_CASE("the kind of content is compared without its case and its parameters") {
    auto const of = [](std::string type) {
        transport::RequestHead head;
        head.headers.set("Content-Type", std::move(type));
        return head;
    };
    CHECK(is_content_type(of("application/json"), "application/json"));
    CHECK(is_content_type(of("Application/JSON ; charset=utf-8"), "application/json"));
    CHECK_FALSE(is_content_type(of("text/plain; application/json"), "application/json"));
    CHECK_FALSE(is_content_type(of("application/json5"), "application/json"));
    CHECK_FALSE(is_content_type(of(""), "application/json"));
    CHECK_FALSE(is_content_type({}, "application/json"));
}

TEST_CASE("a cookie is found by its whole name") {
    transport::Headers const headers{{"Cookie", "a=1; __Host-k7-session=abc; __Host-k7-session2=x"}};
    CHECK(cookie_value(headers, session_cookie) == "abc");
    CHECK(cookie_value(headers, "a") == "1");
    CHECK(cookie_value(headers, "b").empty());
    CHECK(set_cookie("n", "v", std::nullopt) == "n=v; Path=/; Secure; HttpOnly; SameSite=Strict");
    CHECK(set_cookie("n", "", Duration{}).ends_with("; Max-Age=0"));
}
