#include "own_file.h"

#include <algorithm>

#include "reason.h"

namespace klout7::medical {
namespace {

using access::Action;
using access::FailureKind;
using access::Resource;

constexpr access::FieldFault none_given{
    "", "none_given",
    "U hebt dit dossier nu niet ter inzage. Vraag inzage aan; de arts antwoordt binnen een maand.",
    "You have not been given this file to read now. Ask for it; the doctor answers within a month."};

std::unexpected<Failure> failure(FailureKind kind) { return std::unexpected(Failure{kind}); }

struct Checked {
    FileDecision decision;
    std::string reason;
};
Given<Checked> check(NewFileDecision const& given) {
    Failure invalid{FailureKind::invalid};
    auto const decision = parse_file_decision(given.decision);
    if (!decision)
        invalid.fields.push_back(
            {"decision", "not_a_choice", "Kies uit de vaste lijst.", "Choose from the fixed list."});
    auto reason = checked_reason(given.reason);
    if (decision == FileDecision::refused && !reason)
        invalid.fields.push_back(
            {"reason", "out_of_range",
             "Schrijf in 20 tot 1.000 tekens leesbare tekst wiens privacy u beschermt. De cliënt leest dit.",
             "Say in 20 to 1,000 characters of readable text whose privacy you protect. The client reads "
             "it."});
    if (decision == FileDecision::given && !given.reason.empty())
        invalid.fields.push_back({"reason", "only_to_refuse", "Een reden hoort alleen bij een weigering.",
                                  "A reason belongs to a refusal only."});
    if (!invalid.fields.empty()) return std::unexpected(invalid);
    return Checked{*decision, decision == FileDecision::refused ? std::move(*reason) : std::string{}};
}

/// The request by which the client reads the file today.
std::optional<FileRequest> given_by(std::vector<FileRequestWithReason> const& newest_first, LocalDate today) {
    auto const found = std::ranges::find_if(newest_first, [&](FileRequestWithReason const& one) {
        auto const until = readable_until(one.request);
        return until && today <= *until;
    });
    return found == newest_first.end() ? std::nullopt : std::optional{found->request};
}

}  // namespace

std::expected<AskedFile, Failure> ask_for_file(Practice const& practice, Actor const& actor, CaseId case_id,
                                               Given<FileRequestId> const& given) {
    return access::change(practice.frame, actor, [&](Unit& unit) -> std::expected<AskedFile, Failure> {
        auto const cleared = clear(unit, Resource::medical_file, Action::create, case_id);
        if (!cleared) return std::unexpected(cleared.error());
        if (!given) return std::unexpected(given.error());
        auto const before = file_requests_of(unit.tx, unit.keyring(), cleared->key, case_id, cleared->access);
        auto const* const latest = before.empty() ? nullptr : &before.front().request;
        if (latest != nullptr && !latest->decision) return AskedFile{*latest, false};
        FileRequest const request{*given, case_id, latest == nullptr ? 1 : latest->number + 1, unit.now};
        add_file_request(unit.tx, unit.keyring(), request);
        return AskedFile{request, true};
    });
}

std::expected<ReadFileRequests, Failure> read_file_requests(Practice const& practice, Actor const& actor,
                                                            CaseId case_id) {
    return access::look(practice.frame, actor, [&](Unit& unit) -> std::expected<ReadFileRequests, Failure> {
        auto cleared = clear(unit, Resource::medical_file, Action::read, case_id);
        if (!cleared) return std::unexpected(cleared.error());
        auto requests = file_requests_of(unit.tx, unit.keyring(), cleared->key, case_id, cleared->access);
        return ReadFileRequests{std::move(requests), std::move(cleared->access)};
    });
}

std::expected<FileRequest, Failure> decide_file_request(Practice const& practice, Actor const& actor,
                                                        FileRequestId id,
                                                        Given<NewFileDecision> const& given) {
    return access::change(practice.frame, actor, [&](Unit& unit) -> std::expected<FileRequest, Failure> {
        auto request = find_file_request(unit.tx, unit.keyring(), id);
        auto const row = request ? find_case(unit.tx, unit.keyring(), request->case_id) : std::nullopt;
        auto const cleared = clear(unit, Resource::medical_file, Action::approve, row, id.uuid());
        if (!cleared) return std::unexpected(cleared.error());
        if (!given) return std::unexpected(given.error());
        auto const checked = check(*given);
        if (!checked) return std::unexpected(checked.error());
        request->decided_by = actor.user;
        request->decided_at = unit.now;
        request->decision = checked->decision;
        if (!keep_file_decision(unit.tx, unit.keyring(), cleared->key, *request, checked->reason,
                                unit.frame.random))
            return failure(FailureKind::not_now);
        return *request;
    });
}

std::expected<OwnFile, Failure> read_own_file(Practice const& practice, Actor const& actor, CaseId case_id) {
    return access::look(practice.frame, actor, [&](Unit& unit) -> std::expected<OwnFile, Failure> {
        auto cleared = clear(unit, Resource::medical_file, Action::read, case_id);
        if (!cleared) return std::unexpected(cleared.error());
        auto const requests =
            file_requests_of(unit.tx, unit.keyring(), cleared->key, case_id, cleared->access);
        auto const request = given_by(requests, unit.today());
        if (!request) return std::unexpected(Failure{FailureKind::not_now, {none_given}});
        auto consults = consults_of(unit.tx, unit.keyring(), cleared->key, case_id, cleared->access);
        if (!consults) return std::unexpected(consults.error());
        // What the doctor wrote after that was not looked at when it was given.
        std::erase_if(*consults, [&](Consult const& one) { return one.created_at > request->decided_at; });
        return OwnFile{*request, std::move(*consults), std::move(cleared->access)};
    });
}

}  // namespace klout7::medical
