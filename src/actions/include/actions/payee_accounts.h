#pragma once

#include <vector>

#include "actions/office.h"
#include "people/payee_accounts.h"

/// To which account a client is paid: one enters it, another benefit specialist decides, the client is told,
/// and it is used some days later (people/payee_accounts.h).
namespace klout7::actions {

struct NewPayeeAccount {
    Iban iban;
    std::string holder;
};
/// Of the client of this case. Errors: invalid; already_there when this number is what counts or waits.
std::expected<people::PayeeAccountId, Failure> propose_payee_account(Office const& office, Actor const& actor,
                                                                     CaseId id,
                                                                     Given<NewPayeeAccount> const& given);
/// Of the client of this case, newest first.
std::expected<std::vector<people::PayeeAccount>, Failure> read_payee_accounts(Office const& office,
                                                                              Actor const& actor, CaseId id);

/// What waits for a decision; the numbers masked, as reading one is a step of its own.
struct WaitingAccount {
    people::PayeeAccountId id;
    CaseId case_id;  ///< one of the cases of the client, the newest
    std::string masked;
    std::string holder;
    UserId proposed_by;
    Instant proposed_at;
    bool is_first = false;  ///< nothing was approved before
};
/// The oldest first, at most 100.
std::expected<std::vector<WaitingAccount>, Failure> list_payee_accounts(Office const& office,
                                                                        Actor const& actor);

/// By another than who entered it; `check` is what the bank said of name and number. The client is told.
/// Errors: not_now when it was decided already; invalid when the bank said that they do not belong together.
std::expected<void, Failure> approve_payee_account(Office const& office, Actor const& actor,
                                                   people::PayeeAccountId id,
                                                   Given<people::PayeeCheck> const& check);
/// Also by who entered it. Errors: not_now when it was decided already.
std::expected<void, Failure> refuse_payee_account(Office const& office, Actor const& actor,
                                                  people::PayeeAccountId id);

}  // namespace klout7::actions
