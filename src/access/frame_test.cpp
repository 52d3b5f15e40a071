#include "access/frame.h"

#include <doctest/doctest.h>

#include "access/testing.h"

using namespace klout7;
using namespace klout7::access;

namespace {

/// The office side on a disk that is full or not.
struct Office : access::testing::TestSide<OfficeZone> {
    bool is_full = false;
    Office() {
        frame.has_room = [this] { return !is_full; };
    }

    /// Makes a key for somebody, as a case manager may who looks at the list of doctors.
    auto make_key(Role role = Role::case_manager) {
        auto const who = actor(role);
        return change(frame, who, [&](Unit<OfficeZone>& unit) -> std::expected<void, Failure> {
            auto const access = unit.gate.ask(Action::list, {.resource = Resource::doctor_list});
            if (!access) return std::unexpected(access.error());
            unit.frame.keys.create(unit.tx, PersonId::make(clock.now(), random));
            return {};
        });
    }
    std::int64_t keys_made() {
        auto const count = database.transact([](store::Transaction& tx) {
            return std::get<0>(*tx.row<std::int64_t>("SELECT COUNT(*) FROM {KEYS}.person_key"));
        });
        REQUIRE(count);
        return *count;
    }
    std::vector<audit::Outcome> outcomes() {
        std::vector<audit::Outcome> found;
        for (auto const& line : lines()) found.push_back(line.entry.event.outcome);
        return found;
    }
};

}  // namespace

TEST_CASE("on a nearly full disk nothing is changed and the line says that it failed; with room it is done") {
    Office office;
    office.is_full = true;
    auto const refused = office.make_key();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == FailureKind::full);
    CHECK(office.keys_made() == 0);
    CHECK(office.outcomes() == std::vector{audit::Outcome::failed});

    office.is_full = false;
    CHECK(office.make_key());
    CHECK(office.keys_made() == 1);
    CHECK(office.outcomes() == std::vector{audit::Outcome::done, audit::Outcome::failed});
}

TEST_CASE("on a nearly full disk what only reads goes on, and who may not do a thing hears that") {
    Office office;
    office.is_full = true;
    CHECK(office.make_key(Role::employer).error().kind != FailureKind::full);
    auto const who = office.actor(Role::case_manager);
    CHECK(look(office.frame, who, [](Unit<OfficeZone>& unit) -> std::expected<void, Failure> {
        auto const access = unit.gate.ask(Action::list, {.resource = Resource::doctor_list});
        if (!access) return std::unexpected(access.error());
        return {};
    }));
}
