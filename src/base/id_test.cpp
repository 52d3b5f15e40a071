#include "base/id.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <unordered_set>

namespace klout7 {
namespace {

class OnesOnly final : public Random {
public:
    void fill(BytesSpan out) override { std::ranges::fill(out, std::uint8_t{0xFF}); }
};

}  // namespace

TEST_CASE("a version 7 UUID has its time, version and variant where RFC 9562 puts them") {
    OnesOnly random;
    // RFC 9562 appendix A.6: 2022-02-22T19:22:22Z.
    auto const uuid = Uuid::version_7(Instant::from_microseconds(1645557742000000), random);
    CHECK(uuid.to_string() == "017f22e2-79b0-7fff-bfff-ffffffffffff");
}

TEST_CASE("later UUIDs sort behind earlier ones, and no two are the same") {
    SeededRandom random{1};
    auto const first = Uuid::version_7(Instant::from_microseconds(1'000'000), random);
    auto const later = Uuid::version_7(Instant::from_microseconds(1'001'000), random);
    CHECK(first < later);
    std::unordered_set<Uuid> seen;
    for (int i = 0; i < 1000; ++i) seen.insert(Uuid::version_7(Instant{}, random));
    CHECK(seen.size() == 1000);
}

TEST_CASE("a UUID is read in either case and written in small letters") {
    auto const uuid = Uuid::parse("017F22E2-79b0-7CC3-98c4-DC0C0C07398F");
    REQUIRE(uuid);
    CHECK(uuid->to_string() == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    CHECK(Uuid::from_bytes(uuid->bytes()) == uuid);
}

TEST_CASE("what is no UUID is refused") {
    for (auto const* text :
         {"", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
          "017f22e279b0-7cc3-98c4-dc0c0c07398f0", "017f22e2-79b0-7cc3-98c4_dc0c0c07398f",
          "g17f22e2-79b0-7cc3-98c4-dc0c0c07398f", "{17f22e2-79b0-7cc3-98c4-dc0c0c07398}"}) {
        CAPTURE(text);
        CHECK_FALSE(Uuid::parse(text));
        CHECK_FALSE(CaseId::parse(text));
    }
    CHECK_FALSE(Uuid::from_bytes(Bytes(15)));
    CHECK_FALSE(Uuid::from_bytes(Bytes(17)));
}

template <class A, class B>
concept CanBeCompared = requires(A a, B b) {
    a == b;
};
static_assert(CanBeCompared<CaseId, CaseId> && !CanBeCompared<CaseId, PersonId>);
static_assert(std::is_constructible_v<CaseId, Uuid> && !std::is_constructible_v<CaseId, PersonId>);
static_assert(!std::is_convertible_v<Uuid, CaseId>);

}  // namespace klout7
