#include "confine/limits.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>

#include "base/testing_folder.h"
#include "testing/in_child.h"

#ifndef __SANITIZE_ADDRESS__

using namespace klout7::confine;
using namespace klout7::confine::testing;
using klout7::TestingFolder;

namespace {

constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20U;
constexpr int ended = 1000 + SIGSYS;
constexpr Limits few{.memory_bytes = 8 * mebibyte, .processor_seconds = 1};

/// How a process ends that limits itself and then does this: by what it answers, or by a signal.
template <class Work>
int ends_with(Limits const& limits, Work work) {
    return in_child([&]() -> int {
        if (!confine_to_what_is_open(limits)) return 100;
        return work();
    });
}
template <class Work>
int ends_with(Work work) {
    return ends_with(few, work);
}

/// 0 when so much memory is given.
int takes(std::uint64_t bytes) {
    auto* const some = mmap(nullptr, bytes, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return some == MAP_FAILED ? 1 : 0;
}

/// 0 when it can be opened, else why not.
int opens(std::filesystem::path const& path, int how = O_RDONLY) {
    return open(path.c_str(), how, 0600) >= 0 ? 0 : errno;
}

}  // namespace

TEST_CASE("who is limited to what is open opens no file, starts nothing and reaches nobody") {
    CHECK(ends_with([] { return 0; }) == 0);
    CHECK(ends_with([] { return opens("/dev/null"); }) == ended);
    CHECK(ends_with([] { return socket(AF_UNIX, SOCK_STREAM, 0); }) == ended);
    CHECK(ends_with([] { return fork(); }) == ended);
    CHECK(ends_with([] { return execl("/bin/true", "true", nullptr); }) == ended);
    CHECK(ends_with([own = getpid()] { return kill(own, 0); }) == ended);
    CHECK(ends_with([] {
              (void)mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
              return 0;
          }) == ended);
}

TEST_CASE("who is limited has so much memory and processor time, and no more") {
    CHECK(ends_with([] { return takes(4 * mebibyte); }) == 0);
    CHECK(ends_with([] { return takes(9 * mebibyte); }) == 1);
    CHECK(ends_with({.memory_bytes = 16 * mebibyte, .processor_seconds = 1},
                    [] { return takes(9 * mebibyte); }) == 0);
    CHECK(ends_with([] {
              for (auto volatile turns = 0U;;) turns = turns + 1;
              return 0;
          }) == 1000 + SIGKILL);
}

TEST_CASE("who may still read a folder reads what is in it and nothing else, and writes nothing") {
    TestingFolder const given;
    TestingFolder const hidden;
    for (auto const* folder : {&given, &hidden}) std::ofstream{folder->path() / "file"} << "something";
    auto limits = few;
    limits.reads = {given.path(), "/nowhere"};
    CHECK(ends_with(limits, [&] { return opens(given.path() / "file"); }) == 0);
    CHECK(ends_with(limits, [&] { return opens(hidden.path() / "file"); }) == EACCES);
    CHECK(ends_with(limits, [&] { return opens("/etc/passwd"); }) == EACCES);
    CHECK(ends_with(limits, [&] { return opens(given.path() / "file", O_WRONLY); }) == ended);
    CHECK(ends_with(limits, [&] { return opens(given.path() / "file", O_RDWR); }) == ended);
    CHECK(ends_with(limits, [&] { return opens(given.path() / "new", O_RDONLY | O_CREAT); }) == ended);
    CHECK(ends_with(limits, [] { return socket(AF_INET, SOCK_STREAM, 0); }) == ended);
    CHECK(ends_with(limits, [] { return fork(); }) == ended);
    CHECK(ends_with(limits, [own = getpid()] { return fcntl(0, F_SETOWN, own); }) == ended);
    CHECK(ends_with(limits, [&] { return unlink((given.path() / "file").c_str()); }) == ended);
}

#endif
