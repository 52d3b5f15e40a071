#include "actions/read_benefit.h"

#include <algorithm>
#include <map>

#include "case_course.h"

namespace klout7::actions {

std::expected<Benefit, Failure> read_benefit(Office const& office, Actor const& actor, CaseId id) {
    return access::look(office.frame, actor, [&](Unit& unit) -> std::expected<Benefit, Failure> {
        auto const found = course_of(unit, access::Resource::benefit, access::Action::read, id);
        if (!found) return std::unexpected(found.error());
        auto const recorded = payments::newest_facts(unit.tx, unit.keyring(), found->key, id);
        if (!recorded) return std::unexpected(recorded.error());
        Benefit benefit;
        if (!*recorded) return benefit;
        benefit.facts_number = (*recorded)->number;
        auto const& law = benefits::law_parameters();
        auto entitlement =
            benefits::entitlement_of((*recorded)->facts, payments::course_of(found->course), law);
        if (!entitlement) {
            benefit.obstacle = entitlement.error().code;
            return benefit;
        }
        auto const until = std::min(unit.today(), entitlement->incapacity.back().last);
        auto weeks = benefits::benefit_until(*entitlement, until, law);
        if (weeks)
            benefit.weeks = std::move(*weeks);
        else
            benefit.obstacle = name_of(weeks.error());
        benefit.entitlement = std::move(*entitlement);
        return benefit;
    });
}

std::expected<std::vector<PaymentOfCase>, Failure> list_payments(Office const& office, Actor const& actor,
                                                                 CaseId id) {
    using Found = std::expected<std::vector<PaymentOfCase>, Failure>;
    return access::look(office.frame, actor, [&](Unit& unit) -> Found {
        auto const found = course_of(unit, access::Resource::payment, access::Action::list, id);
        if (!found) return std::unexpected(found.error());
        std::vector<PaymentOfCase> listed;
        std::vector<payments::PayableId> ids;
        std::map<payments::PayRunId, LocalDate> pay_days;
        for (auto const& row : payments::payables_of(unit.tx, unit.keyring(), id)) {
            auto payable = payments::open_payable(row, found->key);
            auto day = pay_days.find(row.run);
            if (day == pay_days.end()) {
                auto const run = payments::find_run(unit.tx, unit.keyring(), row.run);
                if (run) day = pay_days.emplace(row.run, run->pay_day).first;
            }
            if (!payable || day == pay_days.end())
                return std::unexpected(Failure{access::FailureKind::unavailable});
            ids.push_back(row.id);
            listed.push_back({std::move(*payable), day->second, {}});
        }
        for (auto const& way : payments::on_their_way(unit.tx, unit.keyring(), ids)) {
            auto const of = std::ranges::find(listed, way.payable,
                                              [](PaymentOfCase const& one) { return one.payable.id; });
            if (of != listed.end()) of->way = way;
        }
        return listed;
    });
}

}  // namespace klout7::actions
