#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <fstream>
#include <thread>

#include "access/mandates.h"
#include "access/one_time_code.h"
#include "access/own_sign_in.h"
#include "access/service_accounts.h"
#include "access/sign_in.h"
#include "actions/assign_doctor.h"
#include "actions/do_task.h"
#include "actions/open_case.h"
#include "actions/take_reports.h"
#include "arguments.h"
#include "base/check.h"
#include "base/made_up.h"
#include "cases/case_files.h"
#include "cases/headcounts.h"
#include "cases/made_up_reports.h"
#include "cases/report_file.h"
#include "certificates.h"
#include "demo_employers.h"
#include "made_up_benefit.h"
#include "program/program.h"
#include "transport/client_certificate.h"

namespace klout7::server {
namespace {

using access::Role;

/// That the operator made something of the demo.
template <class Zone>
void write_line(access::Frame<Zone> const& frame, store::Transaction& tx, std::string_view what, Uuid which,
                Instant now) {
    audit::Event line;
    line.at = now;
    line.action = "create";
    line.object_class = what;
    line.object = which;
    line.role = "operator";
    line.ground = "demo";
    line.detail = operator_name();
    frame.recorder.record(tx, {&line, 1});
}

/// Makes the accounts of the demo and remembers how to sign in with them.
class Accounts {
public:
    template <class Zone>
    UserId add(program::Program<Zone>& program, access::NewAccount const& account) {
        auto const& frame = program.frame();
        auto const now = frame.clock.now();
        auto welcome = frame.database.transact([&](store::Transaction& tx) {
            auto made = access::create_account(frame, tx, account);
            write_line(frame, tx, "user", made.user.uuid(), now);
            return made;
        });
        require(welcome.has_value(), "an account of the demo is made");
        auto const password = choose_password(program, account, *welcome);
        remember(Zone::side, account, password, welcome->totp_secret.view());
        return welcome->user;
    }
    /// A machine, which signs in with a certificate.
    void remember_machine(std::string_view name, std::string_view files) {
        table_ += fmt::format("{:<9}{:<26}{:<22}{}\n", name_of(Side::office),
                              access::name_of(Role::employer_system), name, files);
    }
    void write(program::DataFolder const& folder) const {
        save(folder.root / "accounts.json", boost::json::serialize(list_) + "\n");
        save(folder.root / "accounts.txt", table_);
    }

private:
    /// Signs in with the welcome password and chooses an own one, as a new user does. The code is of the step
    /// before, so that the present one is still unused.
    template <class Zone>
    std::string choose_password(program::Program<Zone>& program, access::NewAccount const& account,
                                access::Welcome const& welcome) {
        auto const& frame = program.frame();
        access::SignIn<Zone> const sign_in{frame};
        auto const enter = [&] {
            auto const code =
                access::totp_code(welcome.totp_secret.view(), access::totp_step_at(frame.clock.now()) - 1);
            return sign_in.sign_in(
                {account.user_name.text(), welcome.password.text(), access::Proof{code}, {}, "demo"});
        };
        auto in = enter();
        if (!in) in = enter();  // half a minute ended in between
        require(in.has_value(), "a welcome password opens");
        auto const session = sign_in.find(in->token, "demo");
        require(session && *session, "a session that was just opened is found");
        auto const password = std::string{access::new_welcome_password(frame.random).text()};
        access::PasswordChange choice{SecretBytes::from_text(welcome.password.text()),
                                      SecretBytes::from_text(password)};
        require(
            access::OwnSignIn<Zone>{frame}.change_password((*session)->actor, std::move(choice)).has_value(),
            "a password is chosen");
        require(access::OwnSignIn<Zone>{frame}.end((*session)->actor).has_value(), "a session is ended");
        return password;
    }
    void remember(Side side, access::NewAccount const& account, std::string const& password,
                  BytesView secret) {
        list_.push_back(
            boost::json::object{{"side", name_of(side)},
                                {"role", access::name_of(account.role)},
                                {"user_name", account.user_name.text()},
                                {"password", password},
                                {"totp_secret", to_base32(secret)},
                                {"otpauth", access::otpauth_uri(account.user_name.text(), secret)}});
        table_ += fmt::format("{:<9}{:<26}{:<22}{}\n", name_of(side), access::name_of(account.role),
                              account.user_name.text(), password);
    }
    static void save(std::filesystem::path const& file, std::string const& content) {
        std::ofstream{file} << content;
        chmod(file.c_str(), 0600);
    }
    boost::json::array list_;
    std::string table_;
};

access::NewAccount account(std::string_view user_name, std::string display_name, Role role) {
    return {.user_name = *access::UserName::parse(user_name),
            .display_name = std::move(display_name),
            .role = role,
            .e_mail = access::EMail::parse(fmt::format("{}@example.org", user_name))};
}

struct World {
    program::Program<OfficeZone>& office;
    program::Program<MedicalZone>& medical;
    Accounts accounts;
    std::vector<people::Employer> employers;
    PersonId client;
    CaseId client_case;
    PersonId other_client;
    std::vector<actions::Taken> all_cases;

    /// Three employers, each with an account, and two case managers who share them.
    void make_employers() {
        auto const made_up = demo_employers();
        std::vector<UserId> managers{
            accounts.add(office, account("casemanager", "C. de Manager", Role::case_manager)),
            accounts.add(office, account("casemanager2", "K. Bakker", Role::case_manager))};
        auto const& frame = office.frame();
        for (std::size_t i = 0; i < made_up.size(); ++i) {
            auto const& employer = made_up[i];
            auto const id = frame.database.transact([&](store::Transaction& tx) {
                auto const made = people::add_employer(tx, office.keyring(), employer.code, employer.name,
                                                       frame.clock.now(), frame.random);
                people::set_case_manager(tx, office.keyring(), made, managers[i % 2]);
                return made;
            });
            require(id.has_value(), "an employer of the demo is made");
            employers.push_back({*id, employer.code, managers[i % 2]});
            auto one = account(i == 0 ? "werkgever" : fmt::format("werkgever{}", i + 1), employer.name,
                               Role::employer);
            one.employer = *id;
            accounts.add(office, one);
        }
    }
    /// How many people each employer had, all but this month: the last one too few for figures of its people.
    void make_headcounts() {
        auto const& frame = office.frame();
        auto const now = frame.clock.now();
        auto const today = LocalDate::in_the_netherlands(now);
        auto const made = frame.database.transact([&](store::Transaction& tx) {
            for (std::size_t i = 0; i < employers.size(); ++i) {
                for (int before = 1; before <= 12; ++before) {
                    auto const month = cases::months_before(today, before);
                    auto const people =
                        i + 1 == employers.size() ? 8 : 240 - 60 * static_cast<int>(i) - before;
                    cases::set_headcount(tx, office.keyring(), {employers[i].id, month, people, {}, now},
                                         frame.random);
                }
                write_line(frame, tx, "headcount", employers[i].id.uuid(), now);
            }
        });
        require(made.has_value(), "the headcounts of the demo are made");
    }
    /// The HR system of the first employer, on this very machine.
    void make_machine(std::filesystem::path const& tls) {
        auto const& employer = employers.front();
        bool const is_made = make_machine_certificate(
            tls, "hr-systeem", fmt::format("/O={}/CN=hr-systeem.example", employer.code));
        auto const subject = is_made ? transport::subject_of(tls / "hr-systeem.pem") : std::nullopt;
        auto const networks = access::Networks::parse("127.0.0.0/8 ::1");
        require(subject && networks, "the certificate of a machine of the demo is made");
        auto const& frame = office.frame();
        auto const added = frame.database.transact([&](store::Transaction& tx) {
            auto const now = frame.clock.now();
            auto const id = access::add_service_account(
                tx, office.keyring(), {employer.id, *subject, *networks}, now, frame.random);
            require(id.has_value(), "a demo begins without machines");
            audit::Event line;
            line.at = now;
            line.action = "create";
            line.object_class = "service_account";
            line.object = id->uuid();
            line.organisation = employer.id;
            line.role = "operator";
            line.ground = "demo";
            line.detail = operator_name();
            frame.recorder.record(tx, {&line, 1});
        });
        require(added.has_value(), "a service account of the demo is made");
        accounts.remember_machine("hr-systeem", "tls/hr-systeem.pem, tls/hr-systeem.key");
    }
    void make_cases() {
        auto const& frame = office.frame();
        auto const today = LocalDate::in_the_netherlands(frame.clock.now());
        cases::MadeUpReports reports{41, 60, today, demo_employers()};
        cases::ReportFile file{today};
        std::vector<cases::ReportRow> rows;
        for (auto piece = reports.next_piece(); !piece.empty(); piece = reports.next_piece()) {
            for (auto& row : file.feed(piece)) rows.push_back(std::move(row));
        }
        for (auto& row : file.finish()) rows.push_back(std::move(row));
        std::vector<cases::SickReport const*> good;
        for (auto const& row : rows)
            if (row.report) good.push_back(&*row.report);
        auto const taken = frame.database.transact([&](store::Transaction& tx) {
            auto const now = frame.clock.now();
            auto made = actions::take_reports(tx, frame.keys, good, {}, now, frame.random);
            std::vector<audit::Event> lines;
            for (auto const& one : made) {
                audit::Event line;
                line.at = now;
                line.action = "create";
                line.object_class = "sick_report";
                line.object = one.case_id.uuid();
                line.person = one.person;
                line.organisation = one.employer;
                line.role = "operator";
                line.ground = "demo";
                lines.push_back(std::move(line));
            }
            frame.recorder.record(tx, lines);
            return made;
        });
        require(taken && !taken->empty(), "the cases of the demo are made");
        all_cases = *taken;
        for (auto const& one : *taken) {
            if (one.employer == employers.back().id) other_client = one.person;
            if (one.employer != employers.front().id) continue;
            client = one.person;
            client_case = one.case_id;
        }
    }
    /// A case manager, as if signed in.
    access::Actor manager(UserId user) const {
        auto const& frame = office.frame();
        auto const now = frame.clock.now();
        return {.user = user,
                .side = Side::office,
                .role = Role::case_manager,
                .person = {},
                .employer = {},
                .responsible = {},
                .session = SessionId::make(now, frame.random),
                .source = "demo",
                .signed_in_at = now,
                .fresh_at = now};
    }
    /// What was due was done on most cases; on each fifth it was left, so that there is something late to
    /// see.
    void do_steps() {
        actions::Office const side{office.frame(), office.exchange()};
        auto const today = LocalDate::in_the_netherlands(office.frame().clock.now());
        for (std::size_t i = 0; i < all_cases.size(); ++i) {
            auto const is_this = [&](people::Employer const& one) { return one.id == all_cases[i].employer; };
            auto const who = manager(std::ranges::find_if(employers, is_this)->case_manager.value());
            while (i % 5 != 0) {
                auto const opened = actions::open_case(side, who, all_cases[i].case_id);
                require(opened.has_value(), "a case of the demo is opened");
                auto const& row = opened->row;
                if (!row.next || row.next->due > today) break;
                auto const done_on = std::max(row.first_sick_day, row.next->due.plus_days(-2));
                require(actions::do_task(side, who, row.id,
                                         actions::TaskDone{row.next->task, done_on, row.version})
                            .has_value(),
                        "a step of the demo is done");
            }
        }
    }
    /// Most cases have facts and an account; a run is for who tries the demo to start.
    void make_benefit() {
        MadeUpPeople payees{11};
        std::vector<actions::Taken> with_facts;
        for (std::size_t i = 0; i < all_cases.size(); ++i)
            if (i % 6 != 0 || all_cases[i].case_id == client_case) with_facts.push_back(all_cases[i]);
        auto const made = office.frame().database.transact(
            [&](store::Transaction& tx) { add_made_up_benefit(office, tx, with_facts, payees); });
        require(made.has_value(), "the benefit of the demo is made");
    }
    /// The office hears of a doctor, so that a case manager can name one.
    UserId make_doctor(std::string_view name, std::string const& display_name, Role role) {
        auto const doctor = accounts.add(medical, account(name, display_name, role));
        auto const announced = medical.frame().database.transact([&](store::Transaction& tx) {
            medical.exchange().send(tx, handover::DoctorAvailable{doctor, display_name, true});
        });
        require(announced.has_value(), "a doctor of the demo is announced");
        return doctor;
    }
    /// The doctor gets the case of the client, of whom there is a medical file then. The programs run.
    void give_client_to(UserId doctor) {
        auto const& frame = office.frame();
        auto const knows_doctor = [&] {
            auto const known = frame.database.transact([&](store::Transaction& tx) {
                auto const doctors = cases::available_doctors(tx, office.keyring());
                return doctors && std::ranges::find(*doctors, doctor, &cases::Doctor::id) != doctors->end();
            });
            return known && *known;
        };
        for (int tries = 0; !knows_doctor(); ++tries) {
            require(tries < 300, "the office hears of a doctor of the demo");
            std::this_thread::sleep_for(std::chrono::milliseconds{100});
        }
        actions::Office const side{frame, office.exchange()};
        auto const who = manager(employers.front().case_manager.value());
        auto const opened = actions::open_case(side, who, client_case);
        require(opened && actions::assign_doctor(side, who, client_case,
                                                 actions::DoctorChoice{doctor, opened->row.version}),
                "a doctor of the demo is named");
    }
    /// All tasks, for a year.
    void hand_over(UserId doctor, UserId staff) {
        auto const& frame = medical.frame();
        auto const now = frame.clock.now();
        auto const today = LocalDate::in_the_netherlands(now);
        access::Mandate const mandate{doctor, staff, *access::Tasks::parse("consults documents letters"),
                                      today, today.plus_days(access::mandate_longest_days - 1)};
        auto const given = frame.database.transact([&](store::Transaction& tx) {
            auto const made = access::add_mandate(tx, medical.keyring(), mandate, now, frame.random);
            write_line(frame, tx, "mandate", made.uuid(), now);
        });
        require(given.has_value(), "a mandate of the demo is given");
    }
    void make_other_accounts() {
        auto on_office = [&](std::string_view name, std::string display, Role role) {
            return accounts.add(office, account(name, std::move(display), role));
        };
        on_office("uitkering", "U. Deskundige", Role::benefit_specialist);
        on_office("uitkering2", "W. Deskundige", Role::benefit_specialist);
        on_office("betalingen", "B. Betaler", Role::payments);
        on_office("betalingen2", "D. Betaler", Role::payments);
        on_office("betalingen3", "E. Betaler", Role::payments);
        on_office("beheer", "F. Beheerder", Role::functional_administrator);
        on_office("beheer2", "G. Beheerder", Role::functional_administrator);
        on_office("privacy", "P. van Privacy", Role::privacy_officer);
        on_office("ciso", "S. Veilig", Role::security_officer);
        on_office("auditor", "A. Controle", Role::auditor);
        for (auto const& [name, person] : {std::pair{"client", client}, std::pair{"client2", other_client}}) {
            auto own = account(name, "Cliënt", Role::client);
            own.person = person;
            accounts.add(office, own);
            accounts.add(medical, own);
        }
        auto const doctor = make_doctor("bedrijfsarts", "A. de Arts", Role::company_doctor);
        make_doctor("bedrijfsarts2", "M. Dokter", Role::company_doctor);
        make_doctor("verzekeringsarts", "V. Arts", Role::insurance_doctor);
        auto staff = account("taakdelegatie", "T. Gedelegeerd", Role::delegated_staff);
        staff.responsible = doctor;
        hand_over(doctor, accounts.add(medical, staff));
        accounts.add(medical, account("accountbeheer", "M. Beheer", Role::medical_account_manager));
        accounts.add(medical, account("accountbeheer2", "N. Beheer", Role::medical_account_manager));
        accounts.add(medical, account("artsauditor", "D. Auditor", Role::doctor_auditor));
        accounts.add(medical, account("privacy", "P. van Privacy", Role::privacy_officer));
        give_client_to(doctor);
    }
};

}  // namespace

Done make_demo_world(program::DataFolder const& folder, Arguments const&) {
    auto office = program::Program<OfficeZone>::open(folder, "klout7",
                                                     {people::may_come_from, people::name_of_employer});
    if (!office) return Done::fail(office.error());
    auto medical = program::Program<MedicalZone>::open(folder, "klout7");
    if (!medical) return Done::fail(medical.error());
    if ((*office)->keyring().identity().environment != Environment::development)
        return Done::fail("made-up people belong in a development environment only");
    if (std::filesystem::exists(folder.root / "accounts.json")) return {};
    World world{**office, **medical, {}, {}, {}, {}, {}, {}};
    world.make_employers();
    world.make_headcounts();
    world.make_machine(folder.tls());
    world.make_cases();
    world.do_steps();
    world.make_benefit();
    world.make_other_accounts();
    world.accounts.write(folder);
    return {};
}

}  // namespace klout7::server
