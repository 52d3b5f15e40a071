#include "tls_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "base/check.h"

namespace klout7::transport::testing {

namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

File open_to_write(std::filesystem::path const& path) {
    File file{std::fopen(path.c_str(), "w"), &std::fclose};
    require(file != nullptr, "a test file can be written");
    return file;
}

Key make_key() { return {EVP_EC_gen("P-256"), &EVP_PKEY_free}; }

Certificate make_certificate(EVP_PKEY* key) {
    Certificate certificate{X509_new(), &X509_free};
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME* const name = X509_get_subject_name(certificate.get());
    auto const* const text = reinterpret_cast<unsigned char const*>("localhost");
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    require(X509_sign(certificate.get(), key, EVP_sha256()) > 0, "a test certificate can be signed");
    return certificate;
}

int connect_to(std::uint16_t port, int receive_buffer_bytes) {
    std::signal(SIGPIPE, SIG_IGN);  // of this client; the server must not need it
    int const made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    timeval const patience{20, 0};
    ::setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(made, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    int const no_delay = 1;
    ::setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &no_delay, sizeof no_delay);
    if (receive_buffer_bytes > 0) {
        ::setsockopt(made, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof receive_buffer_bytes);
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(made, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return made;
    ::close(made);
    return -1;
}

}  // namespace

TestCertificate::TestCertificate() {
    std::string pattern = std::filesystem::temp_directory_path() / "klout7-transport-XXXXXX";
    require(::mkdtemp(pattern.data()) != nullptr, "a test folder can be made");
    folder_ = pattern;
    auto const own = make_key();
    auto const other = make_key();
    auto const certificate = make_certificate(own.get());
    PEM_write_X509(open_to_write(chain()).get(), certificate.get());
    PEM_write_PrivateKey(open_to_write(key()).get(), own.get(), nullptr, nullptr, 0, nullptr, nullptr);
    PEM_write_PrivateKey(open_to_write(other_key()).get(), other.get(), nullptr, nullptr, 0, nullptr,
                         nullptr);
    auto const* const phrase = reinterpret_cast<unsigned char const*>("phrase");
    PEM_write_PrivateKey(open_to_write(locked_key()).get(), own.get(), EVP_aes_256_cbc(), phrase, 6, nullptr,
                         nullptr);
}

TestCertificate::~TestCertificate() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

TlsClient::TlsClient(std::uint16_t port, ClientOptions const& options)
    : context_(SSL_CTX_new(TLS_client_method())), socket_(connect_to(port, options.receive_buffer_bytes)) {
    if (socket_ < 0) return;
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION);
    SSL_CTX_set_max_proto_version(context_.get(), options.most_version);
    if (!options.ciphers_1_2.empty()) {
        require(SSL_CTX_set_cipher_list(context_.get(), options.ciphers_1_2.c_str()) == 1,
                "ciphers are known");
    }
    if (!options.certificate.empty()) {
        // A client may show what it likes, also what no good one would.
        SSL_CTX_set_security_level(context_.get(), 0);
        bool const is_loaded =
            SSL_CTX_use_certificate_file(context_.get(), options.certificate.c_str(), SSL_FILETYPE_PEM) ==
                1 &&
            SSL_CTX_use_PrivateKey_file(context_.get(), options.key.c_str(), SSL_FILETYPE_PEM) == 1;
        require(is_loaded, "the client has a certificate");
    }
    ssl_.reset(SSL_new(context_.get()));
    if (!options.protocol.empty()) {
        std::string const list = static_cast<char>(options.protocol.size()) + options.protocol;
        SSL_set_alpn_protos(ssl_.get(), reinterpret_cast<unsigned char const*>(list.data()),
                            static_cast<unsigned>(list.size()));
    }
    SSL_set_fd(ssl_.get(), socket_);
    if (SSL_connect(ssl_.get()) != 1) ssl_.reset();
}

std::string TlsClient::protocol() const {
    unsigned char const* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(ssl_.get(), &name, &size);
    return {reinterpret_cast<char const*>(name), size};
}

long TlsClient::server_serial() const {
    return ASN1_INTEGER_get(X509_get0_serialNumber(SSL_get0_peer_certificate(ssl_.get())));
}

bool TlsClient::was_asked_for_certificate() const {
    return sk_X509_NAME_num(SSL_get0_peer_CA_list(ssl_.get())) > 0;
}

bool TlsClient::send(std::string_view text) {
    if (!ssl_) return false;
    while (!text.empty()) {
        int const count = SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size()));
        if (count <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

std::string TlsClient::read_some(std::size_t most_bytes) {
    if (!input_.empty()) {
        std::string const ready = input_.substr(0, most_bytes);
        input_.erase(0, ready.size());
        return ready;
    }
    if (!ssl_) return {};
    std::string text(most_bytes, '\0');
    int const count = SSL_read(ssl_.get(), text.data(), static_cast<int>(text.size()));
    // Patience that ran out looks like a socket that is not ready.
    if (count <= 0) has_ended_ = SSL_get_error(ssl_.get(), count) != SSL_ERROR_WANT_READ;
    text.resize(count > 0 ? static_cast<std::size_t>(count) : 0U);
    return text;
}

Received TlsClient::receive(bool has_body) {
    Received received;
    std::string text;
    while (text.find("\r\n\r\n") == std::string::npos) {
        auto const more = read_some(16 * 1024);
        if (more.empty()) return received;
        text += more;
    }
    auto const end = text.find("\r\n\r\n") + 4;
    received.head = text.substr(0, end);
    received.status = std::atoi(received.head.substr(9, 3).c_str());
    auto const field = received.head.find("Content-Length: ");
    std::size_t const size =
        field == std::string::npos || !has_body
            ? 0U
            : static_cast<std::size_t>(std::strtoull(received.head.c_str() + field + 16, nullptr, 10));
    received.body = text.substr(end, size);
    input_.insert(0, text.substr(end + received.body.size()));
    while (received.body.size() < size) {
        auto const more = read_some(std::min<std::size_t>(size - received.body.size(), 16 * 1024));
        if (more.empty()) return received;
        received.body += more;
    }
    received.is_whole = true;
    return received;
}

void TlsClient::cut() {
    ssl_.reset();
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
}

std::string ask_without_tls(std::uint16_t port, std::string_view text) {
    int const socket = connect_to(port, 0);
    if (socket < 0) return "no connection";
    if (::send(socket, text.data(), text.size(), MSG_NOSIGNAL) < 0) return "not sent";
    std::string answer;
    char part[1024];
    ssize_t count = 0;
    while ((count = ::recv(socket, part, sizeof part, 0)) > 0) {
        answer.append(part, static_cast<std::size_t>(count));
    }
    ::close(socket);
    return answer;
}

}  // namespace klout7::transport::testing
