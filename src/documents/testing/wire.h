#pragma once

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <list>
#include <mutex>
#include <string>
#include <thread>

#include "testing/share.h"

namespace klout7::documents::testing {

/// A wire to a share that somebody listens at: what goes over it, either way, is written down.
class TappedWire {
public:
    explicit TappedWire(std::uint16_t to_port) : to_port_(to_port) {
        auto address = on_this_machine(0);
        socklen_t size = sizeof address;
        auto* const any = reinterpret_cast<sockaddr*>(&address);
        require(bind(listener_.descriptor(), any, size) == 0 && listen(listener_.descriptor(), 8) == 0 &&
                    getsockname(listener_.descriptor(), any, &size) == 0,
                "there is a port to listen at");
        port_ = ntohs(address.sin_port);
        accepting_ = std::jthread{[this] { accept_all(); }};
    }
    TappedWire(TappedWire const&) = delete;
    ~TappedWire() { shutdown(listener_.descriptor(), SHUT_RDWR); }

    std::uint16_t port() const { return port_; }
    std::string heard() {
        std::lock_guard const lock{mutex_};
        return heard_;
    }
    bool heard(std::string_view words) { return heard().find(words) != std::string::npos; }
    /// As SMB writes names: UTF-16, little-endian. Of plain letters.
    bool heard_name(std::string_view name) {
        std::string wide;
        for (char const c : name) wide.append(1, c).append(1, '\0');
        return heard(wide);
    }

private:
    void accept_all() {
        for (;;) {
            FileHandle from{accept4(listener_.descriptor(), nullptr, nullptr, SOCK_CLOEXEC)};
            if (!from.is_open()) return;
            FileHandle to{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
            auto const address = on_this_machine(to_port_);
            if (connect(to.descriptor(), reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0)
                continue;
            int const yes = 1;
            for (auto const* end : {&from, &to})
                setsockopt(end->descriptor(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
            carried_.emplace_back([this, ends = std::pair{std::move(from), std::move(to)}] {
                std::jthread const back{[&] { carry(ends.second, ends.first); }};
                carry(ends.first, ends.second);
            });
        }
    }
    void carry(FileHandle const& in, FileHandle const& out) {
        std::string piece(65536, '\0');
        for (;;) {
            auto const count = recv(in.descriptor(), piece.data(), piece.size(), 0);
            if (count <= 0) break;
            {
                std::lock_guard const lock{mutex_};
                heard_.append(piece, 0, static_cast<std::size_t>(count));
            }
            if (send(out.descriptor(), piece.data(), static_cast<std::size_t>(count), MSG_NOSIGNAL) != count)
                break;
        }
        shutdown(in.descriptor(), SHUT_RDWR);
        shutdown(out.descriptor(), SHUT_RDWR);
    }

    std::uint16_t to_port_;
    std::uint16_t port_ = 0;
    FileHandle listener_{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    std::mutex mutex_;
    std::string heard_;
    std::list<std::jthread> carried_;
    std::jthread accepting_;
};

}  // namespace klout7::documents::testing
