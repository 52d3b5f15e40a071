#include "cases/sick_report.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "base/log.h"

using namespace klout7;
using namespace klout7::cases;

namespace {

LocalDate day(std::string_view iso) { return LocalDate::parse_iso(iso).value(); }
auto const today = day("2026-11-23");

SickReportInput good() {
    SickReportInput input;
    input.employer = "AAA";
    input.staff_number = "AAA0000001";
    input.bsn = "999990019";
    input.last_name = "Voorbeeld";
    input.prefix = "van der";
    input.initials = "J.";
    input.birth_date = "1980-02-29";
    input.first_sick_day = "2026-11-20";
    input.ground = "a";
    return input;
}

/// The problems of the good report with one field changed: "" when there is none.
std::string problem_of(Field field, std::string text, SickReportInput input = good()) {
    input[field] = std::move(text);
    auto const report = check(input, today);
    if (report) return {};
    std::string all;
    for (auto const& each : report.error()) {
        if (!all.empty()) all += ' ';
        if (each.field != field) all += std::string{name_of(each.field)} + ":";
        all += name_of(each.problem);
    }
    return all;
}

SickReport with(Field field, std::string text) {
    auto input = good();
    input[field] = std::move(text);
    return check(input, today).value();
}

std::string times(std::size_t count, std::string_view text) {
    std::string all;
    while (count-- > 0) all += text;
    return all;
}

}  // namespace

// Nothing of a report can stand in a log line.
static_assert(!Loggable<SickReport> && !Loggable<SickReportInput> && !Loggable<FieldProblem>);
static_assert(!Loggable<Bsn> && !Loggable<std::string> && Loggable<CaseId>);

TEST_CASE("a good report becomes dates, numbers and choices") {
    auto input = good();
    input.employment_end = "20-11-2026";
    input.expected_days = "14";
    input.safety_net = "ja";
    input.work_accident = "nee";
    input.phone = "+31 (0)6-00123456";
    input.nursing_address = "Kerkstraat 1,\r\n1234 AB Proefwijk";
    auto const report = check(input, today).value();
    CHECK(report.bsn == Bsn::parse("999990019").value());
    CHECK(report.birth_date == day("1980-02-29"));
    CHECK(report.first_sick_day == day("2026-11-20"));
    CHECK(report.employment_end == day("2026-11-20"));
    CHECK(report.ground == Ground::fictitious_employment);
    CHECK(report.expected_days == 14);
    CHECK(report.safety_net == true);
    CHECK(report.work_accident == false);
    CHECK(report.traffic_accident_third_party == std::nullopt);
    CHECK(report.nursing_address == "Kerkstraat 1, 1234 AB Proefwijk");
}

TEST_CASE("a report without what is needed names each missing field in order") {
    auto const report = check({}, today);
    REQUIRE_FALSE(report);
    CHECK(report.error() == std::vector<FieldProblem>{{Field::employer, Problem::missing},
                                                      {Field::bsn, Problem::missing},
                                                      {Field::last_name, Problem::missing},
                                                      {Field::birth_date, Problem::missing},
                                                      {Field::first_sick_day, Problem::missing},
                                                      {Field::ground, Problem::missing}});
    CHECK(problem_of(Field::last_name, " \t ") == "missing");
    CHECK(problem_of(Field::last_name, "\u00A0") == "missing");
    CHECK(problem_of(Field::initials, "") == "");
}

TEST_CASE("what a field may say and what it may not") {
    struct Row {
        Field field;
        std::string text;
        std::string_view problem;
        char const* why;
    };
    using enum Field;
    Row const rows[] = {
        {bsn, "999990019", "", "passes the eleven-test"},
        {bsn, " 999990019 ", "", "white space around it"},
        {bsn, "12345672", "", "eight digits: a leading zero"},
        {bsn, "999990018", "not_a_bsn", "fails the eleven-test"},
        {bsn, "999.990.019", "not_a_bsn", "no dots"},
        {bsn, "000000000", "not_a_bsn", "all zeros"},
        {bsn, "griep", "not_a_bsn", "no number"},
        {bsn, "\xFF", "not_a_bsn", "no text"},

        {first_sick_day, "2026-11-23", "", "today"},
        {first_sick_day, "2026-11-24", "in_the_future", "tomorrow"},
        {first_sick_day, "2026-11-22", "", "yesterday"},
        {first_sick_day, "22-11-2026", "", "day first"},
        {first_sick_day, "1-2-2026", "", "without zeros"},
        {first_sick_day, "01/02/2026", "", "with slashes"},
        {first_sick_day, "30-02-2026", "not_a_date", "30 February"},
        {first_sick_day, "2026-02-30", "not_a_date", "30 February, year first"},
        {first_sick_day, "29-02-2026", "not_a_date", "29 February in a common year"},
        {first_sick_day, "29-02-2024", "", "29 February in a leap year"},
        {first_sick_day, "11/23/2026", "not_a_date", "month first"},
        {first_sick_day, "22-11-26", "not_a_date", "two digits of a year"},
        {first_sick_day, "22-11/2026", "not_a_date", "two separators"},
        {first_sick_day, "2026-1-2", "not_a_date", "ISO asks two digits"},
        {first_sick_day, "22-11-2026 00:00", "not_a_date", "a time behind it"},
        {first_sick_day, "46349", "not_a_date", "a spreadsheet's day number"},
        {first_sick_day, "--", "not_a_date", "no digits"},
        {first_sick_day, "2023-11-26", "too_long_ago", "156 weeks and a day"},

        {birth_date, "2026-11-24", "in_the_future first_sick_day:before_birth", "born tomorrow"},
        {birth_date, "2026-11-20", "first_sick_day:before_birth", "ill on the day of birth"},
        {birth_date, "2026-11-19", "", "ill the day after"},
        {birth_date, "1900-01-01", "too_long_ago", "more than 120 years"},
        {birth_date, "1919-04-31", "not_a_date", "31 April"},

        {ground, "b", "employment_end:missing", "nawerking asks the end of the employment"},
        {ground, "C", "employment_end:missing", "a contract that ended too"},
        {ground, "Fictieve dienstbetrekking", "", "in words"},
        {ground, "d", "not_a_choice", "no such group"},
        {ground, "zwangerschap", "not_a_choice", "the employer may not say which safety net"},
        {ground, "orgaandonatie", "not_a_choice", "nor this one"},
        {ground, "no-risk", "not_a_choice", "nor this one here"},

        {safety_net, "ja", "", ""},
        {safety_net, "NEE", "", ""},
        {safety_net, "yes", "", ""},
        {safety_net, "0", "", ""},
        {safety_net, "True", "", ""},
        {safety_net, "", "", "not said"},
        {safety_net, "zwanger", "not_yes_or_no", "which one is not asked"},
        {running_work, "overdracht klanten", "not_yes_or_no", "no free text"},
        {work_accident, "2", "not_yes_or_no", ""},

        {expected_days, "1", "", ""},
        {expected_days, "728", "", "104 weeks"},
        {expected_days, "0", "out_of_range", ""},
        {expected_days, "729", "out_of_range", ""},
        {expected_days, "99999999999999999999", "out_of_range", "more than a number holds"},
        {expected_days, "-3", "not_a_number", ""},
        {expected_days, "twee weken", "not_a_number", ""},
        {expected_days, "1,5", "not_a_number", ""},

        {phone, "06-00123456", "", ""},
        {phone, "06+00123456", "not_a_phone_number", "a plus stands in front"},
        {phone, "heeft griep", "not_a_phone_number", "no way for a cause"},
        {phone, "---", "not_a_phone_number", "no digit"},
        {phone, times(30, "1"), "", "30 characters"},
        {phone, times(31, "1"), "too_long", "31"},

        {last_name, times(200, "a"), "", "200 characters"},
        {last_name, times(201, "a"), "too_long", "201"},
        {last_name, times(200, "\u00E9"), "", "200 code points, 400 bytes"},
        {last_name, times(200, "e\u0301"), "", "200 once composed"},
        {last_name, times(201, "e\u0301"), "too_long", "201 once composed"},
        {last_name, "Jan\xC3", "not_text", "cut off UTF-8"},
        {last_name, "Jan\xE9", "not_text", "Latin-1"},
        {last_name, "\xC0\xAF", "not_text", "overlong UTF-8"},
        {last_name, "Jan\nsen", "not_text", "a line break in a name"},
        {last_name, std::string("Jan\0sen", 7), "not_text", "NUL"},
        {last_name, "Jan\x7F", "not_text", "DEL"},
        {last_name, "Jan\u0085sen", "not_text", "a control character of C1"},
        {last_name, "Jan\u202Ensen", "not_text", "turns the text around"},
        {last_name, "Jan\u2066sen", "not_text", "isolates"},
        {last_name, "Nguy\u1EC5n \u2019t Hoen", "", "an apostrophe of the same block"},
        {prefix, times(20, "a"), "", ""},
        {prefix, times(21, "a"), "too_long", ""},
        {initials, times(20, "a"), "", ""},
        {initials, times(21, "a"), "too_long", ""},
        {staff_number, times(40, "a"), "", ""},
        {staff_number, times(41, "a"), "too_long", ""},
        {nursing_address, times(300, "a"), "", ""},
        {nursing_address, times(301, "a"), "too_long", ""},
        {nursing_address, "Kerkstraat\t1", "not_text", "a tab"},
        {employer, "", "missing", ""},
    };
    for (auto const& row : rows) {
        CAPTURE(name_of(row.field));
        CAPTURE(row.why);
        CHECK(problem_of(row.field, row.text) == row.problem);
    }
}

TEST_CASE("a first sick day lies at most 156 weeks back") {
    CHECK(problem_of(Field::first_sick_day, today.plus_weeks(-156).to_string()) == "");
    CHECK(problem_of(Field::first_sick_day, today.plus_weeks(-156).plus_days(1).to_string()) == "");
    CHECK(problem_of(Field::first_sick_day, today.plus_weeks(-156).plus_days(-1).to_string()) ==
          "too_long_ago");
}

TEST_CASE("the end of the employment agrees with the ground") {
    auto const problem = [](char const* ground, char const* end) {
        auto input = good();
        input.ground = ground;
        return problem_of(Field::employment_end, end, input);
    };
    // ill on 20 November
    CHECK(problem("b", "2026-11-19") == "");
    CHECK(problem("b", "2026-11-20") == "end_not_before_sick_day");
    CHECK(problem("b", "2026-11-21") == "end_not_before_sick_day");
    CHECK(problem("b", "2026-10-01") == "");  // more than four weeks: a decision refuses it, with reasons
    CHECK(problem("c", "2026-11-19") == "end_before_sick_day");
    CHECK(problem("c", "2026-11-20") == "");
    CHECK(problem("c", "2027-03-31") == "");
    CHECK(problem("c", "2126-11-20") == "out_of_range");
    CHECK(problem("a", "2026-11-19") == "");
    CHECK(problem("a", "") == "");
    CHECK(problem("b", "") == "missing");
    CHECK(problem("b", "gisteren") == "not_a_date");
    CHECK(problem("x", "2026-11-19") == "ground:not_a_choice");
}

TEST_CASE("texts are kept trimmed and in normal form C") {
    CHECK(with(Field::last_name, "  Citroe\u0308n \u00A0").last_name == "Citro\u00EBn");
    CHECK(with(Field::nursing_address, "a\n\n\rb").nursing_address == "a b");
    CHECK(with(Field::last_name, "=1+1").last_name == "=1+1");
}

TEST_CASE("all problems of a report are told at once") {
    auto input = good();
    input.bsn = "123456789";
    input.last_name = times(201, "x");
    input.first_sick_day = "2027-01-01";
    input.ground = "z";
    auto const report = check(input, today);
    REQUIRE_FALSE(report);
    CHECK(report.error() == std::vector<FieldProblem>{{Field::bsn, Problem::not_a_bsn},
                                                      {Field::last_name, Problem::too_long},
                                                      {Field::first_sick_day, Problem::in_the_future},
                                                      {Field::ground, Problem::not_a_choice}});
}

TEST_CASE("grounds read as letter, code or Dutch word and in no other way") {
    for (auto const ground : all_grounds) CHECK(parse_ground(name_of(ground)) == ground);
    CHECK(parse_ground("A") == Ground::fictitious_employment);
    CHECK(parse_ground("nawerking") == Ground::after_insurance);
    CHECK(parse_ground("Einde-Dienstverband") == Ground::contract_ended);
    CHECK_FALSE(parse_ground("29a"));
    CHECK_FALSE(parse_ground(""));
}

TEST_CASE("every problem has a code of its own and a sentence in both languages") {
    std::set<std::string_view> codes;
    for (std::size_t i = 0; i < problem_count; ++i) {
        auto const problem = static_cast<Problem>(i);
        CHECK(codes.insert(name_of(problem)).second);
        for (auto const language : {Language::dutch, Language::english})
            CHECK(text_for(problem, language).ends_with('.'));
        CHECK(text_for(problem, Language::dutch) != text_for(problem, Language::english));
    }
    CHECK(codes.size() == static_cast<std::size_t>(Problem::nul_byte) + 1);
}

TEST_CASE("a text reaches the field of its name") {
    SickReportInput input;
    for (std::size_t i = 0; i < field_count; ++i)
        input[static_cast<Field>(i)] = std::string{name_of(static_cast<Field>(i))};
    CHECK(input.employer == "employer");
    CHECK(input.first_sick_day == "first_sick_day");
    CHECK(input.traffic_accident_third_party == "traffic_accident_third_party");
    CHECK(input.running_work == "running_work");
}
