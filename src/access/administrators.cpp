#include "access/administrators.h"

#include <algorithm>

#include "account_changes.h"
#include "proposal_row.h"
#include "recovery_codes.h"
#include "session_row.h"
#include "short_text.h"

namespace klout7::access {
namespace {

using Fault = AdministratorFault;

template <class Zone>
constexpr Role administrator = administrator_of(Zone::side);

/// One thing that the operator does.
template <class Zone>
struct Doing {
    Frame<Zone> const& frame;
    store::Transaction& tx;
    std::string_view by;
    Instant now = frame.clock.now();

    crypto::Keyring<Zone> const& keyring() const { return frame.keys.keyring(); }
    AccountWork<Zone> work() const { return {frame, tx, now}; }

    void write_line(std::string action, Uuid which, std::string_view what) {
        audit::Event line;
        line.at = now;
        line.action = std::move(action);
        line.object_class = "user";
        line.object = which;
        line.role = "operator";
        line.ground = "operator";
        line.detail = std::string{by}.append("\n").append(what);
        frame.recorder.record(tx, {&line, 1});
    }
    /// Every administrator but this one.
    std::vector<AccountRow> others(UserId user) {
        auto rows = load_accounts(tx, keyring(), administrator<Zone>);
        std::erase_if(rows, [&](auto const& row) { return row.user == user; });
        return rows;
    }
    void tell_others(UserId user) { tell_administrators(work(), NoticeKind::administrator_changed, user); }
    /// Whether somebody can approve: an administrator who has a password of the own.
    bool has_second(UserId user) {
        return std::ranges::any_of(others(user), [](auto const& row) { return !row.password_is_welcome; });
    }
    std::expected<AccountRow, Fault> find(UserName const& name) {
        auto const user = find_user(tx, keyring(), name);
        auto account = user ? load_account(tx, keyring(), *user) : std::nullopt;
        if (!account) return std::unexpected(Fault::unknown);
        if (account->role != administrator<Zone>) return std::unexpected(Fault::other_role);
        if (account->closed_at) return std::unexpected(Fault::closed);
        return std::move(*account);
    }
    bool is_proposed(ProposalKind kind, std::string_view user_name) {
        return std::ranges::any_of(load_open_proposals(tx, keyring(), now - proposal_lasts),
                                   [&](auto const& row) {
                                       return row.kind == kind && row.proposed_by == by_operator &&
                                              row.account.user_name == user_name;
                                   });
    }
    /// Half of a code for the user; the other half is for who approves.
    SecretBytes propose(ProposalKind kind, UserId user, ProposedAccount account, std::string password_hash) {
        ProposalSecret const secret{std::move(password_hash), RecoveryCodes::new_half(frame.random)};
        insert_proposal(tx, keyring(),
                        {.proposal = ProposalId::make(now, frame.random),
                         .kind = kind,
                         .user = user,
                         .account = std::move(account),
                         .proposed_by = by_operator,
                         .proposed_at = now},
                        secret, frame.random);
        return secret.half_code.copy();
    }
    /// A whole code, which counts from now on.
    SecretBytes hand_out_code(UserId user) {
        auto const first = RecoveryCodes::new_half(frame.random);
        auto const second = keep_set_up_code(work(), user, first.text());
        return SecretBytes::from_text(std::string{first.text()}.append("-").append(second.text()));
    }
};

/// Runs it in one transaction, in which nothing stays when it comes to a fault.
template <class Zone, class Work>
auto done(Frame<Zone> const& frame, std::string_view by, Work const& work)
    -> decltype(work(std::declval<Doing<Zone>&>())) {
    auto result = frame.database.transact([&](store::Transaction& tx) {
        Doing<Zone> doing{frame, tx, by};
        return work(doing);
    });
    if (!result) {
        bool const is_taken = result.error() == store::StoreError::already_there;
        return std::unexpected(is_taken ? Fault::taken : Fault::store);
    }
    return std::move(*result);
}

}  // namespace

template <class Zone>
std::expected<HandedOut, Fault> Administrators<Zone>::add(UserName const& name, std::string_view display_name,
                                                          std::string_view e_mail,
                                                          std::string_view by) const {
    auto const shown = short_text(display_name, display_name_longest);
    if (!shown) return std::unexpected(Fault::bad_name);
    auto const address = EMail::parse(e_mail);
    if (!address) return std::unexpected(Fault::bad_e_mail);
    auto const welcome = make_welcome(frame_.random);
    return done(frame_, by, [&](Doing<Zone>& doing) -> std::expected<HandedOut, Fault> {
        if (find_user(doing.tx, doing.keyring(), name)) return std::unexpected(Fault::taken);
        if (doing.is_proposed(ProposalKind::invite, name.text())) return std::unexpected(Fault::waits);
        if (holds_another_account(doing.tx, doing.keyring(), *address, administrator<Zone>, {}))
            return std::unexpected(Fault::conflict);
        HandedOut out{.user = UserId::make(doing.now, frame_.random),
                      .welcome_password = welcome.password.copy(),
                      .until = doing.now + proposal_lasts};
        out.is_half = doing.has_second(out.user);
        if (out.is_half) {
            out.code = doing.propose(ProposalKind::invite, out.user,
                                     {.user_name = name.text(),
                                      .display_name = *shown,
                                      .role = administrator<Zone>,
                                      .e_mail = address},
                                     welcome.hash);
        } else {
            add_account(
                doing.work(), out.user,
                {.user_name = name, .display_name = *shown, .role = administrator<Zone>, .e_mail = address},
                welcome.hash);
            out.code = doing.hand_out_code(out.user);
        }
        doing.write_line("create", out.user.uuid(), out.is_half ? "proposed" : "made");
        doing.tell_others(out.user);
        return out;
    });
}

template <class Zone>
std::expected<HandedOut, Fault> Administrators<Zone>::new_factors(UserName const& name,
                                                                  std::string_view by) const {
    return done(frame_, by, [&](Doing<Zone>& doing) -> std::expected<HandedOut, Fault> {
        auto const account = doing.find(name);
        if (!account) return std::unexpected(account.error());
        if (doing.is_proposed(ProposalKind::new_factors, name.text())) return std::unexpected(Fault::waits);
        HandedOut out{.user = account->user, .until = doing.now + proposal_lasts};
        out.is_half = doing.has_second(account->user);
        if (out.is_half) {
            auto view = view_of(doing.keyring(), *account);
            out.code = doing.propose(ProposalKind::new_factors, out.user,
                                     {.user_name = std::move(view.user_name),
                                      .display_name = std::move(view.display_name),
                                      .role = account->role,
                                      .e_mail = EMail::parse(view.e_mail)},
                                     {});
        } else {
            end_all_factors(doing.work(), account->user);
            end_sessions(doing.tx, account->user, doing.now);
            out.code = doing.hand_out_code(account->user);
        }
        doing.write_line("change", out.user.uuid(), out.is_half ? "new_factors proposed" : "new_factors");
        doing.tell_others(out.user);
        return out;
    });
}

template <class Zone>
std::expected<HandedOut, Fault> Administrators<Zone>::new_welcome(UserName const& name,
                                                                  std::string_view by) const {
    auto const welcome = make_welcome(frame_.random);
    return done(frame_, by, [&](Doing<Zone>& doing) -> std::expected<HandedOut, Fault> {
        auto const account = doing.find(name);
        if (!account) return std::unexpected(account.error());
        auto const until = keep_welcome(doing.work(), *account, welcome.hash);
        doing.write_line("change", account->user.uuid(), "welcome_password");
        doing.tell_others(account->user);
        return HandedOut{.user = account->user, .welcome_password = welcome.password.copy(), .until = until};
    });
}

template <class Zone>
std::expected<void, Fault> Administrators<Zone>::close(UserName const& name, std::string_view by) const {
    return done(frame_, by, [&](Doing<Zone>& doing) -> std::expected<void, Fault> {
        auto const account = doing.find(name);
        if (!account) return std::unexpected(account.error());
        close_account(doing.work(), *account);
        doing.write_line("end", account->user.uuid(), "close");
        doing.tell_others(account->user);
        return {};
    });
}

template <class Zone>
std::expected<std::vector<AccountView>, Fault> Administrators<Zone>::list() const {
    auto listed = frame_.database.transact([&](store::Transaction& tx) {
        return accounts_of_role(tx, frame_.keys.keyring(), administrator<Zone>);
    });
    if (!listed) return std::unexpected(Fault::store);
    return std::move(*listed);
}

template class Administrators<OfficeZone>;
template class Administrators<MedicalZone>;

}  // namespace klout7::access
