#include "tls.h"

#include <openssl/err.h>

#include <string_view>

#include "base/check.h"

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

}  // namespace

std::expected<SslContext, ServerError> make_tls_context(ServerSettings const& settings) {
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

}  // namespace klout7::transport
