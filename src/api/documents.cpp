#include "api/documents.h"

#include <algorithm>
#include <iterator>
#include <memory>

#include "document_json.h"
#include "reading.h"
#include "releases.h"
#include "uploads.h"

namespace klout7::api {
namespace {

using access::Action;
using access::Failure;
using access::FailureKind;
using access::Resource;
using documents::DocumentView;

template <class Zone>
Result list(Call<Zone>& call, DocumentParts const& parts, FindSubject const& find_subject) {
    using Views = std::vector<DocumentView>;
    auto const id = call.template id<CaseId>("case");
    auto const found =
        access::look(call.frame, call.actor, [&](access::Unit<Zone>& unit) -> std::expected<Views, Failure> {
            auto const facts = find_subject(unit.tx, id);
            auto const access = unit.gate.ask(Action::list, facts, id.uuid());
            if (!access) return std::unexpected(access.error());
            // Who may list those of every case is cleared for one that does not exist, too.
            if (!facts.person) return std::unexpected(Failure{FailureKind::not_found});
            auto const key = key_of(unit, *facts.person);
            if (!key) return std::unexpected(key.error());
            return documents::documents_of<Zone>(unit.tx, unit.keyring(), *key, id, *access);
        });
    if (!found) return std::unexpected(found.error());
    json::array shown;
    for (auto const& view : *found) shown.push_back(to_json_object(view));
    return json_answer(
        json::object{{"documents", std::move(shown)}, {"largest_bytes", parts.limits.document_bytes}});
}

/// Each takes a processor for a moment, and up to 512 MiB of memory.
constexpr int most_previews_at_once = 4;

constexpr access::FieldFault unknown_reason{"reason", "not_a_choice",
                                            "Kies uit wrong_case, wrong_document en sent_twice.",
                                            "Choose from wrong_case, wrong_document and sent_twice."};

template <class Zone>
Result withdraw(Call<Zone>& call, FindSubject const& find_subject) {
    auto const id = call.template id<DocumentId>("document");
    auto const given = call.template json<std::string>(
        {"reason"}, [](JsonInput const& input) { return input.text("reason"); });
    auto const done =
        access::change(call.frame, call.actor, [&](access::Unit<Zone>& unit) -> std::expected<void, Failure> {
            auto const row = documents::find_document(unit.tx, unit.keyring(), id);
            auto const facts = row ? find_subject(unit.tx, row->case_id)
                                   : access::ObjectFacts{.resource = Resource::document};
            auto const access = unit.gate.ask(Action::end, facts, id.uuid(), given ? *given : std::string{});
            if (!access) return std::unexpected(access.error());
            if (!given) return std::unexpected(given.error());
            auto const reason = documents::parse_withdrawal_reason(*given);
            if (!reason) return std::unexpected(Failure{FailureKind::invalid, {unknown_reason}});
            documents::add_withdrawal(unit.tx, unit.keyring(), id, {*reason, call.actor.user, unit.now});
            return {};
        });
    if (!done) return std::unexpected(done.error());
    return done_answer();
}

}  // namespace

json::object letter_json(handover::FeedbackLetter const& letter) {
    auto const codes = [](auto const& choices) {
        json::array list;
        for (auto const choice : choices) list.push_back(json::value(handover::name_of(choice)));
        return list;
    };
    return {{"letter", to_json(letter.id)},
            {"case", to_json(letter.case_id)},
            {"signed_at", to_json(letter.signed_at)},
            {"doctor", to_json(letter.doctor)},
            {"doctor_name", letter.doctor_name},
            {"limits", codes(letter.fields.limits)},
            {"possibilities", codes(letter.fields.possibilities)},
            {"advice", codes(letter.fields.advice)},
            {"expected_duration", handover::name_of(letter.fields.expected_duration)},
            {"hours_per_week", letter.fields.hours_per_week},
            {"next_contact", to_json(letter.fields.next_contact)},
            {"text_nl", handover::text_of(letter, handover::LetterLanguage::dutch)},
            {"text_en", handover::text_of(letter, handover::LetterLanguage::english)}};
}

template <class Zone>
std::vector<Route<Zone>> document_routes(DocumentParts const& parts, FindSubject const& find_subject) {
    using transport::Method;
    transport::BodyRule const upload{parts.limits.document_bytes, true};
    auto const previews = std::make_shared<preview::Previews>(most_previews_at_once);
    std::vector<Route<Zone>> routes{
        {Method::get, "/api/v1/cases/{case}/documents", Resource::document, Action::list,
         [parts, find_subject](Call<Zone>& call) { return list(call, parts, find_subject); }},
        {Method::post, "/api/v1/cases/{case}/documents", Resource::document, Action::create,
         [parts, find_subject](Call<Zone>& call) { return add_document(call, parts, find_subject); }, upload,
         any_content_type},
        {Method::post, "/api/v1/documents/{document}/versions", Resource::document, Action::create,
         [parts, find_subject](Call<Zone>& call) { return add_version(call, parts, find_subject); }, upload,
         any_content_type},
        {Method::get, "/api/v1/documents/{document}", Resource::document, Action::read,
         [parts, find_subject](Call<Zone>& call) { return download(call, parts.store, find_subject); }},
        {Method::get, "/api/v1/documents/{document}/pages/{page}", Resource::document, Action::read,
         [parts, find_subject, previews](Call<Zone>& call) {
             return show_page(call, parts.store, find_subject, *previews);
         }},
        {Method::post, "/api/v1/documents/{document}/withdrawal", Resource::document, Action::end,
         [find_subject](Call<Zone>& call) { return withdraw(call, find_subject); }, json_body},
        {Method::post, "/api/v1/documents/{document}/move", Resource::document, Action::end,
         [parts, find_subject](Call<Zone>& call) { return move_document(call, parts, find_subject); },
         json_body}};
    std::ranges::move(release_routes<Zone>(find_subject), std::back_inserter(routes));
    return routes;
}

template std::vector<Route<OfficeZone>> document_routes(DocumentParts const&, FindSubject const&);
template std::vector<Route<MedicalZone>> document_routes(DocumentParts const&, FindSubject const&);

}  // namespace klout7::api
