#include "payments/pay_runs.h"

#include <algorithm>
#include <utility>

#include "store/first_of.h"
#include "store/row_tag.h"

namespace klout7::payments {
namespace {

crypto::Sha256 tag_of(Keyring const& keyring, PayRun const& run) {
    return store::row_tag(keyring, "pay_run",
                          {run.id, run.number, run.week, run.pay_day, run.started_by, run.started_at});
}

constexpr store::SqlPart run_columns{
    "SELECT id, number, week, pay_day, started_by, started_at, state, finished_at, after_case, looked_at, "
    "paid, left_out, gross_cents, tax_cents, claim_cents, zvw_cents, version, tag FROM pay_run "};

std::vector<PayRun> runs_of(store::Transaction& tx, Keyring const& keyring, store::Sql statement,
                            std::vector<store::Value> const& values) {
    std::vector<PayRun> runs;
    for (auto const& [id, number, week, pay_day, by, at, state, finished_at, after, looked_at, paid, left_out,
                      gross, tax, claims, zvw, version, tag] :
         tx.rows_with<PayRunId, std::int64_t, LocalDate, LocalDate, UserId, Instant, std::string,
                      std::optional<Instant>, CaseId, std::int64_t, std::int64_t, std::int64_t, std::int64_t,
                      std::int64_t, std::int64_t, std::int64_t, std::int64_t, crypto::Sha256>(statement,
                                                                                              values)) {
        PayRun run{.id = id,
                   .number = number,
                   .week = week,
                   .pay_day = pay_day,
                   .started_by = by,
                   .started_at = at,
                   .state = state == name_of(RunState::running) ? RunState::running : RunState::finished,
                   .finished_at = finished_at,
                   .after = after,
                   .looked_at = looked_at,
                   .paid = paid,
                   .left_out = left_out,
                   .gross = Money::cents(gross),
                   .tax = Money::cents(tax),
                   .claims = Money::cents(claims),
                   .zvw = Money::cents(zvw),
                   .version = version};
        store::require_row_tag(tag, tag_of(keyring, run));
        runs.push_back(run);
    }
    return runs;
}

/// Whether the right has ended and all of its weeks were reckoned.
bool is_over(benefits::CasePayment const& payment) {
    auto const& settled = payment.settled;
    return settled.last_sick_day && settled.until && *settled.until >= *settled.last_sick_day;
}

}  // namespace

std::string_view name_of(RunState state) {
    switch (state) {
        case RunState::running:
            return "running";
        case RunState::finished:
            return "finished";
    }
    std::unreachable();
}

std::optional<PayRun> find_run(store::Transaction& tx, Keyring const& keyring, PayRunId id) {
    return store::first_of(runs_of(tx, keyring, store::sql<run_columns, "WHERE id = ?">, {id}));
}

std::vector<PayRun> newest_runs(store::Transaction& tx, Keyring const& keyring, std::int64_t most) {
    return runs_of(tx, keyring,
                   store::sql<run_columns, "ORDER BY number DESC OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY">,
                   {most});
}

std::optional<PayRun> running_run(store::Transaction& tx, Keyring const& keyring) {
    return store::first_of(
        runs_of(tx, keyring,
                store::sql<run_columns,
                           "WHERE state = 'running' ORDER BY number OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY">,
                {}));
}

std::int64_t cases_left_of(store::Transaction& tx, PayRun const& run) {
    if (run.state == RunState::finished) return 0;
    return std::get<0>(*tx.row<std::int64_t>(
        "SELECT COUNT(*) FROM benefit_case WHERE is_open = 1 AND case_id > ?", run.after));
}

PayRun add_run(store::Transaction& tx, Keyring const& keyring, Period const& week, LocalDate pay_day,
               UserId by, Instant now, Random& random) {
    auto const last = tx.row<std::optional<std::int64_t>>("SELECT MAX(number) FROM pay_run");
    PayRun const run{.id = PayRunId::make(now, random),
                     .number = (last ? std::get<0>(*last).value_or(0) : 0) + 1,
                     .week = week.first,
                     .pay_day = pay_day,
                     .started_by = by,
                     .started_at = now};
    tx.execute(
        "INSERT INTO pay_run (id, number, week, pay_day, started_by, started_at, tag, state, after_case, "
        "looked_at, paid, left_out, gross_cents, tax_cents, claim_cents, zvw_cents, version) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0, 0, 0)",
        run.id, run.number, run.week, run.pay_day, run.started_by, run.started_at, tag_of(keyring, run),
        name_of(run.state), run.after);
    return run;
}

std::vector<Obstacle> obstacles_of(store::Transaction& tx, PayRunId run, CaseId after, std::int64_t most) {
    std::vector<Obstacle> found;
    for (auto const& [case_id, code] : tx.rows<CaseId, std::string>(
             "SELECT case_id, code FROM pay_run_obstacle WHERE run_id = ? AND case_id > ? ORDER BY case_id "
             "OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY",
             run, after, most))
        found.push_back({case_id, code});
    return found;
}

std::vector<Reckoned> reckon_next(store::Transaction& tx, vault::PersonKeys<OfficeZone> const& keys,
                                  PayRun const& run, std::int64_t most) {
    auto const& keyring = keys.keyring();
    auto const open = open_cases(tx, run.after, most);
    std::vector<CaseId> ids;
    std::vector<PersonId> people;
    for (auto const& one : open) {
        ids.push_back(one.id);
        people.push_back(one.person);
    }
    auto opened = keys.load_many(tx, people);
    auto const courses = cases::courses_of(tx, keyring, ids, opened);
    auto const facts = newest_facts_of(tx, keyring, ids, opened);
    auto const before = newest_payables(tx, keyring, ids);

    std::vector<Reckoned> found;
    found.reserve(open.size());
    for (std::size_t i = 0; i < open.size(); ++i) {
        Reckoned one{.open = open[i], .key = std::move(opened[i]), .payment = {}, .obstacle = {}};
        auto const last = before.find(open[i].id);
        auto const newest =
            last == before.end() || !one.key ? std::nullopt : open_payable(last->second, *one.key);
        bool const is_altered = last != before.end() && !newest;
        // Whose work list says another person is not the one whose case it is.
        bool const is_theirs = courses[i] && courses[i]->row.person == open[i].person;
        if (!one.key) {
            one.obstacle = "key_gone";
        } else if (!is_theirs || !facts[i] || is_altered) {
            one.obstacle = "altered";
        } else {
            one.number = newest ? newest->number + 1 : 1;
            auto payment = benefits::payment_of(facts[i]->facts, facts[i]->number, course_of(*courses[i]),
                                                newest ? newest->payment.settled : benefits::Settled{},
                                                {run.week, run.pay_day}, benefits::law_parameters(),
                                                benefits::law_tax_years());
            if (payment) {
                one.is_over = is_over(*payment);
                one.payment = std::move(*payment);
            } else {
                one.obstacle = payment.error().code;
            }
        }
        found.push_back(std::move(one));
    }
    return found;
}

bool keep_step(store::Transaction& tx, Keyring const& keyring, PayRun run,
               std::vector<Reckoned> const& reckoned, Instant now, Random& random) {
    // First of all: of two at once the later one waits here, and ends.
    if (tx.execute("UPDATE pay_run SET version = version + 1 WHERE id = ? AND version = ? AND state = ?",
                   run.id, run.version, name_of(RunState::running)) != 1)
        return false;
    if (reckoned.empty()) {
        tx.execute("UPDATE pay_run SET state = ?, finished_at = ? WHERE id = ?", name_of(RunState::finished),
                   now, run.id);
        return true;
    }
    std::vector<Payable> payables;
    std::vector<Key const*> keys;
    std::vector<std::vector<store::Value>> obstacles;
    std::vector<CaseId> over;
    Money gross, tax, net, claims, zvw;
    for (auto const& one : reckoned) {
        if (one.is_over) over.push_back(one.open.id);
        if (!one.payment) {
            obstacles.push_back({run.id, one.open.id, one.obstacle});
            continue;
        }
        if (one.payment->is_nothing()) continue;
        auto const state = one.payment->net() > Money{} ? PayableState::open : PayableState::nothing;
        payables.push_back({PayableId::make(now, random), run.id, one.open.id, one.open.person, one.number,
                            *one.payment, state});
        keys.push_back(&*one.key);
        gross += one.payment->gross;
        tax += one.payment->tax;
        net += one.payment->net();
        claims += one.payment->claim_gross;
        zvw += one.payment->zvw;
    }
    add_payables(tx, keyring, payables, keys, random);
    if (!obstacles.empty())
        tx.insert_many("INSERT INTO pay_run_obstacle (run_id, case_id, code) VALUES (?, ?, ?)", obstacles);
    close_cases(tx, over);
    std::array const entries{Entry{Account::benefit, gross - claims}, Entry{Account::zvw_levy, zvw},
                             Entry{Account::tax_due, -(tax + zvw)}, Entry{Account::to_pay, -net},
                             Entry{Account::claims, claims}};
    post(tx, keyring, Cause::reckoned, run.id.uuid(), entries, now, random);
    tx.execute(
        "UPDATE pay_run SET after_case = ?, looked_at = looked_at + ?, paid = paid + ?, "
        "left_out = left_out + ?, gross_cents = gross_cents + ?, tax_cents = tax_cents + ?, "
        "claim_cents = claim_cents + ?, zvw_cents = zvw_cents + ? WHERE id = ?",
        reckoned.back().open.id, std::ssize(reckoned), std::ssize(payables), std::ssize(obstacles),
        gross.in_cents(), tax.in_cents(), claims.in_cents(), zvw.in_cents(), run.id);
    return true;
}

}  // namespace klout7::payments
