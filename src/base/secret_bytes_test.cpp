#include "base/secret_bytes.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <type_traits>
#include <utility>

#include "testing/refusals.h"

namespace klout7 {

TEST_CASE("wipe overwrites all bytes it is given and no others") {
    Bytes bytes{1, 2, 3, 4};
    wipe(BytesSpan{bytes}.subspan(1, 2));
    CHECK(bytes == Bytes{1, 0, 0, 4});
    wipe(BytesSpan{});
}

TEST_CASE("a secret that shrinks wipes what it drops") {
    SecretBytes secret{BytesView{Bytes{1, 2, 3, 4}}};
    auto const* const start = secret.view().data();
    secret.shrink(2);
    CHECK(secret.size() == 2);
    // The memory is still the secret's own: its capacity did not change.
    CHECK(start == secret.view().data());
    CHECK(secret.view()[1] == 2);
}

TEST_CASE("a wiped or moved-from secret is empty") {
    auto secret = SecretBytes::from_text("words");
    auto moved = std::move(secret);
    CHECK(secret.empty());  // NOLINT(bugprone-use-after-move): that it is empty is the promise
    CHECK(moved.text() == "words");
    auto const copied = moved.copy();
    moved.wipe();
    CHECK(moved.empty());
    CHECK(copied.text() == "words");
    SecretBytes other{3};
    other = SecretBytes::from_text("new");
    CHECK(other.text() == "new");
    auto& same = other;
    other = std::move(same);
    CHECK(other.text() == "new");
}

static_assert(std::is_nothrow_move_constructible_v<SecretBytes> &&
              !std::is_copy_constructible_v<SecretBytes>);
static_assert(std::is_nothrow_move_assignable_v<SecretBytes> && !std::is_copy_assignable_v<SecretBytes>);
static_assert(!refusals::CanBeStreamed<SecretBytes> && !std::equality_comparable<SecretBytes>);

}  // namespace klout7
