#pragma once

#include "access/accounts.h"
#include "access/testing.h"
#include "actions.h"
#include "base/made_up.h"

namespace klout7::medical::testing {

using namespace access::testing;
using access::Action;
using access::FailureKind;
using access::Relation;
using access::Resource;
using access::Role;

/// The medical side with a company doctor who has an account, and what the office tells it.
struct MedicalSide : TestSide<MedicalZone> {
    exchange::Exchange<MedicalZone> exchange{database, keyring, clock, random};
    Practice practice{frame, exchange};
    MadeUpPeople made_up{7};
    MadeUpEmployer made_up_employer = made_up.next_employer();
    int substitutes = 0;
    Actor doctor = with_account(Role::company_doctor, "arts", "A. de Arts");

    Actor with_account(Role role, std::string_view user_name, std::string name) {
        auto one = actor(role);
        auto const made = database.transact([&](store::Transaction& tx) {
            return access::create_account(frame, tx,
                                          {.user_name = *access::UserName::parse(user_name),
                                           .display_name = std::move(name),
                                           .role = role})
                .user;
        });
        REQUIRE(made);
        one.user = *made;
        return one;
    }
    Actor delegate_of(UserId doctor_user) {
        auto one = actor(Role::delegated_staff);
        one.responsible = doctor_user;
        hand_over(doctor_user, one.user, "consults documents letters");
        return one;
    }
    Actor idle_delegate_of(UserId doctor_user) {
        auto one = actor(Role::delegated_staff);
        one.responsible = doctor_user;
        return one;
    }
    /// Another doctor, to whom this one handed the cases over.
    Actor substitute_of(UserId doctor_user) {
        auto one = with_account(Role::company_doctor, "waarnemer" + std::to_string(++substitutes), "W. Arts");
        hand_over(doctor_user, one.user);
        return one;
    }
    /// As if the message had come from the office: whether it was accepted.
    bool receive(handover::Message const& message) {
        auto const accepted =
            database.transact([&](store::Transaction& tx) { return medical_handler(frame)(tx, message); });
        REQUIRE(accepted);
        return *accepted;
    }
    handover::PersonCard card() {
        auto const one = made_up.next_person(made_up_employer);
        return {PersonId::make(clock.now(), random),
                one.bsn,
                one.last_name,
                "van der",
                one.initials,
                one.birth_date,
                one.phone};
    }
    struct Case {
        CaseId id;
        handover::PersonCard card;
        LocalDate first_sick_day;
    };
    /// A case of somebody new, or of somebody who is known, as the office tells it.
    Case told(handover::PersonCard of, LocalDate day = *LocalDate::from(2026, 11, 16)) {
        Case const one{CaseId::make(clock.now(), random), std::move(of), day};
        REQUIRE(receive(one.card));
        REQUIRE(receive(handover::CaseDates{one.id, one.card.person, day, {}}));
        return one;
    }
    Case told() { return told(card()); }
    /// The same, given to the doctor.
    Case assigned(handover::PersonCard of, LocalDate day = *LocalDate::from(2026, 11, 16)) {
        auto one = told(std::move(of), day);
        REQUIRE(receive(handover::Assignment{one.id, doctor.user}));
        return one;
    }
    Case assigned() { return assigned(card()); }

    /// Everybody, as they stand to a case of the doctor.
    std::vector<Asking> everybody(Case const& of) {
        auto const stranger = PersonId::make(clock.now(), random);
        auto const another = UserId::make(clock.now(), random);
        return {
            {"the doctor", doctor, Relation::assigned},
            {"another doctor", actor(Role::company_doctor), Relation::none},
            {"a doctor who stands in", substitute_of(doctor.user), Relation::standing_in, doctor.user},
            {"an insurance doctor", actor(Role::insurance_doctor), Relation::none},
            {"the doctor's delegate", delegate_of(doctor.user), Relation::delegated},
            {"a delegate of another doctor", delegate_of(another), Relation::none},
            {"a delegate whose doctor handed nothing over", idle_delegate_of(doctor.user), Relation::none},
            {"a delegate of nobody", actor(Role::delegated_staff), Relation::none},
            {"the client", client(of.card.person), Relation::own_person},
            {"another client", client(stranger), Relation::none},
            {"a client who is nobody", actor(Role::client), Relation::none},
            {"the medical account manager", actor(Role::medical_account_manager), Relation::none},
            {"the privacy officer", actor(Role::privacy_officer), Relation::none},
            {"the doctor-auditor", actor(Role::doctor_auditor), Relation::none}};
    }
    NewConsult consult(std::string note = "Rustig aan, over twee weken weer bellen.") {
        return {Uuid::version_7(clock.now(), random), std::move(note), "P152"};
    }
    /// A list to replace this version, counting from the first sick day on.
    NewAbilities abilities(std::int64_t replaces = 0) {
        NewAbilities one{
            Uuid::version_7(clock.now(), random), replaces, {.valid_from = *LocalDate::from(2026, 11, 16)}};
        one.abilities.levels[0] = Level::limited;
        one.abilities.words[0] = {"Kanarie slaapt slecht.", "Geen werk dat lang de aandacht vraagt."};
        return one;
    }
    NewLetter letter() {
        handover::FeedbackFields fields;
        fields.limits = {handover::Limit::lifting};
        fields.possibilities = {handover::Possibility::adapted_work};
        fields.hours_per_week = static_cast<std::uint8_t>(random.below(60));
        return {LetterId::make(clock.now(), random), fields};
    }
    std::int64_t messages_sent() {
        return std::get<0>(*database.transact(
            [](store::Transaction& tx) { return *tx.row<std::int64_t>("SELECT COUNT(*) FROM outbox"); }));
    }
};

}  // namespace klout7::medical::testing
