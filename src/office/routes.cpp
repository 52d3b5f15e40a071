#include "routes.h"

#include <fmt/format.h>

#include <charconv>

#include "actions/absence_figures.h"
#include "actions/assign_doctor.h"
#include "actions/do_task.h"
#include "actions/import_reports.h"
#include "actions/list_cases.h"
#include "actions/open_case.h"
#include "actions/read_letters.h"
#include "actions/report_recovery.h"
#include "actions/report_sick.h"
#include "api/accounts.h"
#include "api/documents.h"
#include "api/drafts.h"
#include "api/service_accounts.h"
#include "paper_routes.h"
#include "payment_routes.h"
#include "people/employers.h"
#include "transport/client_certificate.h"

namespace klout7::office {
namespace {

using access::Action;
using access::Given;
using access::Resource;
using api::json_answer;
using api::JsonInput;
using api::Result;
using api::to_json;
using transport::Method;
namespace json = api::json;
using Call = api::Call<OfficeZone>;
using Office = actions::Office;

json::value plain(std::optional<bool> answer) { return answer ? json::value(*answer) : json::value(nullptr); }

json::value next_step_json(std::optional<cases::NextStep> const& next) {
    if (!next) return nullptr;
    return json::object{{"task", next->task.text()},
                        {"kind", cases::name_of(next->task.kind)},
                        {"due", to_json(next->due)},
                        {"party", cases::name_of(cases::party_of(next->task.kind))}};
}

json::object row_json(cases::CaseRow const& row) {
    return {{"case", to_json(row.id)},
            {"first_sick_day", to_json(row.first_sick_day)},
            {"received_at", to_json(row.received_at)},
            {"case_manager", to_json(row.case_manager)},
            {"doctor", to_json(row.doctor)},
            {"number", row.number ? json::value(row.number->text()) : json::value(nullptr)},
            {"next_step", next_step_json(row.next)},
            {"recovered_from", to_json(row.recovered_from)}};
}

json::object recovery_json(cases::Recovery const& recovery) {
    return {{"first_fit_day", to_json(recovery.first_fit_day)},
            {"by", cases::name_of(recovery.by)},
            {"reported_at", to_json(recovery.reported_at)}};
}

json::object case_json(actions::OpenedCase const& opened) {
    auto const& who = opened.person;
    auto const& details = opened.details;
    auto body = row_json(opened.row);
    // What counts, in the place of what lists have.
    bool const is_recovered = opened.recovery && opened.recovery->first_fit_day;
    body["recovered_from"] = is_recovered ? to_json(opened.recovery->first_fit_day) : json::value(nullptr);
    body["recovery"] = is_recovered ? json::value(recovery_json(*opened.recovery)) : json::value(nullptr);
    body["version"] = opened.row.version;
    body["person"] = json::object{{"id", to_json(opened.row.person)},
                                  {"bsn", who.bsn.text()},
                                  {"staff_number", who.staff_number},
                                  {"last_name", who.last_name},
                                  {"prefix", who.prefix},
                                  {"initials", who.initials},
                                  {"birth_date", to_json(who.birth_date)},
                                  {"phone", who.phone}};
    body["ground"] = cases::name_of(details.ground);
    body["employment_end"] = to_json(details.employment_end);
    body["phone"] = details.phone;
    body["nursing_address"] = details.nursing_address;
    body["expected_days"] =
        details.expected_days ? json::value(*details.expected_days) : json::value(nullptr);
    body["safety_net"] = plain(details.safety_net);
    body["work_accident"] = plain(details.work_accident);
    body["traffic_accident_third_party"] = plain(details.traffic_accident_third_party);
    body["running_work"] = plain(details.running_work);
    json::array deadlines;
    for (auto const& [deadline, task, done_on] : opened.steps) {
        deadlines.push_back(json::object{{"task", task ? json::value(task->text()) : json::value(nullptr)},
                                         {"done_on", to_json(done_on)},
                                         {"kind", cases::name_of(deadline.kind)},
                                         {"due", to_json(deadline.due)},
                                         {"party", cases::name_of(deadline.party)},
                                         {"source", deadline.source},
                                         {"certainty", cases::name_of(deadline.certainty)}});
    }
    body["deadlines"] = std::move(deadlines);
    return body;
}

/// "2026-11-24~<case id>"
std::optional<cases::CaseCursor> parse_cursor(std::string_view text) {
    auto const split = text.find('~');
    if (split == std::string_view::npos) return std::nullopt;
    auto const day = LocalDate::parse_iso(text.substr(0, split));
    auto const id = CaseId::parse(text.substr(split + 1));
    if (!day || !id) return std::nullopt;
    return cases::CaseCursor{*day, *id};
}

Result page_answer(std::expected<actions::CasePage, actions::Failure> const& page) {
    if (!page) return std::unexpected(page.error());
    json::array listed;
    for (auto const& one : page->cases) {
        auto row = row_json(one.row);
        row["last_name"] = one.name.last_name;
        row["prefix"] = one.name.prefix;
        row["initials"] = one.name.initials;
        listed.push_back(std::move(row));
    }
    json::value next = nullptr;
    if (page->next) next = page->next->day.to_string() + "~" + page->next->id.to_string();
    return json_answer(json::object{{"cases", std::move(listed)}, {"next", next}});
}

cases::SickReportInput report_of(JsonInput const& input) {
    cases::SickReportInput report;
    for (std::size_t i = 0; i < cases::field_count; ++i) {
        auto const field = static_cast<cases::Field>(i);
        report[field] = input.text(cases::name_of(field));
    }
    return report;
}

Result report_sick(Office const& office, Call& call) {
    auto const report = call.json<cases::SickReportInput>(
        {"employer", "staff_number", "bsn", "last_name", "prefix", "initials", "birth_date", "first_sick_day",
         "employment_end", "ground", "phone", "nursing_address", "expected_days", "safety_net",
         "work_accident", "traffic_accident_third_party", "running_work"},
        report_of);
    auto const made = actions::report_sick(office, call.actor, report);
    if (!made) return std::unexpected(made.error());
    auto answer = json_answer(json::object{{"case", to_json(*made)}}, 201);
    answer.headers.set("Location", "/api/v1/cases/" + made->to_string());
    return answer;
}

Given<actions::OwnFile> file_of(Call const& call) {
    if (!call.body) return std::unexpected(call.body.error());
    auto const dry_run = call.head.query_value("dry_run").value_or("false");
    if (dry_run != "true" && dry_run != "false") {
        return std::unexpected(access::Failure{
            access::FailureKind::invalid,
            {{"dry_run", "not_true_or_false", "Geef true of false.", "Give true or false."}}});
    }
    return actions::OwnFile{call.body->text, dry_run == "true"};
}

json::array header_problems_json(std::vector<cases::HeaderProblem> const& problems,
                                 cases::Language language) {
    json::array shown;
    for (auto const& problem : problems) {
        json::array columns;
        for (auto const& column : problem.columns) columns.push_back(json::value(column));
        shown.push_back(json::object{{"code", cases::name_of(problem.fault)},
                                     {"detail", cases::text_for(problem.fault, language)},
                                     {"columns", std::move(columns)}});
    }
    return shown;
}

Result import_reports(Office const& office, Call& call) {
    auto const language =
        call.language == api::Language::dutch ? cases::Language::dutch : cases::Language::english;
    auto const file = file_of(call);
    auto const done = actions::import_own_reports(office.frame, call.actor, file, language);
    if (!done) return std::unexpected(done.error());
    if (!done->header_problems.empty()) {
        return api::answer(api::problems::invalid, call.language,
                           {{"header_problems", header_problems_json(done->header_problems, language)}});
    }
    return json_answer(json::object{{"dry_run", file->dry_run},
                                    {"rows", done->counts.rows},
                                    {"added", done->counts.added},
                                    {"already_there", done->counts.already_there},
                                    {"refused", done->counts.refused},
                                    {"rejects_csv", done->rejects}});
}

constexpr std::size_t longest_surname_bytes = 200;

std::unexpected<access::Failure> wrong_field(std::string_view field, std::string_view code,
                                             std::string_view dutch, std::string_view english) {
    return std::unexpected(access::Failure{access::FailureKind::invalid, {{field, code, dutch, english}}});
}

/// One of a BSN, the beginning of a surname and the number of a case.
Given<actions::CaseSearch> search_of(JsonInput const& input) {
    auto const name = input.text("last_name");
    if (auto const typed = input.text("number"); !typed.empty()) {
        auto const number = cases::CaseNumber::parse(typed);
        if (!number)
            return wrong_field("number", "not_a_case_number", "Dit is geen dossiernummer, zoals Z000018.",
                               "This is no case number, such as Z000018.");
        if (!name.empty() || !input.text("bsn").empty())
            return wrong_field("number", "not_both", "Zoek op één ding tegelijk.",
                               "Search by one thing at a time.");
        return actions::CaseSearch{*number, number->text()};
    }
    if (name.empty()) {
        if (auto const bsn = Bsn::parse(input.text("bsn"))) return actions::CaseSearch{*bsn, bsn->text()};
        return wrong_field("bsn", cases::name_of(cases::Problem::not_a_bsn),
                           cases::text_for(cases::Problem::not_a_bsn, cases::Language::dutch),
                           cases::text_for(cases::Problem::not_a_bsn, cases::Language::english));
    }
    if (!input.text("bsn").empty())
        return wrong_field("last_name", "not_both", "Zoek op BSN of op achternaam, niet op beide.",
                           "Search by BSN or by last name, not by both.");
    auto part = people::SurnamePart::parse(name);
    if (!part || name.size() > longest_surname_bytes)
        return wrong_field("last_name", part ? "too_long" : "too_short",
                           "Typ het begin van de achternaam: drie letters of meer.",
                           "Type the beginning of the last name: three letters or more.");
    return actions::CaseSearch{std::move(*part), std::string{name}};
}

Result search(Office const& office, Call& call) {
    return page_answer(actions::search_cases(
        office, call.actor, call.json<actions::CaseSearch>({"bsn", "last_name", "number"}, search_of),
        call.of()));
}

Given<cases::CaseView> view_of(Call const& call) {
    auto const view = cases::parse_case_view(call.head.query_value("view").value_or("all"));
    if (view) return *view;
    return wrong_field("view", "unknown_view", "Deze weergave is er niet.", "There is no such view.");
}

Result list(Office const& office, Call& call) {
    return page_answer(
        actions::list_cases(office, call.actor, parse_cursor(call.after()), call.of(), view_of(call)));
}

Result counts(Office const& office, Call& call) {
    auto const counts = actions::count_work(office, call.actor, call.of());
    if (!counts) return std::unexpected(counts.error());
    json::object views;
    for (std::size_t i = 0; i < counts->size(); ++i)
        views[cases::name_of(cases::all_views[i])] = (*counts)[i];
    return json_answer(json::object{{"views", std::move(views)}, {"most_counted", cases::most_counted}});
}

/// With the version, for who changes it next.
Result open(Office const& office, Call& call) {
    auto const opened = actions::open_case(office, call.actor, call.id<CaseId>("case"));
    if (!opened) return std::unexpected(opened.error());
    auto answer = json_answer(case_json(*opened));
    answer.headers.set("ETag", fmt::format("\"{}\"", opened->row.version));
    return answer;
}

Result assign_doctor(Office const& office, Call& call) {
    auto const choice = call.json<actions::DoctorChoice>(
        {"doctor"}, [&](JsonInput const& input) -> Given<actions::DoctorChoice> {
            auto const version = call.seen_version();
            if (!version) return std::unexpected(version.error());
            // What is no id names no doctor.
            return actions::DoctorChoice{UserId::parse(input.text("doctor")).value_or(UserId{}), *version};
        });
    auto const done = actions::assign_doctor(office, call.actor, call.id<CaseId>("case"), choice);
    if (!done) return std::unexpected(done.error());
    return api::done_answer();
}

/// A day, or nothing when it was not done after all.
Result do_task(Office const& office, Call& call) {
    auto const given =
        call.json<actions::TaskDone>({"done_on"}, [&](JsonInput const& input) -> Given<actions::TaskDone> {
            auto const version = call.seen_version();
            if (!version) return std::unexpected(version.error());
            auto const task = cases::TaskKey::parse(call.parameters.at("task"));
            if (!task) return std::unexpected(actions::no_such_step());
            auto const done_on = api::optional_day(input, "done_on");
            if (!done_on) return std::unexpected(done_on.error());
            return actions::TaskDone{*task, *done_on, *version};
        });
    auto const done = actions::do_task(office, call.actor, call.id<CaseId>("case"), given);
    if (!done) return std::unexpected(done.error());
    return api::done_answer();
}

/// A day, or nothing when what was reported is taken back.
Result report_recovery(Office const& office, Call& call) {
    auto const given = call.json<actions::NewRecovery>(
        {"first_fit_day"}, [&](JsonInput const& input) -> Given<actions::NewRecovery> {
            auto const version = call.seen_version();
            if (!version) return std::unexpected(version.error());
            auto const day = api::optional_day(input, "first_fit_day");
            if (!day) return std::unexpected(day.error());
            return actions::NewRecovery{*day, *version};
        });
    auto const done = actions::report_recovery(office, call.actor, call.id<CaseId>("case"), given);
    if (!done) return std::unexpected(done.error());
    return api::done_answer();
}

Result recoveries(Office const& office, Call& call) {
    auto const found = actions::read_recoveries(office, call.actor, call.id<CaseId>("case"));
    if (!found) return std::unexpected(found.error());
    json::array shown;
    for (auto const& one : found->reported) shown.push_back(recovery_json(one));
    return json_answer(json::object{{"recoveries", std::move(shown)},
                                    {"client_changes_until", to_json(found->client_changes_until)}});
}

Result absence_figures(Office const& office, Call& call) {
    auto const absence = actions::read_absence(office, call.actor);
    if (!absence) return std::unexpected(absence.error());
    json::array months;
    for (auto const& one : absence->months) {
        months.push_back(json::object{
            {"month", one.first_of_month.to_string().substr(0, 7)},
            {"employees", one.employees ? json::value(*one.employees) : json::value(nullptr)},
            {"tenths_of_percent",
             one.tenths_of_percent ? json::value(*one.tenths_of_percent) : json::value(nullptr)},
            {"withheld", one.withheld ? json::value(cases::name_of(*one.withheld)) : json::value(nullptr)}});
    }
    return json_answer(json::object{{"ill_now", absence->ill_now}, {"months", std::move(months)}});
}

Result tell_headcount(Office const& office, Call& call) {
    auto const given = call.json<actions::NewHeadcount>(
        {"employees"}, [&](JsonInput const& input) -> Given<actions::NewHeadcount> {
            auto const month = LocalDate::parse_iso(call.parameters.at("month") + "-01");
            if (!month)
                return wrong_field("month", "not_a_month", "Dit is geen maand, zoals 2026-11.",
                                   "This is no month, such as 2026-11.");
            auto const typed = input.text("employees");
            std::int64_t employees = 0;
            auto const [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), employees);
            if (error != std::errc{} || end != typed.data() + typed.size())
                return wrong_field("employees", "not_a_number", "Vul een aantal in.", "Fill in a number.");
            return actions::NewHeadcount{*month, employees};
        });
    auto const done = actions::tell_headcount(office, call.actor, given);
    if (!done) return std::unexpected(done.error());
    return api::done_answer();
}

Result letters(Office const& office, Call& call) {
    auto const found = actions::read_letters(office, call.actor, call.id<CaseId>("case"));
    if (!found) return std::unexpected(found.error());
    json::array shown;
    for (auto const& letter : *found) shown.push_back(api::letter_json(letter));
    return json_answer(json::object{{"letters", std::move(shown)}});
}

Result doctors(Office const& office, Call& call) {
    auto const found = actions::list_doctors(office, call.actor);
    if (!found) return std::unexpected(found.error());
    json::array shown;
    for (auto const& doctor : *found)
        shown.push_back(json::object{{"doctor", to_json(doctor.id)}, {"name", doctor.name}});
    return json_answer(json::object{{"doctors", std::move(shown)}});
}

}  // namespace

std::vector<api::Route<OfficeZone>> routes(Office const& office, api::DocumentParts const& documents) {
    auto const with = [&office](auto action) {
        return [&office, action](Call& call) { return action(office, call); };
    };
    auto const find_subject = [&office](store::Transaction& tx, CaseId id) {
        return cases::facts_of(Resource::document, cases::find_case(tx, office.frame.keys.keyring(), id));
    };
    std::vector<api::Route<OfficeZone>> all{
        {Method::post, "/api/v1/sick-reports", Resource::sick_report, Action::create, with(report_sick),
         api::json_body, "application/json", api::Needs::everything, api::Askers::machines_too},
        {Method::post,
         "/api/v1/sick-report-imports",
         Resource::import_file,
         Action::create,
         with(import_reports),
         {actions::largest_import_bytes, false},
         "text/csv",
         api::Needs::everything,
         api::Askers::machines_too},
        {Method::get, "/api/v1/cases", Resource::case_list, Action::list, with(list)},
        {Method::get, "/api/v1/case-counts", Resource::case_list, Action::list, with(counts)},
        {Method::post, "/api/v1/cases/search", Resource::case_list, Action::search, with(search),
         api::json_body},
        {Method::get, "/api/v1/cases/{case}", Resource::case_file, Action::read, with(open)},
        {Method::put, "/api/v1/cases/{case}/doctor", Resource::case_file, Action::assign, with(assign_doctor),
         api::json_body},
        {Method::put, "/api/v1/cases/{case}/tasks/{task}", Resource::task, Action::change, with(do_task),
         api::json_body},
        {Method::get, "/api/v1/cases/{case}/recovery", Resource::recovery, Action::read, with(recoveries)},
        {Method::post, "/api/v1/cases/{case}/recovery", Resource::recovery, Action::create,
         with(report_recovery), api::json_body},
        {Method::get, "/api/v1/absence-figures", Resource::absence_figures, Action::read,
         with(absence_figures)},
        {Method::put, "/api/v1/headcounts/{month}", Resource::headcount, Action::change, with(tell_headcount),
         api::json_body},
        {Method::get, "/api/v1/cases/{case}/letters", Resource::letter, Action::read, with(letters)},
        {Method::get, "/api/v1/doctors", Resource::doctor_list, Action::list, with(doctors)},
    };
    auto const find_employer = [&office](store::Transaction& tx, std::string_view code) {
        auto const employer = people::find_employer(tx, office.frame.keys.keyring(), code);
        return employer ? std::optional{employer->id} : std::nullopt;
    };
    for (auto& route : paper_routes(office)) all.push_back(std::move(route));
    for (auto& route : payment_routes(office)) all.push_back(std::move(route));
    for (auto& route : api::document_routes<OfficeZone>(documents, find_subject))
        all.push_back(std::move(route));
    for (auto& route : api::draft_routes<OfficeZone>(find_subject)) all.push_back(std::move(route));
    for (auto& route : api::account_routes<OfficeZone>(find_employer)) all.push_back(std::move(route));
    auto const code_of = [&office](store::Transaction& tx, EmployerId id) {
        auto const employer = people::find_employer(tx, office.frame.keys.keyring(), id);
        return employer ? employer->code : std::string{};
    };
    for (auto& route : api::service_account_routes({find_employer, code_of, transport::subject_in}))
        all.push_back(std::move(route));
    return all;
}

}  // namespace klout7::office
