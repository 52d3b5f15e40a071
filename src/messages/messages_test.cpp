#include "messages/message.h"

#include <fmt/format.h>

#include <algorithm>

#include "examples_test.h"

using namespace klout7;
using namespace klout7::messages;
using namespace klout7::messages::examples;

namespace {

/// The example in both notations, which a test changes alike.
struct Pair {
    std::string xml = xml_example();
    std::string json = json_example();
};

struct Line {
    std::size_t begin;
    std::size_t end;  // at its line break
};
/// Where a field of a message stands.
Line line_of(std::string const& file, std::string_view message, std::string const& start) {
    auto const from = file.find(fmt::format("\"{}\"", message));
    REQUIRE(from != std::string::npos);
    auto const at = file.find(start, from);
    REQUIRE_MESSAGE(at != std::string::npos, start);
    auto const begin = file.rfind('\n', at) + 1;
    return {begin, file.find('\n', at)};
}

/// Puts other lines where a field stands; empty ones take it out.
Pair put(Pair pair, std::string_view message, std::string_view field, std::string const& xml,
         std::string const& json) {
    auto const in_xml = line_of(pair.xml, message, fmt::format("<{}", field));
    pair.xml.replace(in_xml.begin, in_xml.end - in_xml.begin, xml);
    auto const in_json = line_of(pair.json, message, fmt::format("\"{}\":", field));
    bool const is_last = pair.json[in_json.end - 1] != ',';
    if (json.empty()) {
        // Without a comma behind the one before it, when it was the last.
        auto const begin = is_last ? pair.json.rfind(',', in_json.begin) : in_json.begin;
        pair.json.erase(begin, in_json.end - begin);
    } else {
        pair.json.replace(in_json.begin, in_json.end - in_json.begin, json + (is_last ? "" : ","));
    }
    return pair;
}
/// Gives a field another value, in JSON of the type that it has.
Pair set(Pair pair, std::string_view message, std::string_view field, std::string_view value) {
    auto const line = line_of(pair.json, message, fmt::format("\"{}\":", field));
    auto const old = std::string_view{pair.json}.substr(line.begin, line.end - line.begin);
    bool const is_text = old.find("\": \"") != old.npos;
    return put(std::move(pair), message, field, fmt::format("<{0}>{1}</{0}>", field, value),
               fmt::format("\"{0}\": {2}{1}{2}", field, value, is_text ? "\"" : ""));
}
Pair set(std::string_view message, std::string_view field, std::string_view value) {
    return set(Pair{}, message, field, value);
}
Pair without(std::string_view message, std::string_view field) { return put(Pair{}, message, field, {}, {}); }

/// What is wrong with one message of a file of which the others are good.
std::vector<Fault> faults_in(std::expected<MessageFile, FileFault> const& file, std::string_view message) {
    if (!file) FAIL("no file: " << file.error());
    std::vector<Fault> faults;
    for (auto const& entry : file->entries) {
        if (entry.id != id(message)) {
            CHECK_MESSAGE(entry.message, entry.message.error());
        } else if (!entry.message) {
            faults = entry.message.error();
        }
    }
    return faults;
}
/// The same in both notations.
std::vector<Fault> faults_in(Pair const& pair, std::string_view message) {
    INFO(pair.json);
    auto const faults = faults_in(read_xml(pair.xml), message);
    CHECK(faults == faults_in(read_json(pair.json), message));
    return faults;
}
std::vector<Fault> only(std::string field, Problem problem) { return {{std::move(field), problem}}; }
std::vector<Fault> const none{};

/// A value that is refused, and its twin that is taken.
struct Refusal {
    std::string_view message;
    std::string_view field;
    std::string_view refused;
    Problem problem;
    std::string_view allowed;
};

Message message(Content content) { return {id("M-100"), std::move(content)}; }
LocalDate today() { return envelope().made_on(); }

}  // namespace

TEST_CASE("every kind comes back from both notations as it went") {
    auto const all = one_of_each();
    REQUIRE(all.size() == message_kind_count);
    std::vector<std::string> written_xml;
    std::vector<std::string> written_json;
    for (auto const& one : all) {
        INFO(name_of(one.kind()));
        // Alone: what it refers to may stand in an earlier file.
        auto const xml = to_xml(envelope(), {&one, 1});
        auto const json = to_json(envelope(), {&one, 1});
        REQUIRE((xml && json));
        auto const from_xml = read_xml(*xml);
        auto const from_json = read_json(*json);
        REQUIRE((from_xml && from_json));
        CHECK(messages_of(*from_xml) == std::vector{one});
        CHECK(*from_xml == *from_json);
        CHECK(from_xml->envelope == envelope());
        written_xml.push_back(*xml);
        written_json.push_back(*json);
    }
    CHECK(are_valid_xml(written_xml));
    CHECK(are_valid_json(written_json));
}

TEST_CASE("every field that may be cleared comes back as cleared, and as left out when it was left out") {
    auto change = absence_change();
    auto correction = absence_correct();
    auto job = employment();
    job.prefix = Told<std::string>::cleared();
    job.end = Told<LocalDate>::cleared();
    job.department = Told<std::string>::cleared();
    job.weekly_hours = Told<WeeklyHours>::cleared();
    change.phone = correction.phone = Told<std::string>::cleared();
    change.nursing_address = correction.nursing_address = Told<NursingAddress>::cleared();
    change.expected_days = correction.expected_days = Told<std::uint32_t>::cleared();
    auto bare = employment();
    bare.prefix = bare.department = Told<std::string>{};
    bare.end = {};
    bare.weekly_hours = {};
    std::vector const all{Message{id("A"), job}, Message{id("B"), change}, Message{id("C"), correction},
                          Message{id("D"), bare}};
    auto const xml = to_xml(envelope(), all);
    auto const json = to_json(envelope(), all);
    REQUIRE((xml && json));
    CHECK(messages_of(*read_xml(*xml)) == all);
    CHECK(messages_of(*read_json(*json)) == all);
    CHECK(are_valid_xml({*xml}));
    CHECK(are_valid_json({*json}));
    CHECK(Told<int>{} != Told<int>::cleared());
    CHECK(Told<int>{1}.value() != nullptr);
    CHECK((Told<int>::cleared().says_something() && Told<int>::cleared().clears() && !Told<int>{}.clears()));
}

TEST_CASE("a value that is refused is refused in both notations, and the one beside it is taken") {
    using enum Problem;
    std::string const long_name(longest_name + 1, 'n');
    std::string const as_long_as_may_be(longest_name, 'n');
    std::string const long_file = std::string(longest_file_name - 3, 'f') + ".pdf";
    std::string const long_code(longest_code + 1, 'c');
    Refusal const refusals[] = {
        {"M-1", "code", "V BD", not_an_identifier, "V.B_D-1"},
        {"M-1", "code", "-VBD", not_an_identifier, "1-VBD"},
        {"M-1", "code", long_code, too_long, std::string_view{long_code}.substr(1)},
        {"M-1", "name", "", empty, "V"},
        {"M-1", "name", "&#9;", empty, "&amp;#9;"},
        {"M-1", "name", long_name, too_long, as_long_as_may_be},
        {"M-1", "name", "a\u0085b", not_text, "a b"},
        {"M-1", "name", "a\u2028b", not_text, "a\u2026b"},
        {"M-1", "name", "a\u202Eb", not_text, "a\u05D0b"},
        {"M-1", "loonheffingennummer", "123456782L00", not_a_loonheffingennummer, "123456782L99"},
        {"M-1", "loonheffingennummer", "123456782B01", not_a_loonheffingennummer, "987654321L02"},
        {"M-1", "loonheffingennummer", "12345678L01", not_a_loonheffingennummer, "012345678L01"},
        {"M-2", "bsn", "123456789", not_a_bsn, "123456782"},
        {"M-2", "bsn", "111222334", not_a_bsn, "111222333"},
        {"M-2", "bsn", "12345672", not_a_bsn, "012345672"},  // which is itself with the zero left out
        {"M-2", "bsn", "000000000", not_a_bsn, "999990019"},
        {"M-2", "birth_date", "1981-02-29", not_a_date, "1980-02-29"},
        {"M-2", "birth_date", "29-02-1980", not_a_date, "1980-03-01"},
        {"M-2", "birth_date", "2026-11-29", in_the_future, "2024-02-29"},
        {"M-2", "birth_date", "1900-01-01", too_long_ago, "1910-01-01"},
        {"M-2", "start", "1980-02-29", before_birth, "1980-03-01"},
        {"M-2", "end", "2024-02-29", end_before_start, "2024-03-01"},
        {"M-2", "weekly_hours", "80.01", out_of_range, "80"},
        {"M-2", "weekly_hours", "36.125", not_a_number, "36.12"},
        {"M-2", "weekly_hours", "-1", not_a_number, "0"},
        {"M-2", "weekly_hours", "3e1", not_a_number, "30"},
        {"M-3", "staff_number", "a\u0001b", not_text, "a b"},
        {"M-3", "first_sick_day", "2026-11-29", in_the_future, "2026-11-28"},
        {"M-3", "first_sick_day", "2023-12-01", too_long_ago, "2023-12-02"},
        {"M-3", "first_sick_day", "2026-02-30", not_a_date, "2026-02-28"},
        {"M-3", "ground", "Contract_ended", not_a_choice, "after_insurance"},
        {"M-3", "phone", "bel mijn huisarts", not_a_phone_number, "+31 (0)6-00123456"},
        {"M-3", "phone", "+", not_a_phone_number, "1"},
        {"M-3", "phone", "0600123456060012345606001234567", too_long, "060012345606001234560600123456"},
        {"M-3", "expected_days", "0", out_of_range, "1"},
        {"M-3", "expected_days", "729", out_of_range, "728"},
        {"M-3", "expected_days", "1.5", not_a_number, "2"},
        {"M-3", "expected_days", "99999999999", not_a_number, "99"},
        {"M-6", "first_fit_day", "2026-11-24", fit_not_after_sick, "2026-11-25"},
        {"M-6", "first_fit_day", "2026-12-13", too_far_ahead, "2026-12-12"},
        {"M-6", "first_fit_day", "2026-11-31", not_a_date, "2026-12-01"},
        {"M-7", "reason", "had_flu", not_a_choice, "wrong_person"},
        {"M-7", "withdraws", "M-7", refers_ahead, "M-6"},
        {"M-7", "withdraws", "M-8", refers_ahead, "M-5"},
        {"M-7", "withdraws", "M-2", refers_to_other_kind, "of.another:file-1"},
        {"M-6", "absence", "M-4", refers_to_other_kind, "M-3"},
        {"M-6", "absence", "M 3", not_an_identifier, "M-3"},
        {"M-5", "corrects", "M-1", refers_to_other_kind, "M-4"},
        {"M-8", "absence", "M-9", refers_ahead, "M-3"},
        {"M-9", "absence", "M-8", refers_to_other_kind, "M-0"},
        {"M-8", "document_kind", "medical_report", not_a_choice, "wage_statement"},
        {"M-8", "name", "plan van aanpak.pdf", not_a_file_name, "Plan_van-aanpak.2.PDF"},
        {"M-8", "name", "../plan.pdf", not_a_file_name, "plan..pdf"},
        {"M-8", "name", "plan.exe", name_not_of_type, "plan.exe.pdf"},
        {"M-8", "name", ".pdf", not_a_file_name, "1.pdf"},
        {"M-8", "name", long_file, too_long, std::string_view{long_file}.substr(1)},
        {"M-8", "size_bytes", "0", out_of_range, "1"},
        {"M-8", "size_bytes", "262144001", out_of_range, "262144000"},
        {"M-8", "sha256", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD", not_a_digest,
         "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"M-8", "sha256", "ba7816bf", not_a_digest,
         "0000000000000000000000000000000000000000000000000000000000000000"},
        {"M-9", "appointment_kind", "doctor", not_a_choice, "evaluation"},
        {"M-9", "day", "2028-11-26", too_far_ahead, "2028-11-25"},
        {"M-9", "day", "2023-12-01", too_long_ago, "2023-12-02"},
    };
    for (auto const& one : refusals) {
        INFO(one.message, " ", one.field, ": ", one.refused);
        bool const is_in_xml_only = one.refused == "&#9;" || one.refused == "a\u0001b";
        if (one.refused == "a\u0001b") {
            // A sign that XML cannot have at all, and JSON only by its number.
            CHECK(read_xml(set(one.message, one.field, one.refused).xml).error().problem ==
                  FileProblem::not_xml);
            auto const by_number = set(one.message, one.field, "a\\u0001b").json;
            CHECK(faults_in(read_json(by_number), one.message) == only(std::string{one.field}, one.problem));
        } else if (is_in_xml_only) {
            CHECK(faults_in(read_xml(set(one.message, one.field, one.refused).xml), one.message) ==
                  only(std::string{one.field}, one.problem));
        } else {
            CHECK(faults_in(set(one.message, one.field, one.refused), one.message) ==
                  only(std::string{one.field}, one.problem));
        }
        CHECK(faults_in(set(one.message, one.field, one.allowed), one.message) == none);
    }
}

TEST_CASE("an address is right in all its parts, and a Dutch postcode looks like one") {
    using enum Problem;
    CHECK(faults_in(set("M-3", "postcode", "1234"), "M-3") ==
          only("nursing_address.postcode", not_a_postcode));
    CHECK(faults_in(set("M-3", "postcode", "0123 AB"), "M-3") ==
          only("nursing_address.postcode", not_a_postcode));
    CHECK(faults_in(set("M-3", "postcode", "1234AB"), "M-3") == none);
    CHECK(faults_in(set(set("M-3", "country", "BE"), "M-3", "postcode", "1234"), "M-3") == none);
    CHECK(faults_in(set("M-3", "country", "nl"), "M-3") == only("nursing_address.country", not_a_country));
    CHECK(faults_in(without("M-3", "town"), "M-3") == only("nursing_address.town", missing));
    CHECK(
        faults_in(put({}, "M-3", "town", "<town>V</town><ward>4</ward>", "\"town\": \"V\", \"ward\": \"4\""),
                  "M-3") == only("nursing_address.ward", unknown_field));
    Pair const empty_address{with(xml_example(),
                                  xml_example().substr(xml_example().find("<nursing_address>"),
                                                       xml_example().find("<expected_days>") -
                                                           xml_example().find("<nursing_address>")),
                                  "<nursing_address/>"),
                             with(json_example(),
                                  json_example().substr(json_example().find("\"street\""),
                                                        json_example().find("},\n      \"expected_days\"") -
                                                            json_example().find("\"street\"")),
                                  "")};
    CHECK(faults_in(empty_address, "M-3") == only("nursing_address", empty));
    CHECK(faults_in(put({}, "M-5", "nursing_address", "<nursing_address>Dorpsstraat 1</nursing_address>",
                        "\"nursing_address\": \"Dorpsstraat 1\""),
                    "M-5") == only("nursing_address", wrong_type));
}

TEST_CASE("a field that must be there is missed, and one that may be left out is not") {
    struct Field {
        std::string_view message;
        std::string_view name;
    };
    std::vector<std::string> without_it;
    for (auto const& [message, name] :
         {Field{"M-1", "code"},       {"M-1", "name"},           {"M-1", "loonheffingennummer"},
          {"M-2", "employer_code"},   {"M-2", "staff_number"},   {"M-2", "bsn"},
          {"M-2", "last_name"},       {"M-2", "initials"},       {"M-2", "birth_date"},
          {"M-2", "start"},           {"M-3", "first_sick_day"}, {"M-4", "absence"},
          {"M-5", "corrects"},        {"M-6", "absence"},        {"M-6", "first_sick_day"},
          {"M-6", "first_fit_day"},   {"M-7", "withdraws"},      {"M-7", "reason"},
          {"M-8", "document_kind"},   {"M-8", "name"},           {"M-8", "type"},
          {"M-8", "size_bytes"},      {"M-8", "sha256"},         {"M-9", "day"},
          {"M-9", "appointment_kind"}}) {
        INFO(message, " ", name);
        CHECK(faults_in(without(message, name), message) == only(std::string{name}, Problem::missing));
        CHECK_FALSE(are_valid_xml({without(message, name).xml}));
        without_it.push_back(without(message, name).json);
    }
    CHECK(none_is_valid_json(without_it));
    for (auto const& [message, name] : {Field{"M-2", "prefix"},
                                        {"M-2", "end"},
                                        {"M-2", "department"},
                                        {"M-2", "weekly_hours"},
                                        {"M-3", "ground"},
                                        {"M-3", "phone"},
                                        {"M-3", "expected_days"},
                                        {"M-3", "safety_net"},
                                        {"M-3", "work_accident"},
                                        {"M-3", "traffic_accident_third_party"},
                                        {"M-3", "running_work"},
                                        {"M-4", "phone"},
                                        {"M-8", "absence"},
                                        {"M-9", "absence"}}) {
        INFO(message, " ", name);
        CHECK(faults_in(without(message, name), message) == none);
    }
}

TEST_CASE("a field for a cause of illness is refused by its name, wherever it stands") {
    std::vector<std::string> with_it;
    for (auto const* name :
         {"cause", "diagnosis", "oorzaak", "remarks", "medical_appointment", "percentage"}) {
        INFO(name);
        for (auto const* after : {"first_sick_day", "running_work"}) {
            auto const value = after == std::string_view{"running_work"} ? "true" : "2026-11-23";
            auto const quote = after == std::string_view{"running_work"} ? "" : "\"";
            auto const pair =
                put({}, "M-3", after, fmt::format("<{0}>{1}</{0}><{2}>griep</{2}>", after, value, name),
                    fmt::format("\"{0}\": {3}{1}{3}, \"{2}\": \"griep\"", after, value, name, quote));
            CHECK(faults_in(pair, "M-3") == only(name, Problem::unknown_field));
            CHECK_FALSE(are_valid_xml({pair.xml}));
            with_it.push_back(pair.json);
        }
    }
    CHECK(none_is_valid_json(with_it));
    // As an attribute, as an element with fields of its own, and as a null.
    CHECK(faults_in(read_xml(with(xml_example(), "<absence_start id=\"M-3\">",
                                  "<absence_start id=\"M-3\" diagnosis=\"griep\">")),
                    "M-3") == only("diagnosis", Problem::unknown_field));
    CHECK(faults_in(read_xml(with(xml_example(), "<phone>", "<phone note=\"griep\">")), "M-3") ==
          only("phone.note", Problem::unknown_field));
    CHECK(faults_in(
              read_json(with(json_example(), "\"ground\"", "\"cause\": {\"code\": {\"a\": []}}, \"ground\"")),
              "M-3") == only("cause", Problem::unknown_field));
    CHECK(faults_in(read_json(with(json_example(), "\"ground\"", "\"cause\": null, \"ground\"")), "M-3") ==
          only("cause", Problem::unknown_field));
    // A comment is nobody's field, and is read by nobody.
    CHECK(faults_in(read_xml(with(xml_example(), "<ground>", "<!-- griep --><ground>")), "M-3") == none);
}

TEST_CASE("a name that does not look like one of a field is not repeated") {
    auto const named = [](std::string const& name) {
        return faults_in(read_json(with(json_example(), "\"ground\"", "\"" + name + "\": 1, \"ground\"")),
                         "M-3");
    };
    CHECK(named("999990019") == only("field 4", Problem::unknown_field));
    CHECK(named("Jansen heeft griep") == only("field 4", Problem::unknown_field));
    CHECK(named(std::string(41, 'n')) == only("field 4", Problem::unknown_field));
    CHECK(named("") == only("field 4", Problem::unknown_field));
    CHECK(named("line_2") == only("line_2", Problem::unknown_field));
}

TEST_CASE("text outside of the fields is refused") {
    CHECK(faults_in(read_xml(with(xml_example(), "<ground>", "griep <ground>")), "M-3") ==
          only("", Problem::misplaced_text));
    CHECK(faults_in(read_xml(with(xml_example(), "<town>", "naast de kerk <town>")), "M-3") ==
          only("nursing_address", Problem::misplaced_text));
}

TEST_CASE("what a message leaves out changes nothing, and only a mark clears") {
    using enum Problem;
    auto const file = read_xml(xml_example());
    REQUIRE(file);
    auto const all = messages_of(*file);
    auto const& change = std::get<AbsenceChange>(all[3].content);
    CHECK(change.phone.clears());
    CHECK_FALSE(change.nursing_address.says_something());

    CHECK(faults_in(put({}, "M-4", "phone", "<phone></phone>", "\"phone\": \"\""), "M-4") ==
          only("phone", empty));
    CHECK(faults_in(put({}, "M-4", "phone", "<phone>06-1</phone>", "\"phone\": \"06-1\""), "M-4") == none);
    for (auto const* mark : {"<phone clear=\"yes\"/>", "<phone clear=\"true\">06-1</phone>",
                             "<phone clear=\"false\"/>", "<phone clear=\"\"/>"}) {
        CHECK(faults_in(read_xml(with(xml_example(), "<phone clear=\"true\"/>", mark)), "M-4") ==
              only("phone", clear_unusable));
    }
    CHECK(
        faults_in(read_xml(with(xml_example(), "<phone clear=\"true\"/>", "<phone clear=\"true\"> </phone>")),
                  "M-4") == none);
    // Where clearing makes no sense.
    for (auto const* field : {"first_sick_day", "ground", "phone", "expected_days", "work_accident"}) {
        CHECK(faults_in(put({}, "M-3", field, fmt::format("<{} clear=\"true\"/>", field),
                            fmt::format("\"{}\": null", field)),
                        "M-3") == only(field, cannot_be_cleared));
    }
    CHECK(faults_in(
              put({}, "M-4", "work_accident", "<work_accident clear=\"true\"/>", "\"work_accident\": null"),
              "M-4") == only("work_accident", cannot_be_cleared));
    CHECK(faults_in(put({}, "M-5", "first_sick_day", "<first_sick_day clear=\"true\"/>",
                        "\"first_sick_day\": null"),
                    "M-5") == only("first_sick_day", cannot_be_cleared));
}

TEST_CASE("a change or a correction that says nothing is refused") {
    auto change = absence_change();
    change.phone = {};
    change.expected_days = {};
    CHECK(check(message(change), today()) == none);
    change.work_accident = std::nullopt;
    CHECK(check(message(change), today()) == only("", Problem::says_nothing));
    change.expected_days = Told<std::uint32_t>::cleared();
    CHECK(check(message(change), today()) == none);

    auto correction = absence_correct();
    correction.nursing_address = {};
    CHECK(check(message(correction), today()) == none);
    correction.first_sick_day = {};
    CHECK(check(message(correction), today()) == only("", Problem::says_nothing));
    auto const nothing = put(put({}, "M-5", "first_sick_day", {}, {}), "M-5", "nursing_address", {}, {});
    CHECK(faults_in(nothing, "M-5") == only("", Problem::says_nothing));
}

TEST_CASE("a correction has its two days in order when it has both") {
    auto correction = absence_correct();
    correction.first_fit_day = day("2026-11-24");
    CHECK(check(message(correction), today()) == only("first_fit_day", Problem::fit_not_after_sick));
    correction.first_fit_day = day("2026-11-25");
    CHECK(check(message(correction), today()) == none);
    correction.first_sick_day = {};
    correction.first_fit_day = day("2023-12-02");
    CHECK(check(message(correction), today()) == none);
    correction.first_fit_day = day("2023-12-01");
    CHECK(check(message(correction), today()) == only("first_fit_day", Problem::too_long_ago));
}

TEST_CASE("a job starts a year ahead at most") {
    auto job = employment();
    job.end = {};
    job.start = today().plus_days(furthest_start_days);
    CHECK(check(message(job), today()) == none);
    job.start = job.start.plus_days(1);
    CHECK(check(message(job), today()) == only("start", Problem::too_far_ahead));
}

TEST_CASE("today is the day in the Netherlands on which the file was made") {
    // Half past midnight in the Netherlands, in winter.
    auto const late = with(with(xml_example(), "2026-11-28T08:30:00.000000Z", "2026-11-28T23:30:00Z"),
                           "<first_sick_day>2026-11-23", "<first_sick_day>2026-11-29");
    CHECK(faults_in(read_xml(late), "M-3") == none);
    auto const earlier = with(late, "T23:30", "T22:30");
    CHECK(faults_in(read_xml(earlier), "M-3") == only("first_sick_day", Problem::in_the_future));
}

TEST_CASE("a field that stands there twice is refused, also when both say the same") {
    auto const pair =
        put({}, "M-3", "first_sick_day",
            "<first_sick_day>2026-11-23</first_sick_day><first_sick_day>2026-11-23</first_sick_day>",
            R"("first_sick_day": "2026-11-23", "first_sick_day": "2026-11-23")");
    CHECK(faults_in(pair, "M-3") == only("first_sick_day", Problem::twice));
    CHECK(faults_in(read_json(with(json_example(), R"("id": "M-3")", R"("id": "M-3", "id": "M-3")")),
                    "M-3") == only("id", Problem::twice));
}

TEST_CASE("a value of another type than its field is refused in JSON") {
    struct Change {
        char const* from;
        char const* to;
        char const* message;
        char const* field;
    };
    for (auto const& [from, to, message, field] :
         {Change{R"("expected_days": 21)", R"("expected_days": "21")", "M-3", "expected_days"},
          {R"("running_work": true)", R"("running_work": "true")", "M-3", "running_work"},
          {R"("running_work": true)", R"("running_work": 1)", "M-3", "running_work"},
          {R"("bsn": "999990019")", R"("bsn": 999990019)", "M-2", "bsn"},
          {R"("town": "Voorbeeldstad")", R"("town": ["Voorbeeldstad"])", "M-3", "nursing_address.town"},
          {R"("ground": "contract_ended")", R"("ground": {"code": "contract_ended"})", "M-3", "ground"}}) {
        INFO(to);
        CHECK(faults_in(read_json(with(json_example(), from, to)), message) ==
              only(field, Problem::wrong_type));
    }
    CHECK(faults_in(read_xml(with(xml_example(), "<ground>contract_ended</ground>",
                                  "<ground><code>contract_ended</code></ground>")),
                    "M-3") == only("ground", Problem::wrong_type));
}

TEST_CASE("a message has a usable id and a known kind, and the others of its file count") {
    struct Change {
        std::string xml;
        std::string json;
        std::vector<Fault> faults;
    };
    std::string const in_xml = "<employer id=\"M-1\">";
    std::string const in_json = "\"kind\": \"employer\",\n      \"id\": \"M-1\"";
    for (auto const& [xml, json, faults] :
         {Change{"<employer>", R"("kind": "employer")", only("id", Problem::missing)},
          {"<employer id=\"\">", R"("kind": "employer", "id": "")", only("id", Problem::empty)},
          {"<employer id=\"M 1\">", R"("kind": "employer", "id": "M 1")",
           only("id", Problem::not_an_identifier)}}) {
        INFO(xml);
        auto const from_xml = read_xml(with(xml_example(), in_xml, xml));
        auto const from_json = read_json(with(json_example(), in_json, json));
        REQUIRE((from_xml && from_json));
        CHECK(*from_xml == *from_json);
        CHECK(from_xml->entries.size() == message_kind_count);
        CHECK_FALSE(from_xml->entries[0].id);
        CHECK(from_xml->entries[0].message.error() == faults);
        CHECK(from_xml->entries[1].message);
    }
    auto const diagnosis =
        with(with(xml_example(), in_xml, "<diagnosis id=\"M-1\">"), "</employer>", "</diagnosis>");
    CHECK(faults_in(read_xml(diagnosis), "M-1") == only("diagnosis", Problem::unknown_kind));
    CHECK(faults_in(read_json(with(json_example(), "\"employer\"", "\"diagnosis\"")), "M-1") ==
          only("kind", Problem::unknown_kind));
    auto const bare = read_json(with(json_example(), "\"messages\": [", "\"messages\": [7, null, [], {},"));
    REQUIRE(bare);
    CHECK(bare->entries[0].message.error() == only("", Problem::wrong_type));
    CHECK(bare->entries[1].message.error() == only("", Problem::wrong_type));
    CHECK(bare->entries[2].message.error() == only("", Problem::wrong_type));
    CHECK(bare->entries[3].message.error() ==
          std::vector<Fault>{{"id", Problem::missing}, {"kind", Problem::missing}});
    CHECK(bare->entries[4].message);
}

TEST_CASE("every fault of a message is told at once, one for each field") {
    auto pair = set("M-2", "bsn", "123456789");
    pair = set(pair, "M-2", "start", "1979-01-01");
    pair = set(pair, "M-2", "weekly_hours", "99");
    pair = put(pair, "M-2", "initials", {}, {});
    CHECK(faults_in(pair, "M-2") == std::vector<Fault>{{"bsn", Problem::not_a_bsn},
                                                       {"initials", Problem::missing},
                                                       {"weekly_hours", Problem::out_of_range},
                                                       {"start", Problem::before_birth}});
    std::string many;
    for (int i = 0; i < 100; ++i) many += "<cause/>";
    auto const faults = faults_in(read_xml(with(xml_example(), "<ground>", many + "<ground>")), "M-3");
    CHECK(faults.size() == most_faults);
}

TEST_CASE("a text is kept trimmed and in normal form C") {
    auto const decomposed = set("M-2", "last_name", "  Ja\u0301nsen\u00A0");
    auto const from_xml = read_xml(decomposed.xml);
    auto const from_json = read_json(decomposed.json);
    REQUIRE((from_xml && from_json));
    CHECK(*from_xml == *from_json);
    CHECK(std::get<Employment>(messages_of(*from_xml)[1].content).last_name == "J\u00E1nsen");

    auto job = employment();
    job.last_name = "Ja\u0301nsen";
    CHECK(check(message(job), today()) == only("last_name", Problem::not_text));
    job.last_name = "J\u00E1nsen";
    CHECK(check(message(job), today()) == none);
    job.last_name = "\xFF";
    CHECK(check(message(job), today()) == only("last_name", Problem::not_text));
}

TEST_CASE("every problem has a code of its own and a sentence in both languages") {
    std::vector<std::string_view> codes;
    for (std::size_t i = 0; i < problem_count; ++i) codes.push_back(name_of(static_cast<Problem>(i)));
    for (std::size_t i = 0; i < file_problem_count; ++i)
        codes.push_back(name_of(static_cast<FileProblem>(i)));
    for (std::size_t i = 0; i < problem_count; ++i) {
        auto const sentence = sentence_for(static_cast<Problem>(i));
        CHECK((sentence.dutch.ends_with('.') && sentence.english.ends_with('.')));
        CHECK(sentence.dutch != sentence.english);
    }
    for (std::size_t i = 0; i < file_problem_count; ++i) {
        auto const sentence = sentence_for(static_cast<FileProblem>(i));
        CHECK((sentence.dutch.ends_with('.') && sentence.english.ends_with('.')));
    }
    std::ranges::sort(codes);
    // "empty" is said of a field and of a file.
    auto const first_again = std::ranges::adjacent_find(codes);
    REQUIRE(first_again != codes.end());
    CHECK(*first_again == "empty");
    CHECK(std::adjacent_find(first_again + 1, codes.end()) == codes.end());
}
