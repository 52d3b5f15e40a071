#include "actions.h"

#include "access/accounts.h"
#include "access/staff_account.h"
#include "cleared.h"
#include "handover/recovery.h"

namespace klout7::medical {
namespace {

using access::Action;
using access::FailureKind;
using access::Resource;

/// The cases of a client are those about the client, of everybody else those of the doctor.
std::vector<CaseRow> own_cases(Unit& unit, UserId doctor, std::optional<CaseId> after) {
    auto const client = unit.actor.role == access::Role::client ? unit.actor.person : std::nullopt;
    auto start = after ? find_case(unit.tx, unit.keyring(), *after) : std::nullopt;
    // Where the list goes on must not tell that there is a case of somebody else, nor since when.
    if (start && (client ? start->person != client : start->doctor != doctor)) start.reset();
    return client ? cases_of_person(unit.tx, unit.keyring(), *client, start)
                  : cases_of_doctor(unit.tx, unit.keyring(), doctor, start);
}

}  // namespace

std::expected<std::vector<ListedCase>, Failure> list_cases(Practice const& practice, Actor const& actor,
                                                           std::optional<CaseId> after,
                                                           std::optional<UserId> of) {
    return access::look(
        practice.frame, actor, [&](Unit& unit) -> std::expected<std::vector<ListedCase>, Failure> {
            auto const doctor = of.value_or(actor.responsible.value_or(actor.user));
            auto const access = unit.gate.ask(
                Action::list,
                {.resource = Resource::case_list, .person = actor.person, .assigned_user = doctor});
            if (!access) return std::unexpected(access.error());
            std::vector<ListedCase> listed;
            for (auto const& row : own_cases(unit, doctor, after)) {
                auto const key = key_of(unit, row.person);
                if (!key && key.error().kind == FailureKind::not_found) continue;  // shredded
                if (!key) return std::unexpected(key.error());
                auto person = person_of(unit.tx, *key, row.person);
                if (!person) return std::unexpected(person.error());
                listed.push_back({row, std::move(*person)});
            }
            return listed;
        });
}

std::expected<ListedCase, Failure> open_case(Practice const& practice, Actor const& actor, CaseId id) {
    return access::look(practice.frame, actor, [&](Unit& unit) -> std::expected<ListedCase, Failure> {
        auto const cleared = clear(unit, Resource::case_file, Action::read, id);
        if (!cleared) return std::unexpected(cleared.error());
        auto person = person_of(unit.tx, cleared->key, cleared->row.person);
        if (!person) return std::unexpected(person.error());
        return ListedCase{cleared->row, std::move(*person)};
    });
}

std::expected<void, Failure> write_consult(Practice const& practice, Actor const& actor, CaseId case_id,
                                           Given<NewConsult> const& given) {
    return access::change(practice.frame, actor, [&](Unit& unit) -> std::expected<void, Failure> {
        auto const cleared = clear(unit, Resource::consult, Action::create, case_id);
        if (!cleared) return std::unexpected(cleared.error());
        if (!given) return std::unexpected(given.error());
        auto const& [id, note, cas_code] = *given;
        auto const code = CasCode::parse(cas_code);
        Failure invalid{FailureKind::invalid};
        if (!is_readable_text(note, longest_note)) {
            invalid.fields.push_back({"note", "not_text",
                                      "Schrijf een notitie van ten hoogste 20.000 tekens leesbare tekst.",
                                      "Write a note of at most 20,000 characters of readable text."});
        }
        if (!code)
            invalid.fields.push_back({"cas_code", "not_a_cas_code",
                                      "Een CAS-code is een hoofdletter en drie cijfers.",
                                      "A CAS code is a capital letter and three digits."});
        if (!invalid.fields.empty()) return std::unexpected(invalid);
        add_consult(unit.tx, unit.keyring(), cleared->key, id, case_id, note, *code, actor.user, unit.now,
                    unit.frame.random);
        return {};
    });
}

std::expected<ReadConsults, Failure> read_consults(Practice const& practice, Actor const& actor,
                                                   CaseId case_id) {
    return access::look(practice.frame, actor, [&](Unit& unit) -> std::expected<ReadConsults, Failure> {
        auto cleared = clear(unit, Resource::consult, Action::list, case_id);
        if (!cleared) return std::unexpected(cleared.error());
        auto consults = consults_of(unit.tx, unit.keyring(), cleared->key, case_id, cleared->access);
        if (!consults) return std::unexpected(consults.error());
        return ReadConsults{std::move(*consults), std::move(cleared->access)};
    });
}

std::expected<std::vector<CasEntry>, Failure> search_cas_codes(Practice const& practice, Actor const& actor,
                                                               Given<std::string> const& words) {
    return access::look(
        practice.frame, actor, [&](Unit& unit) -> std::expected<std::vector<CasEntry>, Failure> {
            auto const doctor = actor.responsible.value_or(actor.user);
            // The words are no part of the line: beside the line of the consult they would tell what somebody
            // has.
            auto const access =
                unit.gate.ask(Action::search, {.resource = Resource::consult, .assigned_user = doctor});
            if (!access) return std::unexpected(access.error());
            if (!words) return std::unexpected(words.error());
            if (!is_readable_text(*words, longest_cas_search)) {
                return std::unexpected(
                    Failure{FailureKind::invalid,
                            {{"words", "out_of_range", "Typ een code of ten hoogste 100 tekens.",
                              "Type a code or at most 100 characters."}}});
            }
            return CasList::built_in().find(*words, LocalDate::in_the_netherlands(unit.now));
        });
}

std::expected<std::int64_t, Failure> sign_abilities(Practice const& practice, Actor const& actor,
                                                    CaseId case_id, Given<NewAbilities> const& given) {
    bool is_repeat = false;
    auto const done =
        access::change(practice.frame, actor, [&](Unit& unit) -> std::expected<std::int64_t, Failure> {
            auto const cleared = clear(unit, Resource::functional_abilities, Action::create, case_id);
            if (!cleared) return std::unexpected(cleared.error());
            if (!given) return std::unexpected(given.error());
            auto faults = faults_of(given->abilities, cleared->row.first_sick_day,
                                    LocalDate::in_the_netherlands(unit.now));
            if (!faults.empty()) return std::unexpected(Failure{FailureKind::invalid, std::move(faults)});
            auto const newest = newest_abilities(unit.tx, case_id, given->id);
            is_repeat = newest.is_there;
            if (is_repeat) return std::unexpected(Failure{FailureKind::already_there});
            if (newest.version != given->replaces)
                return std::unexpected(Failure{FailureKind::changed_meanwhile});
            auto const account = access::find_account(unit.tx, unit.keyring(), actor.user);
            if (!account) return std::unexpected(Failure{FailureKind::unavailable});
            SignedAbilities::Row const row{given->id, case_id, newest.version + 1, actor.user, unit.now};
            add_abilities(unit.tx, unit.keyring(), cleared->key, row, given->abilities, account->display_name,
                          unit.frame.random);
            return row.version;
        });
    // Two at the same moment: the number was taken by the other one.
    if (!done && done.error().kind == FailureKind::already_there && !is_repeat)
        return std::unexpected(Failure{FailureKind::changed_meanwhile});
    return done;
}

std::expected<ReadAbilities, Failure> read_abilities(Practice const& practice, Actor const& actor,
                                                     CaseId case_id) {
    return access::look(practice.frame, actor, [&](Unit& unit) -> std::expected<ReadAbilities, Failure> {
        auto cleared = clear(unit, Resource::functional_abilities, Action::list, case_id);
        if (!cleared) return std::unexpected(cleared.error());
        auto versions = abilities_of(unit.tx, unit.keyring(), cleared->key, case_id, cleared->access);
        if (!versions) return std::unexpected(versions.error());
        // The explanations are the doctor's, for who treats the file: the client gets the list without them.
        bool const has_explanations = actor.role != access::Role::client;
        if (!has_explanations)
            for (auto& one : *versions) one.forget_explanations();
        return ReadAbilities{std::move(*versions), std::move(cleared->access), has_explanations};
    });
}

std::expected<handover::FeedbackLetter, Failure> sign_letter(Practice const& practice, Actor const& actor,
                                                             CaseId case_id, Given<NewLetter> const& given) {
    return access::change(practice.frame, actor,
                          [&](Unit& unit) -> std::expected<handover::FeedbackLetter, Failure> {
                              auto const cleared = clear(unit, Resource::letter, Action::sign, case_id);
                              if (!cleared) return std::unexpected(cleared.error());
                              if (!given) return std::unexpected(given.error());
                              auto const account = access::find_account(unit.tx, unit.keyring(), actor.user);
                              if (!account) return std::unexpected(Failure{FailureKind::unavailable});
                              handover::FeedbackLetter letter{
                                  given->id,    case_id,    cleared->row.doctor.value_or(actor.user),
                                  unit.now,     actor.user, account->display_name,
                                  given->fields};
                              add_letter(unit.tx, cleared->key, letter, unit.frame.random);
                              practice.exchange.send(unit.tx, letter);
                              return letter;
                          });
}

std::expected<std::vector<handover::FeedbackLetter>, Failure> read_letters(Practice const& practice,
                                                                           Actor const& actor,
                                                                           CaseId case_id) {
    return access::look(practice.frame, actor,
                        [&](Unit& unit) -> std::expected<std::vector<handover::FeedbackLetter>, Failure> {
                            auto const cleared = clear(unit, Resource::letter, Action::list, case_id);
                            if (!cleared) return std::unexpected(cleared.error());
                            return letters_of(unit.tx, cleared->key, case_id, cleared->access);
                        });
}

std::expected<void, Failure> report_recovery(Practice const& practice, Actor const& actor, CaseId case_id,
                                             Given<std::optional<LocalDate>> const& first_fit_day) {
    return access::change(practice.frame, actor, [&](Unit& unit) -> std::expected<void, Failure> {
        auto const cleared = clear(unit, Resource::recovery, Action::create, case_id);
        if (!cleared) return std::unexpected(cleared.error());
        if (!first_fit_day) return std::unexpected(first_fit_day.error());
        auto const& row = cleared->row;
        auto const fault = handover::check_recovery({.first_sick_day = row.first_sick_day,
                                                     .today = unit.today(),
                                                     .first_fit_day = row.recovered_from},
                                                    handover::RecoveryBy::company_doctor, *first_fit_day);
        if (fault != handover::RecoveryFault::none) {
            auto const words = handover::words_of(fault);
            return std::unexpected(
                Failure{FailureKind::invalid, {{"first_fit_day", words.code, words.dutch, words.english}}});
        }
        practice.exchange.send(
            unit.tx, handover::RecoveryReport{case_id, *first_fit_day, row.doctor.value_or(actor.user),
                                              actor.user, unit.now});
        return {};
    });
}

namespace {

class Receiver {
public:
    Receiver(access::Frame<MedicalZone> const& frame, store::Transaction& tx) : frame_(frame), tx_(tx) {}
    bool operator()(handover::PersonCard const& card) {
        return keep_person(tx_, frame_.keys, card, frame_.random) &&
               write_line("change", "person_card", card.person.uuid(), card.person);
    }
    bool operator()(handover::CaseDates const& dates) {
        return keep_dates(tx_, frame_.keys.keyring(), dates) &&
               write_line("change", "case_file", dates.case_id.uuid(), dates.person);
    }
    bool operator()(handover::Assignment const& assignment) {
        auto const row = find_case(tx_, frame_.keys.keyring(), assignment.case_id);
        return row && keep_assignment(tx_, frame_.keys.keyring(), assignment) &&
               write_line("assign", "case_file", assignment.case_id.uuid(), row->person);
    }
    bool operator()(handover::StaffAccount const& account) {
        return access::keep_staff_account(frame_, tx_, account);
    }
    // The office never sends these: handover::decode refuses them.
    bool operator()(handover::DoctorAvailable const&) { return false; }
    bool operator()(handover::FeedbackLetter const&) { return false; }
    bool operator()(handover::RecoveryReport const&) { return false; }
    bool operator()(handover::Receipt const&) { return false; }

private:
    bool write_line(std::string action, std::string object_class, Uuid object, PersonId person) {
        audit::Event line;
        line.at = frame_.clock.now();
        line.action = std::move(action);
        line.object_class = std::move(object_class);
        line.object = object;
        line.person = person;
        line.ground = "message of the office side";
        frame_.recorder.record(tx_, {&line, 1});
        return true;
    }
    access::Frame<MedicalZone> const& frame_;
    store::Transaction& tx_;
};

}  // namespace

exchange::Handler medical_handler(access::Frame<MedicalZone> const& frame) {
    return [&frame](store::Transaction& tx, handover::Message const& message) {
        return std::visit(Receiver{frame, tx}, message);
    };
}

}  // namespace klout7::medical
