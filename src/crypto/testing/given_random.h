#pragma once

#include <doctest/doctest.h>

#include <utility>

#include "base/random.h"

/// For tests only: random bytes that a test decides on.
namespace klout7::crypto::testing {

/// Hands out the bytes it was given, in order.
class GivenRandom final : public Random {
public:
    explicit GivenRandom(Bytes bytes) : bytes_(std::move(bytes)) {}
    void fill(BytesSpan out) override {
        REQUIRE(out.size() <= bytes_.size() - used_);
        for (auto& byte : out) byte = bytes_[used_++];
    }

private:
    Bytes bytes_;
    std::size_t used_ = 0;
};

/// 00 01 02 ... ff 00 01 ...: the "random" bytes of the vectors in docs/data-formats.md.
class CountingRandom final : public Random {
public:
    void fill(BytesSpan out) override {
        for (auto& byte : out) byte = next_++;
    }

private:
    std::uint8_t next_ = 0;
};

}  // namespace klout7::crypto::testing
