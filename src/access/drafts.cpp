#include "access/drafts.h"

#include <algorithm>

#include "store/row_tag.h"

namespace klout7::access {
namespace {

using DraftId = Id<struct DraftIdKind>;

constexpr FieldFault too_long{"content", "too_long",
                              "Dit concept is te lang om te bewaren. Verstuur het, of maak het korter.",
                              "This draft is too long to be kept. Send it, or make it shorter."};
constexpr FieldFault too_many{
    "", "too_many_drafts",
    "U heeft al 50 concepten. Verstuur er een of gooi er een weg; dan kan dit concept worden bewaard.",
    "You have 50 drafts already. Send one or throw one away; then this draft can be kept."};

std::unexpected<Failure> invalid(FieldFault const& fault) {
    return std::unexpected(Failure{FailureKind::invalid, {fault}});
}

/// A draft as its row says it; all but what was typed. Whose it is decides who reads it.
struct DraftRow {
    DraftId draft;
    UserId user;
    std::string form;
    CaseId case_id;  ///< none (zero) of a form about no case
    Instant saved_at;
};

template <class Zone>
crypto::Sha256 tag_of(crypto::Keyring<Zone> const& keyring, DraftRow const& row) {
    return store::row_tag(keyring, "draft", {row.draft, row.user, row.form, row.case_id, row.saved_at});
}

crypto::CellPlace content_cell(DraftId draft) { return {"draft", "content", draft.uuid()}; }

CaseId case_in(DraftPlace const& place) { return place.case_id.value_or(CaseId{}); }

struct Found {
    DraftRow row;
    Bytes content;
};
template <class Zone>
std::optional<Found> find(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, UserId user,
                          DraftPlace const& place) {
    auto const found = tx.row<DraftId, Bytes, Instant, crypto::Sha256>(
        "SELECT id, content, saved_at, tag FROM draft WHERE user_id = ? AND case_id = ? AND form = ?", user,
        case_in(place), place.form);
    if (!found) return std::nullopt;
    auto const& [draft, content, saved_at, tag] = *found;
    DraftRow const row{draft, user, place.form, case_in(place), saved_at};
    store::require_row_tag(tag, tag_of(keyring, row));
    return Found{row, content};
}

std::int64_t count_of(store::Transaction& tx, UserId user, Instant now) {
    return std::get<0>(*tx.row<std::int64_t>("SELECT COUNT(*) FROM draft WHERE user_id = ? AND saved_at >= ?",
                                             user, now - draft_lasts));
}

/// What seals a draft: the key of whom the case is about, or that of what belongs to nobody.
template <class Zone>
std::expected<crypto::CellCipher<Zone>, Failure> cells_for(Unit<Zone>& unit, std::optional<PersonId> person) {
    if (!person) return unit.keyring().cells();
    auto const key = key_of(unit, *person);
    if (!key) return std::unexpected(key.error());
    return crypto::CellCipher<Zone>{key->key(), key->version(), unit.keyring().identity().environment};
}

}  // namespace

/// Whom the case is about, if it is about one, when the actor may do this and there is such a form.
template <class Zone>
std::expected<std::optional<PersonId>, Failure> Drafts<Zone>::clear(Unit<Zone>& unit, Action action,
                                                                    DraftPlace const& place) const {
    auto facts = place.case_id ? find_subject_(unit.tx, *place.case_id)
                               : ObjectFacts{.resource = Resource::draft, .user = unit.actor.user};
    facts.resource = Resource::draft;
    auto const object = place.case_id ? place.case_id->uuid() : unit.actor.user.uuid();
    auto const access = unit.gate.ask(action, facts, object, place.form);
    if (!access) return std::unexpected(access.error());
    bool const is_known = std::ranges::any_of(draft_forms, [&](DraftForm const& form) {
        return form.name == place.form && form.side == Zone::side &&
               form.is_about_case == place.case_id.has_value();
    });
    if (!is_known) return std::unexpected(Failure{FailureKind::not_found});
    return facts.person;
}

template <class Zone>
std::expected<Instant, Failure> Drafts<Zone>::save_once(Actor const& actor, DraftPlace const& place,
                                                        Given<std::string> const& content) const {
    return change(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<Instant, Failure> {
        auto const person = clear(unit, Action::write, place);
        if (!person) return std::unexpected(person.error());
        if (!content) return std::unexpected(content.error());
        if (content->size() > largest_draft_bytes) return invalid(too_long);
        auto const cells = cells_for(unit, *person);
        if (!cells) return std::unexpected(cells.error());
        auto const known = find(unit.tx, unit.keyring(), actor.user, place);
        DraftRow const row{known ? known->row.draft : DraftId::make(unit.now, unit.frame.random), actor.user,
                           place.form, case_in(place), unit.now};
        auto const sealed = cells->seal(content_cell(row.draft), *content, unit.frame.random);
        auto const tag = tag_of(unit.keyring(), row);
        if (known && unit.tx.execute("UPDATE draft SET content = ?, saved_at = ?, tag = ? WHERE id = ?",
                                     sealed, row.saved_at, tag, row.draft) == 1)
            return row.saved_at;
        if (count_of(unit.tx, actor.user, unit.now) >= most_drafts) return invalid(too_many);
        unit.tx.execute(
            "INSERT INTO draft (id, user_id, form, case_id, content, saved_at, tag) VALUES (?, ?, ?, ?, ?, "
            "?, "
            "?)",
            row.draft, row.user, row.form, row.case_id, sealed, row.saved_at, tag);
        return row.saved_at;
    });
}

template <class Zone>
std::expected<Instant, Failure> Drafts<Zone>::save(Actor const& actor, DraftPlace const& place,
                                                   Given<std::string> const& content) const {
    auto saved = save_once(actor, place, content);
    // Another window of the user was first by a moment: now it is there, and is written over.
    if (!saved && saved.error().kind == FailureKind::already_there) return save_once(actor, place, content);
    return saved;
}

template <class Zone>
std::expected<Draft, Failure> Drafts<Zone>::read(Actor const& actor, DraftPlace const& place) const {
    return look(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<Draft, Failure> {
        auto const person = clear(unit, Action::read, place);
        if (!person) return std::unexpected(person.error());
        auto const found = find(unit.tx, unit.keyring(), actor.user, place);
        if (!found || unit.now - found->row.saved_at > draft_lasts)
            return std::unexpected(Failure{FailureKind::not_found});
        auto const cells = cells_for(unit, *person);
        if (!cells) return std::unexpected(cells.error());
        auto content = cells->open(content_cell(found->row.draft), found->content);
        if (!content) return std::unexpected(Failure{FailureKind::unavailable});
        return Draft{std::move(*content), found->row.saved_at};
    });
}

template <class Zone>
std::expected<void, Failure> Drafts<Zone>::end(Actor const& actor, DraftPlace const& place) const {
    return change(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<void, Failure> {
        auto const person = clear(unit, Action::end, place);
        if (!person) return std::unexpected(person.error());
        if (unit.tx.execute("DELETE FROM draft WHERE user_id = ? AND case_id = ? AND form = ?", actor.user,
                            case_in(place), place.form) == 0)
            return std::unexpected(Failure{FailureKind::not_found});
        return {};
    });
}

void end_drafts_of(store::Transaction& tx, UserId user) {
    tx.execute("DELETE FROM draft WHERE user_id = ?", user);
}

std::int64_t remove_old_drafts(store::Transaction& tx, Instant now) {
    return tx.execute("DELETE FROM draft WHERE saved_at < ?", now - draft_lasts);
}

template class Drafts<OfficeZone>;
template class Drafts<MedicalZone>;

}  // namespace klout7::access
