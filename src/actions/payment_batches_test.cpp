#include "actions/payment_batches.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <thread>

#include "actions/report_recovery.h"
#include "testing/payments.h"

using namespace klout7;
using namespace klout7::actions;
using namespace klout7::actions::testing;
using payments::Account;
using payments::BatchState;
using payments::PayableState;

namespace {

Money cents(std::int64_t count) { return Money::cents(count); }
LocalDate day(std::string_view iso) { return LocalDate::parse_iso(iso).value(); }

std::string rejected(std::string const& end_to_end_id, std::string const& reason = "AC04") {
    return "<Document "
           "xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\"><CstmrPmtStsRpt><GrpHdr><MsgId>A" +
           reason +
           "</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>X</OrgnlMsgId></"
           "OrgnlGrpInfAndSts><OrgnlPmtInfAndSts>"
           "<TxInfAndSts><OrgnlEndToEndId>" +
           end_to_end_id + "</OrgnlEndToEndId><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>" + reason +
           "</Cd></Rsn></StsRsnInf></TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>";
}

/// A run came to its end with three cases, of which one has no account.
struct WithRun : WithPayments {
    Case a = payable_case();
    Case b = payable_case();
    Case poor = ill_since("2026-11-02");
    WithRun() {
        record(poor.id, usual_facts());
        run(second_week);
    }
    std::string end_to_end(CaseId id) { return payments::end_to_end_id_of(paid(id).front().way->transfer); }
    payments::BankFile answered(std::string const& text) {
        auto const file = take_bank_answer(office, maker, std::string_view{text});
        REQUIRE(file);
        return *file;
    }
};

}  // namespace

TEST_CASE("a run pays every case what is due and was not paid, and again it pays nothing") {
    WithPayments side;
    auto const a = side.payable_case(), b = side.payable_case();
    side.ill_since("2026-11-02");  // nothing is known of it
    auto const run = side.run(side.second_week);
    CHECK(run.looked_at == 2);
    CHECK(run.paid == 2);
    CHECK(run.left_out == 0);
    CHECK(run.gross == cents(134'400));
    CHECK(run.pay_day == side.thursday);
    auto const paid = side.paid(a.id);
    REQUIRE(paid.size() == 1);
    CHECK(paid.front().payable.payment.gross == cents(67'200));
    CHECK(paid.front().payable.payment.lines.size() == 2);
    CHECK_FALSE(paid.front().way);
    CHECK(run.tax == paid.front().payable.payment.tax * 2);

    auto const again = side.run(side.second_week);
    CHECK(again.looked_at == 2);
    CHECK(again.paid == 0);
    CHECK(side.paid(b.id).size() == 1);
    auto const books = side.balances();
    CHECK(books.sum() == Money{});
    CHECK(books.unbalanced == 0);
    CHECK(books.of.at(Account::benefit) == run.gross);
    CHECK(books.of.at(Account::to_pay) == -(run.gross - run.tax));
    CHECK(books.of.at(Account::tax_due) == -(run.tax + run.zvw));
}

TEST_CASE("a case that cannot be reckoned is left out and listed, and the others are paid") {
    WithPayments side;
    auto const good = side.payable_case(), bad = side.payable_case();
    side.tamper("UPDATE klout7_office.benefit_facts SET content = 'x' WHERE case_id = " +
                WithPayments::literal(bad.id));
    auto const run = side.run(side.second_week);
    CHECK(run.paid == 1);
    CHECK(run.left_out == 1);
    auto const read = read_pay_run(side.office, side.specialist, run.id, {});
    REQUIRE((read && read->obstacles.size() == 1));
    CHECK(read->obstacles.front().case_id == bad.id);
    CHECK(read->obstacles.front().code == "altered");
    CHECK(side.paid(good.id).size() == 1);
}

TEST_CASE("a figure of the law that is not known yet leaves out whom it concerns, and says so") {
    WithPayments side;
    side.payable_case();
    // No figures of 2028 are known: neither the tax of that year nor the maximum.
    side.clock.set(side.clock.now() + Duration::days(415));
    auto const run = side.run(day("2027-12-27"));
    CHECK(run.paid == 0);
    auto const read = read_pay_run(side.office, side.specialist, run.id, {});
    REQUIRE((read && read->obstacles.size() == 1));
    CHECK(read->obstacles.front().code == "tax_year_missing");
}

TEST_CASE("who calculates starts a run, of a week that is closed, one at a time") {
    WithPayments side;
    side.payable_case();
    for (auto const& who : {side.maker, side.manager, side.at_acme})
        CHECK(came(start_pay_run(side.office, who, side.second_week)) != std::nullopt);
    auto const week = [&](std::string_view of) {
        return came(start_pay_run(side.office, side.specialist, day(of)));
    };
    CHECK(week("2026-11-18") == FailureKind::invalid);  // Friday of it is to come
    CHECK(week("2025-11-01") == FailureKind::invalid);
    CHECK(week("2026-11-09") == std::nullopt);
    CHECK(week("2026-11-09") == FailureKind::invalid);
    // The day after the facts close.
    side.clock.set(Instant::from_microseconds(1'795'000'000'000'000) + Duration::days(3));
    while (step_pay_run(side.office) != RunStep::nothing) {
    }
    CHECK(week("2026-11-16") == std::nullopt);
}

TEST_CASE("each case that a run looks at has its line, in the name of who started it") {
    WithPayments side;
    auto const known = side.payable_case();
    side.run(side.second_week);
    int found = 0;
    for (auto const& line : side.lines()) {
        auto const& event = line.entry.event;
        if (event.object_class != "payment" || event.action != "create") continue;
        ++found;
        CHECK(event.person == known.person);
        CHECK(event.user == side.specialist.user);
        CHECK(event.role == "benefit_specialist");
        CHECK_FALSE(event.session);
    }
    CHECK(found == 1);
}

TEST_CASE("two runs at once, with many at the same steps, pay each case once") {
    WithPayments side;
    std::vector<CaseId> cases;
    for (int i = 0; i < 12; ++i) cases.push_back(side.payable_case().id);
    REQUIRE(start_pay_run(side.office, side.specialist, side.second_week));
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            while (true) {
                auto const step = step_pay_run(side.office, 2);
                if (step == RunStep::nothing) return;
                CHECK(step != RunStep::failed);
            }
        });
    for (auto& thread : threads) thread.join();
    for (auto const& id : cases) CHECK(side.paid(id).size() == 1);
    auto const runs = list_pay_runs(side.office, side.specialist);
    REQUIRE(runs);
    CHECK(runs->front().run.looked_at == 12);
    CHECK(runs->front().run.gross == cents(12 * 67'200));
    CHECK(side.balances().sum() == Money{});
}

TEST_CASE("a batch holds who can be paid on its day, and leaves the others for the next") {
    WithRun side;
    auto const view = side.prepared_batch(side.thursday);
    CHECK(view.batch.state == BatchState::prepared);
    CHECK(view.batch.transfers == 2);
    REQUIRE(view.files.size() == 1);
    CHECK(view.files.front().transfers == 2);
    CHECK(view.files.front().sum == view.batch.sum);
    CHECK(view.batch.sum == side.paid(side.a.id).front().payable.payment.net() * 2);
    CHECK(side.paid(side.a.id).front().payable.state == PayableState::batched);
    CHECK(side.paid(side.poor.id).front().payable.state == PayableState::open);
    auto const list = list_batches(side.office, side.maker);
    REQUIRE(list);
    CHECK(list->open == 1);
    // One that holds nobody is cancelled at once.
    CHECK(side.prepared_batch(side.thursday).batch.state == BatchState::cancelled);
    side.give_account(side.poor.id);
    CHECK(side.prepared_batch(side.thursday).batch.transfers == 1);
}

TEST_CASE("an account is not used before its cooling days are over") {
    WithPayments side;
    auto const known = side.ill_since("2026-11-02");
    side.record(known.id, WithPayments::usual_facts());
    auto const proposed =
        propose_payee_account(side.office, side.specialist, known.id,
                              NewPayeeAccount{Iban::parse("NL91ABNA0417164300").value(), "J. Voorbeeld"});
    REQUIRE(proposed);
    REQUIRE(approve_payee_account(side.office, side.other_specialist, *proposed, people::PayeeCheck::match));
    side.run(side.second_week);
    CHECK(side.prepared_batch(day("2026-11-20")).batch.state == BatchState::cancelled);
    CHECK(side.prepared_batch(day("2026-11-23")).batch.transfers == 1);
}

TEST_CASE("a batch is released by two who did not make it, who saw its files, with a fresh second factor") {
    WithRun side;
    auto const view = side.prepared_batch(side.thursday);
    auto const id = view.batch.id;
    CHECK(side.release(side.maker, id) == FailureKind::not_allowed);
    CHECK(side.release(side.specialist, id) == FailureKind::not_allowed);
    CHECK(side.release(side.manager, id) == FailureKind::not_found);
    auto stale = side.first;
    stale.fresh_at = {};
    CHECK(came(release_batch(side.office, stale, id, WithPayments::seen(view))) == FailureKind::not_fresh);
    auto other_files = WithPayments::seen(view);
    other_files.digests.front().front() ^= 1;
    CHECK(came(release_batch(side.office, side.first, id, other_files)) == FailureKind::invalid);
    CHECK(came(read_bank_file(side.office, side.maker, id, 1)) == FailureKind::not_now);

    CHECK(side.release(side.first, id) == std::nullopt);
    CHECK(side.batch(id).batch.state == BatchState::prepared);
    CHECK(side.release(side.first, id) == FailureKind::not_now);
    // Who saw the page before the first release is told.
    CHECK(came(release_batch(side.office, side.second, id, WithPayments::seen(view))) ==
          FailureKind::changed_meanwhile);
    CHECK(came(read_bank_file(side.office, side.maker, id, 1)) == FailureKind::not_now);
    CHECK(came(read_bank_file(side.office, side.specialist, id, 1)) == FailureKind::not_allowed);
    CHECK(side.release(side.second, id) == std::nullopt);
    CHECK(side.batch(id).batch.state == BatchState::released);
    CHECK(side.release(side.second, id) == FailureKind::not_now);

    auto const file = read_bank_file(side.office, side.maker, id, 1);
    REQUIRE(file);
    CHECK(file->name == "klout7-000001-01.xml");
    CHECK(crypto::sha256(bytes_of(file->text)) == view.files.front().digest);
    CHECK(file->text.contains(side.end_to_end(side.a.id)));
    CHECK(file->text.contains("Uitkering weken 45-46 2026"));
    CHECK(came(read_bank_file(side.office, side.maker, id, 2)) == FailureKind::not_found);
    auto const books = side.balances();
    CHECK(books.of.at(Account::bank) == -view.batch.sum);
    CHECK(books.of.at(Account::to_pay) == -side.paid(side.poor.id).front().payable.payment.net());
    CHECK(books.sum() == Money{});
}

TEST_CASE("a batch that was altered in the database after it was made is not released") {
    WithRun side;
    auto const id = side.prepared_batch(side.thursday).batch.id;
    auto const files = WithPayments::seen(side.batch(id));
    auto const transfers = side.database.transact([&](store::Transaction& tx) {
        std::vector<payments::TransferId> found;
        for (auto const& [one] :
             tx.rows<payments::TransferId>("SELECT id FROM payment_transfer ORDER BY position"))
            found.push_back(one);
        return found;
    });
    REQUIRE((transfers && transfers->size() == 2));
    auto const release = [&] { return came(release_batch(side.office, side.first, id, files)); };
    {
        Tampering<OfficeZone> table{side, "payment_transfer"};
        auto changes = table.each_altered("content", transfers->back());
        changes.emplace_back("position = 7");
        changes.emplace_back("attempt = 2");
        for (auto const& change : changes) {
            CAPTURE(change);
            table.set(transfers->front(), change);
            CHECK(release() == FailureKind::unavailable);
            table.put_back();
        }
        side.tamper("DELETE FROM klout7_office.payment_transfer WHERE position = 2");
        CHECK(release() == FailureKind::unavailable);
        table.put_back();
    }
    Tampering<OfficeZone> batches{side, "payment_batch"};
    for (auto const& change : {"state = 'released'", "transfers = 1", "sum_cents = 5",
                               "execution_day = '2026-11-20'", "made_by = id"}) {
        CAPTURE(change);
        batches.set(id, change);
        CHECK(release() == FailureKind::unavailable);
        batches.put_back();
    }
    CHECK(release() == std::nullopt);
}

TEST_CASE("what is cancelled is open again, and paid with the next batch, once") {
    WithRun side;
    auto const id = side.prepared_batch(side.thursday).batch.id;
    CHECK(came(cancel_batch(side.office, side.specialist, id, side.batch(id).batch.version)) ==
          FailureKind::not_allowed);
    REQUIRE(side.release(side.first, id) == std::nullopt);
    CHECK(came(cancel_batch(side.office, side.maker, id, 0)) == FailureKind::changed_meanwhile);
    CHECK(came(cancel_batch(side.office, side.maker, id, side.batch(id).batch.version)) == std::nullopt);
    CHECK(side.release(side.second, id) == FailureKind::not_now);
    CHECK(side.paid(side.a.id).front().payable.state == PayableState::open);
    auto const next = side.released_batch(side.thursday);
    CHECK(next.batch.transfers == 2);
    CHECK(side.paid(side.a.id).front().way->attempt == 2);
    CHECK(came(cancel_batch(side.office, side.maker, next.batch.id, next.batch.version)) ==
          FailureKind::not_now);
    CHECK(side.balances().of.at(Account::bank) == -next.batch.sum);
}

TEST_CASE("a payable that somebody set open again in the database is not paid twice") {
    WithRun side;
    side.released_batch(side.thursday);
    side.tamper("UPDATE klout7_office.payable SET state = 'open'");
    CHECK(side.prepared_batch(side.thursday).batch.state == BatchState::cancelled);
    CHECK(side.balances().sum() == Money{});
}

TEST_CASE("what the bank rejects is held, owed again, and paid again only when somebody says so") {
    WithRun side;
    auto const sent = side.released_batch(side.thursday);
    auto const net = side.paid(side.a.id).front().payable.payment.net();
    auto const text = rejected(side.end_to_end(side.a.id));
    auto const file = side.answered(text);
    CHECK(file.rejected == 1);
    CHECK(file.kind == "pain.002");
    auto const paid = side.paid(side.a.id).front();
    CHECK(paid.payable.state == PayableState::held);
    CHECK(paid.way->end == payments::TransferEnd::rejected);
    CHECK(paid.way->reason == "AC04");
    CHECK(side.balances().of.at(Account::bank) == -(sent.batch.sum - net));
    CHECK(side.balances().sum() == Money{});
    // The same file again, and the same answer in another file.
    CHECK(came(take_bank_answer(side.office, side.maker, std::string_view{text})) ==
          FailureKind::already_there);
    CHECK(side.answered(rejected(side.end_to_end(side.a.id), "AC01")).rejected == 0);
    CHECK(side.prepared_batch(side.thursday).batch.state == BatchState::cancelled);

    auto const held = list_held(side.office, side.maker);
    REQUIRE((held && held->size() == 1));
    CHECK(held->front().net == net);
    CHECK(held->front().masked == "NL •••• 4300");
    CHECK(came(reopen_payment(side.office, side.specialist, held->front().id)) == FailureKind::not_allowed);
    CHECK(came(reopen_payment(side.office, side.maker, held->front().id)) == std::nullopt);
    CHECK(came(reopen_payment(side.office, side.maker, held->front().id)) == FailureKind::not_now);
    auto const old_id = side.end_to_end(side.a.id);
    auto const next = side.released_batch(side.thursday);
    CHECK(next.batch.transfers == 1);
    CHECK(side.end_to_end(side.a.id) != old_id);
    CHECK(side.balances().of.at(Account::bank) == -sent.batch.sum);
}

TEST_CASE("what comes back from the bank is held, and what is not ours is counted") {
    WithRun side;
    side.released_batch(side.thursday);
    auto const paid = side.paid(side.a.id).front();
    auto const statement = [&](std::string const& id, Money amount, std::string const& name) {
        return fmt::format(
            "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><GrpHdr>"
            "<MsgId>S</MsgId></GrpHdr><Stmt><Id>{}</Id><Acct><Id><IBAN>NL02ABNA0123456789</IBAN></Id></Acct>"
            "<Ntry><Amt Ccy=\"EUR\">{}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>"
            "2026-11-20</Dt></BookgDt><NtryDtls><TxDtls><Refs><EndToEndId>{}</EndToEndId></Refs><RtrInf><Rsn>"
            "<Cd>AC04</Cd></Rsn></RtrInf></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>",
            name, amount.to_string(), id);
    };
    auto const net = paid.payable.payment.net();
    // Another amount than was sent, and what nobody knows.
    CHECK(side.answered(statement(side.end_to_end(side.a.id), net - cents(1), "1")).not_ours == 1);
    CHECK(side.answered(statement("SOMEBODY-ELSE", net, "2")).not_ours == 1);
    CHECK(side.answered(statement("K7" + std::string(32, 'a'), net, "3")).not_ours == 1);
    auto const file = side.answered(statement(side.end_to_end(side.a.id), net, "4"));
    CHECK(file.kind == "camt.053");
    CHECK(file.returned == 1);
    CHECK(side.paid(side.a.id).front().payable.state == PayableState::held);
    CHECK(side.balances().sum() == Money{});
    CHECK(fields_of(take_bank_answer(side.office, side.maker, std::string_view{"<Document/>"})) ==
          std::vector<std::string_view>{""});
    CHECK(came(take_bank_answer(side.office, side.specialist, std::string_view{"<Document/>"})) ==
          FailureKind::not_found);
    auto const files = list_bank_answers(side.office, side.maker);
    REQUIRE(files);
    CHECK(files->size() == 4);
}

TEST_CASE("a whole file that the bank rejects holds all of its payments") {
    WithRun side;
    auto const sent = side.released_batch(side.thursday);
    auto const file = read_bank_file(side.office, side.maker, sent.batch.id, 1);
    REQUIRE(file);
    auto const at = file->text.find("<MsgId>") + 7;
    auto const message = file->text.substr(at, file->text.find('<', at) - at);
    auto const taken = side.answered(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\"><CstmrPmtStsRpt><GrpHdr><MsgId>A"
        "</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>" +
        message +
        "</OrgnlMsgId><GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf></"
        "OrgnlGrpInfAndSts>"
        "</CstmrPmtStsRpt></Document>");
    CHECK(taken.rejected == 2);
    CHECK(side.balances().of.at(Account::bank) == Money{});
    CHECK(side.balances().sum() == Money{});
}

TEST_CASE("a recovery that is told after the payment makes a claim in the next run, and pays nothing") {
    WithRun side;
    side.released_batch(side.thursday);
    REQUIRE(report_recovery(side.office, side.client(side.a.person), side.a.id,
                            NewRecovery{day("2026-11-10"), side.row(side.a.id).version}));
    auto const run = side.run(side.second_week);
    CHECK(run.paid == 1);
    CHECK(run.gross == Money{});
    CHECK(run.claims == cents(33'600));
    auto const newest = side.paid(side.a.id).front();
    CHECK(newest.payable.state == PayableState::nothing);
    CHECK(newest.payable.payment.claim_gross == cents(33'600));
    CHECK(side.balances().of.at(Account::claims) == cents(33'600));
    CHECK(side.balances().sum() == Money{});
    // It is over, and nobody looks at it again until something changes.
    CHECK(side.run(side.second_week).looked_at == 2);
}

TEST_CASE("somebody who was shredded is left out of the run, and of the batch") {
    WithRun side;
    side.shred(side.a.person);
    auto const run = side.run(side.second_week);
    CHECK(run.left_out == 1);
    CHECK(side.prepared_batch(side.thursday).batch.transfers == 1);
}

TEST_CASE("without the account to pay from nothing is made") {
    WithRun side;
    side.office.bank = {};
    auto const made = make_batch(side.office, side.maker, side.thursday);
    REQUIRE_FALSE(made);
    CHECK(made.error().fields.front().code == "no_debtor");
}

TEST_CASE("there is no batch of nothing") {
    WithPayments side;
    auto const made = make_batch(side.office, side.maker, side.thursday);
    REQUIRE_FALSE(made);
    CHECK(made.error().fields.front().code == "nothing_to_pay");
}

TEST_CASE("a batch is made for a bank day to come, when there is something to pay") {
    WithRun side;
    auto const made = [&](std::string_view on) { return came(make_batch(side.office, side.maker, day(on))); };
    CHECK(made("2026-11-18") == FailureKind::invalid);  // today
    CHECK(made("2026-11-21") == FailureKind::invalid);  // a Saturday
    CHECK(made("2027-02-01") == FailureKind::invalid);  // further than 60 days
    CHECK(came(make_batch(side.office, side.specialist, side.thursday)) == FailureKind::not_allowed);
    CHECK(made("2026-11-19") == std::nullopt);
    CHECK(made("2026-11-19") == FailureKind::invalid);
}
