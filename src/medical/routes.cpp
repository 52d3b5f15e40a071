#include "routes.h"

#include <charconv>
#include <set>

#include "abilities_json.h"
#include "api/accounts.h"
#include "api/documents.h"
#include "api/drafts.h"
#include "emergency.h"
#include "own_file.h"

namespace klout7::medical {
namespace {

using access::Action;
using access::FailureKind;
using access::Resource;
using api::json_answer;
using api::JsonInput;
using api::Result;
using api::to_json;
using transport::Method;
namespace json = api::json;
using Call = api::Call<MedicalZone>;

constexpr transport::BodyRule note_body{256 * 1024, false};

json::object case_json(ListedCase const& one) {
    return {{"case", to_json(one.row.id)},
            {"first_sick_day", to_json(one.row.first_sick_day)},
            {"recovered_from", to_json(one.row.recovered_from)},
            {"person", json::object{{"id", to_json(one.person.person)},
                                    {"bsn", one.person.bsn.text()},
                                    {"last_name", one.person.last_name},
                                    {"prefix", one.person.prefix},
                                    {"initials", one.person.initials},
                                    {"birth_date", to_json(one.person.birth_date)},
                                    {"phone", one.person.phone}}}};
}

Result list(Practice const& practice, Call& call) {
    auto const found = list_cases(practice, call.actor, CaseId::parse(call.after()), call.of());
    if (!found) return std::unexpected(found.error());
    json::array shown;
    for (auto const& one : *found) shown.push_back(case_json(one));
    json::value next = nullptr;
    if (found->size() == 100) next = to_json(found->back().row.id);
    return json_answer(json::object{{"cases", std::move(shown)}, {"next", next}});
}

Result open(Practice const& practice, Call& call) {
    auto const opened = open_case(practice, call.actor, call.id<CaseId>("case"));
    if (!opened) return std::unexpected(opened.error());
    return json_answer(case_json(*opened));
}

Result consult(Practice const& practice, Call& call) {
    auto const given =
        call.json<NewConsult>({"note", "cas_code"}, [&](JsonInput const& input) -> Given<NewConsult> {
            auto const id = call.idempotency_key();
            if (!id) return std::unexpected(id.error());
            return NewConsult{*id, input.text("note"), input.text("cas_code")};
        });
    auto const done = write_consult(practice, call.actor, call.id<CaseId>("case"), given);
    if (!done) return std::unexpected(done.error());
    return json_answer(json::object{{"consult", given->id.to_string()}}, 201);
}

/// Sending medical words needs the proof that lets them be read.
json::object to_json_object(Consult const& consult, access::Access const& access) {
    return {{"consult", consult.id.to_string()},
            {"created_by", to_json(consult.created_by)},
            {"created_at", to_json(consult.created_at)},
            {"note", consult.note.reveal(access)},
            {"cas_code", consult.cas_code.reveal(access)}};
}

Result consults(Practice const& practice, Call& call) {
    auto const found = read_consults(practice, call.actor, call.id<CaseId>("case"));
    if (!found) return std::unexpected(found.error());
    json::array shown;
    for (auto const& one : found->consults) shown.push_back(to_json_object(one, found->access));
    return json_answer(json::object{{"consults", std::move(shown)}});
}

Result find_cas_codes(Practice const& practice, Call& call) {
    auto const words =
        call.json<std::string>({"words"}, [](JsonInput const& input) { return input.text("words"); });
    auto const found = search_cas_codes(practice, call.actor, words);
    if (!found) return std::unexpected(found.error());
    json::array shown;
    for (auto const& one : *found) {
        shown.push_back(json::object{{"cas_code", one.code},
                                     {"words_nl", one.dutch},
                                     {"words_en", one.english},
                                     {"is_complaint", one.is_complaint()}});
    }
    return json_answer(json::object{{"codes", std::move(shown)}});
}

Result write_abilities(Practice const& practice, Call& call) {
    auto const given =
        call.json<NewAbilities>(ability_fields(), [&](JsonInput const& input) -> Given<NewAbilities> {
            auto const id = call.idempotency_key();
            if (!id) return std::unexpected(id.error());
            return abilities_of(*id, input);
        });
    auto const version = sign_abilities(practice, call.actor, call.id<CaseId>("case"), given);
    if (!version) return std::unexpected(version.error());
    return json_answer(json::object{{"id", given->id.to_string()}, {"version", *version}}, 201);
}

Result abilities(Practice const& practice, Call& call) {
    auto const read = read_abilities(practice, call.actor, call.id<CaseId>("case"));
    if (!read) return std::unexpected(read.error());
    return json_answer(to_json_object(*read));
}

/// "lifting standing": codes of a fixed list, in any order; nothing when one is not on it.
template <class Choice, std::size_t n>
std::optional<std::vector<Choice>> choices_of(std::array<Choice, n> const& all, std::string_view text) {
    std::set<Choice> chosen;
    while (!text.empty()) {
        auto const end = text.find(' ');
        auto const word = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        if (word.empty()) continue;
        auto const one = handover::parse_choice(all, word);
        if (!one) return std::nullopt;
        chosen.insert(*one);
    }
    return std::vector<Choice>{chosen.begin(), chosen.end()};
}

Given<handover::FeedbackFields> fields_of(JsonInput const& input) {
    handover::FeedbackFields fields;
    Failure invalid{FailureKind::invalid};
    auto const wrong = [&](std::string_view field) {
        invalid.fields.push_back(
            {field, "not_a_choice", "Kies uit de vaste lijst.", "Choose from the fixed list."});
    };
    if (auto limits = choices_of(handover::all_limits, input.text("limits")))
        fields.limits = std::move(*limits);
    else
        wrong("limits");
    auto possibilities = choices_of(handover::all_possibilities, input.text("possibilities"));
    if (possibilities && !possibilities->empty())
        fields.possibilities = std::move(*possibilities);
    else
        wrong("possibilities");
    if (auto advice = choices_of(handover::all_advice, input.text("advice")))
        fields.advice = std::move(*advice);
    else
        wrong("advice");
    if (auto const duration =
            handover::parse_choice(handover::all_durations, input.text("expected_duration")))
        fields.expected_duration = *duration;
    else
        wrong("expected_duration");
    auto const hours = input.text("hours_per_week");
    auto const [end, error] =
        std::from_chars(hours.data(), hours.data() + hours.size(), fields.hours_per_week);
    if (error != std::errc{} || end != hours.data() + hours.size() ||
        fields.hours_per_week > handover::most_hours_per_week) {
        invalid.fields.push_back(
            {"hours_per_week", "out_of_range", "Geef 0 tot en met 60 uren.", "Give 0 to 60 hours."});
    }
    if (auto const contact = input.text("next_contact"); !contact.empty()) {
        fields.next_contact = LocalDate::parse_iso(contact);
        if (!fields.next_contact)
            invalid.fields.push_back(
                {"next_contact", "not_a_date", "Dit is geen datum.", "This is not a date."});
    }
    if (!invalid.fields.empty()) return std::unexpected(invalid);
    return fields;
}

Result sign(Practice const& practice, Call& call) {
    auto const given = call.json<NewLetter>(
        {"limits", "possibilities", "advice", "expected_duration", "hours_per_week", "next_contact"},
        [&](JsonInput const& input) -> Given<NewLetter> {
            auto const id = call.idempotency_key();
            if (!id) return std::unexpected(id.error());
            auto const fields = fields_of(input);
            if (!fields) return std::unexpected(fields.error());
            return NewLetter{LetterId{*id}, *fields};
        });
    auto const signed_letter = sign_letter(practice, call.actor, call.id<CaseId>("case"), given);
    if (!signed_letter) return std::unexpected(signed_letter.error());
    return json_answer(api::letter_json(*signed_letter), 201);
}

Result letters(Practice const& practice, Call& call) {
    auto const found = read_letters(practice, call.actor, call.id<CaseId>("case"));
    if (!found) return std::unexpected(found.error());
    json::array shown;
    for (auto const& letter : *found) shown.push_back(api::letter_json(letter));
    return json_answer(json::object{{"letters", std::move(shown)}});
}

/// A day, or nothing when it is taken back.
Result recovery(Practice const& practice, Call& call) {
    auto const day = call.json<std::optional<LocalDate>>(
        {"first_fit_day"}, [](JsonInput const& input) { return api::optional_day(input, "first_fit_day"); });
    auto const done = report_recovery(practice, call.actor, call.id<CaseId>("case"), day);
    if (!done) return std::unexpected(done.error());
    return api::done_answer();
}

Result emergency(Practice const& practice, Call& call) {
    auto const reason =
        call.json<std::string>({"reason"}, [](JsonInput const& input) { return input.text("reason"); });
    auto const until = open_in_emergency(practice, call.actor, call.id<CaseId>("case"), reason);
    if (!until) return std::unexpected(until.error());
    return json_answer(json::object{{"until", to_json(*until)}}, 201);
}

Result emergencies(Practice const& practice, Call& call) {
    auto const found = list_emergencies(practice, call.actor);
    if (!found) return std::unexpected(found.error());
    json::array shown;
    for (auto const& one : *found) {
        auto const& access = one.emergency.access;
        shown.push_back(json::object{{"emergency_access", to_json(access.id)},
                                     {"user", to_json(access.user)},
                                     {"doctor", one.doctor},
                                     {"case", to_json(access.case_id)},
                                     {"reason", one.emergency.reason},
                                     {"opened_at", to_json(access.opened_at)},
                                     {"review_until", to_json(one.review_until)}});
    }
    return json_answer(json::object{{"emergency_accesses", std::move(shown)}});
}

Given<bool> verdict_of(JsonInput const& input) {
    auto const said = input.text("is_justified");
    if (said == "true" || said == "false") return said == "true";
    return std::unexpected(
        Failure{FailureKind::invalid,
                {{"is_justified", "not_true_or_false", "Geef true of false.", "Give true or false."}}});
}

Result review(Practice const& practice, Call& call) {
    auto const is_justified = call.json<bool>({"is_justified"}, verdict_of);
    auto const done = review_emergency(practice, call.actor, call.id<access::EmergencyId>("emergency_access"),
                                       is_justified);
    if (!done) return std::unexpected(done.error());
    return api::done_answer();
}

json::object to_json_object(FileRequest const& request) {
    return {{"file_request", to_json(request.id)},
            {"asked_at", to_json(request.asked_at)},
            {"answer_by", to_json(answer_by(LocalDate::in_the_netherlands(request.asked_at)))},
            {"decision", request.decision ? json::value(name_of(*request.decision)) : json::value(nullptr)},
            {"decided_at", to_json(request.decided_at)},
            {"readable_until", to_json(readable_until(request))}};
}

Result ask_file(Practice const& practice, Call& call) {
    auto const key = call.idempotency_key();
    auto const id = key ? Given<FileRequestId>{*key} : std::unexpected(key.error());
    auto const asked = ask_for_file(practice, call.actor, call.id<CaseId>("case"), id);
    if (!asked) return std::unexpected(asked.error());
    return json_answer(to_json_object(asked->request), asked->is_new ? 201 : 200);
}

Result file_requests(Practice const& practice, Call& call) {
    auto const found = read_file_requests(practice, call.actor, call.id<CaseId>("case"));
    if (!found) return std::unexpected(found.error());
    json::array shown;
    for (auto const& one : found->requests) {
        auto request = to_json_object(one.request);
        request["reason"] =
            one.reason ? json::value(one.reason->reveal(found->access)) : json::value(nullptr);
        shown.push_back(std::move(request));
    }
    return json_answer(json::object{{"file_requests", std::move(shown)}});
}

Result decide_file(Practice const& practice, Call& call) {
    auto const given = call.json<NewFileDecision>({"decision", "reason"}, [](JsonInput const& input) {
        return NewFileDecision{input.text("decision"), input.text("reason")};
    });
    auto const decided =
        decide_file_request(practice, call.actor, call.id<FileRequestId>("file_request"), given);
    if (!decided) return std::unexpected(decided.error());
    return json_answer(to_json_object(*decided));
}

Result own_file(Practice const& practice, Call& call) {
    auto const found = read_own_file(practice, call.actor, call.id<CaseId>("case"));
    if (!found) return std::unexpected(found.error());
    json::array shown;
    for (auto const& one : found->consults) {
        shown.push_back(json::object{{"created_at", to_json(one.created_at)},
                                     {"note", one.note.reveal(found->access)},
                                     {"cas_code", one.cas_code.reveal(found->access)}});
    }
    return json_answer(json::object{{"given_at", to_json(found->request.decided_at)},
                                    {"readable_until", to_json(readable_until(found->request))},
                                    {"consults", std::move(shown)}});
}

}  // namespace

std::vector<api::Route<MedicalZone>> routes(Practice const& practice, api::DocumentParts const& documents) {
    auto const with = [&practice](auto action) {
        return [&practice, action](Call& call) { return action(practice, call); };
    };
    auto const find_subject = [&practice](store::Transaction& tx, CaseId id) {
        return facts_of(Resource::document, find_case(tx, practice.frame.keys.keyring(), id));
    };
    std::vector<api::Route<MedicalZone>> all{
        {Method::get, "/api/v1/cases", Resource::case_list, Action::list, with(list)},
        {Method::get, "/api/v1/cases/{case}", Resource::case_file, Action::read, with(open)},
        {Method::get, "/api/v1/cases/{case}/consults", Resource::consult, Action::list, with(consults)},
        {Method::post, "/api/v1/cases/{case}/consults", Resource::consult, Action::create, with(consult),
         note_body},
        {Method::post, "/api/v1/cas-codes/search", Resource::consult, Action::search, with(find_cas_codes),
         api::json_body},
        {Method::get, "/api/v1/cases/{case}/functional-abilities", Resource::functional_abilities,
         Action::list, with(abilities)},
        {Method::post, "/api/v1/cases/{case}/functional-abilities", Resource::functional_abilities,
         Action::create, with(write_abilities), note_body},
        {Method::get, "/api/v1/cases/{case}/letters", Resource::letter, Action::list, with(letters)},
        {Method::post, "/api/v1/cases/{case}/letters", Resource::letter, Action::sign, with(sign),
         api::json_body},
        {Method::post, "/api/v1/cases/{case}/recovery", Resource::recovery, Action::create, with(recovery),
         api::json_body},
        {Method::get, "/api/v1/cases/{case}/file-requests", Resource::medical_file, Action::read,
         with(file_requests)},
        {Method::post, "/api/v1/cases/{case}/file-requests", Resource::medical_file, Action::create,
         with(ask_file)},
        {Method::post, "/api/v1/file-requests/{file_request}/decision", Resource::medical_file,
         Action::approve, with(decide_file), api::json_body},
        {Method::get, "/api/v1/cases/{case}/medical-file", Resource::medical_file, Action::read,
         with(own_file)},
        {Method::post, "/api/v1/cases/{case}/emergency-access", Resource::emergency_access, Action::create,
         with(emergency), api::json_body},
        {Method::get, "/api/v1/emergency-accesses", Resource::emergency_access, Action::list,
         with(emergencies)},
        {Method::post, "/api/v1/emergency-accesses/{emergency_access}/review", Resource::emergency_access,
         Action::change, with(review), api::json_body},
    };
    for (auto& route : api::document_routes<MedicalZone>(documents, find_subject))
        all.push_back(std::move(route));
    for (auto& route : api::draft_routes<MedicalZone>(find_subject)) all.push_back(std::move(route));
    // An employer has no account here.
    auto const no_employer = [](store::Transaction&, std::string_view) {
        return std::optional<EmployerId>{};
    };
    for (auto& route : api::account_routes<MedicalZone>(no_employer)) all.push_back(std::move(route));
    return all;
}

}  // namespace klout7::medical
