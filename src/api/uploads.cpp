#include "uploads.h"

#include <fmt/format.h>

#include <boost/url/pct_string_view.hpp>

#include "api/problem.h"
#include "content_digest.h"
#include "document_json.h"
#include "document_words.h"

namespace klout7::api {
namespace {

using access::Action;
using access::Failure;
using access::FailureKind;
using access::Given;
using access::Resource;
using documents::DocumentRow;
using documents::DocumentView;

template <class Zone>
using Key = typename vault::PersonKeys<Zone>::Key;

constexpr std::size_t piece_bytes = 64 * 1024;

Failure upload_failure(documents::UploadFault fault) {
    using enum documents::UploadFault;
    switch (fault) {
        case too_large:
            return {FailureKind::too_large};
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

Failure quota_failure(documents::Quota quota) {
    if (quota == documents::Quota::person) {
        return {
            FailureKind::invalid,
            {{"", "quota_of_person",
              "Dit dossier heeft geen ruimte meer voor documenten. Trek in wat er niet in hoort, of vraag "
              "de beheerder om meer ruimte.",
              "This file has no room for more documents. Withdraw what does not belong in it, or ask the "
              "operator for more room."}}};
    }
    return {
        FailureKind::invalid,
        {{"", "quota_of_employer",
          "Voor deze werkgever is er geen ruimte meer voor documenten. Vraag de beheerder om meer ruimte.",
          "There is no room for more documents of this employer. Ask the operator for more room."}}};
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
    std::optional<crypto::Sha256> digest;  ///< as who sends it says
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
    auto const digest = declared_digest(call.head.headers);
    if (!digest) return std::unexpected(digest.error());
    return NewDocument{DocumentId{*id}, std::move(*name), call.body->stream, *digest};
}

/// A computer opens a file by its name, so that has to say what it is.
constexpr access::FieldFault wrong_ending{"K7-File-Name", "not_as_content",
                                          "De naam eindigt als die van een ander soort bestand dan het is. "
                                          "Geef het bestand zijn eigen naam terug, of sla het op als PDF.",
                                          "The name ends as that of another kind of file than it is. Give "
                                          "the file its own name back, or save it as PDF."};
constexpr access::FieldFault other_digest{"Content-Digest", "other_digest",
                                          "Wat aankwam is niet wat er is verstuurd. Er is niets bewaard; "
                                          "verstuur het opnieuw.",
                                          "What arrived is not what was sent. Nothing was kept; send it "
                                          "again."};

/// Takes in what arrives, sealed and scanned as it arrives, until it is whole.
template <class Zone>
Given<documents::KeptUpload> receive(NewDocument const& document, documents::Upload<Zone>& upload) {
    Bytes piece(piece_bytes);
    crypto::Sha256Stream digest;
    for (;;) {
        auto const count = document.content->read(piece);
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
        auto const part = BytesView{piece}.first(*count);
        if (document.digest) digest.add(part);
        if (auto const added = upload.add(part); !added)
            return std::unexpected(upload_failure(upload, added.error()));
    }
    if (document.digest && digest.finish() != *document.digest)
        return std::unexpected(Failure{FailureKind::invalid, {other_digest}});
    auto kept = upload.keep();
    if (!kept) return std::unexpected(upload_failure(upload, kept.error()));
    if (kept->verdict.state != documents::ScanState::quarantined && kept->type &&
        !gate::fits_name(*kept->type, document.name)) {
        upload.take_back();
        return std::unexpected(Failure{FailureKind::invalid, {wrong_ending}});
    }
    return std::move(*kept);
}

/// Only the gate's no, a full disk and a limit are certain: after any other failure the row may be there all
/// the same. A file that has none is removed by the sweep.
bool is_certain(FailureKind kind) {
    return kind == FailureKind::not_found || kind == FailureKind::not_allowed || kind == FailureKind::full ||
           kind == FailureKind::invalid || kind == FailureKind::changed_meanwhile;
}

/// Where what arrives belongs: to a case, or there in the place of a document of it.
struct Place {
    access::ObjectFacts facts;
    std::optional<DocumentRow> replaced;
};
template <class Zone>
using FindPlace = std::function<Place(access::Unit<Zone>&)>;

std::uint64_t sealed_bytes(std::uint64_t size) { return crypto::sealed_size(crypto::padded_size(size)); }

/// A row of the next version of what it replaces, or of a first one. Errors: changed_meanwhile when that was
/// replaced or withdrawn.
template <class Zone>
Given<DocumentRow> row_at(access::Unit<Zone>& unit, Place const& place, DocumentId id) {
    DocumentRow row{id, *place.facts.case_id, *place.facts.person, unit.actor.user, unit.now};
    if (!place.replaced) return row;
    auto const version = documents::next_version(unit.tx, *place.replaced);
    if (!version) return std::unexpected(Failure{FailureKind::changed_meanwhile});
    row.first = place.replaced->first_version();
    row.version = *version;
    return row;
}

template <class Zone>
Result keep_arriving(Call<Zone>& call, DocumentParts const& parts, std::optional<Uuid> object,
                     FindPlace<Zone> const& find_place) {
    auto const given = document_of(call);

    // First: may this actor; with the key of whom it is about. The file arrives outside of any transaction.
    access::ObjectFacts facts{.resource = Resource::document};
    auto key = access::change(
        call.frame, call.actor, [&](access::Unit<Zone>& unit) -> std::expected<Key<Zone>, Failure> {
            auto const place = find_place(unit);
            auto const access = unit.gate.ask(Action::create, place.facts, object, "upload begins");
            if (!access) return std::unexpected(access.error());
            if (!given) return std::unexpected(given.error());
            if (auto const row = row_at(unit, place, given->id); !row) return std::unexpected(row.error());
            facts = place.facts;
            if (auto const lacking = documents::lacking_room(unit.tx, parts.limits, *facts.person,
                                                             facts.employer, sealed_bytes(1)))
                return std::unexpected(quota_failure(*lacking));
            return key_of(unit, *facts.person);
        });
    if (!key) return std::unexpected(key.error());
    if (facts.employer) documents::count_employer(call.frame.database, *facts.employer);
    auto const upload = documents::Upload<Zone>::begin(
        parts.store, parts.scanner, call.frame.keys.keyring(), *key,
        {*facts.person, given->id, parts.limits.document_bytes}, call.frame.random);
    auto const received = upload
                              ? receive<Zone>(*given, **upload)
                              : Given<documents::KeptUpload>{std::unexpected(upload_failure(upload.error()))};
    DocumentView view;
    auto const kept =
        access::change(call.frame, call.actor, [&](access::Unit<Zone>& unit) -> std::expected<void, Failure> {
            auto const place = find_place(unit);
            auto const access =
                unit.gate.ask(Action::create, place.facts, given->id.uuid(),
                              received ? name_of(received->verdict.state) : std::string_view{});
            if (!access) return std::unexpected(access.error());
            if (!received) return std::unexpected(received.error());
            auto const row = row_at(unit, place, given->id);
            if (!row) return std::unexpected(row.error());
            auto const room = sealed_bytes(received->size_bytes);
            if (auto const lacking =
                    documents::lacking_room(unit.tx, parts.limits, *facts.person, facts.employer, room))
                return std::unexpected(quota_failure(*lacking));
            view = {*row, given->name, received->size_bytes, received->verdict, received->type};
            documents::add_document<Zone>(unit.tx, unit.keyring(), *key, view, received->signatures,
                                          call.frame.random);
            if (facts.employer) documents::add_to_employer(unit.tx, *facts.employer, room);
            return {};
        });
    if (!kept) {
        if (received && is_certain(kept.error().kind)) (*upload)->take_back();
        return std::unexpected(kept.error());
    }
    if (view.verdict.state == documents::ScanState::quarantined)
        return quarantined_answer(view.verdict, call.language);
    return json_answer(to_json_object(view), 201);
}

constexpr access::FieldFault unknown_case{"case", "unknown", "Kies een dossier uit uw eigen lijst.",
                                          "Choose a case of your own list."};
constexpr access::FieldFault same_case{"case", "same", "Het document staat al in dit dossier.",
                                       "The document is in this case already."};

/// A document on its way to another case.
template <class Zone>
struct Moved {
    documents::OpenDocument<Zone> content;
    Key<Zone> key;  ///< of the person of the other case
    access::ObjectFacts to;
};

/// Whether this actor may take the document out of its case and put it into the other. The first is asked
/// first: of a document that is not theirs nobody hears anything.
template <class Zone>
Given<std::pair<DocumentRow, access::ObjectFacts>> ask_to_move(access::Unit<Zone>& unit,
                                                               FindSubject const& find_subject,
                                                               DocumentId document, Given<CaseId> const& to,
                                                               std::optional<access::Access>& access) {
    auto const row = documents::find_document(unit.tx, unit.keyring(), document);
    auto const from =
        row ? find_subject(unit.tx, row->case_id) : access::ObjectFacts{.resource = Resource::document};
    auto ending = unit.gate.ask(Action::end, from, document.uuid(), "move");
    if (!ending) return std::unexpected(ending.error());
    if (!to) return std::unexpected(to.error());
    if (*to == row->case_id) return std::unexpected(Failure{FailureKind::invalid, {same_case}});
    auto const other = find_subject(unit.tx, *to);
    if (!unit.gate.ask(Action::create, other, to->uuid(), "move"))
        return std::unexpected(Failure{FailureKind::invalid, {unknown_case}});
    access.emplace(std::move(*ending));
    return std::pair{*row, other};
}

/// Seals the whole content for somebody else, and scans it on the way as all that comes in.
template <class Zone>
Given<documents::KeptUpload> copy(documents::OpenDocument<Zone> const& from, documents::Upload<Zone>& to) {
    std::expected<void, documents::UploadFault> added;
    bool const is_read = read_in_pieces(from.plain(), [&](BytesView part) {
        added = to.add(part);
        return added.has_value();
    });
    if (!added) return std::unexpected(upload_failure(to, added.error()));
    if (!is_read) return std::unexpected(Failure{FailureKind::unavailable});
    auto kept = to.keep();
    if (!kept) return std::unexpected(upload_failure(to, kept.error()));
    return std::move(*kept);
}

}  // namespace

template <class Zone>
Result add_document(Call<Zone>& call, DocumentParts const& parts, FindSubject const& find_subject) {
    auto const case_id = call.template id<CaseId>("case");
    return keep_arriving<Zone>(call, parts, case_id.uuid(), [&](access::Unit<Zone>& unit) {
        return Place{find_subject(unit.tx, case_id), {}};
    });
}

template <class Zone>
Result add_version(Call<Zone>& call, DocumentParts const& parts, FindSubject const& find_subject) {
    auto const id = call.template id<DocumentId>("document");
    return keep_arriving<Zone>(call, parts, id.uuid(), [&](access::Unit<Zone>& unit) {
        auto const row = documents::find_document(unit.tx, unit.keyring(), id);
        return Place{
            row ? find_subject(unit.tx, row->case_id) : access::ObjectFacts{.resource = Resource::document},
            row};
    });
}

template <class Zone>
Result move_document(Call<Zone>& call, DocumentParts const& parts, FindSubject const& find_subject) {
    auto const id = call.template id<DocumentId>("document");
    auto const new_id = call.idempotency_key();
    auto const given = call.template json<CaseId>({"case"}, [](JsonInput const& input) {
        return CaseId::parse(input.text("case")).value_or(CaseId{});
    });
    auto const to = new_id ? given : Given<CaseId>{std::unexpected(new_id.error())};

    auto moved = access::change(
        call.frame, call.actor, [&](access::Unit<Zone>& unit) -> std::expected<Moved<Zone>, Failure> {
            std::optional<access::Access> access;
            auto const asked = ask_to_move(unit, find_subject, id, to, access);
            if (!asked) return std::unexpected(asked.error());
            auto const& [row, other] = *asked;
            auto own_key = key_of(unit, row.person);
            if (!own_key) return std::unexpected(own_key.error());
            auto content = documents::open_document<Zone>(unit.tx, parts.store, unit.keyring(),
                                                          std::move(*own_key), row, *access);
            if (!content) return std::unexpected(content.error());
            if (auto const lacking =
                    documents::lacking_room(unit.tx, parts.limits, *other.person, other.employer,
                                            sealed_bytes(content->view.size_bytes)))
                return std::unexpected(quota_failure(*lacking));
            auto key = key_of(unit, *other.person);
            if (!key) return std::unexpected(key.error());
            return Moved<Zone>{std::move(*content), std::move(*key), other};
        });
    if (!moved) return std::unexpected(moved.error());
    DocumentId const copied{*new_id};
    auto const& facts = moved->to;
    auto const& old = moved->content.view;
    if (facts.employer) documents::count_employer(call.frame.database, *facts.employer);
    // What was taken in before a limit was lowered can still be moved.
    auto const upload =
        documents::Upload<Zone>::begin(parts.store, parts.scanner, call.frame.keys.keyring(), moved->key,
                                       {*facts.person, copied, old.size_bytes}, call.frame.random);
    auto const kept = upload ? copy<Zone>(moved->content, **upload)
                             : Given<documents::KeptUpload>{std::unexpected(upload_failure(upload.error()))};
    DocumentView view;
    auto const done =
        access::change(call.frame, call.actor, [&](access::Unit<Zone>& unit) -> std::expected<void, Failure> {
            std::optional<access::Access> access;
            auto const asked = ask_to_move(unit, find_subject, id, to, access);
            if (!asked) return std::unexpected(asked.error());
            if (!kept) return std::unexpected(kept.error());
            view = {{copied, *facts.case_id, *facts.person, call.actor.user, unit.now},
                    old.file_name,
                    kept->size_bytes,
                    kept->verdict,
                    kept->type};
            documents::add_document<Zone>(unit.tx, unit.keyring(), moved->key, view, kept->signatures,
                                          call.frame.random);
            documents::add_withdrawal(
                unit.tx, unit.keyring(), id,
                {documents::WithdrawalReason::wrong_case, call.actor.user, unit.now, copied});
            if (facts.employer)
                documents::add_to_employer(unit.tx, *facts.employer, sealed_bytes(kept->size_bytes));
            return {};
        });
    if (!done) {
        if (kept && is_certain(done.error().kind)) (*upload)->take_back();
        return std::unexpected(done.error());
    }
    // It lies sealed for somebody whom it does not concern. What cannot be removed now is found by the sweep.
    documents::remove_moved(parts.store, call.frame.keys.keyring(), id);
    return json_answer(to_json_object(view), 201);
}

#define KLOUT7_FOR(Zone)                                                                 \
    template Result add_document(Call<Zone>&, DocumentParts const&, FindSubject const&); \
    template Result add_version(Call<Zone>&, DocumentParts const&, FindSubject const&);  \
    template Result move_document(Call<Zone>&, DocumentParts const&, FindSubject const&);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::api
