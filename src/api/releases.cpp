#include "releases.h"

#include "access/accounts.h"
#include "base/text.h"
#include "documents/release.h"

namespace klout7::api {
namespace {

using access::Action;
using access::Failure;
using access::FailureKind;
using access::Given;
using access::ObjectFacts;
using access::Resource;
using documents::Release;
using documents::ReleaseId;
using documents::ReleaseState;

constexpr access::FieldFault no_reason{"reason", "missing",
                                       "Schrijf in 10 tot 500 tekens waarom dit document toch veilig is.",
                                       "Write in 10 to 500 characters why this document is safe after all."};
constexpr std::size_t shortest_reason = 10;

/// One line of words; nothing when it says too little or too much.
std::optional<std::string> reason_in(std::string_view typed) {
    auto const normal = to_nfc(typed);
    if (!normal) return std::nullopt;
    auto const reason = trim(*normal);
    auto const length = count_code_points(reason);
    if (length < shortest_reason || length > documents::longest_release_reason) return std::nullopt;
    return std::string{reason};
}

template <class Zone>
std::optional<documents::DocumentRow> document_of(access::Unit<Zone>& unit, DocumentId id) {
    return documents::find_document(unit.tx, unit.keyring(), id);
}

template <class Zone>
Result ask_release(Call<Zone>& call, FindSubject const& find_subject) {
    auto const id = call.template id<DocumentId>("document");
    auto const given = call.template json<std::string>(
        {"reason"}, [](JsonInput const& input) { return input.text("reason"); });
    auto const asked = access::change(
        call.frame, call.actor, [&](access::Unit<Zone>& unit) -> std::expected<ReleaseId, Failure> {
            auto const row = document_of(unit, id);
            auto facts = row ? find_subject(unit.tx, row->case_id) : ObjectFacts{};
            facts.resource = Resource::quarantine_release;
            auto const access = unit.gate.ask(Action::create, facts, id.uuid());
            if (!access) return std::unexpected(access.error());
            if (!given) return std::unexpected(given.error());
            auto const reason = reason_in(*given);
            if (!reason) return std::unexpected(Failure{FailureKind::invalid, {no_reason}});
            auto const key = key_of(unit, row->person);
            if (!key) return std::unexpected(key.error());
            auto const newest = documents::newest_release(unit.tx, unit.keyring(), id);
            auto const verdict = documents::find_verdict<Zone>(unit.tx, unit.keyring(), *key, id);
            if (!verdict) return std::unexpected(Failure{FailureKind::unavailable});
            if (verdict->state != documents::ScanState::quarantined || documents::is_withdrawn(unit.tx, id) ||
                (newest && newest->release.state == ReleaseState::asked))
                return std::unexpected(Failure{FailureKind::not_now});
            Release const release{ReleaseId::make(unit.now, unit.frame.random), id, *reason, call.actor.user,
                                  unit.now};
            documents::add_release<Zone>(unit.tx, unit.keyring(), *key, release, unit.frame.random);
            return release.id;
        });
    if (!asked) return std::unexpected(asked.error());
    return json_answer(json::object{{"release", to_json(*asked)}}, 201);
}

template <class Zone>
json::object to_json_object(access::Unit<Zone>& unit, documents::ReleaseRow const& row) {
    auto const& release = row.release;
    auto const document = document_of(unit, release.document);
    auto const key = document ? unit.frame.keys.load(unit.tx, document->person)
                              : std::unexpected(vault::VaultError::no_key);
    auto const reason = key ? documents::reason_of<Zone>(*key, row) : std::nullopt;
    auto const verdict =
        key ? documents::find_verdict<Zone>(unit.tx, unit.keyring(), *key, release.document) : std::nullopt;
    auto const asker = access::find_account(unit.tx, unit.keyring(), release.asked_by);
    json::value const found =
        verdict && verdict->reason ? json::value(name_of(*verdict->reason)) : json::value(nullptr);
    json::value const signature =
        verdict && !verdict->signature.empty() ? json::value(verdict->signature) : json::value(nullptr);
    return {{"release", to_json(release.id)},
            {"document", to_json(release.document)},
            {"asked_by", to_json(release.asked_by)},
            {"asked_by_name", asker ? json::value(asker->display_name) : json::value(nullptr)},
            {"asked_at", to_json(release.asked_at)},
            {"asked_because", reason ? json::value(*reason) : json::value(nullptr)},
            {"reason", found},
            {"signature", signature}};
}

template <class Zone>
Result list_releases(Call<Zone>& call) {
    auto const found = access::look(
        call.frame, call.actor, [&](access::Unit<Zone>& unit) -> std::expected<json::array, Failure> {
            auto const access = unit.gate.ask(Action::list, {.resource = Resource::quarantine_release});
            if (!access) return std::unexpected(access.error());
            json::array shown;
            for (auto const& row : documents::open_releases(unit.tx, unit.keyring()))
                shown.push_back(to_json_object(unit, row));
            return shown;
        });
    if (!found) return std::unexpected(found.error());
    return json_answer(json::object{{"releases", *found}});
}

/// Whoever asked does not decide, whatever the roles are.
template <class Zone>
ObjectFacts facts_of(access::Unit<Zone>& unit, std::optional<documents::ReleaseRow> const& row,
                     FindSubject const& find_subject) {
    ObjectFacts facts{.resource = Resource::quarantine_release};
    if (!row) return facts;
    auto const document = document_of(unit, row->release.document);
    if (document) facts = find_subject(unit.tx, document->case_id);
    facts.resource = Resource::quarantine_release;
    facts.user = row->release.asked_by;
    return facts;
}

template <class Zone>
Result decide_release(Call<Zone>& call, FindSubject const& find_subject, ReleaseState state) {
    auto const id = call.template id<ReleaseId>("release");
    auto const action = state == ReleaseState::released ? Action::approve : Action::end;
    auto const done =
        access::change(call.frame, call.actor, [&](access::Unit<Zone>& unit) -> std::expected<void, Failure> {
            auto const row = documents::find_release(unit.tx, unit.keyring(), id);
            auto const access = unit.gate.ask(action, facts_of(unit, row, find_subject), id.uuid());
            if (!access) return std::unexpected(access.error());
            if (!row) return std::unexpected(Failure{FailureKind::not_found});
            auto decided = row->release;
            if (decided.state != ReleaseState::asked) return std::unexpected(Failure{FailureKind::not_now});
            decided.state = state;
            decided.decided_by = call.actor.user;
            decided.decided_at = unit.now;
            if (!documents::decide(unit.tx, unit.keyring(), decided))
                return std::unexpected(Failure{FailureKind::changed_meanwhile});
            if (state == ReleaseState::released && (documents::is_withdrawn(unit.tx, decided.document) ||
                                                    !documents::release_from_quarantine<Zone>(
                                                        unit.tx, unit.keyring(), decided.document, unit.now)))
                return std::unexpected(Failure{FailureKind::not_now});
            return {};
        });
    if (!done) return std::unexpected(done.error());
    return done_answer();
}

}  // namespace

template <class Zone>
std::vector<Route<Zone>> release_routes(FindSubject const& find_subject) {
    using transport::Method;
    constexpr auto release = Resource::quarantine_release;
    return {
        {Method::post, "/api/v1/documents/{document}/release", release, Action::create,
         [find_subject](Call<Zone>& call) { return ask_release(call, find_subject); }, json_body},
        {Method::get, "/api/v1/releases", release, Action::list,
         [](Call<Zone>& call) { return list_releases(call); }},
        {Method::post, "/api/v1/releases/{release}/approval", release, Action::approve,
         [find_subject](Call<Zone>& call) {
             return decide_release(call, find_subject, ReleaseState::released);
         }},
        {Method::del, "/api/v1/releases/{release}", release, Action::end, [find_subject](Call<Zone>& call) {
             return decide_release(call, find_subject, ReleaseState::refused);
         }}};
}

template std::vector<Route<OfficeZone>> release_routes(FindSubject const&);
template std::vector<Route<MedicalZone>> release_routes(FindSubject const&);

}  // namespace klout7::api
