#include "access/service_account_life.h"

#include <algorithm>

#include "service_proposal_row.h"
#include "short_text.h"

namespace klout7::access {
namespace {

constexpr FieldFault unknown_employer{"employer", "unknown_employer",
                                      "Vul de code in van een werkgever die hier bekend is.",
                                      "Give the code of an employer who is known here."};
constexpr FieldFault no_subject{"certificate", "missing",
                                "Geef het certificaat (PEM) of de naam die erin staat (subject).",
                                "Give the certificate (PEM), or whom it names (subject)."};
constexpr FieldFault bad_certificate{
    "certificate", "wrong",
    "Dit is geen certificaat in PEM dat iemand noemt, in ten hoogste 500 bytes. Kies het bestand opnieuw.",
    "This is no certificate in PEM that names somebody, in at most 500 bytes. Choose the file again."};
constexpr FieldFault both_given{"subject", "not_both", "Laat dit leeg: de naam staat al in het certificaat.",
                                "Leave this empty: the certificate says the name."};
constexpr FieldFault bad_subject{
    "subject", "wrong", "Vul de naam in zoals in CN=hr.example.nl,O=Example, in ten hoogste 500 bytes.",
    "Give the name as in CN=hr.example.nl,O=Example, in at most 500 bytes."};
constexpr FieldFault taken_subject{
    "subject", "taken",
    "Een open account heeft dit certificaat: sluit dat eerst, of kies een ander certificaat.",
    "An open account has this certificate: close that one first, or choose another certificate."};
constexpr FieldFault bad_networks{
    "networks", "wrong",
    "Noem adressen of netwerken, zoals 192.0.2.0/24 2001:db8::/32, met nullen achter de prefix.",
    "Name addresses or networks, such as 192.0.2.0/24 2001:db8::/32, with zeros behind the prefix."};

using Faults = std::vector<FieldFault>;
using OfficeUnit = Unit<OfficeZone>;

std::unexpected<Failure> failure(FailureKind kind) { return std::unexpected(Failure{kind}); }

bool is_subject(std::string_view text) {
    return text.size() <= subject_longest && text.find('=') != std::string_view::npos;
}

/// Whom the certificate names, however that was given.
std::optional<std::string> checked_subject(NewServiceProposal const& given,
                                           ServiceAccountLife::Outside const& outside, Faults& faults) {
    auto const fault = [&](FieldFault const& one) {
        faults.push_back(one);
        return std::nullopt;
    };
    if (given.certificate.empty() && given.subject.empty()) return fault(no_subject);
    if (given.certificate.empty()) {
        auto typed = short_text(given.subject, subject_longest);
        if (!typed || !is_subject(*typed)) return fault(bad_subject);
        return std::move(*typed);
    }
    if (!given.subject.empty()) return fault(both_given);
    auto read = outside.subject_of(given.certificate);
    if (!read || !is_subject(*read)) return fault(bad_certificate);
    return read;
}

std::expected<ServiceProposalRow, Failure> checked(OfficeUnit& unit, NewServiceProposal const& given,
                                                   ServiceAccountLife::Outside const& outside) {
    Faults faults;
    auto const employer =
        given.employer.empty() ? std::nullopt : outside.find_employer(unit.tx, given.employer);
    if (!employer) faults.push_back(unknown_employer);
    auto subject = checked_subject(given, outside, faults);
    if (subject && has_open_service_account(unit.tx, unit.keyring(), *subject))
        faults.push_back(taken_subject);
    auto networks = Networks::parse(given.networks);
    if (!networks || networks->text().size() > networks_longest) faults.push_back(bad_networks);
    if (!faults.empty()) return std::unexpected(Failure{FailureKind::invalid, std::move(faults)});
    return ServiceProposalRow{.account = UserId::make(unit.now, unit.frame.random),
                              .employer = *employer,
                              .subject = std::move(*subject),
                              .networks = std::move(*networks),
                              .proposed_by = unit.actor.user,
                              .proposed_at = unit.now};
}

/// Who proposed it stands to it as to something own, and nobody approves that.
std::expected<ServiceProposalRow, Failure> open_proposal(OfficeUnit& unit, Action action, UserId proposal) {
    auto row = load_service_proposal(unit.tx, unit.keyring(), proposal);
    auto const access = unit.gate.ask(action,
                                      {.resource = Resource::service_account_proposal,
                                       .user = row ? std::optional{row->proposed_by} : std::nullopt},
                                      proposal.uuid(), row ? std::string_view{row->subject} : "");
    if (!access) return std::unexpected(access.error());
    if (!row) return failure(FailureKind::not_found);
    if (!row->is_open(unit.now)) return failure(FailureKind::not_now);
    return std::move(*row);
}

ServiceProposalView view_of(ServiceProposalRow row, std::string employer_code) {
    return {row.account,
            row.employer,
            std::move(employer_code),
            std::move(row.subject),
            std::move(row.networks),
            row.proposed_by,
            row.proposed_at};
}

}  // namespace

std::expected<std::vector<ServiceAccountView>, Failure> ServiceAccountLife::list(Actor const& actor) const {
    return look(frame_, actor,
                [&](OfficeUnit& unit) -> std::expected<std::vector<ServiceAccountView>, Failure> {
                    auto const access = unit.gate.ask(Action::list, {.resource = Resource::service_account});
                    if (!access) return std::unexpected(access.error());
                    std::vector<ServiceAccountView> views;
                    for (auto& one : list_service_accounts(unit.tx, unit.keyring())) {
                        auto code = outside_.code_of(unit.tx, one.employer);
                        views.push_back({std::move(one), std::move(code)});
                    }
                    return views;
                });
}

std::expected<void, Failure> ServiceAccountLife::close(Actor const& actor, UserId account) const {
    return change(frame_, actor, [&](OfficeUnit& unit) -> std::expected<void, Failure> {
        auto const found = find_service_account(unit.tx, unit.keyring(), account);
        auto const access = unit.gate.ask(Action::end, {.resource = Resource::service_account},
                                          account.uuid(), found ? std::string_view{found->subject} : "");
        if (!access) return std::unexpected(access.error());
        if (!found) return failure(FailureKind::not_found);
        if (!close_service_account(unit.tx, unit.keyring(), account, unit.now))
            return failure(FailureKind::not_now);
        return {};
    });
}

std::expected<ServiceProposalView, Failure> ServiceAccountLife::propose(
    Actor const& actor, Given<NewServiceProposal> const& given) const {
    return change(frame_, actor, [&](OfficeUnit& unit) -> std::expected<ServiceProposalView, Failure> {
        auto const access = unit.gate.ask(Action::create, {.resource = Resource::service_account_proposal});
        if (!access) return std::unexpected(access.error());
        if (!given) return std::unexpected(given.error());
        auto row = checked(unit, *given, outside_);
        if (!row) return std::unexpected(row.error());
        insert_service_proposal(unit.tx, unit.keyring(), *row, unit.frame.random);
        unit.gate.about(row->account.uuid());
        return view_of(std::move(*row), given->employer);
    });
}

std::expected<std::vector<ServiceProposalView>, Failure> ServiceAccountLife::proposals(
    Actor const& actor) const {
    return look(
        frame_, actor, [&](OfficeUnit& unit) -> std::expected<std::vector<ServiceProposalView>, Failure> {
            auto const access = unit.gate.ask(Action::list, {.resource = Resource::service_account_proposal});
            if (!access) return std::unexpected(access.error());
            std::vector<ServiceProposalView> views;
            for (auto& row :
                 load_open_service_proposals(unit.tx, unit.keyring(), unit.now - service_proposal_lasts)) {
                auto code = outside_.code_of(unit.tx, row.employer);
                views.push_back(view_of(std::move(row), std::move(code)));
            }
            return views;
        });
}

std::expected<void, Failure> ServiceAccountLife::approve(Actor const& actor, UserId proposal) const {
    return change(frame_, actor, [&](OfficeUnit& unit) -> std::expected<void, Failure> {
        auto const row = open_proposal(unit, Action::approve, proposal);
        if (!row) return std::unexpected(row.error());
        bool const is_made =
            decide(unit.tx, unit.keyring(), *row, actor.user, true, unit.now) &&
            add_service_account(unit.tx, unit.keyring(), row->account,
                                {row->employer, row->subject, row->networks}, unit.now, unit.frame.random);
        if (!is_made) return failure(FailureKind::not_now);
        return {};
    });
}

std::expected<void, Failure> ServiceAccountLife::end(Actor const& actor, UserId proposal) const {
    return change(frame_, actor, [&](OfficeUnit& unit) -> std::expected<void, Failure> {
        auto const row = open_proposal(unit, Action::end, proposal);
        if (!row) return std::unexpected(row.error());
        if (!decide(unit.tx, unit.keyring(), *row, actor.user, false, unit.now))
            return failure(FailureKind::not_now);
        return {};
    });
}

}  // namespace klout7::access
