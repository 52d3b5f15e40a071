#include "actions/pay_runs.h"

#include "by_program.h"
#include "payments/pay_week.h"

namespace klout7::actions {
namespace {

using access::FailureKind;
using access::Resource;

constexpr int oldest_week = 52;  // weeks ago: an older one is no pay run but a mistake

}  // namespace

std::expected<payments::PayRunId, Failure> start_pay_run(Office const& office, Actor const& actor,
                                                         Given<LocalDate> const& week) {
    using Made = std::expected<payments::PayRunId, Failure>;
    return access::change(office.frame, actor, [&](Unit& unit) -> Made {
        auto const access = unit.gate.ask(access::Action::create, {.resource = Resource::pay_run});
        if (!access) return std::unexpected(access.error());
        if (!week) return std::unexpected(week.error());
        auto const days = payments::pay_week_of(*week);
        // Facts close on Friday, and what is to come is not paid.
        if (unit.today() <= days.facts_close)
            return std::unexpected(
                Failure{FailureKind::invalid,
                        {{"week", "not_closed", "Deze week is nog niet gesloten: dat is zij na vrijdag.",
                          "This week is not closed yet: it is after Friday."}}});
        if (days.week.first < unit.today().plus_weeks(-oldest_week))
            return std::unexpected(
                Failure{FailureKind::invalid,
                        {{"week", "too_long_ago", "Deze week is langer dan een jaar geleden.",
                          "This week is more than a year ago."}}});
        if (payments::running_run(unit.tx, unit.keyring()))
            return std::unexpected(
                Failure{FailureKind::invalid,
                        {{"", "busy", "Er loopt al een uitkeringsrun. Wacht tot die klaar is.",
                          "A pay run is being made already. Wait until it is ready."}}});
        // A late run pays on the next bank day that can be reached.
        auto pay_day = days.paid;
        if (pay_day <= unit.today()) pay_day = payments::bank_day_on_or_after(unit.today().plus_days(1));
        auto const run = payments::add_run(unit.tx, unit.keyring(), days.week, pay_day, actor.user, unit.now,
                                           unit.frame.random);
        unit.gate.about(run.id.uuid());
        return run.id;
    });
}

std::expected<std::vector<PayRunView>, Failure> list_pay_runs(Office const& office, Actor const& actor) {
    using Found = std::expected<std::vector<PayRunView>, Failure>;
    return access::look(office.frame, actor, [&](Unit& unit) -> Found {
        auto const access = unit.gate.ask(access::Action::list, {.resource = Resource::pay_run});
        if (!access) return std::unexpected(access.error());
        std::vector<PayRunView> listed;
        for (auto const& run : payments::newest_runs(unit.tx, unit.keyring(), runs_shown))
            listed.push_back({run, payments::cases_left_of(unit.tx, run)});
        return listed;
    });
}

std::expected<PayRunDetail, Failure> read_pay_run(Office const& office, Actor const& actor,
                                                  payments::PayRunId id, CaseId after) {
    return access::look(office.frame, actor, [&](Unit& unit) -> std::expected<PayRunDetail, Failure> {
        auto const access = unit.gate.ask(access::Action::read, {.resource = Resource::pay_run}, id.uuid());
        if (!access) return std::unexpected(access.error());
        auto const run = payments::find_run(unit.tx, unit.keyring(), id);
        if (!run) return std::unexpected(Failure{FailureKind::not_found});
        PayRunDetail detail{{*run, payments::cases_left_of(unit.tx, *run)}, {}, {}};
        detail.obstacles = payments::obstacles_of(unit.tx, id, after, obstacles_per_page + 1);
        if (std::ssize(detail.obstacles) > obstacles_per_page) {
            detail.obstacles.pop_back();
            detail.next = detail.obstacles.back().case_id;
        }
        return detail;
    });
}

RunStep step_pay_run(Office const& office, std::int64_t cases_per_step) {
    auto const running = office.frame.database.transact(
        [&](store::Transaction& tx) { return payments::running_run(tx, office.frame.keys.keyring()); });
    if (!running) return RunStep::failed;
    if (!*running) return RunStep::nothing;
    auto const starter =
        by_program((*running)->started_by, access::Role::benefit_specialist, office.frame.clock.now());
    auto const done =
        access::change(office.frame, starter, [&](Unit& unit) -> std::expected<RunStep, Failure> {
            auto const run = payments::find_run(unit.tx, unit.keyring(), (*running)->id);
            if (!run || run->state == payments::RunState::finished) {
                // Only its line, that nothing was done.
                (void)unit.gate.ask(access::Action::read, {.resource = Resource::pay_run},
                                    (*running)->id.uuid());
                return std::unexpected(Failure{FailureKind::not_now});
            }
            auto const reckoned = payments::reckon_next(unit.tx, unit.frame.keys, *run, cases_per_step);
            for (auto const& one : reckoned) {
                auto const access = unit.gate.ask(
                    access::Action::create,
                    {.resource = Resource::payment, .case_id = one.open.id, .person = one.open.person});
                if (!access) return std::unexpected(access.error());
            }
            if (reckoned.empty()) {
                auto const access =
                    unit.gate.ask(access::Action::read, {.resource = Resource::pay_run}, run->id.uuid());
                if (!access) return std::unexpected(access.error());
            }
            if (!payments::keep_step(unit.tx, unit.keyring(), *run, reckoned, unit.now, unit.frame.random))
                return std::unexpected(Failure{FailureKind::not_now});
            return reckoned.empty() ? RunStep::finished : RunStep::done;
        });
    return step_of(done);
}

}  // namespace klout7::actions
