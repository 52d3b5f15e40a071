#include "base/random.h"
#include "examples_test.h"

using namespace klout7;
using namespace klout7::messages;
using namespace klout7::messages::examples;

namespace {

constexpr int mutation_count = 10'000;

/// Words that a mutation may put somewhere: what notations are made of, and what hostile files have.
constexpr std::string_view words[] = {"<",
                                      ">",
                                      "</",
                                      "/>",
                                      "&",
                                      "&amp;",
                                      "&#0;",
                                      "&#xFFFF;",
                                      "<![CDATA[",
                                      "]]>",
                                      "<!--",
                                      "-->",
                                      "<?a?>",
                                      "<!DOCTYPE a>",
                                      "{",
                                      "}",
                                      "[",
                                      "]",
                                      "\"",
                                      "'",
                                      ",",
                                      ":",
                                      "null",
                                      "true",
                                      "-1",
                                      "1e9",
                                      "\\u0000",
                                      "\\ud800",
                                      "\\",
                                      "\xFF",
                                      "\xC2\x85",
                                      "\xEF\xBF\xBE",
                                      " clear=\"true\"",
                                      " id=\"M-1\"",
                                      "<cause>griep</cause>",
                                      "\"cause\": \"griep\",",
                                      "0",
                                      "9",
                                      " ",
                                      "\n",
                                      "\t",
                                      "a\u0301",
                                      "\u202E",
                                      "2026-02-30",
                                      "M-3",
                                      "xmlns=\"\""};

/// A few changes, as disks, people and attackers make them.
std::string mutated(std::string text, Random& random) {
    for (auto left = 1 + random.below(4); left > 0 && !text.empty(); --left) {
        auto const at = random.below(text.size());
        auto const length = std::min<std::size_t>(1 + random.below(30), text.size() - at);
        switch (random.below(6)) {
            case 0:
                text[at] = static_cast<char>(random.below(256));
                break;
            case 1:
                text.erase(at, length);
                break;
            case 2:
                text.insert(at, words[random.below(std::size(words))]);
                break;
            case 3:
                text.replace(at, length, words[random.below(std::size(words))]);
                break;
            case 4:
                text.insert(random.below(text.size()), text.substr(at, length));
                break;
            default:
                text[at] = static_cast<char>(static_cast<unsigned char>(text[at]) ^ (1U << random.below(8)));
        }
    }
    return text;
}

using Reader = std::expected<MessageFile, FileFault> (*)(std::string_view);
using Writer = std::expected<std::string, FileFault> (*)(Envelope const&, std::span<Message const>);

struct Outcome {
    int refused_files = 0;
    int refused_messages = 0;
    std::vector<std::string> whole;  // taken without any fault
};

/// What comes of mutations of an example. Whatever is taken passes the check and can be written.
Outcome outcome_of(std::string const& example, std::uint64_t seed, Reader read, Writer write) {
    Outcome outcome;
    SeededRandom random{seed};
    for (int i = 0; i < mutation_count; ++i) {
        auto const text = mutated(example, random);
        auto const file = read(text);
        if (!file) {
            ++outcome.refused_files;
            continue;
        }
        std::vector<Message> good;
        for (auto const& entry : file->entries) {
            if (entry.message) {
                REQUIRE(check(*entry.message, file->envelope.made_on()).empty());
                REQUIRE(entry.id == entry.message->id);
                good.push_back(*entry.message);
            } else {
                REQUIRE_FALSE(entry.message.error().empty());
                ++outcome.refused_messages;
            }
        }
        auto const again = write(file->envelope, good);
        REQUIRE_MESSAGE(again, text);
        REQUIRE(messages_of(*read(*again)) == good);
        if (good.size() == file->entries.size()) outcome.whole.push_back(text);
    }
    return outcome;
}

}  // namespace

TEST_CASE("a file that is cut off anywhere is refused") {
    auto const cut_off = [](std::string_view example, Reader read) {
        REQUIRE(read(example));
        // The line break behind the end is nobody's loss.
        for (std::size_t size = 0; size + 1 < example.size(); ++size) {
            // In memory of its own, where the sanitizer sees a byte too many.
            std::string const part{example.substr(0, size)};
            REQUIRE_FALSE_MESSAGE(read(part), size);
        }
    };
    cut_off(xml_example(), &read_xml);
    cut_off(json_example(), &read_json);
}

TEST_CASE("mutations of a file never give a message that fails the check") {
    auto const xml = outcome_of(xml_example(), 1, &read_xml, &to_xml);
    auto const json = outcome_of(json_example(), 2, &read_json, &to_json);
    // They reach all the ways that a file can go.
    for (auto const* outcome : {&xml, &json}) {
        CHECK(outcome->refused_files > 1000);
        CHECK(outcome->refused_messages > 300);
        CHECK(outcome->whole.size() > 100);
    }
    // What is taken whole is what others call well-formed, and valid by our schemas.
    CHECK(are_valid_xml(xml.whole));
    CHECK(are_valid_json(json.whole));
}
