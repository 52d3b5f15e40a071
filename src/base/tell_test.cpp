#include "base/tell.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <string>

using namespace klout7;

namespace {

/// What goes to standard error while it lives goes there instead.
class Instead {
public:
    explicit Instead(int descriptor) : kept_(dup(STDERR_FILENO)) { dup2(descriptor, STDERR_FILENO); }
    ~Instead() {
        dup2(kept_, STDERR_FILENO);
        close(kept_);
    }

private:
    int kept_;
};

}  // namespace

TEST_CASE("a sentence for the operator goes out as one line") {
    std::array<int, 2> ends{};
    REQUIRE(pipe(ends.data()) == 0);
    {
        Instead const here{ends[1]};
        tell_operator("the disk is full");
    }
    std::array<char, 100> read_back{};
    auto const size = read(ends[0], read_back.data(), read_back.size());
    CHECK(std::string{read_back.data(), static_cast<std::size_t>(size)} == "the disk is full\n");
    close(ends[0]);
    close(ends[1]);
}

TEST_CASE("where nothing can be written the sentence is lost, and nothing else") {
    auto const full = open("/dev/full", O_WRONLY);
    REQUIRE(full >= 0);
    {
        Instead const here{full};
        tell_operator("nobody reads this");
    }
    close(full);
    {
        Instead const nowhere{-1};
        close(STDERR_FILENO);
        tell_operator("nor this");
    }
}
