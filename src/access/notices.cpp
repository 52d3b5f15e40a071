#include "access/notices.h"

#include <utility>

namespace klout7::access {
namespace {

ObjectFacts own(Actor const& actor) { return {.resource = Resource::own_session, .user = actor.user}; }

crypto::CellPlace source_cell(NoticeId notice) { return {"user_notice", "source", notice.uuid()}; }

}  // namespace

std::string_view name_of(NoticeKind kind) {
    switch (kind) {
        case NoticeKind::new_device:
            return "new_device";
        case NoticeKind::password_changed:
            return "password_changed";
        case NoticeKind::password_reset:
            return "password_reset";
        case NoticeKind::factor_added:
            return "factor_added";
        case NoticeKind::factor_removed:
            return "factor_removed";
        case NoticeKind::recovery_codes_renewed:
            return "recovery_codes_renewed";
        case NoticeKind::factors_replaced:
            return "factors_replaced";
        case NoticeKind::administrator_changed:
            return "administrator_changed";
        case NoticeKind::account_closed:
            return "account_closed";
        case NoticeKind::payee_account_changed:
            return "payee_account_changed";
    }
    std::unreachable();
}

std::optional<NoticeKind> parse_notice_kind(std::string_view name) {
    for (auto const kind : all_notice_kinds) {
        if (name_of(kind) == name) return kind;
    }
    return std::nullopt;
}

template <class Zone>
void notify(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, UserId user, NoticeKind kind,
            std::string_view source, Instant now, Random& random) {
    auto const notice = NoticeId::make(now, random);
    tx.execute("INSERT INTO user_notice (id, user_id, kind, source, noticed_at) VALUES (?, ?, ?, ?, ?)",
               notice, user, name_of(kind),
               keyring.cells().seal(source_cell(notice), bytes_of(source), random), now);
}

template <class Zone>
void notify_client(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, PersonId person,
                   NoticeKind kind, Instant now, Random& random) {
    for (auto const& [user] :
         tx.rows<UserId>("SELECT id FROM user_account WHERE person_id = ? AND role = ? AND closed_at IS NULL",
                         person, name_of(Role::client)))
        notify(tx, keyring, user, kind, {}, now, random);
}

template <class Zone>
std::expected<std::vector<NoticeView>, Failure> Notices<Zone>::list(Actor const& actor) const {
    return look(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<std::vector<NoticeView>, Failure> {
        auto const access = unit.gate.ask(Action::read, own(actor), actor.user.uuid(), "notices");
        if (!access) return std::unexpected(access.error());
        std::vector<NoticeView> views;
        store::Transaction& tx = unit.tx;
        for (auto const& [notice, kind_name, source, at, seen] :
             tx.rows<NoticeId, std::string, Bytes, Instant, std::optional<Instant>>(
                 "SELECT id, kind, source, noticed_at, seen_at FROM user_notice WHERE user_id = ? "
                 "ORDER BY noticed_at DESC, id DESC OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY",
                 actor.user, std::int64_t{notices_shown})) {
            auto const kind = parse_notice_kind(kind_name);
            if (!kind) store::unexpected_cell();
            auto const plain = unit.keyring().cells().open(source_cell(notice), source);
            views.push_back(
                {notice, *kind, plain ? std::string{plain->text()} : std::string{}, at, seen.has_value()});
        }
        return views;
    });
}

template <class Zone>
std::expected<void, Failure> Notices<Zone>::mark_seen(Actor const& actor) const {
    return change(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<void, Failure> {
        auto const access = unit.gate.ask(Action::change, own(actor), actor.user.uuid(), "notices");
        if (!access) return std::unexpected(access.error());
        unit.tx.execute("UPDATE user_notice SET seen_at = ? WHERE user_id = ? AND seen_at IS NULL", unit.now,
                        actor.user);
        return {};
    });
}

template class Notices<OfficeZone>;
template class Notices<MedicalZone>;
template void notify_client(store::Transaction&, crypto::Keyring<OfficeZone> const&, PersonId, NoticeKind,
                            Instant, Random&);
template void notify(store::Transaction&, crypto::Keyring<OfficeZone> const&, UserId, NoticeKind,
                     std::string_view, Instant, Random&);
template void notify(store::Transaction&, crypto::Keyring<MedicalZone> const&, UserId, NoticeKind,
                     std::string_view, Instant, Random&);

}  // namespace klout7::access
