#include "actions/list_cases.h"

#include <algorithm>
#include <iterator>

namespace klout7::actions {
namespace {

using access::Action;
using access::Resource;
using access::Role;

/// The list of somebody's own cases, or of those of a colleague, as the authorisation table looks at it.
access::ObjectFacts list_of(Actor const& actor, UserId of) {
    return {.resource = Resource::case_list,
            .person = actor.person,
            .employer = actor.employer,
            .assigned_user = of};
}

cases::CaseFilter filter_of(Actor const& actor, UserId of) {
    if (actor.role == Role::case_manager) return {.case_manager = of};
    if (actor.role == Role::employer) return {.employer = actor.employer};
    if (actor.role == Role::client) return {.person = actor.person};
    return {};
}

std::expected<CasePage, Failure> with_names(Unit& unit, std::vector<cases::CaseRow> const& rows,
                                            access::Access const& access) {
    std::vector<PersonId> people;
    for (auto const& row : rows) people.push_back(row.person);
    auto names = people::names_of(unit.tx, unit.frame.keys, people, access);
    if (!names) return std::unexpected(names.error());
    CasePage page;
    for (std::size_t i = 0; i < rows.size(); ++i) page.cases.push_back({rows[i], std::move((*names)[i])});
    return page;
}

/// The rows that may be meant: the index only narrows it down.
std::vector<cases::CaseRow> rows_of(Unit& unit, CaseSearch const& search, cases::CaseFilter const& filter) {
    if (auto const* part = std::get_if<people::SurnamePart>(&search.whose))
        return cases::find_by_surname(unit.tx, unit.keyring(), part->token(unit.keyring()), filter);
    std::vector<cases::CaseRow> rows;
    if (auto const* number = std::get_if<cases::CaseNumber>(&search.whose)) {
        if (auto row = cases::find_by_number(unit.tx, unit.keyring(), *number))
            rows.push_back(std::move(*row));
        return rows;
    }
    for (auto const person : people::find_by_bsn(unit.tx, unit.frame.keys, std::get<Bsn>(search.whose)))
        std::ranges::move(cases::list_cases(unit.tx, unit.keyring(), {.person = person}, {}),
                          std::back_inserter(rows));
    return rows;
}

}  // namespace

std::expected<CasePage, Failure> list_cases(Office const& office, Actor const& actor,
                                            std::optional<cases::CaseCursor> const& after,
                                            std::optional<UserId> of, Given<cases::CaseView> const& view) {
    auto const whose = of.value_or(actor.user);
    return access::look(office.frame, actor, [&](Unit& unit) -> std::expected<CasePage, Failure> {
        auto const access = unit.gate.ask(Action::list, list_of(actor, whose));
        if (!access) return std::unexpected(access.error());
        if (!view) return std::unexpected(view.error());
        bool const is_work = actor.role == Role::case_manager;
        auto const one_more = cases::cases_per_page + 1;
        auto rows =
            is_work ? cases::work_list(unit.tx, unit.keyring(), {whose, unit.today()}, *view, after, one_more)
                    : cases::list_cases(unit.tx, unit.keyring(), filter_of(actor, whose), after, one_more);
        bool const is_more = static_cast<std::int64_t>(rows.size()) == one_more;
        if (is_more) rows.pop_back();
        auto page = with_names(unit, rows, *access);
        if (page && is_more) {
            auto const& last = rows.back();
            auto const due = last.next ? last.next->due : cases::never_due;
            page->next = cases::CaseCursor{is_work ? due : last.first_sick_day, last.id};
        }
        return page;
    });
}

std::expected<std::vector<std::int64_t>, Failure> count_work(Office const& office, Actor const& actor,
                                                             std::optional<UserId> of) {
    auto const whose = of.value_or(actor.user);
    return access::look(office.frame, actor,
                        [&](Unit& unit) -> std::expected<std::vector<std::int64_t>, Failure> {
                            auto const access = unit.gate.ask(Action::list, list_of(actor, whose));
                            if (!access) return std::unexpected(access.error());
                            if (actor.role != Role::case_manager)
                                return std::vector<std::int64_t>(std::size(cases::all_views), 0);
                            return cases::count_work(unit.tx, {whose, unit.today()});
                        });
}

std::expected<CasePage, Failure> search_cases(Office const& office, Actor const& actor,
                                              Given<CaseSearch> const& search, std::optional<UserId> of) {
    auto const whose = of.value_or(actor.user);
    return access::look(office.frame, actor, [&](Unit& unit) -> std::expected<CasePage, Failure> {
        auto const access =
            unit.gate.ask(Action::search, list_of(actor, whose), {}, search ? search->typed : std::string{});
        if (!access) return std::unexpected(access.error());
        if (!search) return std::unexpected(search.error());
        auto rows = rows_of(unit, *search, filter_of(actor, whose));
        // Who may see a case is asked of each.
        std::erase_if(rows, [&](cases::CaseRow const& row) {
            return !unit.gate.may(Action::search, cases::facts_of(Resource::case_list, row));
        });
        auto page = with_names(unit, rows, *access);
        auto const* const part = std::get_if<people::SurnamePart>(&search->whose);
        if (page && part != nullptr)
            std::erase_if(page->cases,
                          [&](ListedCase const& one) { return !part->begins(one.name.last_name); });
        return page;
    });
}

}  // namespace klout7::actions
