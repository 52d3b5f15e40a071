#include "audit/event.h"

#include <algorithm>

#include "base/check.h"

namespace klout7::audit {
namespace {

// The keys of an entry. A number is never used again for something else.
enum Key : std::uint32_t {
    key_program = 1,
    key_number,
    key_at,
    key_action,
    key_object_class,
    key_object,
    key_person,
    key_user,
    key_role,
    key_responsible,
    key_organisation,
    key_ground,
    key_outcome,
    key_session,
    key_version,
    key_detail_hash,
};

std::optional<Uuid> uuid_at(CborMap const& map, std::uint32_t key) {
    auto const found = map.find(key);
    if (!found) return std::nullopt;
    auto const bytes = found->bytes();
    return bytes ? Uuid::from_bytes(*bytes) : std::nullopt;
}

template <class Kind>
void read_id(std::optional<Id<Kind>>& out, CborMap const& map, std::uint32_t key) {
    if (auto const uuid = uuid_at(map, key)) out = Id<Kind>{*uuid};
}

std::string text_at(CborMap const& map, std::uint32_t key) {
    auto const text = map.text(key);
    return text ? std::string{*text} : std::string{};
}

}  // namespace

std::string_view name_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::done:
            return "done";
        case Outcome::refused:
            return "refused";
        case Outcome::failed:
            return "failed";
    }
    return {};
}

Bytes encode_entry(Event const& event, EntryFrame const& frame) {
    std::size_t const optional_fields =
        std::size_t{event.object.has_value()} + event.person.has_value() + event.user.has_value() +
        !event.role.empty() + event.responsible.has_value() + event.organisation.has_value() +
        !event.ground.empty() + event.session.has_value() + frame.detail_hash.has_value();
    CborWriter w;
    w.map(7 + optional_fields);
    w.key(key_program).text(frame.program);
    w.key(key_number).integer(frame.number);
    w.key(key_at).integer(event.at.microseconds());
    w.key(key_action).text(event.action);
    w.key(key_object_class).text(event.object_class);
    if (event.object) w.key(key_object).bytes(event.object->bytes());
    if (event.person) w.key(key_person).bytes(event.person->bytes());
    if (event.user) w.key(key_user).bytes(event.user->bytes());
    if (!event.role.empty()) w.key(key_role).text(event.role);
    if (event.responsible) w.key(key_responsible).bytes(event.responsible->bytes());
    if (event.organisation) w.key(key_organisation).bytes(event.organisation->bytes());
    if (!event.ground.empty()) w.key(key_ground).text(event.ground);
    w.key(key_outcome).text(name_of(event.outcome));
    if (event.session) w.key(key_session).bytes(event.session->bytes());
    w.key(key_version).text(program_version);
    if (frame.detail_hash) w.key(key_detail_hash).bytes(*frame.detail_hash);
    auto entry = w.finish();
    require(entry.size() <= entry_max_bytes, "an audit entry of codes and ids fits its column");
    return entry;
}

std::expected<Entry, CborError> decode_entry(BytesView bytes) {
    auto const value = CborValue::parse(bytes);
    if (!value) return std::unexpected(value.error());
    auto const map = value->map();
    if (!map) return std::unexpected(map.error());
    auto const number = map->integer(key_number);
    auto const at = map->integer(key_at);
    auto const program = map->text(key_program);
    if (!number || !at || !program) return std::unexpected(CborError::missing_key);
    Entry entry;
    entry.program = *program;
    entry.number = *number;
    entry.version = text_at(*map, key_version);
    entry.event.at = Instant::from_microseconds(*at);
    entry.event.action = text_at(*map, key_action);
    entry.event.object_class = text_at(*map, key_object_class);
    entry.event.object = uuid_at(*map, key_object);
    read_id(entry.event.person, *map, key_person);
    read_id(entry.event.user, *map, key_user);
    entry.event.role = text_at(*map, key_role);
    read_id(entry.event.responsible, *map, key_responsible);
    read_id(entry.event.organisation, *map, key_organisation);
    entry.event.ground = text_at(*map, key_ground);
    auto const outcome = text_at(*map, key_outcome);
    entry.event.outcome = outcome == "done"      ? Outcome::done
                          : outcome == "refused" ? Outcome::refused
                                                 : Outcome::failed;
    read_id(entry.event.session, *map, key_session);
    if (auto const hash = map->bytes(key_detail_hash); hash && hash->size() == 32) {
        entry.detail_hash.emplace();
        std::copy(hash->begin(), hash->end(), entry.detail_hash->begin());
    }
    return entry;
}

}  // namespace klout7::audit
