#include "actions.h"

#include <doctest/doctest.h>

#include <set>

#include "testing/practice.h"

using namespace klout7;
using namespace klout7::medical;
using namespace klout7::medical::testing;

namespace {

struct Words {
    std::string note;
    std::string cas_code;
    UserId by;
    friend bool operator==(Words const&, Words const&) = default;
};
std::vector<Words> words_of(std::expected<ReadConsults, Failure> const& read) {
    REQUIRE(read);
    std::vector<Words> words;
    for (auto const& one : read->consults) {
        words.push_back({std::string{one.note.reveal(read->access)},
                         std::string{one.cas_code.reveal(read->access)}, one.created_by});
    }
    return words;
}

}  // namespace

TEST_CASE("who may list the cases of a doctor, lists them; nobody else does") {
    MedicalSide side;
    auto const known = side.assigned();
    auto all = side.everybody(known);
    for (auto& one : all) {  // a list is of the own cases, and of those of the own doctor
        bool const has_own = one.who == "another doctor" || one.who == "a doctor who stands in" ||
                             one.who == "an insurance doctor";
        if (has_own) one.relation = Relation::assigned;
        if (one.who == "a delegate of another doctor") one.relation = Relation::delegated;
        if (one.who == "another client") one.relation = Relation::own_person;
    }
    as_each(side, Resource::case_list, Action::list, all,
            [&](Actor const& actor) { return came(list_cases(side.practice, actor, {})); });
}

TEST_CASE("who may open a case, opens it; to everybody else it is not there") {
    MedicalSide side;
    auto const known = side.assigned();
    as_each(side, Resource::case_file, Action::read, side.everybody(known),
            [&](Actor const& actor) { return came(open_case(side.practice, actor, known.id)); });
    auto const opened = open_case(side.practice, side.doctor, known.id);
    REQUIRE(opened);
    CHECK(opened->person == known.card);
    CHECK(opened->row.first_sick_day == known.first_sick_day);
    CHECK(side.lines().front().entry.event.object == known.id.uuid());
    CHECK(side.lines().front().entry.event.person == known.card.person);
}

TEST_CASE("who may write a note, writes one; nobody else does") {
    MedicalSide side;
    auto const known = side.assigned();
    as_each(side, Resource::consult, Action::create, side.everybody(known), [&](Actor const& actor) {
        return came(write_consult(side.practice, actor, known.id, side.consult()));
    });
    // The doctor, who stands in, and the delegate.
    CHECK(words_of(read_consults(side.practice, side.doctor, known.id)).size() == 3);
}

TEST_CASE("who may read the notes, reads them; nobody else does") {
    MedicalSide side;
    auto const known = side.assigned();
    REQUIRE(write_consult(side.practice, side.doctor, known.id, side.consult()));
    as_each(side, Resource::consult, Action::list, side.everybody(known),
            [&](Actor const& actor) { return came(read_consults(side.practice, actor, known.id)); });
}

TEST_CASE("who may sign a letter, signs one; nobody else does") {
    MedicalSide side;
    auto const known = side.assigned();
    as_each(side, Resource::letter, Action::sign, side.everybody(known), [&](Actor const& actor) {
        return came(sign_letter(side.practice, actor, known.id, side.letter()));
    });
    CHECK(side.messages_sent() == 2);  // of the doctor, and of who stands in
}

TEST_CASE("who may read the letters, reads them; nobody else does") {
    MedicalSide side;
    auto const known = side.assigned();
    REQUIRE(sign_letter(side.practice, side.doctor, known.id, side.letter()));
    as_each(side, Resource::letter, Action::list, side.everybody(known),
            [&](Actor const& actor) { return came(read_letters(side.practice, actor, known.id)); });
}

TEST_CASE("a case without a doctor, of a doctor before or of nowhere is there for no doctor") {
    MedicalSide side;
    auto const next = side.with_account(Role::company_doctor, "dokter", "B. Dokter");
    auto const waiting = side.told();
    auto const taken_over = side.assigned();
    REQUIRE(side.receive(handover::Assignment{taken_over.id, next.user}));
    for (auto const id : {waiting.id, taken_over.id, CaseId::make(side.clock.now(), side.random)}) {
        for (auto const& actor : {side.doctor, side.delegate_of(side.doctor.user)}) {
            CHECK(came(open_case(side.practice, actor, id)) == FailureKind::not_found);
            CHECK(came(read_consults(side.practice, actor, id)) == FailureKind::not_found);
            CHECK(came(read_letters(side.practice, actor, id)) == FailureKind::not_found);
        }
        CHECK(came(write_consult(side.practice, side.doctor, id, side.consult())) == FailureKind::not_found);
        CHECK(came(sign_letter(side.practice, side.doctor, id, side.letter())) == FailureKind::not_found);
    }
    CHECK(open_case(side.practice, next, taken_over.id));
    CHECK(list_cases(side.practice, side.doctor, {})->empty());
}

TEST_CASE("an insurance doctor who is given a case reads it and writes notes, and signs nothing") {
    MedicalSide side;
    auto const insurance = side.with_account(Role::insurance_doctor, "verzekering", "V. Arts");
    auto const known = side.assigned();
    REQUIRE(side.receive(handover::Assignment{known.id, insurance.user}));
    CHECK(open_case(side.practice, insurance, known.id));
    CHECK(write_consult(side.practice, insurance, known.id, side.consult()));
    CHECK(read_letters(side.practice, insurance, known.id));
    CHECK(came(sign_letter(side.practice, insurance, known.id, side.letter())) == FailureKind::not_allowed);
    CHECK(came(open_case(side.practice, side.doctor, known.id)) == FailureKind::not_found);
}

TEST_CASE("a list holds exactly the cases of the doctor, newest first, and goes on behind any of them") {
    MedicalSide side;
    auto const next = side.with_account(Role::company_doctor, "dokter", "B. Dokter");
    std::vector<CaseId> own;
    for (int day = 10; day > 0; --day)
        own.push_back(side.assigned(side.card(), *LocalDate::from(2026, 11, static_cast<unsigned>(day))).id);
    auto const of_next = side.told();
    REQUIRE(side.receive(handover::Assignment{of_next.id, next.user}));
    auto const ids = [&](Actor const& actor, std::optional<CaseId> after = {}) {
        std::vector<CaseId> found;
        auto const listed = list_cases(side.practice, actor, after);
        REQUIRE(listed);
        for (auto const& one : *listed) found.push_back(one.row.id);
        return found;
    };
    CHECK(ids(side.doctor) == own);
    CHECK(ids(side.delegate_of(side.doctor.user)) == own);
    CHECK(ids(next) == std::vector{of_next.id});
    CHECK(ids(side.doctor, own[3]) == std::vector(own.begin() + 4, own.end()));
    CHECK(ids(side.doctor, own.back()).empty());
}

TEST_CASE("a list behind a case of somebody else is the list behind one that does not exist") {
    MedicalSide side;
    auto const next = side.with_account(Role::company_doctor, "dokter", "B. Dokter");
    auto const own = side.assigned(side.card(), *LocalDate::from(2026, 11, 10)).id;
    auto const of_next = side.assigned(side.card(), *LocalDate::from(2026, 11, 5));
    REQUIRE(side.receive(handover::Assignment{of_next.id, next.user}));
    auto const waiting = side.told();
    for (auto const after : {of_next.id, waiting.id, CaseId::make(side.clock.now(), side.random)}) {
        for (auto const& actor : {side.doctor, side.delegate_of(side.doctor.user)}) {
            auto const listed = list_cases(side.practice, actor, after);
            REQUIRE(listed);
            REQUIRE(listed->size() == 1);
            CHECK(listed->front().row.id == own);
        }
    }
}

TEST_CASE("a note comes back word for word, with its code and writer, oldest first") {
    MedicalSide side;
    auto const known = side.assigned();
    auto const other = side.assigned();
    auto const delegate = side.delegate_of(side.doctor.user);
    std::string const longest(longest_note, 'n');
    std::string const two_lines = "Slaapt slecht.\n\tBelt maandag: \xc3\xa9\xc3\xa9n keer.";
    REQUIRE(write_consult(side.practice, side.doctor, known.id, side.consult(longest)));
    side.clock.advance(Duration::seconds(1));
    REQUIRE(write_consult(side.practice, delegate, known.id, side.consult(two_lines)));
    REQUIRE(write_consult(side.practice, side.doctor, other.id, side.consult()));
    std::vector<Words> const written{{longest, "P152", side.doctor.user}, {two_lines, "P152", delegate.user}};
    CHECK(words_of(read_consults(side.practice, side.doctor, known.id)) == written);
    CHECK(words_of(read_consults(side.practice, delegate, known.id)) == written);
}

TEST_CASE("the same note again is already there, changes nothing and has its line") {
    MedicalSide side;
    auto const known = side.assigned();
    auto consult = side.consult();
    REQUIRE(write_consult(side.practice, side.doctor, known.id, consult));
    auto const before = side.state();
    auto const lines = side.line_count();
    consult.note = "Something else.";
    CHECK(came(write_consult(side.practice, side.doctor, known.id, consult)) == FailureKind::already_there);
    CHECK(side.state() == before);
    CHECK(side.line_count() == lines + 1);
    CHECK(side.lines().front().entry.event.outcome == audit::Outcome::failed);
    CHECK(side.lines().front().entry.event.object_class == "consult");
    // It is told to nobody when its line cannot be written.
    NoLog const no_log{side};
    CHECK(came(write_consult(side.practice, side.doctor, known.id, consult)) == FailureKind::unavailable);
}

TEST_CASE("a note or code that is none is named, to who may write, and nothing is kept") {
    MedicalSide side;
    auto const known = side.assigned();
    auto const before = side.state();
    auto const write = [&](std::string note, std::string code) {
        NewConsult consult{Uuid::version_7(side.clock.now(), side.random), std::move(note), std::move(code)};
        return write_consult(side.practice, side.doctor, known.id, consult);
    };
    using Fields = std::vector<std::string_view>;
    for (std::string const& note :
         {std::string{}, std::string{" \n "}, std::string{"\xff"}, std::string{"a\x01"},
          std::string{"a\0b", 3}, std::string(longest_note + 1, 'n')}) {
        CAPTURE(note.substr(0, 10));
        CHECK(fields_of(write(note, "P152")) == Fields{"note"});
    }
    for (std::string const code : {"", "P15", "P1522", "p152", "1152", "P15a", "P15\n", " P152"}) {
        CAPTURE(code);
        CHECK(fields_of(write("Belt maandag.", code)) == Fields{"cas_code"});
    }
    CHECK(fields_of(write("", "")) == Fields{"note", "cas_code"});
    // Who may not write hears the same whatever is sent.
    Given<NewConsult> const unreadable = std::unexpected(Failure{FailureKind::wrong_content});
    CHECK(came(write_consult(side.practice, side.doctor, known.id, unreadable)) ==
          FailureKind::wrong_content);
    auto const of_other =
        write_consult(side.practice, side.actor(Role::company_doctor), known.id, unreadable);
    CHECK(came(of_other) == FailureKind::not_found);
    CHECK(side.state() == before);
}

TEST_CASE("a signed letter is sent once and stays: with the same id nothing else is signed") {
    MedicalSide side;
    auto const known = side.assigned();
    auto letter = side.letter();
    auto const signed_letter = sign_letter(side.practice, side.doctor, known.id, letter);
    REQUIRE(signed_letter);
    CHECK(signed_letter->doctor_name == "A. de Arts");
    CHECK(signed_letter->doctor == side.doctor.user);
    CHECK(signed_letter->doctor_of_case == side.doctor.user);
    CHECK(signed_letter->case_id == known.id);
    CHECK(signed_letter->signed_at == side.clock.now());
    CHECK(signed_letter->fields == letter.fields);
    auto const before = side.state();
    letter.fields.hours_per_week = 60;
    CHECK(came(sign_letter(side.practice, side.doctor, known.id, letter)) == FailureKind::already_there);
    Given<NewLetter> const unreadable = std::unexpected(Failure{FailureKind::wrong_content});
    CHECK(came(sign_letter(side.practice, side.doctor, known.id, unreadable)) == FailureKind::wrong_content);
    CHECK(side.state() == before);
    CHECK(side.messages_sent() == 1);
    CHECK(read_letters(side.practice, side.doctor, known.id) == std::vector{*signed_letter});
}

TEST_CASE("who stands in signs in their own name, for the doctor whom the office named") {
    MedicalSide side;
    auto const known = side.assigned();
    auto const substitute = side.substitute_of(side.doctor.user);
    auto const letter = sign_letter(side.practice, substitute, known.id, side.letter());
    REQUIRE(letter);
    CHECK(letter->doctor == substitute.user);
    CHECK(letter->doctor_of_case == side.doctor.user);
    CHECK(read_letters(side.practice, side.doctor, known.id) == std::vector{*letter});
}

TEST_CASE("without its line nothing is written, signed, sent or shown") {
    MedicalSide side;
    auto const known = side.assigned();
    auto const consult = side.consult();
    auto const letter = side.letter();
    without_log(side, [&] { return came(write_consult(side.practice, side.doctor, known.id, consult)); });
    without_log(side, [&] { return came(sign_letter(side.practice, side.doctor, known.id, letter)); });
    without_log(side, [&] { return came(open_case(side.practice, side.doctor, known.id)); });
    without_log(side, [&] { return came(list_cases(side.practice, side.doctor, {})); });
    without_log(side, [&] { return came(read_consults(side.practice, side.doctor, known.id)); });
    without_log(side, [&] { return came(read_letters(side.practice, side.doctor, known.id)); });
}

TEST_CASE("the file of a shredded person is not there, and the list goes on without it") {
    MedicalSide side;
    auto const shredded = side.assigned();
    auto const known = side.assigned();
    REQUIRE(write_consult(side.practice, side.doctor, shredded.id, side.consult()));
    side.shred(shredded.card.person);
    CHECK(came(open_case(side.practice, side.doctor, shredded.id)) == FailureKind::not_found);
    CHECK(came(read_consults(side.practice, side.doctor, shredded.id)) == FailureKind::not_found);
    CHECK(came(write_consult(side.practice, side.doctor, shredded.id, side.consult())) ==
          FailureKind::not_found);
    auto const listed = list_cases(side.practice, side.doctor, {});
    REQUIRE((listed && listed->size() == 1));
    CHECK(listed->front().row.id == known.id);
}

TEST_CASE("a cell of a person that was altered makes case and list unavailable, never wrong") {
    MedicalSide side;
    auto const known = side.assigned();
    auto const other = side.assigned();
    Tampering tampering{side, "medical_person"};
    for (std::string const column : {"bsn", "last_name", "prefix", "initials", "birth_date", "phone"}) {
        for (auto const& change : tampering.each_altered(column, other.card.person)) {
            CAPTURE(change);
            tampering.set(known.card.person, change);
            CHECK(came(open_case(side.practice, side.doctor, known.id)) == FailureKind::unavailable);
            CHECK(came(list_cases(side.practice, side.doctor, {})) == FailureKind::unavailable);
            CHECK(open_case(side.practice, side.doctor, other.id));
            tampering.put_back();
        }
        CHECK(open_case(side.practice, side.doctor, known.id)->person == known.card);
    }
}

TEST_CASE("a key that was altered makes case and list unavailable: it is no shredded one") {
    MedicalSide side;
    auto const known = side.assigned();
    side.tamper("UPDATE klout7_medical_keys.person_key SET wrapped = CONCAT(wrapped, 'x')");
    CHECK(came(open_case(side.practice, side.doctor, known.id)) == FailureKind::unavailable);
    CHECK(came(list_cases(side.practice, side.doctor, {})) == FailureKind::unavailable);
}

TEST_CASE("a note or letter that was altered, exchanged or moved to another case is never shown") {
    MedicalSide side;
    auto const known = side.assigned();
    auto const earlier = side.assigned(known.card, *LocalDate::from(2026, 9, 1));  // under the same key
    auto const consult = side.consult();
    auto const of_earlier = side.consult("Een eerdere klacht.");
    REQUIRE(write_consult(side.practice, side.doctor, known.id, consult));
    REQUIRE(write_consult(side.practice, side.doctor, earlier.id, of_earlier));
    auto const letter = sign_letter(side.practice, side.doctor, known.id, side.letter());
    auto const earlier_letter = sign_letter(side.practice, side.doctor, earlier.id, side.letter());
    REQUIRE((letter && earlier_letter));

    auto const alter = [&](std::string_view table, std::vector<std::pair<Uuid, std::string>> const& changes,
                           auto const& read) {
        Tampering tampering{side, table};
        for (auto const& [id, change] : changes) {
            CAPTURE(change);
            tampering.set(id, change);
            CHECK(came(read()) == FailureKind::unavailable);
            tampering.put_back();
            CHECK(came(read()) == std::nullopt);
        }
    };
    std::vector<std::pair<Uuid, std::string>> changes{
        {of_earlier.id, "case_id = " + MedicalSide::literal(known.id)},
        {consult.id, "created_by = " + MedicalSide::literal(known.id)},
        {consult.id, "created_at = created_at + 1"}};
    for (std::string const column : {"note", "cas_code"}) {
        for (std::string const& change : {column + " = CONCAT(" + column + ", 'x')", column + " = ''"})
            changes.emplace_back(consult.id, change);
    }
    changes.emplace_back(consult.id, "note = cas_code");
    alter("consult", changes, [&] { return read_consults(side.practice, side.doctor, known.id); });
    alter("signed_letter",
          {{letter->id.uuid(), "content = CONCAT(content, 'x')"},
           {letter->id.uuid(), "content = ''"},
           {earlier_letter->id.uuid(), "case_id = " + MedicalSide::literal(known.id)}},
          [&] { return read_letters(side.practice, side.doctor, known.id); });
}

TEST_CASE("whose doctor it is and about whom is not believed when it was changed behind the program's back") {
    MedicalSide side;
    auto const known = side.assigned();
    auto const other = side.assigned();
    auto const stranger = side.actor(Role::company_doctor);
    auto const waiting = side.told();
    Tampering tampering{side, "medical_case"};
    for (auto const& [id, change] : std::vector<std::pair<CaseId, std::string>>{
             {known.id, "doctor_id = " + MedicalSide::literal(stranger.user)},
             {known.id, "doctor_id = NULL"},
             {waiting.id, "doctor_id = " + MedicalSide::literal(side.doctor.user)},
             {known.id, "person_id = " + tampering.was("person_id", other.id)},
             {known.id, "first_sick_day = '2026-11-01'"},
             {known.id, "recovered_from = '2026-11-17'"},
             {known.id, "tag = " + tampering.was("tag", other.id)}}) {
        CAPTURE(change);
        tampering.set(id, change);
        for (auto const& actor : {side.doctor, stranger, side.client(known.card.person)})
            CHECK(came(open_case(side.practice, actor, id)) == FailureKind::unavailable);
        CHECK(open_case(side.practice, side.doctor, other.id));
        tampering.put_back();
        CHECK(open_case(side.practice, side.doctor, known.id));
    }
}

TEST_CASE("no word of a note, code, letter or name stands in the tables in the clear") {
    MedicalSide side;
    auto const known = side.assigned();
    REQUIRE(write_consult(side.practice, side.doctor, known.id, side.consult("Kanarie in de mijn.")));
    REQUIRE(sign_letter(side.practice, side.doctor, known.id, side.letter()));
    auto const rows = side.server.server_operator().query(
        "SELECT bsn, last_name, prefix, initials, birth_date, phone FROM klout7_medical.medical_person "
        "UNION ALL SELECT note, cas_code, '', '', '', '' FROM klout7_medical.consult "
        "UNION ALL SELECT content, '', '', '', '', '' FROM klout7_medical.signed_letter "
        "UNION ALL SELECT sealed, '', '', '', '', '' FROM klout7_medical.outbox "
        "UNION ALL SELECT role, '', '', '', '', '' FROM klout7_medical.user_account");
    REQUIRE(rows);
    std::string dump;
    for (auto const& row : *rows)
        for (auto const& cell : row) dump += cell + "\n";
    CHECK(dump.find("company_doctor") != std::string::npos);  // the search bites
    for (auto const& word :
         {std::string{"Kanarie"}, std::string{"P152"}, std::string{"A. de Arts"}, known.card.bsn.text(),
          known.card.last_name, known.card.prefix, known.card.birth_date.to_string(), known.card.phone}) {
        CAPTURE(word);
        CHECK(dump.find(word) == std::string::npos);
    }
}

TEST_CASE("the doctor of a case reports a recovery to the office; delegated staff and the client do not") {
    MedicalSide side;
    auto const known = side.assigned();
    auto const day = LocalDate::from(2026, 11, 18);
    as_each(side, Resource::recovery, Action::create, side.everybody(known),
            [&](Actor const& actor) { return came(report_recovery(side.practice, actor, known.id, day)); });
}

TEST_CASE("what is reported goes to the office, and stays as it was until that answers") {
    MedicalSide side;
    auto const known = side.assigned();
    auto const report = [&](std::optional<LocalDate> day) {
        return came(report_recovery(side.practice, side.doctor, known.id, day));
    };
    auto const first = *LocalDate::from(2026, 11, 18);
    CHECK(report(first) == std::nullopt);
    CHECK(side.messages_sent() == 1);
    CHECK_FALSE(open_case(side.practice, side.doctor, known.id)->row.recovered_from);
    REQUIRE(side.receive(handover::CaseDates{known.id, known.card.person, known.first_sick_day, first}));
    CHECK(report(first) == FailureKind::invalid);
    CHECK(report(first.plus_days(1)) == std::nullopt);
    CHECK(report(std::nullopt) == std::nullopt);
    CHECK(side.messages_sent() == 3);
}

TEST_CASE("a recovery that cannot be, or without its line, is not sent") {
    MedicalSide side;
    auto const known = side.assigned();
    auto const before = side.state();
    auto const report = [&](access::Given<std::optional<LocalDate>> const& day) {
        return came(report_recovery(side.practice, side.doctor, known.id, day));
    };
    CHECK(report(std::optional<LocalDate>{}) == FailureKind::invalid);
    CHECK(report(LocalDate::from(2026, 11, 16)) == FailureKind::invalid);
    CHECK(report(LocalDate::from(2026, 11, 21)) == FailureKind::invalid);
    CHECK(report(std::unexpected(Failure{FailureKind::wrong_content})) == FailureKind::wrong_content);
    CHECK(side.state() == before);
    without_log(side, [&] { return report(LocalDate::from(2026, 11, 20)); });
}
