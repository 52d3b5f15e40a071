// Stands where a scanner would and calls everything clean, until its input ends, so that a benchmark can tell
// what scanning costs. No program of Klout7 has this, and none can be set to do without a scanner.
#include <fmt/core.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/check.h"
#include "base/file_handle.h"

using namespace klout7;

namespace {

/// Reads as many bytes as are there, up to `most`; 0 at the end.
std::size_t receive(int socket, char* out, std::size_t most) {
    auto const got = recv(socket, out, most, 0);
    return got > 0 ? static_cast<std::size_t>(got) : 0;
}
bool receive_all(int socket, char* out, std::size_t size) {
    while (size > 0) {
        auto const got = receive(socket, out, size);
        if (got == 0) return false;
        out += got, size -= got;
    }
    return true;
}
void answer(int socket, std::string_view text) {
    (void)send(socket, text.data(), text.size() + 1, MSG_NOSIGNAL);  // with the zero behind it
}

/// Pieces behind their length, until one of nothing. Source: clamd(8), INSTREAM.
bool take_stream(int socket) {
    std::vector<char> piece(std::size_t{1} << 18U);
    for (;;) {
        unsigned char length[4];
        if (!receive_all(socket, reinterpret_cast<char*>(length), sizeof length)) return false;
        std::size_t left = std::size_t{length[0]} << 24U | std::size_t{length[1]} << 16U |
                           std::size_t{length[2]} << 8U | std::size_t{length[3]};
        if (left == 0) return true;
        while (left > 0) {
            auto const got = receive(socket, piece.data(), std::min(left, piece.size()));
            if (got == 0) return false;
            left -= got;
        }
    }
}

void serve(FileHandle client) {
    std::string command;
    for (char c = 1; c != '\0';) {
        if (!receive_all(client.descriptor(), &c, 1) || command.size() > 20) return;
        if (c != '\0') command += c;
    }
    if (command == "zVERSION") answer(client.descriptor(), "ClamAV none, for a benchmark");
    if (command == "zPING") answer(client.descriptor(), "PONG");
    if (command == "zINSTREAM" && take_stream(client.descriptor())) answer(client.descriptor(), "stream: OK");
}

}  // namespace

int main(int argc, char** argv) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (argc != 2 || std::strlen(argv[1]) >= sizeof address.sun_path) {
        fmt::print(stderr, "usage: bench-no-scanner SOCKET\n");
        return 1;
    }
    std::strcpy(address.sun_path, argv[1]);
    FileHandle const listener{socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    require(bind(listener.descriptor(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
                listen(listener.descriptor(), 16) == 0,
            "the socket can be made");
    std::thread{[] {
        for (char c = 0; read(STDIN_FILENO, &c, 1) > 0;) {
        }
        _exit(0);
    }}.detach();
    for (;;) {
        FileHandle client{accept4(listener.descriptor(), nullptr, nullptr, SOCK_CLOEXEC)};
        if (client.is_open()) std::thread{serve, std::move(client)}.detach();
    }
}
