#include "gate/apart.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "confined.h"

using namespace klout7;
using namespace klout7::gate;

namespace {

Content content_of(Bytes const& bytes) {
    return {bytes.size(), [&bytes](std::uint64_t offset, BytesSpan out) {
                std::ranges::copy(BytesView{bytes}.subspan(static_cast<std::size_t>(offset), out.size()),
                                  out.begin());
                return true;
            }};
}

/// How a process ends that confined itself and then does this: by exit code 0, or by a signal.
template <class Work>
int ends_with(Work work) {
    auto const process = fork();
    if (process == 0) {
        if (!confine_to_what_is_open()) _exit(100);
        work();
        _exit(0);
    }
    int state = 0;
    waitpid(process, &state, 0);
    return WIFSIGNALED(state) ? WTERMSIG(state) : WEXITSTATUS(state);
}

}  // namespace

TEST_CASE("what is examined apart is judged as it is here, for every sample") {
    for (auto const& entry :
         std::filesystem::directory_iterator{std::filesystem::path{KLOUT7_VECTORS} / "gate"}) {
        CAPTURE(entry.path().filename().string());
        std::ifstream in{entry.path(), std::ios::binary};
        Bytes const bytes{std::istreambuf_iterator<char>{in}, {}};
        auto const here = examine(content_of(bytes), Side::medical);
        auto const apart = examine_apart(content_of(bytes), Side::medical);
        REQUIRE(here.has_value() == apart.has_value());
        if (here) CHECK(*here == *apart);
        if (!here) CHECK(name_of(here.error()) == name_of(apart.error()));
    }
}

TEST_CASE("a large content is examined apart, and one that cannot be read is not") {
    std::string text = "%PDF-1.7\n1 0 obj << /Length 40000000 >> stream\n";
    text.append(40'000'000, 'x').append("\nendstream endobj\n%%EOF\n");
    auto const bytes = to_bytes(text);
    CHECK(examine_apart(content_of(bytes), Side::office) == FileType::pdf);
    auto content = content_of(bytes);
    auto const read = content.read;
    int left = 5;
    content.read = [&](std::uint64_t offset, BytesSpan out) { return left-- > 0 && read(offset, out); };
    CHECK(examine_apart(content, Side::office).error() == Refusal::not_examined);
}

#ifndef __SANITIZE_ADDRESS__
TEST_CASE("who examines opens no file, starts nothing and reaches nobody, and has little memory") {
    CHECK(ends_with([] {}) == 0);
    CHECK(ends_with([] { (void)open("/dev/null", O_RDONLY); }) == SIGSYS);
    CHECK(ends_with([] { (void)socket(AF_UNIX, SOCK_STREAM, 0); }) == SIGSYS);
    CHECK(ends_with([] { (void)fork(); }) == SIGSYS);
    CHECK(ends_with([] { (void)execl("/bin/true", "true", nullptr); }) == SIGSYS);
    CHECK(ends_with([] { (void)kill(getppid(), 0); }) == SIGSYS);
    CHECK(ends_with([] {
              (void)mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
          }) == SIGSYS);
    CHECK(ends_with([] {
              auto* const some = mmap(nullptr, 4 << 20, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
              if (some == MAP_FAILED) _exit(1);
          }) == 0);
    CHECK(ends_with([] {
              auto* const much = mmap(nullptr, 9 << 20, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
              if (much != MAP_FAILED) _exit(1);
          }) == 0);
}
#endif
