#include "access/staff_account.h"

#include "account_changes.h"
#include "other_side_row.h"

namespace klout7::access {
namespace {

/// A line of what the other side's message did to an account.
template <class Zone>
void write_line(AccountWork<Zone> const& work, std::string action, UserId user, std::string_view what) {
    audit::Event line;
    line.at = work.now;
    line.action = std::move(action);
    line.object_class = "user";
    line.object = user.uuid();
    line.ground = std::string{"message of the "}.append(name_of(other(Zone::side))).append(" side");
    line.detail = what;
    work.frame.recorder.record(work.tx, {&line, 1});
}

/// Whether of these two the own one has to give way. Both sides ask this of the same two accounts, and the
/// answers differ: the id of an account begins with the time at which it was made.
bool gives_way(UserId own, UserId others) { return others < own; }

}  // namespace

template <class Zone>
bool keep_staff_account(Frame<Zone> const& frame, store::Transaction& tx,
                        handover::StaffAccount const& account) {
    constexpr auto there = other(Zone::side);
    auto const e_mail = EMail::parse(account.e_mail);
    auto const role = parse_role(account.role);
    if (!e_mail || !role || !exists_on(there, *role) || is_of_machine(*role)) return false;
    AccountWork<Zone> const work{frame, tx, frame.clock.now()};
    keep_other_side_row(tx, work.keyring(),
                        {account.user, index_of(work.keyring(), *e_mail), *role, account.is_open});
    write_line(work, "change", account.user, account.is_open ? "open" : "closed");
    if (!account.is_open) return true;
    for (auto const& own : load_accounts_of(tx, work.keyring(), *e_mail)) {
        if (may_be_one_person(Zone::side, own.role, there, *role) || !gives_way(own.user, account.user))
            continue;
        close_account(work, own);
        write_line(work, "end", own.user, "close\nroles_conflict");
        tell_administrators(work, NoticeKind::account_closed);
    }
    return true;
}

template bool keep_staff_account(Frame<OfficeZone> const&, store::Transaction&,
                                 handover::StaffAccount const&);
template bool keep_staff_account(Frame<MedicalZone> const&, store::Transaction&,
                                 handover::StaffAccount const&);

}  // namespace klout7::access
