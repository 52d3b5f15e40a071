#include <fmt/format.h>

#include "examples_test.h"

using namespace klout7;
using namespace klout7::messages;
using namespace klout7::messages::examples;

namespace {

FileFault of_file(FileProblem problem, std::string part = {}, std::optional<std::size_t> message = {}) {
    return {problem, std::move(part), message};
}
FileFault xml_fault(std::string const& file) {
    auto const read = read_xml(file);
    REQUIRE_FALSE(read);
    return read.error();
}
FileFault json_fault(std::string const& file) {
    auto const read = read_json(file);
    REQUIRE_FALSE(read);
    return read.error();
}
FileFault xml_fault(std::string_view from, std::string_view to) {
    return xml_fault(with(xml_example(), from, to));
}
FileFault json_fault(std::string_view from, std::string_view to) {
    return json_fault(with(json_example(), from, to));
}

std::vector<Message> employers(std::size_t count) {
    std::vector<Message> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back({id(fmt::format("M-{}", i)), employer()});
    return all;
}

std::string utf_16(std::string_view text) {
    std::string wide{"\xFF\xFE"};
    for (auto const c : text) {
        wide += c;
        wide += '\0';
    }
    return wide;
}

}  // namespace

TEST_CASE("what is written is what stands in the example, byte for byte") {
    CHECK(to_xml(envelope(), one_of_each()) == xml_example());
    CHECK(to_json(envelope(), one_of_each()) == json_example());
    CHECK(are_valid_xml({xml_example()}));
    CHECK(are_valid_json({json_example()}));
    auto const from_xml = read_xml(xml_example());
    auto const from_json = read_json(json_example());
    REQUIRE((from_xml && from_json));
    CHECK(*from_xml == *from_json);
    CHECK(messages_of(*from_xml) == one_of_each());
    CHECK(from_xml->envelope == envelope());
}

TEST_CASE("the schemas do not take everything") {
    CHECK_FALSE(are_valid_xml({with(xml_example(), "version=\"1\">", "version=\"2\">")}));
    CHECK_FALSE(are_valid_xml({with(xml_example(), "<ground>", "<cause>griep</cause><ground>")}));
    CHECK_FALSE(are_valid_xml({with(xml_example(), "M-2", "M-1")}));
    CHECK_FALSE(are_valid_xml({with(xml_example(), "contract_ended", "illness")}));
    CHECK(none_is_valid_json({with(json_example(), "\"version\": 1", "\"version\": 2"),
                              with(json_example(), "\"ground\"", "\"cause\": \"griep\", \"ground\""),
                              with(json_example(), "contract_ended", "illness")}));
}

TEST_CASE("a file may have no message, and a thousand, and no more") {
    std::vector<std::string> written_json;
    for (std::size_t const count : {std::size_t{0}, most_messages}) {
        auto const all = employers(count);
        auto const xml = to_xml(envelope(), all);
        auto const json = to_json(envelope(), all);
        REQUIRE((xml && json));
        CHECK(messages_of(*read_xml(*xml)) == all);
        CHECK(messages_of(*read_json(*json)) == all);
        CHECK(are_valid_xml({*xml}));
        written_json.push_back(*json);
    }
    CHECK(are_valid_json(written_json));
    auto const too_many = employers(most_messages + 1);
    CHECK(to_xml(envelope(), too_many).error() == of_file(FileProblem::too_many_messages));
    auto const full = employers(most_messages);
    CHECK(xml_fault(with(*to_xml(envelope(), full), "</messages>",
                         "<employer id=\"one-more\"><code>V</code></employer></messages>")) ==
          of_file(FileProblem::too_many_messages));
    CHECK(json_fault(with(*to_json(envelope(), full), "\"messages\": [", "\"messages\": [{},")) ==
          of_file(FileProblem::too_many_messages));
}

TEST_CASE("an empty file is said to be empty") {
    for (std::string const nothing : {"", " \r\n\t", "\xEF\xBB\xBF", "\xEF\xBB\xBF\n"}) {
        CHECK(xml_fault(nothing) == of_file(FileProblem::empty));
        CHECK(json_fault(nothing) == of_file(FileProblem::empty));
    }
}

TEST_CASE("a file of 2 MiB is read, and one byte more is not") {
    auto xml = xml_example();
    auto json = json_example();
    xml.append(most_bytes - xml.size(), ' ');
    json.append(most_bytes - json.size(), '\n');
    CHECK(read_xml(xml));
    CHECK(read_json(json));
    CHECK(xml_fault(xml + ' ') == of_file(FileProblem::too_large));
    CHECK(json_fault(json + ' ') == of_file(FileProblem::too_large));
}

TEST_CASE("a file that would be larger is not written") {
    auto start = absence_start();
    start.staff_number = std::string(longest_staff_number, '&');
    start.nursing_address->house_number = std::string(longest_house_number, '&');
    start.nursing_address->street = start.nursing_address->town = {};
    for (std::size_t i = 0; i < longest_name; ++i) start.nursing_address->town += "\U00020000";
    for (std::size_t i = 0; i < longest_street; ++i) start.nursing_address->street += "\U00020000";
    std::vector<Message> all;
    for (std::size_t i = 0; i < most_messages; ++i) all.push_back({id(fmt::format("M-{}", i)), start});
    auto const xml = to_xml(envelope(), all);
    REQUIRE_FALSE(xml);
    CHECK(xml.error() == of_file(FileProblem::too_large));
    all.resize(most_messages / 2, all.front());
    CHECK(to_xml(envelope(), all));
}

TEST_CASE("only UTF-8 is read, with or without a byte order mark") {
    CHECK(read_xml("\xEF\xBB\xBF" + xml_example()) == read_xml(xml_example()));
    CHECK(read_json("\xEF\xBB\xBF" + json_example()) == read_json(json_example()));
    for (auto const& file : {utf_16(xml_example()), utf_16(xml_example()).substr(2)})
        CHECK(xml_fault(file) == of_file(FileProblem::not_utf8));
    for (auto const& file : {utf_16(json_example()), utf_16(json_example()).substr(2)})
        CHECK(json_fault(file) == of_file(FileProblem::not_utf8));
    // Latin-1, and what says that it is.
    CHECK(xml_fault("Jánsen", "J\xE1nsen") == of_file(FileProblem::not_utf8));
    CHECK(json_fault("Jánsen", "J\xE1nsen") == of_file(FileProblem::not_utf8));
    CHECK(xml_fault("encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\"") == of_file(FileProblem::not_utf8));
    CHECK(read_xml(with(xml_example(), "encoding=\"UTF-8\"", "encoding='utf-8' standalone=\"yes\"")));
    CHECK(read_xml(with(xml_example(), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", "")));
    // Overlong, and half of a surrogate pair.
    CHECK(json_fault("M-1", "M-\xC0\xB1") == of_file(FileProblem::not_utf8));
    CHECK(json_fault("\"VBD\"", "\"\\ud800\"") == of_file(FileProblem::not_json));
}

TEST_CASE("what is no XML and no JSON is none, however much a lenient reader would make of it") {
    auto const is_no_xml = [](std::string_view from, std::string_view to) {
        INFO(to);
        CHECK(xml_fault(from, to) == of_file(FileProblem::not_xml));
        // So say others.
        CHECK_FALSE(takes("xmllint --noout", {with(xml_example(), from, to)}));
    };
    is_no_xml("</message_file>", "</message_file>trailing");
    is_no_xml("</message_file>", "</message_file><message_file/>");
    is_no_xml("<message_file ", "leading<message_file ");
    is_no_xml("</employer>", "</employment>");
    is_no_xml("id=\"M-1\"", "id=\"M-1\" id=\"M-1\"");
    is_no_xml("id=\"M-1\"", "id=M-1");
    is_no_xml("id=\"M-1\"", "id=\"<M-1\"");
    is_no_xml(" version=\"1\">", "version=\"1\">");
    is_no_xml("&amp;", "&");
    is_no_xml("&amp;", "&#0;");
    is_no_xml("&amp;", "&#xD800;");
    is_no_xml("&amp;", "&#x110000;");
    is_no_xml("&amp;", "&#;");
    is_no_xml("&amp;", "]]>");
    is_no_xml("&amp;", "\x01");
    is_no_xml("<employer ", "<!-- a -- b --><employer ");
    is_no_xml("<employer ", "<!-- a <employer ");
    is_no_xml("version=\"1.0\"", "version=\"one\"");
    CHECK(read_xml(with(xml_example(), "&amp;", "&#x1F600;&#38;<![CDATA[ & < ]]>")));

    auto const is_no_json = [](std::string_view from, std::string_view to) {
        INFO(to);
        CHECK(json_fault(from, to) == of_file(FileProblem::not_json));
    };
    is_no_json("\n}\n", "\n} trailing");
    is_no_json("\n}\n", "\n}{}");
    is_no_json("\"id\": \"M-1\",", "\"id\": \"M-1\",,");
    is_no_json("\"id\": \"M-1\",", "'id': 'M-1',");
    is_no_json("\"id\": \"M-1\",", "// a comment\n");
    is_no_json("36.5", "036.5");
    is_no_json("36.5", "NaN");
    is_no_json("36.5", "1e999999999999");
    is_no_json("Voorbeeld &", "Voorbeeld \x01");
    CHECK(json_fault(xml_example()) == of_file(FileProblem::not_json));
    CHECK(xml_fault(json_example()) == of_file(FileProblem::not_xml));
}

TEST_CASE("a document type, an entity and an instruction are refused before anything of them is read") {
    auto const before_root = [](std::string const& text) {
        return xml_fault("<message_file ", text + "<message_file ");
    };
    auto const refused = of_file(FileProblem::has_dtd);
    CHECK(before_root("<!DOCTYPE message_file>") == refused);
    CHECK(before_root("<!DOCTYPE message_file SYSTEM \"file:///etc/passwd\">") == refused);
    CHECK(before_root("<?xml-stylesheet href=\"a\"?>") == refused);
    std::string bomb = "<!DOCTYPE message_file [<!ENTITY a \"aaaaaaaaaa\">";
    for (char c = 'b'; c <= 'j'; ++c)
        bomb += fmt::format("<!ENTITY {0} \"&{1};&{1};&{1};&{1};&{1};&{1};&{1};&{1};&{1};&{1};\">", c,
                            static_cast<char>(c - 1));
    CHECK(xml_fault(with(with(xml_example(), "<message_file ", bomb + "]><message_file "), "&amp;", "&j;")) ==
          refused);
    CHECK(xml_fault("<?xml", " <?xml") == refused);
    CHECK(xml_fault("&amp;", "&nbsp;") == refused);
    CHECK(xml_fault("<employer ", "<?php echo 1; ?><employer ") == refused);
    CHECK(read_xml(with(xml_example(), "&amp;", "&lt;!DOCTYPE a&gt;")));
}

TEST_CASE("what stands too deep or is too much is refused, however it closes") {
    std::string deep_xml;
    std::string deep_json;
    for (int i = 0; i < 100'000; ++i) {
        deep_xml += "<a>";
        deep_json += "[";
    }
    CHECK(xml_fault(deep_xml) == of_file(FileProblem::too_deep));
    CHECK(json_fault(deep_json) == of_file(FileProblem::too_deep));
    CHECK(xml_fault("<ground>", deep_xml + "<ground>") == of_file(FileProblem::too_deep));
    CHECK(json_fault("\"contract_ended\"", deep_json + std::string(100'000, ']')) ==
          of_file(FileProblem::too_deep));
    CHECK(json_fault("\"contract_ended\"", "[[[[[[]]]]]]") == of_file(FileProblem::too_deep));
    CHECK(read_json(with(json_example(), "\"contract_ended\"", "[[[[[]]]]]")));

    std::string many_xml;
    std::string many_json;
    for (int i = 0; i < 60'000; ++i) {
        many_xml += "<a/>";
        many_json += "[],";
    }
    CHECK(xml_fault("<ground>", many_xml + "<ground>") == of_file(FileProblem::too_many_parts));
    CHECK(json_fault("\"contract_ended\"", "[" + many_json + "1]") == of_file(FileProblem::too_many_parts));
}

TEST_CASE("a file of another kind or version is told from one that is broken") {
    auto const other = of_file(FileProblem::other_document);
    CHECK(xml_fault("<html/>") == other);
    CHECK(xml_fault("urn:klout7:messages:1", "urn:somebody:else") == other);
    CHECK(xml_fault(" xmlns=\"urn:klout7:messages:1\"", "") == other);
    CHECK(json_fault("[]") == other);
    CHECK(json_fault("7") == other);
    auto const wrong = of_file(FileProblem::wrong_version);
    CHECK(xml_fault("urn:klout7:messages:1", "urn:klout7:messages:2") == wrong);
    CHECK(xml_fault(" version=\"1\">", " version=\"2\">") == wrong);
    CHECK(xml_fault(" version=\"1\">", " version=\"1.0\">") == wrong);
    CHECK(json_fault("\"version\": 1", "\"version\": 2") == wrong);
    CHECK(json_fault("\"version\": 1", "\"version\": \"1\"") == wrong);
    CHECK(json_fault("\"version\": 1", "\"version\": 1.0") == wrong);
    CHECK(xml_fault(" version=\"1\">", ">") == of_file(FileProblem::part_missing, "version"));
    CHECK(json_fault("\"version\": 1,", "") == of_file(FileProblem::part_missing, "version"));
    CHECK(json_fault("{}") == of_file(FileProblem::part_missing, "version"));
}

TEST_CASE("an envelope has its parts, each once, each usable, and no other") {
    struct Part {
        char const* name;
        char const* xml;
        char const* json;
        std::vector<std::string> unusable;
        std::vector<std::string> usable;
    };
    std::string const long_code(41, 'c');
    for (auto const& [name, xml, json, unusable, usable] :
         {Part{"sender",
               "<sender>hr-voorbeeld</sender>",
               "\"sender\": \"hr-voorbeeld\",",
               {"", "hr voorbeeld", long_code},
               {"x"}},
          {"file_id",
           "<file_id>2026-11-28-0001</file_id>",
           "\"file_id\": \"2026-11-28-0001\",",
           {"", "a/b", std::string(65, 'f')},
           {std::string(64, 'f')}},
          {"made_at",
           "<made_at>2026-11-28T08:30:00.000000Z</made_at>",
           "\"made_at\": \"2026-11-28T08:30:00.000000Z\",",
           {"2026-11-28", "2026-11-28T08:30:00", "2026-11-28T08:30:00+01:00", "2026-11-28T24:00:00Z",
            "2026-11-31T08:30:00Z", "2026-11-28T08:60:00Z", "2026-11-28T08:30:60Z", "2026-11-28T08:30:00.Z",
            "2026-11-28T08:30:00.0000000Z", "2026-11-28t08:30:00Z", "1999-12-31T23:59:59Z",
            "2150-01-01T00:00:00Z"},
           {"2026-11-28T08:30:00Z", "2026-11-28T08:30:00.5Z"}}}) {
        INFO(name);
        auto const in_both = [&](std::string const& value) {
            auto const from_xml =
                read_xml(with(xml_example(), xml, fmt::format("<{0}>{1}</{0}>", name, value)));
            auto const from_json =
                read_json(with(json_example(), json, fmt::format("\"{}\": \"{}\",", name, value)));
            CHECK(from_xml == from_json);
            return from_xml;
        };
        CHECK(xml_fault(xml, "") == of_file(FileProblem::part_missing, name));
        CHECK(json_fault(json, "") == of_file(FileProblem::part_missing, name));
        CHECK(xml_fault(xml, std::string{xml} + xml) == of_file(FileProblem::part_twice, name));
        CHECK(json_fault(json, std::string{json} + json) == of_file(FileProblem::part_twice, name));
        for (auto const& value : unusable) {
            INFO(value);
            CHECK(in_both(value).error() == of_file(FileProblem::part_unusable, name));
        }
        for (auto const& value : usable) CHECK(in_both(value));
        CHECK(json_fault(json, fmt::format("\"{}\": null,", name)) ==
              of_file(FileProblem::part_unusable, name));
        CHECK(xml_fault(xml, fmt::format("<{} clear=\"true\"/>", name)) ==
              of_file(FileProblem::part_unusable, name));
    }
    CHECK(xml_fault("<file_id>", "<cause>griep</cause><file_id>") ==
          of_file(FileProblem::unknown_part, "cause"));
    CHECK(json_fault("\"file_id\"", "\"cause\": \"griep\", \"file_id\"") ==
          of_file(FileProblem::unknown_part, "cause"));
    CHECK(xml_fault(" version=\"1\">", " version=\"1\" environment=\"test\">") ==
          of_file(FileProblem::unknown_part, "environment"));
    CHECK(xml_fault("<file_id>", "griep<file_id>").problem == FileProblem::unknown_part);
    CHECK(xml_fault("<employer ", "griep<employer ") == of_file(FileProblem::part_unusable, "messages"));
    CHECK(xml_fault("<messages>", "<messages count=\"9\">") ==
          of_file(FileProblem::part_unusable, "messages"));
    CHECK(xml_fault("<messages>", "<messages/><messages>") == of_file(FileProblem::part_twice, "messages"));
    CHECK(json_fault("\"messages\"", "\"messages\": [], \"messages\"") ==
          of_file(FileProblem::part_twice, "messages"));
    CHECK(json_fault("\"messages\": [", "\"messages\": {}, \"cause\": [") ==
          of_file(FileProblem::part_unusable, "messages"));
    CHECK(json_fault("\"messages\"", "\"cause\"").problem == FileProblem::unknown_part);
    CHECK(json_fault(R"({"version": 1, "sender": "a", "file_id": "b", "made_at": "2026-11-28T08:30:00Z"})") ==
          of_file(FileProblem::part_missing, "messages"));
}

TEST_CASE("an id that stands there twice refuses the file, also when one of the two is no good") {
    CHECK(xml_fault("id=\"M-2\"", "id=\"M-1\"") == of_file(FileProblem::message_id_twice, "id", 1));
    CHECK(json_fault("\"id\": \"M-2\"", "\"id\": \"M-1\"") ==
          of_file(FileProblem::message_id_twice, "id", 1));
    CHECK(xml_fault(with(with(xml_example(), "<bsn>999990019</bsn>", ""), "id=\"M-2\"", "id=\"M-1\"")) ==
          of_file(FileProblem::message_id_twice, "id", 1));
    CHECK(read_xml(with(xml_example(), "id=\"M-2\"", "id=\"m-1\"")));
}

TEST_CASE("a file may give its elements a prefix and the declarations of common tools") {
    auto prefixed = xml_example();
    for (std::size_t at = 0; (at = prefixed.find('<', at)) != std::string::npos; ++at) {
        auto const name = at + (prefixed[at + 1] == '/' ? 2U : 1U);
        if (prefixed[name] != '?') prefixed.insert(name, "k:");
    }
    prefixed = with(prefixed, "xmlns=", "xmlns:k=");
    CHECK(read_xml(prefixed) == read_xml(xml_example()));
    CHECK(are_valid_xml({prefixed}));
    // One that is not ours is none of our names.
    CHECK(xml_fault("<sender>hr-voorbeeld</sender>", "<x:sender>hr-voorbeeld</x:sender>").problem ==
          FileProblem::unknown_part);
    CHECK(xml_fault(with(with(prefixed, "<k:sender>", "<sender>"), "</k:sender>", "</sender>")).problem ==
          FileProblem::unknown_part);
    auto const of_tools = with(xml_example(), " version=\"1\">",
                               " version=\"1\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                               " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
                               " xsi:schemaLocation=\"urn:klout7:messages:1 klout7-messages-1.xsd\">");
    CHECK(read_xml(of_tools) == read_xml(xml_example()));
    CHECK(xml_fault("xmlns=", "xmlns:x=\"urn:x\" xmlns=").problem == FileProblem::unknown_part);
    auto const nil = with(of_tools, "<phone clear=\"true\"/>", "<phone xsi:nil=\"true\"/>");
    CHECK(read_xml(nil)->entries[3].message.error().front().problem == Problem::unknown_field);
}

TEST_CASE("fields stand in any order") {
    auto const moved = with(with(xml_example(), "      <ground>contract_ended</ground>\n", ""),
                            "<running_work>", "<ground>contract_ended</ground><running_work>");
    CHECK(read_xml(moved) == read_xml(xml_example()));
    CHECK(are_valid_xml({moved}));
    auto const json = with(with(json_example(), "      \"kind\": \"absence_start\",\n", ""),
                           "\"running_work\": true", "\"running_work\": true, \"kind\": \"absence_start\"");
    CHECK(read_json(json) == read_json(json_example()));
}

TEST_CASE("what would not read back is not written") {
    auto all = one_of_each();
    auto const unusable = [&] { return to_xml(envelope(), all).error(); };
    std::get<Employment>(all[1].content).last_name = "";
    CHECK(unusable() == of_file(FileProblem::message_unusable, "last_name", 1));
    CHECK(to_json(envelope(), all).error() == unusable());
    all = one_of_each();
    std::swap(all[2], all[3]);
    CHECK(unusable() == of_file(FileProblem::message_unusable, "absence", 2));
    all = one_of_each();
    all[1].id = all[0].id;
    CHECK(unusable() == of_file(FileProblem::message_id_twice, "id", 1));
    auto other = envelope();
    other.sender = "two words";
    CHECK(to_xml(other, one_of_each()).error() == of_file(FileProblem::part_unusable, "sender"));
    other = envelope();
    other.made_at = Instant{};
    CHECK(to_xml(other, one_of_each()).error() == of_file(FileProblem::part_unusable, "made_at"));
}
