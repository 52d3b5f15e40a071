#include "actions/receive_messages.h"

#include "access/staff_account.h"
#include "cases/case_files.h"
#include "keep_recovery.h"

namespace klout7::actions {
namespace {

using handover::RecoveryBy;
using handover::RecoveryFault;

class Receiver {
public:
    Receiver(Office const& office, store::Transaction& tx) : office_(office), frame_(office.frame), tx_(tx) {}

    bool operator()(handover::DoctorAvailable const& doctor) {
        cases::keep_doctor(tx_, frame_.keys.keyring(), doctor, frame_.random);
        write_line("change", "doctor_list", doctor.doctor.uuid(), {}, doctor.doctor);
        return true;
    }
    bool operator()(handover::FeedbackLetter const& letter) {
        auto const row = cases::find_case(tx_, frame_.keys.keyring(), letter.case_id);
        if (!row || row->doctor != letter.doctor_of_case)
            return false;  // only the doctor whom the office named
        auto const key = frame_.keys.load(tx_, row->person);
        if (!key) return false;
        if (!cases::keep_letter(tx_, *key, row->person, letter, frame_.clock.now(), frame_.random))
            return false;
        write_line("create", "letter", letter.id.uuid(), row->person, letter.doctor);
        return true;
    }
    bool operator()(handover::RecoveryReport const& report) {
        // Whoever changes the case at this very moment goes first.
        for (;;)
            if (auto const is_taken = take(report)) return *is_taken;
    }
    bool operator()(handover::StaffAccount const& account) {
        return access::keep_staff_account(frame_, tx_, account);
    }
    // The medical side never sends these: handover::decode refuses them.
    bool operator()(handover::PersonCard const&) { return false; }
    bool operator()(handover::CaseDates const&) { return false; }
    bool operator()(handover::Assignment const&) { return false; }
    bool operator()(handover::Receipt const&) { return false; }

private:
    /// Nothing when somebody else changed the case meanwhile.
    std::optional<bool> take(handover::RecoveryReport const& report) {
        auto const& keyring = frame_.keys.keyring();
        auto const row = cases::find_case(tx_, keyring, report.case_id);
        if (!row || row->doctor != report.doctor) return false;  // only the doctor whom the office named
        auto const newest = cases::newest_recovery(tx_, keyring, report.case_id);
        auto const reported_on = LocalDate::in_the_netherlands(report.reported_at);
        auto const fault = handover::check_recovery(cases::recovery_now(*row, newest, reported_on),
                                                    RecoveryBy::company_doctor, report.first_fit_day);
        // The client was quicker: it stands as the doctor has it.
        bool const stands =
            fault == RecoveryFault::reported_already || fault == RecoveryFault::nothing_to_take_back;
        if (fault != RecoveryFault::none && !stands) return false;
        auto const key = frame_.keys.load(tx_, row->person);
        if (!key) return false;
        auto const facts = cases::deadline_facts_of(tx_, *key, *row);
        if (!facts) return false;
        cases::Recovery const recovery{row->id,
                                       newest ? newest->number + 1 : 1,
                                       report.first_fit_day,
                                       RecoveryBy::company_doctor,
                                       report.reported_by,
                                       report.reported_at};
        if (!stands && !keep_recovery(office_, tx_, *row, *facts, recovery)) return std::nullopt;
        write_line("create", "recovery", row->id.uuid(), row->person, report.reported_by);
        return true;
    }
    void write_line(std::string action, std::string object_class, Uuid object, std::optional<PersonId> person,
                    UserId doctor) {
        audit::Event line;
        line.at = frame_.clock.now();
        line.action = std::move(action);
        line.object_class = std::move(object_class);
        line.object = object;
        line.person = person;
        line.user = doctor;
        line.role = "company_doctor";
        line.ground = "message of the medical side";
        frame_.recorder.record(tx_, {&line, 1});
    }
    Office const& office_;
    access::Frame<OfficeZone> const& frame_;
    store::Transaction& tx_;
};

}  // namespace

exchange::Handler office_handler(Office const& office) {
    return [office](store::Transaction& tx, handover::Message const& message) {
        return std::visit(Receiver{office, tx}, message);
    };
}

}  // namespace klout7::actions
