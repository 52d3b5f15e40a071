#pragma once

#include "actions/assign_doctor.h"
#include "actions/receive_messages.h"
#include "testing/office.h"

namespace klout7::actions::testing {

/// The office side with a doctor on the other one.
struct WithLetters : OfficeSide {
    UserId doctor = UserId::make(clock.now(), random);

    WithLetters() { REQUIRE(receive(handover::DoctorAvailable{doctor, "A. de Arts", true})); }
    /// As if the message had come from the medical side: whether it was accepted.
    bool receive(handover::Message const& message) {
        auto const accepted =
            database.transact([&](store::Transaction& tx) { return office_handler(office)(tx, message); });
        REQUIRE(accepted);
        return *accepted;
    }
    void assign(CaseId id, UserId to) {
        REQUIRE(assign_doctor(office, manager, id, DoctorChoice{to, row(id).version}));
    }
    /// A case that is the doctor's.
    Case assigned(std::optional<cases::SickReportInput> given = {}) {
        auto const known = given ? report(*given) : report();
        assign(known.id, doctor);
        return known;
    }
    handover::FeedbackLetter letter(CaseId id) {
        handover::FeedbackFields fields;
        fields.limits = {handover::Limit::lifting};
        fields.possibilities = {handover::Possibility::adapted_work};
        fields.hours_per_week = static_cast<std::uint8_t>(random.below(60));
        fields.next_contact = LocalDate::from(2026, 12, 1);
        return {LetterId::make(clock.now(), random), id, doctor, clock.now(), doctor, "A. de Arts", fields};
    }
};

}  // namespace klout7::actions::testing
