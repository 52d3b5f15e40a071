#pragma once

#include <openssl/ssl.h>

#include <expected>
#include <memory>

#include "transport/server.h"

namespace klout7::transport {

struct SslContextDeleter {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using SslContext = std::unique_ptr<SSL_CTX, SslContextDeleter>;

/// What every connection of the server uses. Errors: `certificate_unusable`.
std::expected<SslContext, ServerError> make_tls_context(ServerSettings const& settings);

}  // namespace klout7::transport
