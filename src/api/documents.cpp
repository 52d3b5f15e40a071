#include "api/documents.h"

#include <fmt/format.h>

#include <boost/url/pct_string_view.hpp>

#include "api/problem.h"
#include "download.h"

namespace klout7::api {
namespace {

using access::Action;
using access::Failure;
using access::FailureKind;
using access::Given;
using access::Resource;
using documents::DocumentView;

template <class Zone>
using Key = typename vault::PersonKeys<Zone>::Key;

/// What somebody is told whose file the gate did not take, and what to do about it.
access::FieldFault refusal_fault(gate::Refusal refusal) {
    using enum gate::Refusal;
    switch (refusal) {
        case unknown_type:
            return {
                "", "unknown_type",
                "Dit soort bestand wordt niet aangenomen. Verstuur een PDF, een foto (JPEG, PNG, HEIC of "
                "TIFF), "
                "een document (DOCX, ODT of XLSX), een e-mail (EML) of gewone tekst.",
                "Files of this kind are not taken. Send a PDF, a photo (JPEG, PNG, HEIC or TIFF), a document "
                "(DOCX, ODT or XLSX), an e-mail (EML) or plain text."};
        case malformed:
            return {
                "", "malformed",
                "Dit bestand is beschadigd of niet compleet. Open het, sla het opnieuw op en verstuur het "
                "nogmaals.",
                "This file is damaged or not complete. Open it, save it again and send it once more."};
        case disguised:
            return {
                "", "disguised",
                "In of achter dit bestand zit een ander bestand verborgen. Open het, sla het opnieuw op als "
                "PDF "
                "en verstuur dat.",
                "Another file is hidden in this file or behind it. Open it, save it as PDF and send that."};
        case encrypted:
            return {
                "", "encrypted",
                "Dit bestand is beveiligd met een wachtwoord en kan niet worden gecontroleerd. Verstuur het "
                "zonder wachtwoord.",
                "This file is protected by a password and cannot be checked. Send it without a password."};
        case macros:
            return {"", "macros",
                    "Dit document bevat macro's. Sla het op zonder macro's, of als PDF, en verstuur dat.",
                    "This document has macros in it. Save it without macros, or as PDF, and send that."};
        case scripts:
            return {
                "", "scripts",
                "Dit bestand bevat een script of een actie die vanzelf start. Druk het af als PDF en "
                "verstuur "
                "dat.",
                "This file has a script in it, or an action that starts by itself. Print it as PDF and send "
                "that."};
        case external_links:
            return {
                "", "external_links",
                "Dit bestand haalt iets van elders op, of verwijst naar een bestand op een andere computer. "
                "Verwijder die koppelingen, of sla het op als PDF, en verstuur dat.",
                "This file fetches something from elsewhere, or refers to a file on another computer. Remove "
                "those links, or save it as PDF, and send that."};
        case embedded_files:
            return {
                "", "embedded_files",
                "In dit bestand zitten andere bestanden, zoals bijlagen. Verstuur die los, elk apart.",
                "This file holds other files, such as attachments. Send those by themselves, one by one."};
        case limit:
            return {"", "limit",
                    "Dit bestand is van binnen te groot of te diep verpakt om te controleren. Sla het "
                    "eenvoudiger op "
                    "en verstuur het opnieuw.",
                    "This file is too large or too deeply packed inside to be checked. Save it in a simpler "
                    "way and "
                    "send it again."};
        case not_examined:
            return {"", "not_scanned",
                    "Dit bestand kon niet worden gecontroleerd. Verstuur het opnieuw; lukt dat niet, sla het "
                    "dan op "
                    "als PDF.",
                    "This file could not be checked. Send it again; if that does not help, save it as PDF."};
    }
    return {};
}

Failure upload_failure(documents::UploadFault fault) {
    using enum documents::UploadFault;
    switch (fault) {
        case too_large:
            return {FailureKind::invalid,
                    {{"", "too_large", "Een document is ten hoogste 50 MiB. Verstuur een kleiner bestand.",
                      "A document is at most 50 MiB. Send a smaller file."}}};
        case refused:
            return {FailureKind::invalid, {refusal_fault(gate::Refusal::not_examined)}};
        case full:
            return {FailureKind::full};
        case exists:
            return {FailureKind::already_there};
        case unwritable:
            return {FailureKind::unavailable};
    }
    return {};
}

template <class Zone>
Failure upload_failure(documents::Upload<Zone> const& upload, documents::UploadFault fault) {
    if (auto const refusal = upload.refusal()) return {FailureKind::invalid, {refusal_fault(*refusal)}};
    return upload_failure(fault);
}

json::object to_json_object(DocumentView const& view) {
    auto const& verdict = view.verdict;
    json::value const reason = verdict.reason ? json::value(name_of(*verdict.reason)) : nullptr;
    json::value const signature = verdict.signature.empty() ? nullptr : json::value(verdict.signature);
    return {{"document", to_json(view.row.id)},
            {"case", to_json(view.row.case_id)},
            {"file_name", view.file_name},
            {"size_bytes", view.size_bytes},
            {"media_type", view.type ? json::value(gate::media_type(*view.type)) : nullptr},
            {"created_by", to_json(view.row.created_by)},
            {"created_at", to_json(view.row.created_at)},
            {"state", name_of(verdict.state)},
            {"reason", reason},
            {"signature", signature}};
}

/// What somebody is told whose file went into quarantine. `{}` is the name of the signature.
struct QuarantineWords {
    std::string_view dutch, english;
};
QuarantineWords words_of(documents::QuarantineReason reason) {
    switch (reason) {
        case documents::QuarantineReason::infected:
            return {
                "In dit bestand is schadelijke software gevonden ({}). Het is niet toegevoegd aan het "
                "dossier; het "
                "ligt afgesloten in quarantaine. Laat uw computer controleren en waarschuw de beheerder.",
                "Harmful software was found in this file ({}). It was not added to the case; it lies locked "
                "up in "
                "quarantine. Have your computer checked, and warn the operator."};
        case documents::QuarantineReason::encrypted:
            return {
                "Dit bestand is beveiligd met een wachtwoord en kan niet worden gecontroleerd. Het is niet "
                "toegevoegd aan het dossier; het ligt afgesloten in quarantaine. Verstuur het zonder "
                "wachtwoord.",
                "This file is protected by a password and cannot be checked. It was not added to the case; "
                "it lies "
                "locked up in quarantine. Send it without a password."};
        case documents::QuarantineReason::limit:
            return {
                "Dit bestand is van binnen te groot of te diep verpakt om te controleren. Het is niet "
                "toegevoegd aan "
                "het dossier; het ligt afgesloten in quarantaine. Sla het eenvoudiger op en verstuur het "
                "opnieuw.",
                "This file is too large or too deeply packed inside to be checked. It was not added to the "
                "case; it "
                "lies locked up in quarantine. Save it in a simpler way and send it again."};
        case documents::QuarantineReason::not_scanned:
            return {
                "Dit bestand kon niet worden gecontroleerd. Het ligt afgesloten in quarantaine. Verstuur het "
                "opnieuw.",
                "This file could not be checked. It lies locked up in quarantine. Send it again."};
    }
    return {};
}

/// The name of a signature comes from the scanner, so this is no failure of literals.
transport::Answer quarantined_answer(documents::Verdict const& verdict, Language language) {
    auto const words = words_of(*verdict.reason);
    auto const sentence = language == Language::dutch ? words.dutch : words.english;
    json::array fields{json::object{{"field", ""},
                                    {"code", name_of(*verdict.reason)},
                                    {"detail", fmt::format(fmt::runtime(sentence), verdict.signature)}}};
    return answer(problems::invalid, language, {{"fields", std::move(fields)}});
}

std::optional<std::string> file_name_of(transport::Headers const& headers) {
    auto const header = headers.find("k7-file-name");
    if (!header) return std::nullopt;
    auto const encoded =
        boost::urls::make_pct_string_view(boost::core::string_view{header->data(), header->size()});
    if (!encoded) return std::nullopt;
    std::string decoded;
    encoded->decode({}, boost::urls::string_token::assign_to(decoded));
    return documents::document_name(decoded);
}

/// A document that is about to arrive.
struct NewDocument {
    DocumentId id;
    std::string name;
    transport::BodySource* content;
};
template <class Zone>
Given<NewDocument> document_of(Call<Zone> const& call) {
    if (!call.body) return std::unexpected(call.body.error());
    auto const id = call.idempotency_key();
    if (!id) return std::unexpected(id.error());
    auto name = file_name_of(call.head.headers);
    if (!name) {
        return std::unexpected(
            Failure{FailureKind::invalid,
                    {{"K7-File-Name", "missing", "De naam van het bestand ontbreekt of is niet bruikbaar.",
                      "The name of the file is missing or cannot be used."}}});
    }
    return NewDocument{DocumentId{*id}, std::move(*name), call.body->stream};
}

/// A computer opens a file by its name, so that has to say what it is.
constexpr access::FieldFault wrong_ending{"K7-File-Name", "not_as_content",
                                          "De naam eindigt als die van een ander soort bestand dan het is. "
                                          "Geef het bestand zijn eigen naam terug, of sla het op als PDF.",
                                          "The name ends as that of another kind of file than it is. Give "
                                          "the file its own name back, or save it as PDF."};

template <class Zone>
Result list(Call<Zone>& call, FindSubject const& find_subject) {
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
    return json_answer(json::object{{"documents", std::move(shown)}});
}

/// Keeps what arrives, sealed and scanned as it arrives.
template <class Zone>
Given<documents::KeptUpload> receive(
    transport::BodySource& content,
    std::expected<std::unique_ptr<documents::Upload<Zone>>, documents::UploadFault> const& upload) {
    if (!upload) return std::unexpected(upload_failure(upload.error()));
    Bytes piece(64 * 1024);
    for (;;) {
        auto const count = content.read(piece);
        if (!count) {
            switch (count.error()) {
                case transport::BodyError::too_large:
                    return std::unexpected(Failure{FailureKind::too_large});
                case transport::BodyError::too_slow:
                    return std::unexpected(Failure{FailureKind::too_slow});
                case transport::BodyError::cut_off:
                    return std::unexpected(Failure{FailureKind::invalid});  // nobody is there to read it
            }
        }
        if (*count == 0) break;
        if (auto const added = (*upload)->add(BytesView{piece}.first(*count)); !added)
            return std::unexpected(upload_failure(**upload, added.error()));
    }
    auto kept = (*upload)->keep();
    if (!kept) return std::unexpected(upload_failure(**upload, kept.error()));
    return std::move(*kept);
}

template <class Zone>
Result add(Call<Zone>& call, documents::Store const& store, documents::Scanner const& scanner,
           FindSubject const& find_subject) {
    auto const case_id = call.template id<CaseId>("case");
    auto const given = document_of(call);

    // First: may this actor; with the key of whom it is about. The file arrives outside of any transaction.
    std::optional<PersonId> person;
    auto key = access::change(
        call.frame, call.actor, [&](access::Unit<Zone>& unit) -> std::expected<Key<Zone>, Failure> {
            auto const facts = find_subject(unit.tx, case_id);
            auto const access = unit.gate.ask(Action::create, facts, case_id.uuid(), "upload begins");
            if (!access) return std::unexpected(access.error());
            if (!given) return std::unexpected(given.error());
            person = facts.person;
            return key_of(unit, *facts.person);
        });
    if (!key) return std::unexpected(key.error());
    auto const& keyring = call.frame.keys.keyring();
    auto const upload =
        documents::Upload<Zone>::begin(store, scanner, keyring, *key, *person, given->id, call.frame.random);
    auto received = receive<Zone>(*given->content, upload);
    if (received && received->verdict.state != documents::ScanState::quarantined && received->type &&
        !gate::fits_name(*received->type, given->name)) {
        (*upload)->take_back();
        received = std::unexpected(Failure{FailureKind::invalid, {wrong_ending}});
    }
    auto const arrived = received.value_or(documents::KeptUpload{});
    DocumentView const view{{given->id, case_id, *person, call.actor.user, call.frame.clock.now()},
                            given->name,
                            arrived.size_bytes,
                            arrived.verdict,
                            arrived.type};
    auto const kept =
        access::change(call.frame, call.actor, [&](access::Unit<Zone>& unit) -> std::expected<void, Failure> {
            auto const access =
                unit.gate.ask(Action::create, find_subject(unit.tx, case_id), given->id.uuid(),
                              received ? name_of(view.verdict.state) : std::string_view{});
            if (!access) return std::unexpected(access.error());
            if (!received) return std::unexpected(received.error());
            documents::add_document<Zone>(unit.tx, unit.keyring(), *key, view, arrived.signatures,
                                          call.frame.random);
            return {};
        });
    if (!kept) {
        // Only the gate's no and a full disk are certain: after any other failure the row may be there all
        // the same. A file that has none is removed by the sweep.
        auto const kind = kept.error().kind;
        if (received &&
            (kind == FailureKind::not_found || kind == FailureKind::not_allowed || kind == FailureKind::full))
            (*upload)->take_back();
        return std::unexpected(kept.error());
    }
    if (view.verdict.state == documents::ScanState::quarantined)
        return quarantined_answer(view.verdict, call.language);
    return json_answer(to_json_object(view), 201);
}

template <class Zone>
Result download(Call<Zone>& call, documents::Store const& store, FindSubject const& find_subject) {
    auto const id = call.template id<DocumentId>("document");
    using Open = documents::OpenDocument<Zone>;
    auto opened =
        access::look(call.frame, call.actor, [&](access::Unit<Zone>& unit) -> std::expected<Open, Failure> {
            auto const row = documents::find_document(unit.tx, unit.keyring(), id);
            auto const facts = row ? find_subject(unit.tx, row->case_id)
                                   : access::ObjectFacts{.resource = Resource::document};
            auto const access = unit.gate.ask(Action::read, facts, id.uuid());
            if (!access) return std::unexpected(access.error());
            if (!row) return std::unexpected(Failure{FailureKind::not_found});
            auto key = key_of(unit, row->person);
            if (!key) return std::unexpected(key.error());
            return documents::open_document<Zone>(unit.tx, store, unit.keyring(), std::move(*key), *row,
                                                  *access);
        });
    if (!opened) return std::unexpected(opened.error());
    transport::Answer answer;
    auto const type = opened->view.type;
    answer.headers.set("Content-Type",
                       std::string{type ? gate::media_type(*type) : "application/octet-stream"});
    answer.headers.set("Content-Disposition", attachment_called(opened->view.file_name));
    // A document never changes: another version is another file.
    auto const tag = fmt::format("\"{}-1\"", id.uuid().to_string());
    auto const size = opened->view.size_bytes;
    return answer_with(
        call.head.headers, std::move(answer), tag, size,
        [document = std::make_shared<Open>(std::move(*opened))](std::uint64_t offset, BytesSpan out) {
            return document->content->read(offset, out).has_value();
        });
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
std::vector<Route<Zone>> document_routes(documents::Store const& store, documents::Scanner const& scanner,
                                         FindSubject find_subject) {
    using transport::Method;
    return {{Method::get, "/api/v1/cases/{case}/documents", Resource::document, Action::list,
             [find_subject](Call<Zone>& call) { return list(call, find_subject); }},
            {Method::post,
             "/api/v1/cases/{case}/documents",
             Resource::document,
             Action::create,
             [&store, &scanner, find_subject](Call<Zone>& call) {
                 return add(call, store, scanner, find_subject);
             },
             {documents::largest_document_bytes, true},
             any_content_type},
            {Method::get, "/api/v1/documents/{document}", Resource::document, Action::read,
             [&store, find_subject](Call<Zone>& call) { return download(call, store, find_subject); }}};
}

template std::vector<Route<OfficeZone>> document_routes(documents::Store const&, documents::Scanner const&,
                                                        FindSubject);
template std::vector<Route<MedicalZone>> document_routes(documents::Store const&, documents::Scanner const&,
                                                         FindSubject);

}  // namespace klout7::api
