#include "store/row_tag.h"

#include <doctest/doctest.h>

#include <set>

#include "base/clock.h"
#include "store/database.h"
#include "store/testing.h"

using namespace klout7;
using namespace klout7::store;

namespace {

template <class Zone>
crypto::Keyring<Zone> keyring(Environment environment = Environment::test) {
    SystemRandom random;
    return crypto::Keyring<Zone>::create({Uuid::version_7(SystemClock{}.now(), random), environment}, random);
}

}  // namespace

TEST_CASE("a row tag says which table, which values of which kind, and in which order") {
    auto const keys = keyring<OfficeZone>();
    auto const day = *LocalDate::from(2026, 11, 25);
    Bytes const eight_bytes{0, 0, 0, 0, 0, 0, 0, 5};
    std::set<crypto::Sha256> const different{
        row_tag(keys, "a", {}),
        row_tag(keys, "b", {}),
        row_tag(keys, "a", {nullptr}),
        row_tag(keys, "a", {""}),
        row_tag(keys, "a", {nullptr, nullptr}),
        row_tag(keys, "a", {5}),
        row_tag(keys, "a", {-5}),
        row_tag(keys, "a", {eight_bytes}),
        row_tag(keys, "a", {"x", "y"}),
        row_tag(keys, "a", {"y", "x"}),
        row_tag(keys, "a", {"xy"}),
        row_tag(keys, "a", {day}),
        row_tag(keys, "a", {day.days_since_1970()}),
    };
    CHECK(different.size() == 13);
    CHECK(row_tag(keys, "a", {"x", 5}) == row_tag(keys, "a", {"x", 5}));
    CHECK(row_tag(keys, "a", {"x", 5}) != row_tag(keyring<OfficeZone>(), "a", {"x", 5}));
    CHECK(row_tag(keys, "a", {"x", 5}) != row_tag(keyring<MedicalZone>(), "a", {"x", 5}));
}

TEST_CASE("the values go into a row tag as docs/data-formats.md says") {
    auto const keys = keyring<OfficeZone>();
    Bytes const null{0};
    Bytes const five{1, 0, 0, 0, 0, 0, 0, 0, 5};
    Bytes const x{2, 'x'};
    Bytes const second_of_january_1970{3, 0, 0, 0, 0, 0, 0, 0, 1};
    auto const fields =
        Fields{}.add("klout7/row/1").add("example").add(null).add(five).add(x).add(second_of_january_1970);
    CHECK(row_tag(keys, "example", {nullptr, 5, "x", *LocalDate::from(1970, 1, 2)}) ==
          keys.row_tag(fields.view()));
}

TEST_CASE("a row without its tag ends the unit of work, and not one bit of a tag may differ") {
    auto database = TestServer::shared().office();
    auto const tag = row_tag(keyring<OfficeZone>(), "a", {"x"});
    auto const decide_on = [&](crypto::Sha256 const& found) {
        return database.transact([&](Transaction&) { require_row_tag(found, tag); });
    };
    CHECK(decide_on(tag));
    CHECK(decide_on({}).error() == StoreError::broken);
    for (std::size_t bit = 0; bit < 256; bit += 51) {
        auto other = tag;
        other[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        CHECK(decide_on(other).error() == StoreError::broken);
    }
}
