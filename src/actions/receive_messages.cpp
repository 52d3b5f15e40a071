#include "actions/receive_messages.h"

#include "access/staff_account.h"
#include "cases/case_files.h"

namespace klout7::actions {
namespace {

class Receiver {
public:
    Receiver(access::Frame<OfficeZone> const& frame, store::Transaction& tx) : frame_(frame), tx_(tx) {}

    bool operator()(handover::DoctorAvailable const& doctor) {
        cases::keep_doctor(tx_, frame_.keys.keyring(), doctor, frame_.random);
        write_line("change", "doctor_list", doctor.doctor.uuid(), {}, doctor.doctor);
        return true;
    }
    bool operator()(handover::FeedbackLetter const& letter) {
        auto const row = cases::find_case(tx_, frame_.keys.keyring(), letter.case_id);
        if (!row || row->doctor != letter.doctor) return false;  // only the doctor whom the office named
        auto const key = frame_.keys.load(tx_, row->person);
        if (!key) return false;
        if (!cases::keep_letter(tx_, *key, row->person, letter, frame_.clock.now(), frame_.random))
            return false;
        write_line("create", "letter", letter.id.uuid(), row->person, letter.doctor);
        return true;
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
    access::Frame<OfficeZone> const& frame_;
    store::Transaction& tx_;
};

}  // namespace

exchange::Handler office_handler(access::Frame<OfficeZone> const& frame) {
    return [&frame](store::Transaction& tx, handover::Message const& message) {
        return std::visit(Receiver{frame, tx}, message);
    };
}

}  // namespace klout7::actions
