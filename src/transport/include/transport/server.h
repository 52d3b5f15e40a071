#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <string>

#include "base/instant.h"
#include "base/log.h"
#include "transport/http.h"

namespace klout7::transport {

enum class ServerError {
    certificate_unusable,  ///< certificate or key cannot be read, or do not belong together
    client_ca_unusable,    ///< CA or revocation list cannot be read, or do not belong together
    address_unusable,      ///< not an address of this machine, or the port is taken
};
/// The code of an error in the log.
std::string_view name_of(ServerError error);

/// A sentence for the operator: what is wrong and what to do.
std::string_view text_for(ServerError error);

struct ServerSettings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: any free one
    std::filesystem::path certificate_chain;
    std::filesystem::path private_key;
    /// The CAs whose certificates machines show; empty: nobody is asked for one. Who shows none is served all
    /// the same: RequestHead says what was shown.
    std::filesystem::path client_authorities;
    /// The revocation lists of those CAs, one of each; empty: nothing is revoked.
    std::filesystem::path client_revocations;
    /// When one of these files changes, all are read again: new connections use the new certificate, and all
    /// requests the new CAs and lists. What cannot be used is reported in the log and changes nothing.
    Duration look_at_files_every = Duration::seconds(1);
    /// TLS 1.3 only, unless this is set: then also TLS 1.2 with ECDHE and AES-GCM or ChaCha20-Poly1305.
    bool also_tls_1_2 = false;
    /// Many more than there are cores: a read waits here until its line of the log is on disk.
    /// At most half of them wait for streamed bodies; more of those get 503, everything else is served.
    int workers = 64;
    int heavy_workers = 4;
    std::size_t most_connections = 2000;
    std::size_t most_waiting = 256;        ///< requests that wait for a worker; more get 503
    std::size_t most_heavy_waiting = 128;  ///< the same for the heavy ones
    std::size_t head_bytes = 16 * 1024;
    Duration handshake_within = Duration::seconds(10);
    Duration head_within = Duration::seconds(10);
    Duration idle_within = Duration::seconds(60);     ///< between two requests of a connection
    Duration stalled_within = Duration::seconds(15);  ///< without a byte of a body, either way
    /// A body must come at this rate on average, after the first `stalled_within`.
    std::uint64_t least_bytes_per_second = 1024;
};

/// HTTPS for one service: HTTP/1.1 over TLS, keep-alive, from many clients at once.
/// Source: RFC 9110, RFC 9112, RFC 8446.
class Server {
public:
    static std::expected<std::unique_ptr<Server>, ServerError> start(ServerSettings const& settings,
                                                                     Service& service);
    ~Server();  ///< stop()
    std::uint16_t port() const;
    /// Accepts nothing new, finishes what is being handled (at most ten seconds), closes.
    void stop();

private:
    struct State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace klout7::transport

template <>
inline constexpr bool klout7::may_be_logged<klout7::transport::ServerError> = true;
