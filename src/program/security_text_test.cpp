#include "program/security_text.h"

#include <doctest/doctest.h>

#include "api/testing.h"
#include "program/program.h"

using namespace klout7;

namespace {

LocalDate const today = *LocalDate::from(2026, 11, 25);

auto text_of(std::string_view section) {
    auto const settings =
        Settings::parse("[security]\n" + std::string{section}, "office.toml", program::known_settings());
    REQUIRE(settings);
    return program::security_text(*settings, today);
}
std::string problem_with(std::string_view section) {
    auto const text = text_of(section);
    return text ? "" : text.error().sentence;
}

}  // namespace

TEST_CASE("the settings say where to report a hole, in the words of RFC 9116") {
    auto const text = text_of("contact = \"mailto:security@example.org\"\nexpires = \"2027-05-24\"");
    REQUIRE((text && *text));
    CHECK(**text ==
          "Contact: mailto:security@example.org\n"
          "Expires: 2027-05-24T00:00:00Z\n"
          "Preferred-Languages: nl, en\n");
}

TEST_CASE("a text that expired is not served, one that expires tomorrow is") {
    auto const expiring = [](std::string_view day) {
        return text_of("contact = \"tel:+31-20-0000000\"\nexpires = \"" + std::string{day} + "\"");
    };
    CHECK(**expiring("2026-11-26") ==
          "Contact: tel:+31-20-0000000\nExpires: 2026-11-26T00:00:00Z\nPreferred-Languages: nl, en\n");
    for (auto const* day : {"2026-11-25", "2026-11-24", "1999-12-31"}) {
        auto const text = expiring(day);
        REQUIRE(text);
        CHECK_FALSE(text->has_value());
    }
}

TEST_CASE("without the settings there is no such text, and that is no fault") {
    auto const text = text_of("");
    REQUIRE(text);
    CHECK_FALSE(text->has_value());
}

TEST_CASE("anybody is told whether there is one") {
    api::UnconnectedSide<OfficeZone> side;
    EmbeddedText const description[] = {{"office.yaml", ""}, {"common.yaml", ""}};
    transport::Request request;
    request.head.method = transport::Method::get;
    request.head.path = {".well-known", "security.txt"};
    auto const answer = [&](std::optional<std::string> text) {
        api::Site<OfficeZone> site{
            side.frame, {}, program::public_texts(description, std::move(text)), Environment::test};
        return site.handle(request).status;
    };
    CHECK(answer("Contact: mailto:security@example.org") == 200);
    CHECK(answer({}) == 404);
}

TEST_CASE("half of the settings, or what cannot be meant, stops the start with the key and what to do") {
    CHECK(problem_with("contact = \"mailto:security@example.org\"").find("security.expires") !=
          std::string::npos);
    CHECK(problem_with("expires = \"2027-05-24\"").find("security.contact") != std::string::npos);
    for (auto const* wrong : {"security@example.org", "http://example.org", "https://example.org/a b",
                              "mailto:a@example.org\\nPolicy: https://x"}) {
        CHECK(problem_with("contact = \"" + std::string{wrong} + "\"\nexpires = \"2027-05-24\"")
                  .find("mailto:, https:// or tel:") != std::string::npos);
    }
    CHECK(problem_with("contact = \"https://example.org\"\nexpires = \"2027-02-30\"").find("a day like") !=
          std::string::npos);
}
