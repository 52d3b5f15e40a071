#include <doctest/doctest.h>

#include "abilities_json.h"
#include "testing/practice.h"

using namespace klout7;
using namespace klout7::medical;
using namespace klout7::medical::testing;

namespace {

/// What a reader sees of the versions of a case.
std::string shown(std::expected<ReadAbilities, Failure> const& read) {
    REQUIRE(read);
    auto const answer = api::json_answer(to_json_object(*read));
    auto const* text = std::get_if<std::string>(&answer.body);
    REQUIRE(text != nullptr);
    return text->substr(0, text->find(R"("sections":[{"section":"personal_functioning","words_nl")"));
}
std::vector<FunctionalAbilities> lists_of(MedicalSide& side, CaseId id) {
    auto const read = read_abilities(side.practice, side.doctor, id);
    REQUIRE(read);
    std::vector<FunctionalAbilities> lists;
    for (auto const& one : read->versions) lists.push_back(one.reveal(read->access).abilities);
    return lists;
}

}  // namespace

TEST_CASE("who may sign a list of abilities, signs one; nobody else does") {
    MedicalSide side;
    auto const known = side.assigned();
    std::int64_t newest = 0;
    as_each(side, Resource::functional_abilities, Action::create, side.everybody(known),
            [&](Actor const& actor) {
                auto const version = sign_abilities(side.practice, actor, known.id, side.abilities(newest));
                if (version) newest = *version;
                return came(version);
            });
    CHECK(newest == 2);  // the doctor, and who stands in
    CHECK(side.messages_sent() == 0);
}

TEST_CASE("who may read the lists of abilities, reads them; nobody else does") {
    MedicalSide side;
    auto const known = side.assigned();
    REQUIRE(sign_abilities(side.practice, side.doctor, known.id, side.abilities()));
    as_each(side, Resource::functional_abilities, Action::list, side.everybody(known),
            [&](Actor const& actor) { return came(read_abilities(side.practice, actor, known.id)); });
}

TEST_CASE(
    "an insurance doctor signs lists of own cases; delegated staff reads them when consults were given") {
    MedicalSide side;
    auto const insurance = side.with_account(Role::insurance_doctor, "verzekering", "V. Arts");
    auto const known = side.assigned();
    auto letters_only = side.idle_delegate_of(side.doctor.user);
    side.hand_over(side.doctor.user, letters_only.user, "letters documents");
    CHECK(came(read_abilities(side.practice, letters_only, known.id)) == FailureKind::not_found);
    auto const delegate = side.delegate_of(side.doctor.user);
    CHECK(read_abilities(side.practice, delegate, known.id));
    CHECK(came(sign_abilities(side.practice, delegate, known.id, side.abilities())) ==
          FailureKind::not_allowed);
    REQUIRE(side.receive(handover::Assignment{known.id, insurance.user}));
    CHECK(sign_abilities(side.practice, insurance, known.id, side.abilities()));
}

TEST_CASE("a newer version replaces the one that its writer has seen, and what was signed stays") {
    MedicalSide side;
    auto const known = side.assigned();
    auto const other = side.assigned();
    auto const first = side.abilities();
    CHECK(sign_abilities(side.practice, side.doctor, known.id, first) == 1);
    CHECK(sign_abilities(side.practice, side.doctor, other.id, side.abilities()) == 1);
    auto second = side.abilities(1);
    second.abilities.hours_per_week = 12;
    second.abilities.levels[3] = Level::strongly_limited;
    side.clock.advance(Duration::seconds(1));
    CHECK(sign_abilities(side.practice, side.doctor, known.id, second) == 2);
    std::vector<FunctionalAbilities> const both{second.abilities, first.abilities};
    CHECK(lists_of(side, known.id) == both);

    auto const before = side.state();
    for (std::int64_t const seen : {0, 1, 3}) {
        auto const late = sign_abilities(side.practice, side.doctor, known.id, side.abilities(seen));
        CHECK(came(late) == FailureKind::changed_meanwhile);
    }
    // Sent again it is there already, whatever it says now.
    auto again = first;
    CHECK(came(sign_abilities(side.practice, side.doctor, known.id, again)) == FailureKind::already_there);
    again = second;
    again.abilities.hours_per_week = 40;
    CHECK(came(sign_abilities(side.practice, side.doctor, known.id, again)) == FailureKind::already_there);
    CHECK(side.state() == before);
    CHECK(lists_of(side, known.id) == both);
}

TEST_CASE("a version says who signed it, as that doctor was called then") {
    MedicalSide side;
    auto const known = side.assigned();
    REQUIRE(sign_abilities(side.practice, side.doctor, known.id, side.abilities()));
    auto const read = read_abilities(side.practice, side.doctor, known.id);
    REQUIRE(read);
    REQUIRE(read->versions.size() == 1);
    auto const& row = read->versions.front().row();
    CHECK(row.signed_by == side.doctor.user);
    CHECK(row.signed_at == side.clock.now());
    CHECK(row.version == 1);
    CHECK(read->versions.front().reveal(read->access).signer == "A. de Arts");
}

TEST_CASE("the client reads the list without what is for the file only") {
    MedicalSide side;
    auto const known = side.assigned();
    REQUIRE(sign_abilities(side.practice, side.doctor, known.id, side.abilities()));
    auto const doctor = shown(read_abilities(side.practice, side.doctor, known.id));
    CHECK(doctor.find("Kanarie slaapt slecht.") != std::string::npos);
    auto const client = shown(read_abilities(side.practice, side.client(known.card.person), known.id));
    CHECK(client.find("Geen werk dat lang de aandacht vraagt.") != std::string::npos);
    CHECK(client.find(R"("item":"concentration","level":"limited")") != std::string::npos);
    CHECK(client.find("Kanarie") == std::string::npos);
    CHECK(client.find("explanation") == std::string::npos);
}

TEST_CASE(
    "a list that breaks a rule is refused with all that is wrong, to who may sign, and nothing is kept") {
    MedicalSide side;
    auto const known = side.assigned();
    auto const before = side.state();
    auto wrong = side.abilities();
    wrong.abilities.valid_from = known.first_sick_day.plus_days(-1);
    wrong.abilities.hours_per_day = 25;
    wrong.abilities.words[5].for_work = "\x01";
    CHECK(fields_of(sign_abilities(side.practice, side.doctor, known.id, wrong)) ==
          std::vector<std::string_view>{"valid_from", "hours_per_day", "for_work_working_hours"});
    Given<NewAbilities> const unreadable = std::unexpected(Failure{FailureKind::wrong_content});
    CHECK(came(sign_abilities(side.practice, side.doctor, known.id, unreadable)) ==
          FailureKind::wrong_content);
    CHECK(came(sign_abilities(side.practice, side.actor(Role::company_doctor), known.id, unreadable)) ==
          FailureKind::not_found);
    CHECK(side.state() == before);
}

TEST_CASE("without its line no list is signed or shown") {
    MedicalSide side;
    auto const known = side.assigned();
    auto const list = side.abilities();
    without_log(side, [&] { return came(sign_abilities(side.practice, side.doctor, known.id, list)); });
    without_log(side, [&] { return came(read_abilities(side.practice, side.doctor, known.id)); });
}

TEST_CASE("a list that was altered, exchanged or moved to another case is never shown") {
    MedicalSide side;
    auto const known = side.assigned();
    auto const earlier = side.assigned(known.card, *LocalDate::from(2026, 9, 1));  // under the same key
    auto const list = side.abilities();
    auto const next = side.abilities(1);
    auto const of_earlier = side.abilities();
    REQUIRE(sign_abilities(side.practice, side.doctor, known.id, list));
    REQUIRE(sign_abilities(side.practice, side.doctor, known.id, next));
    REQUIRE(sign_abilities(side.practice, side.doctor, earlier.id, of_earlier));
    Tampering tampering{side, "functional_abilities"};
    std::vector<std::pair<Uuid, std::string>> changes{
        {of_earlier.id, "version = 3, case_id = " + MedicalSide::literal(known.id)},
        {list.id, "version = 3"},
        {list.id, "signed_by = " + MedicalSide::literal(known.id)},
        {list.id, "signed_at = signed_at + 1"},
        {list.id, "tag = " + tampering.was("tag", next.id)}};
    for (auto const& change : tampering.each_altered("content", next.id))
        changes.emplace_back(list.id, change);
    for (auto const& [id, change] : changes) {
        CAPTURE(change);
        tampering.set(id, change);
        CHECK(came(read_abilities(side.practice, side.doctor, known.id)) == FailureKind::unavailable);
        tampering.put_back();
        CHECK(came(read_abilities(side.practice, side.doctor, known.id)) == std::nullopt);
    }
}

TEST_CASE("no word of a list stands in the tables in the clear, and nothing of it goes to the office") {
    MedicalSide side;
    auto const known = side.assigned();
    REQUIRE(sign_abilities(side.practice, side.doctor, known.id, side.abilities()));
    auto const rows =
        side.server.server_operator().query("SELECT content FROM klout7_medical.functional_abilities");
    REQUIRE(rows);
    REQUIRE(rows->size() == 1);
    auto const& cell = rows->front().front();
    CHECK(cell.size() > 60);
    for (std::string const word : {"Kanarie", "aandacht", "A. de Arts"})
        CHECK(cell.find(word) == std::string::npos);
    CHECK(side.messages_sent() == 0);
}
