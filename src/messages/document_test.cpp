#include <fmt/format.h>

#include <set>

#include "examples_test.h"

using namespace klout7;
using namespace klout7::messages;
using namespace klout7::messages::examples;

namespace {

/// The blocks of the page in this notation, in its order.
std::vector<std::string> blocks(std::string const& page, std::string_view notation) {
    std::vector<std::string> all;
    auto const fence = fmt::format("\n```{}\n", notation);
    for (std::size_t at = 0; (at = page.find(fence, at)) != std::string::npos;) {
        at += fence.size();
        auto const end = page.find("\n```\n", at);
        REQUIRE(end != std::string::npos);
        all.push_back(page.substr(at, end - at));
    }
    return all;
}

}  // namespace

TEST_CASE("the page shows each kind in both notations, and together they are the example") {
    auto const page = content_of(KLOUT7_PAGE);
    auto const xml = blocks(page, "xml");
    auto const json = blocks(page, "json");
    // First the envelope around nothing, then the messages.
    REQUIRE(xml.size() == 1 + message_kind_count);
    REQUIRE(json.size() == 1 + message_kind_count);
    std::string all_xml;
    std::string all_json;
    for (std::size_t i = 1; i < xml.size(); ++i) {
        all_xml += xml[i];
        all_json += (i == 1 ? "" : ",") + json[i];
    }
    auto const empty_xml = read_xml(xml.front());
    REQUIRE(empty_xml);
    CHECK(empty_xml->envelope == envelope());
    CHECK(read_json(json.front()) == empty_xml);
    auto const from_xml = read_xml(with(xml.front(), "</messages>", all_xml + "</messages>"));
    auto const from_json = read_json(with(json.front(), "\"messages\": [", "\"messages\": [" + all_json));
    REQUIRE((from_xml && from_json));
    CHECK(messages_of(*from_xml) == one_of_each());
    CHECK(*from_xml == *from_json);
    std::set<MessageKind> kinds;
    for (auto const& one : messages_of(*from_xml)) kinds.insert(one.kind());
    CHECK(kinds.size() == message_kind_count);
}

TEST_CASE("the page has every code and every fault") {
    auto const page = content_of(KLOUT7_PAGE);
    auto const has = [&](std::string_view code) {
        CHECK_MESSAGE(page.find(fmt::format("`{}`", code)) != std::string::npos, code);
    };
    for (std::size_t i = 0; i < problem_count; ++i) has(name_of(static_cast<Problem>(i)));
    for (std::size_t i = 0; i < file_problem_count; ++i) has(name_of(static_cast<FileProblem>(i)));
    for (std::size_t i = 0; i < message_kind_count; ++i) has(name_of(static_cast<MessageKind>(i)));
    for (auto const ground : {Ground::fictitious_employment, Ground::after_insurance, Ground::contract_ended})
        has(name_of(ground));
    for (std::size_t i = 0; i < 4; ++i) has(name_of(static_cast<WithdrawalReason>(i)));
    for (std::size_t i = 0; i < 7; ++i) has(name_of(static_cast<DocumentKind>(i)));
    for (std::size_t i = 0; i < 8; ++i) has(name_of(static_cast<FileType>(i)));
    for (std::size_t i = 0; i < 7; ++i) has(name_of(static_cast<AppointmentKind>(i)));
}
