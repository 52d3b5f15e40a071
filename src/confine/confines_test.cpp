#include "confine/confines.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <optional>

#include "base/file_handle.h"
#include "base/testing_folder.h"
#include "testing/in_child.h"

using namespace klout7;
using namespace klout7::confine;
using namespace klout7::confine::testing;
using klout7::TestingFolder;

namespace {

/// A server of this machine that lets everybody in.
class Server {
public:
    explicit Server(std::filesystem::path const& path) {
        address_.sun_family = AF_UNIX;
        std::strncpy(address_.sun_path, path.c_str(), sizeof address_.sun_path - 1);
        require(bind(socket_.descriptor(), as_address(), sizeof address_) == 0 &&
                    listen(socket_.descriptor(), 8) == 0,
                "a socket of a test can be made");
    }
    bool lets_in() const {
        FileHandle const own{socket(AF_UNIX, SOCK_STREAM, 0)};
        return own.is_open() && connect(own.descriptor(), as_address(), sizeof address_) == 0;
    }

private:
    sockaddr const* as_address() const { return reinterpret_cast<sockaddr const*>(&address_); }
    FileHandle socket_{socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    sockaddr_un address_{};
};

bool opens(std::filesystem::path const& path, int how) {
    FileHandle const file{open(path.c_str(), how | O_CLOEXEC, 0600)};
    return file.is_open();
}

}  // namespace

TEST_CASE(
    "who is confined sees what it was given, makes nothing elsewhere, and reaches nobody or the network "
    "alone") {
    TestingFolder const given;
    TestingFolder const hidden;
    for (auto const* folder : {&given, &hidden}) std::ofstream{folder->path() / "key"} << "a key";
    Server const server{given.path() / "socket"};
    // As many bits as there are things that it can do.
    auto const can = [&] {
        FileHandle const internet{socket(AF_INET, SOCK_STREAM, 0)};
        unsigned done = 0;
        done |= opens(given.path() / "key", O_RDONLY) ? 1U : 0U;
        done |= opens(given.path() / "new", O_WRONLY | O_CREAT) ? 2U : 0U;
        done |= opens(hidden.path() / "key", O_RDONLY) ? 4U : 0U;
        done |= opens(hidden.path() / "new", O_WRONLY | O_CREAT) ? 8U : 0U;
        done |= internet.is_open() ? 16U : 0U;
        done |= server.lets_in() ? 32U : 0U;
        done |= opens("/proc/" + std::to_string(getppid()) + "/environ", O_RDONLY) ? 64U : 0U;
        return static_cast<int>(done);
    };
    auto const confined = [&](std::optional<Reach> reach) {
        return in_child([&] {
            if (reach && !confine_to({.reads = {"/usr"}, .writes = {given.path()}, .reach = *reach}))
                return 255;
            return can();
        });
    };
    CHECK(confined(std::nullopt) == 127);
    CHECK(confined(Reach::nobody) == 3);
    CHECK(confined(Reach::network) == 3 + 16);
}
