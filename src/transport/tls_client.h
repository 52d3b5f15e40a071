#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "transport/http.h"

/// For the tests of this module: a certificate, and a client that can also do what no good client does.
namespace klout7::transport::testing {

/// A folder with a self-signed P-256 certificate and its key, removed at the end.
class TestCertificate {
public:
    TestCertificate();
    ~TestCertificate();
    TestCertificate(TestCertificate const&) = delete;
    TestCertificate& operator=(TestCertificate const&) = delete;
    std::filesystem::path const& folder() const { return folder_; }
    std::filesystem::path chain() const { return folder_ / "chain.pem"; }
    std::filesystem::path key() const { return folder_ / "key.pem"; }
    /// A key that does not belong to the certificate.
    std::filesystem::path other_key() const { return folder_ / "other_key.pem"; }
    /// The right key behind a pass phrase.
    std::filesystem::path locked_key() const { return folder_ / "locked_key.pem"; }

private:
    std::filesystem::path folder_;
};

struct Received {
    int status = 0;
    std::string head;
    std::string body;
    bool is_whole = false;  ///< the body had the size that the head said
    bool has(std::string_view line) const { return head.find(line) != std::string::npos; }
};

struct ClientOptions {
    int most_version = TLS1_3_VERSION;
    std::string ciphers_1_2;  ///< empty: OpenSSL's own
    std::string protocol;     ///< for ALPN; empty: none is named
    int receive_buffer_bytes = 0;
    std::filesystem::path certificate = {};  ///< shown when the server asks; empty: none
    std::filesystem::path key = {};
};

/// One blocking connection. Nothing waits longer than 20 seconds.
class TlsClient {
public:
    explicit TlsClient(std::uint16_t port, ClientOptions const& options = {});
    ~TlsClient() { cut(); }
    TlsClient(TlsClient const&) = delete;
    TlsClient& operator=(TlsClient const&) = delete;

    bool is_connected() const { return ssl_ != nullptr; }
    std::string version() const { return SSL_get_version(ssl_.get()); }
    std::string protocol() const;
    /// The serial number of the server's certificate.
    long server_serial() const;
    /// Whether the server asked for a certificate of one of some CAs.
    bool was_asked_for_certificate() const;
    bool send(std::string_view text);
    /// One answer; status 0 if there is none.
    Received receive(bool has_body = true);
    Received ask(std::string_view request) { return send(request) ? receive() : Received{}; }
    /// Up to this many bytes; empty at the end.
    std::string read_some(std::size_t most_bytes);
    /// True if the server ends the connection, in whatever way, without another byte.
    bool is_closed() { return read_some(1).empty() && has_ended_; }
    /// True if the server said in TLS that it sends no more.
    bool was_told_the_end() const { return (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) != 0; }
    /// Ends the connection without saying so in TLS.
    void cut();

private:
    struct Deleter {
        void operator()(SSL* ssl) const { SSL_free(ssl); }
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    };
    std::unique_ptr<SSL_CTX, Deleter> context_;
    std::unique_ptr<SSL, Deleter> ssl_;
    int socket_ = -1;
    bool has_ended_ = false;
    std::string input_;
};

/// What a plain TCP connection gets for these bytes.
std::string ask_without_tls(std::uint16_t port, std::string_view text);

}  // namespace klout7::transport::testing
