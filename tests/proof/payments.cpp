// Pay runs that are cut off: the program that takes their steps is killed at random moments and started
// again, sometimes two of them at once, while facts change, clients recover and the bank rejects. At the end
// of each world every payable was paid exactly once, every week was reckoned once, and the books add up.
//
//     proof-payments RUNS FOLDER        the proof; files for the bank are left in FOLDER
//     proof-payments work ...           what is killed
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <thread>

#include "actions/benefit_facts.h"
#include "actions/pay_runs.h"
#include "actions/payee_accounts.h"
#include "actions/payment_batches.h"
#include "actions/read_benefit.h"
#include "actions/report_recovery.h"
#include "actions/take_reports.h"
#include "cases/made_up_reports.h"
#include "cases/report_file.h"
#include "payments/made_up.h"
#include "payments/pay_week.h"
#include "people/employers.h"
#include "store/testing.h"

using namespace klout7;
using namespace std::chrono_literals;
using payments::PayableState;

namespace {

namespace fs = std::filesystem;
constexpr int people_of_a_world = 200;
constexpr int runs_of_a_world = 48;  // the figures of one calendar year are known
constexpr std::int64_t per_step = 40;

LocalDate day(std::string_view iso) { return LocalDate::parse_iso(iso).value(); }
Instant noon_of(LocalDate date) {
    return Instant::from_microseconds(0) + Duration::days(date.days_since_1970()) + Duration::hours(11);
}

template <class T>
T must(T&& value, std::string_view what) {
    if (!value) {
        fmt::print(stderr, "\n{}\n", what);
        std::exit(1);
    }
    return std::forward<T>(value);
}

/// The office side of a server, as the program has it.
struct Side {
    FixedClock clock;
    SystemRandom random;
    crypto::Keyring<OfficeZone> const& keyring;
    store::Database database;
    vault::PersonKeys<OfficeZone> keys{keyring, random, clock};
    audit::Recorder<OfficeZone> recorder{keyring, random, "klout7-office"};
    audit::GroupRecorder<OfficeZone> reads{recorder, database};
    access::Frame<OfficeZone> frame{database, database, keys, recorder, reads, clock, random};
    exchange::Exchange<OfficeZone> exchange{database, keyring, clock, random};
    actions::Office office{
        frame, exchange,
        payments::BankSide{.debtor = {"Klout7 Uitkeringen", Iban::parse("NL13TEST0123456789").value(), {}}}};

    Side(crypto::Keyring<OfficeZone> const& ring, store::Logins logins, Instant now)
        : clock(now),
          keyring(ring),
          database({.side = Side::side(), .logins = std::move(logins), .user = "k7_office", .pool_size = 4}) {
    }
    static klout7::Side side() { return klout7::Side::office; }

    access::Actor actor(access::Role role, UserId user) {
        return {.user = user,
                .side = klout7::Side::office,
                .role = role,
                .person = {},
                .employer = {},
                .responsible = {},
                .session = SessionId::make(clock.now(), random),
                .source = "proof",
                .signed_in_at = clock.now(),
                .fresh_at = clock.now()};
    }
};

// -- the program that is killed -------------------------------------------------------------------

int work(std::vector<std::string> const& given) {
    auto const secret = must(crypto::UnsealingSecret::credential_file(given.at(2)), "the secret can be read");
    auto const keyring =
        must(crypto::Keyring<OfficeZone>::open(given.at(1), *secret), "the keyring can be opened");
    Side side{*keyring, store::fixed_login(given.at(0), given.at(3)),
              Instant::from_microseconds(std::stoll(given.at(4)))};
    // A second one may still hold a row for a moment: tried again, as the program does.
    for (int failures = 0; failures < 50;) {
        auto step = actions::step_pay_run(side.office, per_step);
        if (step == actions::RunStep::nothing) step = actions::step_batch(side.office, per_step);
        if (step == actions::RunStep::nothing) return 0;
        if (step == actions::RunStep::failed) {
            ++failures;
            usleep(20'000);
        }
    }
    return 1;
}

// -- the proof ------------------------------------------------------------------------------------

class Proof {
public:
    Proof(int runs, fs::path folder) : runs_(runs), folder_(std::move(folder)) {
        keyring_.set_peer(peer_.handover_key().public_key());
        crypto::UnsealingSecret secret{crypto::UnsealingSecret::Kind::credential, SecretBytes{32}};
        system_.fill(secret.secret.span());
        std::ofstream{folder_ / "credential"} << secret.secret.text();
        fs::permissions(folder_ / "credential", fs::perms::owner_read | fs::perms::owner_write);
        must(keyring_.save_new(folder_ / "keyring", secret, system_).has_value(), "the keyring is saved");
    }

    int run() {
        auto const began = std::chrono::steady_clock::now();
        while (done_ < runs_) one_world();
        auto const seconds =
            std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - began);
        fmt::print(
            "\r{} pay runs of {} people in {} worlds, {} s: the program was killed {} times and {} of the "
            "runs "
            "and batches\nhad two at once; {} payables, {} transfers, {} of them rejected or returned and "
            "asked "
            "again, {} claims,\n{} facts changed and {} recoveries meanwhile. Every payable was paid exactly "
            "once, every week was reckoned\nonce, totals are equal and the books add up to zero.\n",
            done_, people_of_a_world, worlds_, seconds.count(), kills_, doubles_, payables_, transfers_,
            ended_, claims_, changes_, recoveries_);
        // For whoever adds the files up again.
        std::ofstream{folder_ / "total"}
            << fmt::format("{} transfers, {} euro\n", asked_count_, asked_sum_.to_string());
        return 0;
    }

private:
    struct Case {
        CaseId id;
        PersonId person;
        std::int64_t facts = 0;
        bool is_recovered = false;
    };

    int below(int limit) { return static_cast<int>(dice_() % static_cast<unsigned>(limit)); }

    void one_world() {
        server_.empty_tables();
        auto const first_monday = day("2026-01-05");
        Side side{keyring_, server_.logins(), noon_of(first_monday.plus_days(12))};
        Office who{side};
        auto cases = people_of(side, who);
        for (int week = 0; week < runs_of_a_world && done_ < runs_; ++week) {
            auto const monday = first_monday.plus_weeks(week);
            side.clock.set(noon_of(monday.plus_days(7)));  // the Monday after
            if (week > 0) change_something(side, who, cases);
            who.refresh();
            must(actions::start_pay_run(side.office, who.specialist, monday), "a run is started");
            work_it_off(side);
            pay(side, who, monday.plus_days(9));
            ++done_;
            check_books(side);
            if (isatty(1)) fmt::print("\r{} of {} runs, {} kills", done_, runs_, kills_), std::fflush(stdout);
        }
        settle(side, who, first_monday.plus_weeks(runs_of_a_world - 1));
        check_world(side, who, cases);
        ++worlds_;
    }

    struct Office {
        Side& side;
        access::Actor specialist = of(access::Role::benefit_specialist);
        access::Actor other = of(access::Role::benefit_specialist);
        access::Actor maker = of(access::Role::payments);
        access::Actor first = of(access::Role::payments);
        access::Actor second = of(access::Role::payments);
        explicit Office(Side& of_side) : side(of_side) {}
        access::Actor of(access::Role role) {
            return side.actor(role, UserId::make(side.clock.now(), side.random));
        }
        void refresh() {
            for (auto* one : {&specialist, &other, &maker, &first, &second}) one->fresh_at = side.clock.now();
        }
    };

    std::vector<Case> people_of(Side& side, Office& who) {
        MadeUpPeople made_up{dice_()};
        auto const employer = made_up.next_employer();
        must(side.database
                 .transact([&](store::Transaction& tx) {
                     people::add_employer(tx, keyring_, employer.code, employer.name, side.clock.now(),
                                          side.random);
                 })
                 .has_value(),
             "an employer is made");
        auto const today = LocalDate::in_the_netherlands(side.clock.now());
        cases::MadeUpReports reports{dice_(), people_of_a_world, today, {employer}};
        cases::ReportFile file{today};
        std::vector<cases::SickReport> good;
        auto const keep = [&](std::vector<cases::ReportRow> rows) {
            for (auto& row : rows)
                if (row.report) good.push_back(std::move(*row.report));
        };
        for (auto piece = reports.next_piece(); !piece.empty(); piece = reports.next_piece())
            keep(file.feed(piece));
        keep(file.finish());
        std::vector<cases::SickReport const*> given;
        for (auto& one : good) {
            one.first_sick_day = day("2026-01-05").plus_days(below(12));
            one.ground = cases::Ground::fictitious_employment;
            one.employment_end = {};
            given.push_back(&one);
        }
        auto const taken = must(side.database.transact([&](store::Transaction& tx) {
            return actions::take_reports(tx, side.keys, given, {}, side.clock.now(), side.random);
        }),
                                "people are made");
        std::vector<Case> cases;
        for (std::size_t i = 0; i < taken->size(); ++i) {
            Case one{(*taken)[i].case_id, (*taken)[i].person};
            benefits::CaseCourse const course{.first_sick_day = given[i]->first_sick_day};
            one.facts = *must(actions::record_benefit_facts(
                                  side.office, who.specialist, one.id,
                                  actions::NewFacts{payments::made_up_facts(course, seeded_), {}, 0}),
                              "facts are recorded");
            auto const account = made_up.next_person(employer);
            auto const proposed = must(
                actions::propose_payee_account(side.office, who.specialist, one.id,
                                               actions::NewPayeeAccount{account.iban, account.last_name}),
                "an account is entered");
            must(actions::approve_payee_account(side.office, who.other, *proposed, people::PayeeCheck::match)
                     .has_value(),
                 "an account is approved");
            cases.push_back(one);
        }
        return cases;
    }

    /// Facts of some, a recovery of a few, and the bank rejects some of what it was asked.
    void change_something(Side& side, Office& who, std::vector<Case>& cases) {
        who.refresh();
        for (int i = below(6); i > 0; --i) {
            auto& one = cases[dice_() % cases.size()];
            auto const known =
                must(actions::read_benefit_facts(side.office, who.specialist, one.id), "facts");
            auto facts = (*known)->facts;
            auto const monday = day("2026-01-12").plus_weeks(below(40));
            facts.income.push_back(
                {{monday, monday.plus_days(6)}, Money::cents(below(40'000)), benefits::IncomePer::week});
            auto const number = actions::record_benefit_facts(side.office, who.specialist, one.id,
                                                              actions::NewFacts{facts, {}, one.facts});
            one.facts = *must(number, "facts are changed");
            ++changes_;
        }
        if (below(3) == 0) {
            auto& one = cases[dice_() % cases.size()];
            auto client = who.of(access::Role::client);
            client.person = one.person;
            auto const version = must(side.database.transact([&](store::Transaction& tx) {
                return cases::find_case(tx, keyring_, one.id)->version;
            }),
                                      "a case");
            auto const today = LocalDate::in_the_netherlands(side.clock.now());
            if (!one.is_recovered &&
                actions::report_recovery(side.office, client, one.id,
                                         actions::NewRecovery{today.plus_days(-below(6)), *version})) {
                one.is_recovered = true;
                ++recoveries_;
            }
        }
        if (below(4) == 0) reject_some(side, who);
    }

    void reject_some(Side& side, Office& who) {
        auto const sent = must(side.database.transact([&](store::Transaction& tx) {
            std::vector<payments::TransferId> found;
            for (auto const& [id] : tx.rows<payments::TransferId>(
                     "SELECT t.id FROM payment_transfer t JOIN payment_batch b ON b.id = t.batch_id "
                     "WHERE b.state = 'released' AND t.id NOT IN (SELECT e.transfer_id FROM transfer_end e) "
                     "ORDER BY t.id DESC OFFSET 0 ROWS FETCH NEXT 20 ROWS ONLY"))
                found.push_back(id);
            return found;
        }),
                               "what was sent");
        std::string told;
        for (auto const& id : *sent) {
            if (below(5) != 0) continue;
            told += "<TxInfAndSts><OrgnlEndToEndId>" + payments::end_to_end_id_of(id) +
                    "</OrgnlEndToEndId><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf>"
                    "</TxInfAndSts>";
        }
        if (told.empty()) return;
        auto const file = fmt::format(
            "<Document "
            "xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\"><CstmrPmtStsRpt><GrpHdr><MsgId>{}"
            "</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>X</OrgnlMsgId></OrgnlGrpInfAndSts>"
            "<OrgnlPmtInfAndSts>{}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>",
            dice_(), told);
        auto const taken =
            must(actions::take_bank_answer(side.office, who.maker, std::string_view{file}), "an answer");
        ended_ += taken->rejected;
        if (actions::take_bank_answer(side.office, who.maker, std::string_view{file}))
            fail("a file read twice");
        reopen_all(side, who);
    }

    void reopen_all(Side& side, Office& who) {
        auto const held = must(actions::list_held(side.office, who.maker), "what is held");
        for (auto const& one : *held)
            must(actions::reopen_payment(side.office, who.maker, one.id).has_value(), "it is opened again");
    }

    /// A batch of what is open, released by two; nothing when there is nothing.
    void pay(Side& side, Office& who, LocalDate wednesday) {
        auto const on = payments::bank_day_on_or_after(wednesday);
        auto const made = actions::make_batch(side.office, who.maker, on);
        if (!made) {
            if (made.error().fields.empty() || made.error().fields.front().code != "nothing_to_pay")
                fail("a batch is not made");
            return;
        }
        work_it_off(side);
        auto const view = must(actions::read_batch(side.office, who.maker, *made), "a batch is read");
        if (view->batch.state == payments::BatchState::cancelled) return;
        // Some are cancelled by the maker, and made again.
        if (below(20) == 0) {
            must(actions::cancel_batch(side.office, who.maker, *made, view->batch.version).has_value(),
                 "a batch is cancelled");
            return pay(side, who, wednesday);
        }
        for (auto* releaser : {&who.first, &who.second}) {
            auto const now = must(actions::read_batch(side.office, *releaser, *made), "a batch is read");
            actions::SeenFiles seen{{}, now->batch.version};
            for (auto const& file : now->files) seen.digests.push_back(file.digest);
            must(actions::release_batch(side.office, *releaser, *made, seen).has_value(),
                 "a batch is released");
        }
        for (auto const& file : view->files) {
            auto const text =
                must(actions::read_bank_file(side.office, who.maker, *made, file.number), "a file");
            std::ofstream{folder_ / fmt::format("{:04}-{}", worlds_, text->name)} << text->text;
            asked_count_ += file.transfers;
            asked_sum_ += file.sum;
        }
    }

    pid_t spawn(Side& side) {
        auto const login = server_.logins()().front();
        std::vector<std::string> words{"proof-payments",
                                       "work",
                                       login.odbc,
                                       (folder_ / "keyring").string(),
                                       (folder_ / "credential").string(),
                                       std::string{login.password->text()},
                                       std::to_string(side.clock.now().microseconds())};
        std::vector<char*> arguments;
        for (auto& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        auto const child = fork();
        if (child == 0) {
            execv("/proc/self/exe", arguments.data());
            _exit(127);
        }
        return child;
    }

    /// Kills what does it once or more, at a random moment each, until one comes to its end.
    void work_it_off(Side& side) {
        bool const is_double = below(4) == 0;
        doubles_ += is_double;
        auto kills_left = 1 + below(2);
        while (true) {
            auto const began = std::chrono::steady_clock::now();
            std::vector<pid_t> children{spawn(side)};
            if (is_double) children.push_back(spawn(side));
            bool is_finished = true;
            auto const moment = std::chrono::microseconds{below(static_cast<int>(usual_.count()) + 1)};
            if (kills_left > 0) std::this_thread::sleep_for(moment);
            for (auto const child : children) {
                int status = 0;
                if (kills_left > 0 && waitpid(child, &status, WNOHANG) == 0) {
                    kill(child, SIGKILL);
                    waitpid(child, &status, 0);
                    ++kills_;
                    is_finished = false;
                } else if (kills_left == 0) {
                    waitpid(child, &status, 0);
                }
                if (!WIFSIGNALED(status) && WEXITSTATUS(status) != 0) fail("a program gave up");
            }
            if (kills_left == 0)
                usual_ = std::chrono::duration_cast<std::chrono::microseconds>(
                    (usual_ * 7 + (std::chrono::steady_clock::now() - began)) / 8);
            if (kills_left > 0) --kills_left;
            if (is_finished && kills_left == 0) return;
            if (is_finished) return;
        }
    }

    // -- what must hold ---------------------------------------------------------------------------

    [[noreturn]] void fail(std::string_view what) {
        fmt::print(stderr, "\nrun {}: {}\n", done_, what);
        std::exit(1);
    }
    void same(Money a, Money b, std::string_view what) {
        if (a != b) fail(fmt::format("{}: {} and {}", what, a.to_string(), b.to_string()));
    }

    struct Standing {
        Money net;
        PayableState state;
        PersonId person;
        CaseId case_id;
        benefits::CasePayment payment;
    };
    std::map<payments::PayableId, Standing> all_payables(Side& side) {
        std::map<payments::PayableId, Standing> found;
        must(side.database
                 .transact([&](store::Transaction& tx) {
                     found.clear();
                     for (auto const state : {PayableState::open, PayableState::batched, PayableState::held,
                                              PayableState::nothing}) {
                         auto const rows = payments::payables_in(tx, keyring_, state, {}, 1'000'000);
                         std::vector<PersonId> people;
                         for (auto const& row : rows) people.push_back(row.person);
                         auto const keys = side.keys.load_many(tx, people);
                         for (std::size_t i = 0; i < rows.size(); ++i) {
                             auto const payable = payments::open_payable(rows[i], *keys[i]);
                             if (!payable) fail("a payable cannot be opened");
                             found.emplace(rows[i].id, Standing{payable->payment.net(), state, rows[i].person,
                                                                rows[i].case_id, payable->payment});
                         }
                     }
                 })
                 .has_value(),
             "payables are read");
        return found;
    }

    /// After each run: nothing is asked of the bank twice, and the books say where the money is.
    void check_books(Side& side) {
        if (done_ % 8 != 0) return;
        auto const standing = all_payables(side);
        check_money(side, standing);
    }
    void check_money(Side& side, std::map<payments::PayableId, Standing> const& standing) {
        auto const balances = must(side.database.transact([&](store::Transaction& tx) {
            return payments::balances_of(tx, keyring_);
        }),
                                   "the books");
        same(balances->sum(), {}, "the books add up");
        if (balances->unbalanced != 0) fail("a posting that does not add up");
        std::map<payments::PayableId, int> asked;
        Money at_bank;
        std::map<payments::BatchId, std::pair<std::int64_t, Money>> of_batch;
        std::vector<payments::Batch> batches;
        must(side.database
                 .transact([&](store::Transaction& tx) {
                     asked.clear();
                     at_bank = {};
                     of_batch.clear();
                     batches = payments::newest_batches(tx, keyring_, 1'000'000);
                     for (auto const& [batch, payable, state, end] :
                          tx.rows<payments::BatchId, payments::PayableId, std::string,
                                  std::optional<std::string>>(
                              "SELECT t.batch_id, t.payable_id, b.state, e.kind FROM payment_transfer t "
                              "JOIN payment_batch b ON b.id = t.batch_id "
                              "LEFT JOIN transfer_end e ON e.transfer_id = t.id")) {
                         auto const& one = standing.at(payable);
                         ++of_batch[batch].first;
                         of_batch[batch].second += one.net;
                         if (state != "released" || end) continue;
                         ++asked[payable];
                         at_bank += one.net;
                     }
                 })
                 .has_value(),
             "transfers are read");
        Money owed;
        for (auto const& [id, one] : standing) {
            auto const times = asked.contains(id) ? asked.at(id) : 0;
            if (times > 1) fail("a payable was asked of the bank twice");
            if (times == 0) owed += one.net;
        }
        for (auto const& batch : batches) {
            auto const [count, sum] = of_batch[batch.id];
            if (count != batch.transfers) fail("a batch says another number of transfers");
            same(sum, batch.sum, "the sum of a batch");
        }
        using payments::Account;
        auto const of = [&](Account account) {
            auto const found = balances->of.find(account);
            return found == balances->of.end() ? Money{} : found->second;
        };
        same(of(Account::bank), -at_bank, "what was asked of the bank");
        same(of(Account::to_pay), -owed, "what is still owed");
    }

    /// One more run and batch, so that nothing is open or held.
    void settle(Side& side, Office& who, LocalDate last_week) {
        side.clock.set(noon_of(last_week.plus_days(8)));
        who.refresh();
        reopen_all(side, who);
        must(actions::start_pay_run(side.office, who.specialist, last_week), "the last run is started");
        work_it_off(side);
        pay(side, who, last_week.plus_days(10));
    }

    void check_world(Side& side, Office& who, std::vector<Case> const& cases) {
        auto const standing = all_payables(side);
        check_money(side, standing);
        std::map<CaseId, Money> reckoned;
        for (auto const& [id, one] : standing) {
            if (one.net > Money{} && one.state != PayableState::batched) fail("a payable was not paid");
            reckoned[one.case_id] += one.payment.gross - one.payment.claim_gross;
            ++payables_;
            claims_ += one.payment.claim_gross > Money{};
        }
        auto const runs = must(actions::list_pay_runs(side.office, who.specialist), "runs");
        auto const last_week = runs->front().run.week.plus_days(6);
        // What each case is worth, straight from the calculation: nothing of what the runs did.
        for (auto const& one : cases) {
            auto const benefit =
                must(actions::read_benefit(side.office, who.specialist, one.id), "a benefit");
            Money due;
            for (auto const& week : benefit->weeks)
                if (week.week.first <= last_week) due += week.payable;
            same(reckoned[one.id], due, "what was reckoned of a case in all runs");
        }
        transfers_ += must(side.database.transact([](store::Transaction& tx) {
                          return std::get<0>(*tx.row<std::int64_t>("SELECT COUNT(*) FROM payment_transfer"));
                      }),
                           "transfers")
                          .value();
    }

    int runs_;
    fs::path folder_;
    SystemRandom system_;
    SeededRandom seeded_{17};
    std::mt19937 dice_{static_cast<unsigned>(std::chrono::steady_clock::now().time_since_epoch().count())};
    store::TestServer server_;
    Uuid installation_ = Uuid::version_7(SystemClock{}.now(), system_);
    crypto::Keyring<OfficeZone> keyring_ =
        crypto::Keyring<OfficeZone>::create({installation_, Environment::test}, system_);
    crypto::Keyring<MedicalZone> peer_ =
        crypto::Keyring<MedicalZone>::create({installation_, Environment::test}, system_);
    std::chrono::microseconds usual_ = 300ms;
    int done_ = 0, worlds_ = 0, kills_ = 0, doubles_ = 0, changes_ = 0, recoveries_ = 0;
    std::int64_t asked_count_ = 0;
    Money asked_sum_;
    std::int64_t payables_ = 0, transfers_ = 0, claims_ = 0, ended_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::string> const words(argv + 1, argv + argc);
    if (words.size() == 6 && words[0] == "work") return work({words.begin() + 1, words.end()});
    if (words.size() != 2) {
        fmt::print(stderr, "usage: proof-payments RUNS FOLDER\n");
        return 2;
    }
    return Proof{std::stoi(words[0]), words[1]}.run();
}
