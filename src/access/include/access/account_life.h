#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/accounts.h"
#include "access/frame.h"
#include "base/id.h"
#include "base/secret_bytes.h"

namespace klout7::access {

using ProposalId = Id<struct ProposalIdKind>;

/// What two administrators do together, since it gives somebody a way to personal data: one proposes, another
/// approves. What takes a way in away, one does alone. Source: NEN 7510 (5.3, 5.18).
enum class ProposalKind {
    invite,       ///< a new account
    move,         ///< another role, or other people for whom or about whom
    new_factors,  ///< the second factors were lost
    reopen,       ///< an account that was closed
};
/// The code of a kind in tables and answers. Never changes.
std::string_view name_of(ProposalKind kind);
std::optional<ProposalKind> parse_proposal_kind(std::string_view name);

/// What an administrator asks for, as it was typed. Which of it counts depends on the kind: all but `user` of
/// an invitation; `user` alone of new factors and of a reopening; `user`, `role` and what belongs to the role
/// of a move.
struct NewProposal {
    std::string kind;
    std::string user;
    std::string user_name;
    std::string display_name;  ///< at most 100 characters
    std::string role;
    std::string employer;     ///< the code of the employer: of an employer's account
    std::string person;       ///< who it is: of a client's account
    std::string responsible;  ///< the doctor who answers for it: of delegated staff
    std::string e_mail;       ///< of everybody but a client, who may have one
};

/// Who proposed it when it was the operator (administrators.h), who is no user.
inline constexpr UserId by_operator{};

/// A proposal lasts a week, as does the set-up code that came of it.
inline constexpr Duration proposal_lasts = Duration::days(7);
inline constexpr Duration set_up_code_lasts = Duration::days(7);

/// What who proposed hands to the user, once: a welcome password (of an invitation), and half of the code
/// that stands in for a second factor until there is one (of an invitation, of new factors).
struct Proposed {
    ProposalId proposal;
    Instant until;
    std::optional<SecretBytes> welcome_password = {};
    std::optional<SecretBytes> half_code = {};
};
/// What who approved hands to the user, once: the other half.
struct Approved {
    UserId user;
    std::optional<SecretBytes> half_code = {};
};

/// A proposal as who must approve it sees it.
struct ProposalView {
    ProposalId proposal;
    ProposalKind kind;
    UserId user;
    UserId proposed_by;
    Instant proposed_at;
    std::string user_name;
    std::string display_name;
    Role role;  ///< that it would have
    std::optional<EmployerId> employer;
    std::optional<PersonId> person;
    std::optional<UserId> responsible;
    std::string e_mail;
};

/// An account as who manages it sees it.
struct ManagedAccount {
    AccountView account;
    std::optional<Instant> last_signed_in_at;
    std::optional<Instant> reviewed_at;
    bool review_is_due;  ///< open, and not reviewed within a year
};
struct AccountPage {
    std::vector<ManagedAccount> accounts;  ///< by id
    std::optional<UserId> next;            ///< the page behind it begins after this one
};
inline constexpr int accounts_a_page = 100;
inline constexpr Duration review_lasts = Duration::days(365);

/// A new welcome password, told this once.
struct NewWelcome {
    SecretBytes password;
    Instant until;
};

/// What an administrator does with the accounts of the own side: invite, move, close, reopen, review. Each
/// attempt is a line in the log. Accounts of administrators themselves are the operator's, who may need one
/// of them to approve (administrators.h). Many threads.
template <class Zone>
class AccountLife {
public:
    /// The employer of this code, for accounts of employers.
    using FindEmployer = std::function<std::optional<EmployerId>(store::Transaction&, std::string_view code)>;

    AccountLife(Frame<Zone> const& frame, FindEmployer find_employer)
        : frame_(frame), find_employer_(std::move(find_employer)) {}

    /// The accounts behind `after`, closed ones too.
    std::expected<AccountPage, Failure> list(Actor const& actor, std::optional<UserId> after) const;

    /// Errors: invalid, not_allowed (an account or role that is not the actor's to manage), not_now (closed,
    /// or not closed).
    std::expected<Proposed, Failure> propose(Actor const& actor, Given<NewProposal> const& given) const;
    /// Those that wait for an answer, oldest first.
    std::expected<std::vector<ProposalView>, Failure> proposals(Actor const& actor) const;
    /// Does what was proposed. Errors: not_found; not_allowed for who proposed it; not_now when it was
    /// decided, when it is over, or when it no longer fits the account; already_there (the user name).
    std::expected<Approved, Failure> approve(Actor const& actor, ProposalId proposal) const;
    /// Withdraws it, or says no. Errors: not_found, not_now.
    std::expected<void, Failure> end(Actor const& actor, ProposalId proposal) const;

    /// Nobody signs in with it any more, and its sessions end. Errors: not_found, not_allowed, not_now.
    std::expected<void, Failure> close(Actor const& actor, UserId user) const;
    /// For who forgot it; its sessions end. Without the second factor it opens nothing, so that one
    /// administrator is enough. Errors: not_found, not_allowed, not_now.
    std::expected<NewWelcome, Failure> reset_password(Actor const& actor, UserId user) const;
    /// The account was looked at: it may go on for a year as it is. Errors: not_found, not_allowed, not_now.
    std::expected<void, Failure> review(Actor const& actor, UserId user) const;

private:
    Frame<Zone> frame_;
    FindEmployer find_employer_;
};

extern template class AccountLife<OfficeZone>;
extern template class AccountLife<MedicalZone>;

}  // namespace klout7::access
