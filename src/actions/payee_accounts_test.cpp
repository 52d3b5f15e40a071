#include "actions/payee_accounts.h"

#include <doctest/doctest.h>

#include "access/notices.h"
#include "testing/payments.h"

using namespace klout7;
using namespace klout7::actions;
using namespace klout7::actions::testing;
using people::AccountState;
using people::PayeeCheck;

namespace {

struct WithAccounts : WithPayments {
    Case known = ill_since("2026-11-02");
    NewPayeeAccount given(std::string_view iban = "NL91ABNA0417164300") {
        return {Iban::parse(iban).value(), "J. Voorbeeld"};
    }
    people::PayeeAccountId proposed(std::string_view iban = "NL91ABNA0417164300") {
        auto const id = propose_payee_account(office, specialist, known.id, given(iban));
        REQUIRE(id);
        return *id;
    }
    Came decide(Actor const& who, people::PayeeAccountId id, bool approve,
                PayeeCheck check = PayeeCheck::match) {
        return approve ? came(approve_payee_account(office, who, id, check))
                       : came(refuse_payee_account(office, who, id));
    }
    std::vector<people::PayeeAccount> accounts() {
        auto const found = read_payee_accounts(office, specialist, known.id);
        REQUIRE(found);
        return *found;
    }
};

}  // namespace

TEST_CASE("the client or a benefit specialist enters an account, and nobody else does") {
    WithAccounts side;
    int which = 0;
    as_each(side, Resource::payee_account, Action::create, side.everybody(side.known.person),
            [&](Actor const& actor) {
                auto const* const iban = ++which % 2 == 0 ? "NL91ABNA0417164300" : "NL44RABO0123456789";
                return came(propose_payee_account(side.office, actor, side.known.id, side.given(iban)));
            });
    as_each(side, Resource::payee_account, Action::read, side.everybody(side.known.person),
            [&](Actor const& actor) { return came(read_payee_accounts(side.office, actor, side.known.id)); });
}

TEST_CASE("an account is decided by another than who entered it, once, with a fresh second factor") {
    WithAccounts side;
    auto const id = side.proposed();
    CHECK(side.decide(side.specialist, id, true) == FailureKind::not_allowed);
    auto stale = side.other_specialist;
    stale.fresh_at = {};
    CHECK(side.decide(stale, id, true) == FailureKind::not_fresh);
    CHECK(side.decide(side.maker, id, true) == FailureKind::not_found);
    CHECK(side.decide(side.other_specialist, id, true, PayeeCheck::no_match) == FailureKind::invalid);
    CHECK(side.accounts().front().state == AccountState::proposed);
    CHECK(side.decide(side.other_specialist, id, true) == std::nullopt);
    CHECK(side.decide(side.other_specialist, id, false) == FailureKind::not_now);
    auto const approved = side.accounts().front();
    CHECK(approved.state == AccountState::approved);
    CHECK(approved.check == PayeeCheck::match);
    CHECK(approved.usable_from == LocalDate::from(2026, 11, 21));
    CHECK(approved.decided_by == side.other_specialist.user);
    // Who entered it may take it back, though not approve it.
    auto const second = side.proposed("NL44RABO0123456789");
    CHECK(side.decide(side.specialist, second, false) == std::nullopt);
    CHECK(side.accounts().front().state == AccountState::refused);
}

TEST_CASE("the same number twice waits once; what was refused may be entered again") {
    WithAccounts side;
    auto const id = side.proposed();
    CHECK(came(propose_payee_account(side.office, side.specialist, side.known.id, side.given())) ==
          FailureKind::already_there);
    CHECK(side.decide(side.other_specialist, id, false) == std::nullopt);
    side.proposed();
    auto nameless = side.given("NL44RABO0123456789");
    nameless.holder = " / ";
    CHECK(fields_of(propose_payee_account(side.office, side.specialist, side.known.id, nameless)) ==
          std::vector<std::string_view>{"holder"});
}

TEST_CASE("what waits for a decision is listed masked, with whether it is the first") {
    WithAccounts side;
    side.proposed();
    auto const listed = list_payee_accounts(side.office, side.other_specialist);
    REQUIRE((listed && listed->size() == 1));
    auto const& one = listed->front();
    CHECK(one.case_id == side.known.id);
    CHECK(one.masked == "NL •••• 4300");
    CHECK(one.is_first);
    CHECK(side.decide(side.other_specialist, one.id, true) == std::nullopt);
    side.proposed("NL44RABO0123456789");
    auto const second = list_payee_accounts(side.office, side.other_specialist);
    REQUIRE((second && second->size() == 1));
    CHECK_FALSE(second->front().is_first);
    CHECK(came(list_payee_accounts(side.office, side.manager)) == FailureKind::not_found);
}

TEST_CASE("an account whose row was altered is used by nobody") {
    WithAccounts side;
    auto const id = side.proposed();
    auto const other = side.proposed("NL44RABO0123456789");
    Tampering<OfficeZone> table{side, "payee_account"};
    auto const read = [&] { return came(read_payee_accounts(side.office, side.specialist, side.known.id)); };
    std::vector<std::string> changes{"state = 'approved'", "number = 9", "usable_from = '2026-11-01'",
                                     "payee_check = 'match'", "proposed_by = id"};
    for (auto const& one : table.each_altered("content", other)) changes.push_back(one);
    for (auto const& change : changes) {
        CAPTURE(change);
        table.set(id, change);
        CHECK(read() == FailureKind::unavailable);
        table.put_back();
    }
    CHECK(read() == std::nullopt);
}
