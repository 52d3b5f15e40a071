#include "tls.h"

#include <openssl/err.h>
#include <sys/stat.h>

#include <chrono>
#include <string_view>
#include <utility>

#include "base/check.h"
#include "base/log.h"

namespace klout7::transport {

namespace {

/// A key behind a pass phrase is unusable: OpenSSL would ask for it on the terminal and wait.
int give_no_pass_phrase(char*, int, int, void*) { return -1; }

/// Only HTTP/1.1 is spoken. A client that names its protocols but not this one is refused, so that nobody
/// can bring another protocol's client to talk here. Source: RFC 7301, 3.2; RFC 9325, 3.8.
int choose_protocol(SSL*, unsigned char const** chosen, unsigned char* chosen_size,
                    unsigned char const* offered, unsigned int offered_size, void*) {
    std::string_view constexpr http_1_1 = "http/1.1";
    std::string_view rest{reinterpret_cast<char const*>(offered), offered_size};
    while (!rest.empty()) {
        std::size_t const size = static_cast<unsigned char>(rest.front());
        rest.remove_prefix(1);
        if (size > rest.size()) break;
        if (rest.substr(0, size) == http_1_1) {
            *chosen = reinterpret_cast<unsigned char const*>(rest.data());
            *chosen_size = static_cast<unsigned char>(size);
            return SSL_TLSEXT_ERR_OK;
        }
        rest.remove_prefix(size);
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

bool limit_versions(SSL_CTX* context, bool also_tls_1_2) {
    if (SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION) != 1) return false;
    if (!also_tls_1_2) return SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) == 1;
    return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1;
}

bool load_certificate(SSL_CTX* context, ServerSettings const& settings) {
    return SSL_CTX_use_certificate_chain_file(context, settings.certificate_chain.c_str()) == 1 &&
           SSL_CTX_use_PrivateKey_file(context, settings.private_key.c_str(), SSL_FILETYPE_PEM) == 1 &&
           SSL_CTX_check_private_key(context) == 1;
}

/// Whatever is shown, the handshake goes on: an alert of TLS would tell the client what is wrong. What was
/// shown is checked at each request, so that what is revoked meanwhile ends on open connections too.
int take_any(X509_STORE_CTX*, void*) { return 1; }

/// What a client may send of certificates: one with the CAs above it. OpenSSL would keep 100 KiB for each
/// connection of whoever comes along.
constexpr long most_certificate_bytes = 16 * 1024;

/// Clients are asked for a certificate, and may go on without.
void ask_clients(SSL_CTX* context, ClientTrust const& trust) {
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_cert_verify_callback(context, take_any, nullptr);
    SSL_CTX_set_client_CA_list(context, trust.names());
    SSL_CTX_set_max_cert_list(context, most_certificate_bytes);
}

std::expected<SslContext, ServerError> make_context(ServerSettings const& settings) {
    SslContext context{SSL_CTX_new(TLS_server_method())};
    require(context != nullptr, "OpenSSL makes a TLS context");
    require(limit_versions(context.get(), settings.also_tls_1_2), "OpenSSL knows the versions and ciphers");

    SSL_CTX_set_options(context.get(), SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET |
                                           SSL_OP_CIPHER_SERVER_PREFERENCE);
    // No resumption: a stolen ticket key would open recorded connections, and browsers keep theirs open.
    SSL_CTX_set_num_tickets(context.get(), 0);
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    // Idle connections give their buffers back.
    SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_alpn_select_cb(context.get(), choose_protocol, nullptr);
    SSL_CTX_set_default_passwd_cb(context.get(), give_no_pass_phrase);

    bool const is_loaded = load_certificate(context.get(), settings);
    ERR_clear_error();
    if (!is_loaded) return std::unexpected(ServerError::certificate_unusable);
    return context;
}

FileStamp stamp_of(std::filesystem::path const& file) {
    struct stat found {};
    if (file.empty() || ::stat(file.c_str(), &found) != 0) return {};
    return {found.st_dev, found.st_ino, found.st_size, found.st_mtim.tv_sec, found.st_mtim.tv_nsec};
}

}  // namespace

std::expected<Tls, ServerError> load_tls(ServerSettings const& settings) {
    auto context = make_context(settings);
    if (!context) return std::unexpected(context.error());
    if (settings.client_authorities.empty()) return Tls{std::move(*context), nullptr};
    auto trust = ClientTrust::load(settings.client_authorities, settings.client_revocations);
    if (!trust) return std::unexpected(ServerError::client_ca_unusable);
    ask_clients(context->get(), *trust);
    return Tls{std::move(*context), std::move(trust)};
}

ShownCertificate shown_certificate(SSL* connection, ClientTrust const* trust) {
    X509* const shown = trust == nullptr ? nullptr : SSL_get0_peer_certificate(connection);
    if (shown == nullptr) return std::nullopt;
    auto checked = trust->check(shown);
    if (checked && SSL_version(connection) < TLS1_3_VERSION)
        return std::unexpected(CertificateFault::old_tls);
    return checked;
}

std::vector<FileStamp> stamps_of(ServerSettings const& settings) {
    return {stamp_of(settings.certificate_chain), stamp_of(settings.private_key),
            stamp_of(settings.client_authorities), stamp_of(settings.client_revocations)};
}

TlsWatch::TlsWatch(ServerSettings const& settings, std::vector<FileStamp> stamps,
                   std::function<void(Tls)> use)
    : settings_(settings), stamps_(std::move(stamps)), use_(std::move(use)), thread_([this] { watch(); }) {}

TlsWatch::~TlsWatch() {
    {
        std::lock_guard const lock{mutex_};
        is_over_ = true;
    }
    ended_.notify_all();
    thread_.join();
}

void TlsWatch::watch() {
    auto const pause = std::chrono::microseconds{settings_.look_at_files_every.microseconds};
    std::unique_lock lock{mutex_};
    while (!ended_.wait_for(lock, pause, [this] { return is_over_; })) look();
}

void TlsWatch::look() {
    auto stamps = stamps_of(settings_);
    if (stamps == stamps_) return;
    stamps_ = std::move(stamps);
    auto loaded = load_tls(settings_);
    if (!loaded) {
        write_log(LogLevel::error, "the new certificate files cannot be used; what was used before stays",
                  field("error", loaded.error()));
        return;
    }
    use_(std::move(*loaded));
    write_log(LogLevel::info, "the certificate files were read again");
}

}  // namespace klout7::transport
