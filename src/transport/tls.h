#pragma once

#include <openssl/ssl.h>

#include <condition_variable>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "client_trust.h"
#include "transport/server.h"

namespace klout7::transport {

struct SslContextDeleter {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using SslContext = std::unique_ptr<SSL_CTX, SslContextDeleter>;

/// What the files of a server came to.
struct Tls {
    SslContext context;                        ///< what every new connection uses
    std::shared_ptr<ClientTrust const> trust;  ///< nothing: clients are not asked for a certificate
};

/// Errors: `certificate_unusable`, `client_ca_unusable`.
std::expected<Tls, ServerError> load_tls(ServerSettings const& settings);

/// What the certificate of a connection came to, now. Nothing when none was shown or asked for.
ShownCertificate shown_certificate(SSL* connection, ClientTrust const* trust);

/// Which files lie there: another one has another stamp.
struct FileStamp {
    std::uint64_t device = 0;
    std::uint64_t number = 0;
    std::int64_t size = -1;  ///< -1: there is none
    std::int64_t changed_seconds = 0;
    std::int64_t changed_nanoseconds = 0;
    friend bool operator==(FileStamp const&, FileStamp const&) = default;
};
std::vector<FileStamp> stamps_of(ServerSettings const& settings);

/// Looks at the files of a server and loads them when they have changed. What cannot be used is reported in
/// the log, and then what was used before stays.
class TlsWatch {
public:
    /// `stamps` is of before the files were loaded. `use` is called on a thread of the watch.
    TlsWatch(ServerSettings const& settings, std::vector<FileStamp> stamps, std::function<void(Tls)> use);
    ~TlsWatch();
    TlsWatch(TlsWatch const&) = delete;
    TlsWatch& operator=(TlsWatch const&) = delete;

private:
    void watch();
    void look();

    ServerSettings settings_;
    std::vector<FileStamp> stamps_;
    std::function<void(Tls)> use_;
    std::mutex mutex_;
    std::condition_variable ended_;
    bool is_over_ = false;
    std::thread thread_;
};

}  // namespace klout7::transport
