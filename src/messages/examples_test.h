#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "base/testing_folder.h"
#include "messages/message_file.h"

/// For the tests of this module: one message of each kind, about people who do not exist.
namespace klout7::messages::examples {

inline LocalDate day(std::string_view text) { return LocalDate::parse_iso(text).value(); }
inline MessageId id(std::string_view text) { return MessageId::parse(text).value(); }

inline Envelope envelope() {
    return {"hr-voorbeeld", MessageFileId::parse("2026-11-28-0001").value(),
            Instant::from_microseconds(1'795'854'600'000'000)};  // 2026-11-28T08:30:00Z
}

inline Employer employer() {
    return {"VBD", "Voorbeeld & Dochters B.V.", Loonheffingennummer::parse("123456782L01").value()};
}
inline Employment employment() {
    return {.employer_code = "VBD",
            .staff_number = "VBD-0117",
            .bsn = Bsn::parse("999990019").value(),
            .last_name = "Jánsen-Özdemir",
            .prefix = std::string{"van der"},
            .initials = "J.M.",
            .birth_date = day("1980-02-29"),
            .start = day("2024-03-01"),
            .end = day("2026-11-30"),
            .department = std::string{"Magazijn <Noord>"},
            .weekly_hours = WeeklyHours{36'50}};
}
inline NursingAddress address() { return {"Voorbeeldlaan", "12-A", "1234 AB", "Voorbeeldstad", "NL"}; }
inline AbsenceStart absence_start() {
    return {.employer_code = "VBD",
            .staff_number = "VBD-0117",
            .first_sick_day = day("2026-11-23"),
            .ground = Ground::contract_ended,
            .phone = "06-00123456",
            .nursing_address = address(),
            .expected_days = 21,
            .safety_net = false,
            .work_accident = false,
            .traffic_accident_third_party = true,
            .running_work = true};
}
inline AbsenceChange absence_change() {
    return {.absence = id("M-3"),
            .phone = Told<std::string>::cleared(),
            .nursing_address = {},
            .expected_days = 42,
            .safety_net = {},
            .work_accident = true,
            .traffic_accident_third_party = {},
            .running_work = {}};
}
inline AbsenceCorrect absence_correct() {
    return {.corrects = id("M-3"),
            .first_sick_day = day("2026-11-24"),
            .first_fit_day = {},
            .ground = {},
            .phone = {},
            .nursing_address = Told<NursingAddress>::cleared(),
            .expected_days = {},
            .safety_net = {},
            .work_accident = {},
            .traffic_accident_third_party = {},
            .running_work = {}};
}
inline AbsenceEnd absence_end() { return {id("M-3"), day("2026-11-24"), day("2026-11-30")}; }
inline AbsenceDelete absence_delete() { return {id("M-6"), WithdrawalReason::reported_in_error}; }
inline DocumentReference document() {
    return {
        .employer_code = "VBD",
        .staff_number = "VBD-0117",
        .absence = id("M-3"),
        .document_kind = DocumentKind::plan_of_action,
        .name = "plan-van-aanpak.pdf",
        .type = FileType::pdf,
        .size_bytes = 48'213,
        // Of "abc": FIPS 180-2, B.1.
        .sha256 = Sha256::parse("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad").value()};
}
inline Appointment appointment() {
    return {"VBD", "VBD-0117", id("M-3"), day("2026-12-03"), AppointmentKind::talk_with_case_manager};
}

/// In the order in which a file may have them.
inline std::vector<Message> one_of_each() {
    return {{id("M-1"), employer()},       {id("M-2"), employment()},      {id("M-3"), absence_start()},
            {id("M-4"), absence_change()}, {id("M-5"), absence_correct()}, {id("M-6"), absence_end()},
            {id("M-7"), absence_delete()}, {id("M-8"), document()},        {id("M-9"), appointment()}};
}

inline std::string content_of(std::string const& path) {
    std::ifstream in{path};
    REQUIRE_MESSAGE(in, path);
    return {std::istreambuf_iterator<char>{in}, {}};
}
inline std::string xml_example() { return content_of(KLOUT7_VECTORS "/one_of_each.xml"); }
inline std::string json_example() { return content_of(KLOUT7_VECTORS "/one_of_each.json"); }

inline std::string with(std::string text, std::string_view from, std::string_view to) {
    auto const at = text.find(from);
    REQUIRE_MESSAGE(at != std::string::npos, from);
    return text.replace(at, from.size(), to);
}

/// Whether a program takes these files, whose paths stand behind its words.
inline bool takes(std::string const& words, std::vector<std::string> const& files) {
    TestingFolder const folder;
    std::string paths;
    for (std::size_t i = 0; i < files.size(); ++i) {
        auto const path = folder.path() / std::to_string(i);
        std::ofstream{path} << files[i];
        paths += ' ' + path.string();
    }
    return std::system((words + paths + " >/dev/null 2>&1").c_str()) == 0;
}
inline bool are_valid_xml(std::vector<std::string> const& files) {
    return takes("xmllint --noout --schema " KLOUT7_SCHEMAS "/klout7-messages-1.xsd", files);
}
inline bool are_valid_json(std::vector<std::string> const& files) {
    return takes("python3 " KLOUT7_JSON_SCHEMA " all " KLOUT7_SCHEMAS "/klout7-messages-1.schema.json",
                 files);
}
inline bool none_is_valid_json(std::vector<std::string> const& files) {
    return takes("python3 " KLOUT7_JSON_SCHEMA " none " KLOUT7_SCHEMAS "/klout7-messages-1.schema.json",
                 files);
}

/// The messages of a file, all of which are good.
inline std::vector<Message> messages_of(MessageFile const& file) {
    std::vector<Message> all;
    for (auto const& entry : file.entries) {
        REQUIRE(entry.message);
        all.push_back(*entry.message);
    }
    return all;
}

}  // namespace klout7::messages::examples

/// How doctest prints what a test compares.
namespace doctest {
template <>
struct StringMaker<klout7::messages::Fault> {
    static String convert(klout7::messages::Fault const& fault) {
        return (fault.field + ": " + std::string{name_of(fault.problem)}).c_str();
    }
};
template <>
struct StringMaker<std::vector<klout7::messages::Fault>> {
    static String convert(std::vector<klout7::messages::Fault> const& faults) {
        std::string all;
        for (auto const& one : faults) all += one.field + ": " + std::string{name_of(one.problem)} + "; ";
        return all.c_str();
    }
};
template <>
struct StringMaker<klout7::messages::FileFault> {
    static String convert(klout7::messages::FileFault const& fault) {
        return (std::string{name_of(fault.problem)} + " in \"" + fault.part + "\" of " +
                (fault.message ? std::to_string(*fault.message) : "the file"))
            .c_str();
    }
};
}  // namespace doctest
