#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>

#include "base/bytes.h"

namespace klout7::smb {

/// Who sent a frame.
enum class From { client, server };

/// How many bytes of a frame `may_pass` looks at.
inline constexpr std::size_t looked_at_bytes = 72;

/// Whether a frame of SMB may go on, by its first bytes and its length: what is encrypted, and what has to
/// come before anything can be: the negotiation, which must end in SMB 3.1.1, and signing in. An echo too: it
/// is empty. Nothing else ever goes in the clear, above all no name and no content of a file. Source:
/// [MS-SMB2] 2.2.1, 2.2.3, 2.2.4, 2.2.5, 2.2.28, 2.2.41.
bool may_pass(From from, BytesView first_bytes, std::uint64_t length);

/// Stands between the SMB library and the server, because the library goes on in the clear when a server that
/// it was told to encrypt with does not. Carries one connection, once, from a port of this machine that
/// nobody else reaches, and cuts it at the first frame that may not pass.
class Relay {
public:
    /// Errors by `port`: 0 when it could not be made.
    Relay(std::string server, std::uint16_t port);
    Relay(Relay const&) = delete;
    Relay& operator=(Relay const&) = delete;
    ~Relay();

    /// Where the library finds it, at 127.0.0.1.
    std::uint16_t port() const { return port_; }
    /// Why it cut the connection.
    bool saw_plain() const { return saw_plain_; }
    bool was_unreachable() const { return was_unreachable_; }

private:
    void run();
    void carry(int client, int server);
    void pass(From from, int in, int out);

    std::string server_;
    std::uint16_t server_port_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> saw_plain_ = false;
    std::atomic<bool> was_unreachable_ = false;
    std::jthread thread_;
};

}  // namespace klout7::smb
