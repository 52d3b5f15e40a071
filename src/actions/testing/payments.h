#pragma once

#include "actions/benefit_facts.h"
#include "actions/pay_runs.h"
#include "actions/payee_accounts.h"
#include "actions/payment_batches.h"
#include "actions/read_benefit.h"
#include "testing/office.h"

namespace klout7::actions::testing {

/// The office side that pays: people ill since 2 November, as in V4d (120.00 a day, 84.00 of benefit), with
/// an account that may be used. Today is Wednesday 18 November.
struct WithPayments : OfficeSide {
    Actor specialist = actor(Role::benefit_specialist);
    Actor other_specialist = actor(Role::benefit_specialist);
    Actor maker = actor(Role::payments);
    Actor first = actor(Role::payments);
    Actor second = actor(Role::payments);
    LocalDate const second_week = LocalDate::from(2026, 11, 9).value();
    LocalDate const thursday = LocalDate::from(2026, 11, 19).value();

    WithPayments() {
        office.bank = payments::BankSide{
            .debtor = {"Klout7 Uitkeringen", Iban::parse("NL02ABNA0123456789").value(), {}}};
    }

    static benefits::CaseFacts usual_facts() {
        auto const began = LocalDate::from(2026, 11, 2).value();
        return {.job = {.first_day = began,
                        .last_day = began,
                        .returns = benefits::WageReturns::monthly,
                        .wages = {},
                        .agreed_wage = Money::cents(261'000)}};
    }
    Case ill_since(std::string day) {
        auto given = input();
        given.first_sick_day = std::move(day);
        return report(std::move(given));
    }
    std::int64_t record(CaseId id, benefits::CaseFacts facts, std::int64_t seen = 0) {
        auto const number =
            record_benefit_facts(office, specialist, id, NewFacts{std::move(facts), {}, seen});
        REQUIRE(number);
        return *number;
    }
    /// Approved so long ago that it may be used today.
    void give_account(CaseId id, std::string_view iban = "NL91ABNA0417164300") {
        auto const today = clock.now();
        clock.set(today - Duration::days(people::cooling_days));
        auto const proposed = propose_payee_account(
            office, specialist, id, NewPayeeAccount{Iban::parse(iban).value(), "J. Voorbeeld"});
        REQUIRE(proposed);
        other_specialist.fresh_at = clock.now();
        REQUIRE(approve_payee_account(office, other_specialist, *proposed, people::PayeeCheck::match));
        clock.set(today);
        other_specialist.fresh_at = today;
    }
    Case payable_case() {
        auto const known = ill_since("2026-11-02");
        record(known.id, usual_facts());
        give_account(known.id);
        return known;
    }
    payments::PayRun run(LocalDate week) {
        auto const id = start_pay_run(office, specialist, week);
        REQUIRE(id);
        while (true) {
            auto const step = step_pay_run(office, 2);
            if (step == RunStep::finished) break;
            REQUIRE(step == RunStep::done);
        }
        CHECK(step_pay_run(office) == RunStep::nothing);
        auto const read = read_pay_run(office, specialist, *id, {});
        REQUIRE(read);
        return read->view.run;
    }
    BatchView batch(payments::BatchId id) {
        auto const view = read_batch(office, maker, id);
        REQUIRE(view);
        return *view;
    }
    BatchView prepared_batch(LocalDate day) {
        auto const id = make_batch(office, maker, day);
        REQUIRE(id);
        while (true) {
            auto const step = step_batch(office, 2);
            if (step == RunStep::nothing) break;
            REQUIRE(step == RunStep::done);
        }
        return batch(*id);
    }
    static SeenFiles seen(BatchView const& view) {
        SeenFiles files{{}, view.batch.version};
        for (auto const& file : view.files) files.digests.push_back(file.digest);
        return files;
    }
    Came release(Actor& who, payments::BatchId id) {
        who.fresh_at = clock.now();
        return came(release_batch(office, who, id, seen(batch(id))));
    }
    BatchView released_batch(LocalDate day) {
        auto const id = prepared_batch(day).batch.id;
        REQUIRE(release(first, id) == std::nullopt);
        REQUIRE(release(second, id) == std::nullopt);
        return batch(id);
    }
    std::vector<PaymentOfCase> paid(CaseId id) {
        auto const found = list_payments(office, specialist, id);
        REQUIRE(found);
        return *found;
    }
    payments::Balances balances() {
        auto const found =
            database.transact([&](store::Transaction& tx) { return payments::balances_of(tx, keyring); });
        REQUIRE(found);
        return *found;
    }
};

}  // namespace klout7::actions::testing
