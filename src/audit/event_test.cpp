// The line of the log as bytes: what an auditor's own program reads.
#include "audit/event.h"

#include <doctest/doctest.h>

#include "base/testing.h"

using namespace klout7;
using namespace klout7::audit;

namespace {

Uuid id(std::uint8_t n) {
    std::array<std::uint8_t, 16> bytes{};
    bytes.back() = n;
    return Uuid{bytes};
}

/// The line that docs/data-formats.md shows.
Event shown() {
    return {.at = Instant::from_microseconds(1'795'000'000'000'000),
            .action = "read",
            .object_class = "case_file",
            .object = id(2),
            .person = PersonId{id(4)},
            .user = UserId{id(3)},
            .role = "case_manager",
            .ground = "assigned",
            .session = SessionId{id(5)}};
}

}  // namespace

TEST_CASE("an entry is to the byte what docs/data-formats.md shows") {
    REQUIRE_MESSAGE(program_version == "0.1.0", "a new version changes the vector of docs/data-formats.md");
    auto const entry = encode_entry(
        shown(),
        {.program = "klout7-office", .number = 42, .detail_hash = crypto::sha256(bytes_of("sealed detail"))});
    auto const page = page_without_blanks(KLOUT7_DOCS "/data-formats.md");
    CHECK_MESSAGE(page.find(to_hex(entry)) != std::string::npos, to_hex(entry));
}

TEST_CASE("an entry comes back as it was, with what is left out left out") {
    for (bool const everything : {true, false}) {
        auto event = shown();
        if (!everything) {
            event = {
                .at = event.at, .action = "sign_in", .object_class = "session", .outcome = Outcome::refused};
        }
        auto const back =
            decode_entry(encode_entry(event, {.program = "klout7-office", .number = 7, .detail_hash = {}}));
        REQUIRE(back);
        CHECK(back->program == "klout7-office");
        CHECK(back->number == 7);
        CHECK(back->version == program_version);
        CHECK_FALSE(back->detail_hash);
        CHECK(back->event.at == event.at);
        CHECK(back->event.action == event.action);
        CHECK(back->event.object_class == event.object_class);
        CHECK(back->event.object == event.object);
        CHECK(back->event.person == event.person);
        CHECK(back->event.user == event.user);
        CHECK(back->event.role == event.role);
        CHECK(back->event.ground == event.ground);
        CHECK(back->event.outcome == event.outcome);
        CHECK(back->event.session == event.session);
    }
}
