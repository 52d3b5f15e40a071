#include "base/random.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <unordered_set>
#include <vector>

namespace klout7 {
namespace {

/// Gives the numbers it is told, as below() reads them.
class Told final : public Random {
public:
    explicit Told(std::vector<std::uint64_t> numbers) : numbers_(std::move(numbers)) {}
    void fill(BytesSpan out) override {
        Bytes bytes;
        append_u64(bytes, numbers_.at(next_++));
        std::copy_n(bytes.begin(), out.size(), out.begin());
    }
    std::size_t drawn() const { return next_; }

private:
    std::vector<std::uint64_t> numbers_;
    std::size_t next_ = 0;
};

}  // namespace

TEST_CASE("a seed gives the bytes of SplitMix64") {
    SeededRandom random{1234567};
    // The reference program's first output for this seed, 6457827717110365317, lowest byte first.
    Bytes bytes(8);
    random.fill(bytes);
    std::uint64_t number = 0;
    for (std::size_t i = 8; i-- > 0;) number = number << 8U | bytes[i];
    CHECK(number == 6457827717110365317U);
}

TEST_CASE("below stays below, and reaches each number about equally often") {
    SeededRandom random{42};
    std::array<int, 7> counts{};
    for (int i = 0; i < 70'000; ++i) ++counts.at(random.below(7));
    // Five standard deviations of 10,000 draws: about 463.
    for (auto const count : counts) CHECK(std::abs(count - 10'000) < 463);
    CHECK(random.below(1) == 0);
}

TEST_CASE("a draw that would favour small numbers is drawn again") {
    Told told{{UINT64_MAX, UINT64_MAX - 1, 5}};
    // 2^64 - 1 is a multiple of 3, so only the highest number lies past the last whole multiple.
    CHECK(told.below(3) == (UINT64_MAX - 1) % 3);
    CHECK(told.drawn() == 2);
    Told half{{UINT64_MAX, (std::uint64_t{1} << 63U) + 1, 9}};
    CHECK(half.below((std::uint64_t{1} << 63U) + 1) == 9);
    CHECK(half.drawn() == 3);
}

TEST_CASE("the system's bytes come in any number and do not repeat") {
    SystemRandom random;
    for (auto const size : {0, 1, 255, 256, 257, 5000}) {
        Bytes a(static_cast<std::size_t>(size));
        Bytes b(static_cast<std::size_t>(size));
        random.fill(a);
        random.fill(b);
        CHECK((size < 255 || to_hex(a) != to_hex(b)));
    }
    // The buffer of one thread is refilled on the way.
    std::unordered_set<std::string> drawn;
    Bytes bytes(16);
    for (int i = 0; i < 1000; ++i) {
        random.fill(bytes);
        drawn.insert(to_hex(bytes));
    }
    CHECK(drawn.size() == 1000);
}

}  // namespace klout7
