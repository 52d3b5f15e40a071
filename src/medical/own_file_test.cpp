#include "own_file.h"

#include <doctest/doctest.h>

#include "testing/practice.h"

using namespace klout7;
using namespace klout7::medical;
using namespace klout7::medical::testing;

namespace {

std::string const whose_privacy = "In een notitie staat wat een ander in vertrouwen vertelde.";

/// A case of a doctor with one note, and its client.
struct OwnFileSide : MedicalSide {
    Case known = assigned();
    Actor the_client = client(known.card.person);

    OwnFileSide() { write("Eerste gesprek."); }
    void write(std::string note) {
        clock.advance(Duration::seconds(1));
        REQUIRE(write_consult(practice, doctor, known.id, consult(std::move(note))));
        clock.advance(Duration::seconds(1));
    }
    FileRequestId new_id() { return FileRequestId::make(clock.now(), random); }
    FileRequest ask() {
        auto const asked = ask_for_file(practice, the_client, known.id, new_id());
        REQUIRE(asked);
        return asked->request;
    }
    std::expected<FileRequest, Failure> decide(FileRequestId id, std::string decision,
                                               std::string reason = {}) {
        return decide_file_request(practice, doctor, id,
                                   NewFileDecision{std::move(decision), std::move(reason)});
    }
    FileRequest give() {
        auto const given = decide(ask().id, "given");
        REQUIRE(given);
        return *given;
    }
    /// At noon of the day so many days behind today.
    void go_to(LocalDate day) {
        while (LocalDate::in_the_netherlands(clock.now()) < day) clock.advance(Duration::hours(1));
        clock.advance(Duration::hours(12));
        REQUIRE(LocalDate::in_the_netherlands(clock.now()) == day);
    }
    std::vector<std::string> notes_for(Actor const& actor) {
        auto const read = read_own_file(practice, actor, known.id);
        REQUIRE(read);
        std::vector<std::string> notes;
        for (auto const& one : read->consults) notes.emplace_back(one.note.reveal(read->access));
        return notes;
    }
    std::vector<std::optional<std::string>> reasons_for(Actor const& actor) {
        auto const read = read_file_requests(practice, actor, known.id);
        REQUIRE(read);
        std::vector<std::optional<std::string>> reasons;
        for (auto const& one : read->requests)
            reasons.push_back(one.reason ? std::optional{std::string{one.reason->reveal(read->access)}}
                                         : std::nullopt);
        return reasons;
    }
};

}  // namespace

TEST_CASE("a client lists the own cases and no others, newest first, and goes on behind any of them") {
    MedicalSide side;
    auto const earlier = side.assigned(side.card(), *LocalDate::from(2026, 9, 1));
    auto const later = side.told(earlier.card, *LocalDate::from(2026, 11, 1));  // no doctor yet
    auto const of_other = side.assigned();
    auto const ids = [&](Actor const& actor, std::optional<CaseId> after = {}) {
        auto const listed = list_cases(side.practice, actor, after);
        REQUIRE(listed);
        std::vector<CaseId> found;
        for (auto const& one : *listed) found.push_back(one.row.id);
        return found;
    };
    auto const one = side.client(earlier.card.person);
    CHECK(ids(one) == std::vector{later.id, earlier.id});
    CHECK(ids(one, later.id) == std::vector{earlier.id});
    CHECK(ids(one, of_other.id) == std::vector{later.id, earlier.id});
    CHECK(ids(side.client(of_other.card.person)) == std::vector{of_other.id});
    CHECK(ids(side.client(PersonId::make(side.clock.now(), side.random))).empty());
    CHECK(open_case(side.practice, one, later.id)->row.id == later.id);
}

TEST_CASE("who may ask for a medical file, asks for it; nobody else does") {
    OwnFileSide side;
    as_each(side, Resource::medical_file, Action::create, side.everybody(side.known),
            [&](Actor const& actor) {
                return came(ask_for_file(side.practice, actor, side.known.id, side.new_id()));
            });
    CHECK(came(ask_for_file(side.practice, side.the_client, CaseId{}, side.new_id())) ==
          FailureKind::not_found);
    // Who may not ask hears the same whatever is sent.
    Given<FileRequestId> const without_key = std::unexpected(Failure{FailureKind::invalid});
    CHECK(came(ask_for_file(side.practice, side.the_client, side.known.id, without_key)) ==
          FailureKind::invalid);
    CHECK(came(ask_for_file(side.practice, side.doctor, side.known.id, without_key)) ==
          FailureKind::not_allowed);
}

TEST_CASE("who may see the requests, sees them; nobody else does") {
    OwnFileSide side;
    side.ask();
    as_each(side, Resource::medical_file, Action::read, side.everybody(side.known), [&](Actor const& actor) {
        return came(read_file_requests(side.practice, actor, side.known.id));
    });
}

TEST_CASE("who may decide about a request, decides; nobody else does") {
    OwnFileSide side;
    auto const request = side.ask();
    as_each(side, Resource::medical_file, Action::approve, side.everybody(side.known),
            [&](Actor const& actor) -> Came {
                auto const result = came(decide_file_request(side.practice, actor, request.id,
                                                             NewFileDecision{"refused", whose_privacy}));
                if (result) return result;
                // The next who may finds it undecided.
                side.tamper("DELETE FROM klout7_medical.file_request");
                REQUIRE(side.database.transact(
                    [&](store::Transaction& tx) { add_file_request(tx, side.keyring, request); }));
                return result;
            });
    CHECK(came(side.decide(side.new_id(), "given")) == FailureKind::not_found);
    CHECK(came(side.decide(FileRequestId{}, "given")) == FailureKind::not_found);
}

TEST_CASE("who may read a file that was given, reads it; nobody else does") {
    OwnFileSide side;
    side.give();
    as_each(side, Resource::medical_file, Action::read, side.everybody(side.known),
            [&](Actor const& actor) { return came(read_own_file(side.practice, actor, side.known.id)); });
}

TEST_CASE("a client asks once: asked again while it is open it is the same request") {
    OwnFileSide side;
    auto const id = side.new_id();
    auto const first = ask_for_file(side.practice, side.the_client, side.known.id, id);
    REQUIRE(first);
    CHECK(first->is_new);
    CHECK(first->request.id == id);
    CHECK(first->request.asked_at == side.clock.now());
    auto const before = side.state();
    side.clock.advance(Duration::days(2));
    for (auto const again : {id, side.new_id()}) {
        auto const asked = ask_for_file(side.practice, side.the_client, side.known.id, again);
        REQUIRE(asked);
        CHECK_FALSE(asked->is_new);
        CHECK(asked->request.id == id);
        CHECK(asked->request.asked_at == first->request.asked_at);
    }
    CHECK(side.state() == before);
    // Once decided it is over: the next one is another, and no id comes twice.
    REQUIRE(side.decide(id, "refused", whose_privacy));
    CHECK(came(ask_for_file(side.practice, side.the_client, side.known.id, id)) ==
          FailureKind::already_there);
    CHECK(side.ask().number == 2);
    CHECK(side.reasons_for(side.the_client) == std::vector<std::optional<std::string>>{{}, whose_privacy});
    // Of another case nothing is open.
    auto const other = side.assigned(side.known.card, *LocalDate::from(2026, 9, 1));
    auto const of_other = ask_for_file(side.practice, side.the_client, other.id, side.new_id());
    REQUIRE(of_other);
    CHECK(of_other->is_new);
    CHECK(of_other->request.number == 1);
}

TEST_CASE("a decision is made once") {
    OwnFileSide side;
    auto const request = side.ask();
    auto const given = side.decide(request.id, "given");
    REQUIRE(given);
    CHECK(given->decided_by == side.doctor.user);
    CHECK(given->decided_at == side.clock.now());
    auto const before = side.state();
    CHECK(came(side.decide(request.id, "refused", whose_privacy)) == FailureKind::not_now);
    CHECK(came(side.decide(request.id, "given")) == FailureKind::not_now);
    CHECK(side.state() == before);
}

TEST_CASE("a refusal has a reason, a file that is given has none, and there is no third decision") {
    OwnFileSide side;
    auto const request = side.ask();
    auto const before = side.state();
    using Fields = std::vector<std::string_view>;
    for (auto const& reason : {std::string{}, std::string(19, 'x'), std::string(1001, 'x'),
                               std::string(30, ' '), std::string(30, '\xff')})
        CHECK(fields_of(side.decide(request.id, "refused", reason)) == Fields{"reason"});
    CHECK(fields_of(side.decide(request.id, "given", whose_privacy)) == Fields{"reason"});
    for (auto const* decision : {"", "Given", "later"})
        CHECK(fields_of(side.decide(request.id, decision)) == Fields{"decision"});
    Given<NewFileDecision> const unreadable = std::unexpected(Failure{FailureKind::wrong_content});
    CHECK(came(decide_file_request(side.practice, side.doctor, request.id, unreadable)) ==
          FailureKind::wrong_content);
    CHECK(came(decide_file_request(side.practice, side.the_client, request.id, unreadable)) ==
          FailureKind::not_allowed);
    CHECK(side.state() == before);
    REQUIRE(side.decide(request.id, "refused", whose_privacy));
    for (auto const& actor : {side.the_client, side.doctor})
        CHECK(side.reasons_for(actor) == std::vector<std::optional<std::string>>{whose_privacy});
}

TEST_CASE("nothing is read before it was given, nor when it was refused") {
    OwnFileSide side;
    auto const is_closed = [&] {
        return came(read_own_file(side.practice, side.the_client, side.known.id)) == FailureKind::not_now;
    };
    CHECK(is_closed());
    auto const request = side.ask();
    CHECK(is_closed());
    REQUIRE(side.decide(request.id, "refused", whose_privacy));
    CHECK(is_closed());
    side.give();
    CHECK(side.notes_for(side.the_client) == std::vector<std::string>{"Eerste gesprek."});
    // A refusal later on takes nothing back.
    REQUIRE(side.decide(side.ask().id, "refused", whose_privacy));
    CHECK(side.notes_for(side.the_client) == std::vector<std::string>{"Eerste gesprek."});
    // It is this case only.
    auto const other = side.assigned(side.known.card, *LocalDate::from(2026, 9, 1));
    CHECK(came(read_own_file(side.practice, side.the_client, other.id)) == FailureKind::not_now);
}

TEST_CASE("a file that was given is read up to and including the ninetieth day, then asked for again") {
    OwnFileSide side;
    auto const given = side.give();
    auto const first = LocalDate::in_the_netherlands(side.clock.now());
    CHECK(readable_until(given) == first.plus_days(90));
    CHECK(side.notes_for(side.the_client).size() == 1);
    for (auto const later : {1, 89, 90}) {
        side.go_to(first.plus_days(later));
        CHECK(side.notes_for(side.the_client).size() == 1);
    }
    side.go_to(first.plus_days(91));
    CHECK(came(read_own_file(side.practice, side.the_client, side.known.id)) == FailureKind::not_now);
    side.give();
    CHECK(side.notes_for(side.the_client).size() == 1);
}

TEST_CASE("what was written after it was given is read when it was given again") {
    OwnFileSide side;
    side.write("Tweede gesprek.");
    side.give();
    side.write("Derde gesprek.");
    CHECK(side.notes_for(side.the_client) == std::vector<std::string>{"Eerste gesprek.", "Tweede gesprek."});
    side.give();
    CHECK(side.notes_for(side.the_client).size() == 3);
}

TEST_CASE("without its line nothing is asked, decided or read") {
    OwnFileSide side;
    auto const id = side.new_id();
    without_log(side, [&] { return came(ask_for_file(side.practice, side.the_client, side.known.id, id)); });
    without_log(side, [&] { return came(read_file_requests(side.practice, side.doctor, side.known.id)); });
    without_log(side, [&] { return came(side.decide(id, "given")); });
    without_log(side, [&] { return came(read_own_file(side.practice, side.the_client, side.known.id)); });
}

TEST_CASE("the file of a shredded person is not there to be asked for, decided about or read") {
    OwnFileSide side;
    auto const request = side.ask();
    side.shred(side.known.card.person);
    CHECK(came(ask_for_file(side.practice, side.the_client, side.known.id, side.new_id())) ==
          FailureKind::not_found);
    CHECK(came(read_file_requests(side.practice, side.the_client, side.known.id)) == FailureKind::not_found);
    CHECK(came(side.decide(request.id, "given")) == FailureKind::not_found);
    CHECK(came(read_own_file(side.practice, side.the_client, side.known.id)) == FailureKind::not_found);
}

TEST_CASE("a request that was changed behind the program's back opens nothing") {
    OwnFileSide side;
    auto const refused = side.ask();
    REQUIRE(side.decide(refused.id, "refused", whose_privacy));
    auto const other = side.assigned(side.known.card, *LocalDate::from(2026, 9, 1));
    auto const of_other = ask_for_file(side.practice, side.the_client, other.id, side.new_id());
    REQUIRE(of_other);
    REQUIRE(side.decide(of_other->request.id, "given"));
    Tampering tampering{side, "file_request"};
    for (auto const& [id, change] : std::vector<std::pair<FileRequestId, std::string>>{
             {refused.id, "decision = 'given', reason = NULL"},
             {refused.id, "decision = 'nonsense'"},
             {refused.id, "reason = NULL"},
             {refused.id, "reason = CONCAT(reason, 'x')"},
             {refused.id, "decided_at = decided_at + 1"},
             {refused.id, "asked_at = asked_at + 1"},
             {refused.id, "decided_by = " + MedicalSide::literal(side.the_client.user)},
             {of_other->request.id, "case_id = " + MedicalSide::literal(side.known.id) + ", number = 2"}}) {
        CAPTURE(change);
        tampering.set(id, change);
        CHECK(came(read_own_file(side.practice, side.the_client, side.known.id)) == FailureKind::unavailable);
        CHECK(came(read_file_requests(side.practice, side.doctor, side.known.id)) ==
              FailureKind::unavailable);
        tampering.put_back();
    }
    CHECK(came(read_own_file(side.practice, side.the_client, side.known.id)) == FailureKind::not_now);
    CHECK(side.reasons_for(side.the_client) == std::vector<std::optional<std::string>>{whose_privacy});
}
