#include "client_trust.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/check.h"

namespace klout7::transport {

std::string_view name_of(CertificateFault fault) {
    switch (fault) {
        case CertificateFault::expired:
            return "expired";
        case CertificateFault::not_yet_valid:
            return "not_yet_valid";
        case CertificateFault::revoked:
            return "revoked";
        case CertificateFault::other_ca:
            return "other_ca";
        case CertificateFault::wrong_purpose:
            return "wrong_purpose";
        case CertificateFault::weak:
            return "weak";
        case CertificateFault::ca_expired:
            return "ca_expired";
        case CertificateFault::list_expired:
            return "list_expired";
        case CertificateFault::old_tls:
            return "old_tls";
        case CertificateFault::unusable:
            return "unusable";
    }
    std::unreachable();
}

namespace {

/// RSA of 2048 bits, P-256 and SHA-256 are enough, less is not. Source: SSL_CTX_set_security_level(3).
constexpr int least_strength = 2;

struct Deleter {
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(X509_CRL* list) const { X509_CRL_free(list); }
    void operator()(X509_STORE_CTX* work) const { X509_STORE_CTX_free(work); }
};
template <class T>
using Owned = std::unique_ptr<T, Deleter>;

/// All PEM blocks of one kind: at least one, and nothing broken. `read` is OpenSSL's reader.
template <class T, class Read>
std::vector<Owned<T>> read_all(Owned<BIO> const& in, Read read) {
    std::vector<Owned<T>> found;
    while (in) {
        Owned<T> one{read(in.get(), nullptr, nullptr, nullptr)};
        if (!one) break;
        found.push_back(std::move(one));
    }
    bool const is_whole = in && ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    if (!is_whole) found.clear();
    return found;
}
template <class T, class Read>
std::vector<Owned<T>> read_all(std::filesystem::path const& file, Read read) {
    return read_all<T>(Owned<BIO>{BIO_new_file(file.c_str(), "r")}, read);
}

std::string text_of(X509_NAME const* name) {
    Owned<BIO> const out{BIO_new(BIO_s_mem())};
    // As RFC 4514 writes it; what is not ASCII stays UTF-8.
    X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
    char* text = nullptr;
    auto const size = BIO_get_mem_data(out.get(), &text);
    return size > 0 ? std::string{text, static_cast<std::size_t>(size)} : std::string{};
}

/// OpenSSL takes a certificate that does not say what it is for; here it has to.
bool is_for_clients(X509* certificate) {
    auto const flags = X509_get_extension_flags(certificate);
    return (flags & EXFLAG_CA) == 0 && (flags & EXFLAG_XKUSAGE) != 0 &&
           (X509_get_extended_key_usage(certificate) & XKU_SSL_CLIENT) != 0;
}

CertificateFault fault_of(int error, int depth) {
    switch (error) {
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return depth == 0 ? CertificateFault::expired : CertificateFault::ca_expired;
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return depth == 0 ? CertificateFault::not_yet_valid : CertificateFault::ca_expired;
        case X509_V_ERR_CERT_REVOKED:
            return CertificateFault::revoked;
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        case X509_V_ERR_CERT_SIGNATURE_FAILURE:
            return CertificateFault::other_ca;
        case X509_V_ERR_INVALID_PURPOSE:
        case X509_V_ERR_INVALID_CA:
            return CertificateFault::wrong_purpose;
        case X509_V_ERR_EE_KEY_TOO_SMALL:
        case X509_V_ERR_CA_KEY_TOO_SMALL:
        case X509_V_ERR_CA_MD_TOO_WEAK:
            return CertificateFault::weak;
        case X509_V_ERR_CRL_HAS_EXPIRED:
        case X509_V_ERR_CRL_NOT_YET_VALID:
            return CertificateFault::list_expired;
        default:
            return CertificateFault::unusable;
    }
}

using Certificates = std::vector<Owned<X509>>;
using Lists = std::vector<Owned<X509_CRL>>;

bool is_of(X509_CRL* list, X509* authority) {
    return X509_NAME_cmp(X509_CRL_get_issuer(list), X509_get_subject_name(authority)) == 0 &&
           X509_CRL_verify(list, X509_get0_pubkey(authority)) == 1;
}

/// Each list is signed by one of the CAs, and each CA has one.
bool belong_together(Certificates const& authorities, Lists const& lists) {
    auto const has_list = [&](auto const& authority) {
        return std::ranges::any_of(lists,
                                   [&](auto const& list) { return is_of(list.get(), authority.get()); });
    };
    auto const has_authority = [&](auto const& list) {
        return std::ranges::any_of(authorities,
                                   [&](auto const& authority) { return is_of(list.get(), authority.get()); });
    };
    return std::ranges::all_of(authorities, has_list) && std::ranges::all_of(lists, has_authority);
}

}  // namespace

std::shared_ptr<ClientTrust const> ClientTrust::load(std::filesystem::path const& authorities,
                                                     std::filesystem::path const& revocations) {
    ERR_clear_error();
    auto const trusted = read_all<X509>(authorities, PEM_read_bio_X509);
    Lists lists;
    bool is_right = !trusted.empty() && std::ranges::all_of(trusted, [](auto const& one) {
        return X509_check_ca(one.get()) == 1;
    });
    if (!revocations.empty()) {
        lists = read_all<X509_CRL>(revocations, PEM_read_bio_X509_CRL);
        is_right = is_right && belong_together(trusted, lists);
    }
    ERR_clear_error();
    if (!is_right) return nullptr;

    std::shared_ptr<ClientTrust> made{new ClientTrust{X509_STORE_new()}};
    auto* const store = made->store_.get();
    for (auto const& one : trusted) X509_STORE_add_cert(store, one.get());
    for (auto const& one : lists) X509_STORE_add_crl(store, one.get());
    // A CA of the file need not be a root: who put it there trusts it.
    unsigned long const flags = X509_V_FLAG_PARTIAL_CHAIN | (lists.empty() ? 0UL : X509_V_FLAG_CRL_CHECK);
    X509_VERIFY_PARAM* const rules = X509_STORE_get0_param(store);
    bool const is_set = X509_VERIFY_PARAM_set_flags(rules, flags) == 1 &&
                        X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_SSL_CLIENT) == 1;
    require(is_set, "OpenSSL knows these rules");
    X509_VERIFY_PARAM_set_auth_level(rules, least_strength);
    return made;
}

bool ClientTrust::is_ours(X509* shown) const {
    auto* const objects = X509_STORE_get0_objects(store_.get());
    for (int i = 0; i < sk_X509_OBJECT_num(objects); ++i) {
        auto const* const authority = X509_OBJECT_get0_X509(sk_X509_OBJECT_value(objects, i));
        if (authority == nullptr) continue;  // a revocation list
        if (X509_NAME_cmp(X509_get_issuer_name(shown), X509_get_subject_name(authority)) == 0 &&
            X509_verify(shown, X509_get0_pubkey(authority)) == 1)
            return true;
    }
    return false;
}

std::expected<ClientCertificate, CertificateFault> ClientTrust::check(X509* shown) const {
    // OpenSSL looks at signatures last: what a stranger wrote into a certificate would be told as the reason.
    if (!is_ours(shown)) {
        ERR_clear_error();
        return std::unexpected(CertificateFault::other_ca);
    }
    Owned<X509_STORE_CTX> const work{X509_STORE_CTX_new()};
    // Without the rest of what the client sent: only a CA of the file can be the issuer.
    bool const is_ready = work && X509_STORE_CTX_init(work.get(), store_.get(), shown, nullptr) == 1;
    require(is_ready, "OpenSSL can check a certificate");
    bool const holds = X509_verify_cert(work.get()) == 1;
    auto const error = X509_STORE_CTX_get_error(work.get());
    auto const depth = X509_STORE_CTX_get_error_depth(work.get());
    ERR_clear_error();
    if (!holds) return std::unexpected(fault_of(error, depth));
    if (!is_for_clients(shown)) return std::unexpected(CertificateFault::wrong_purpose);
    auto subject = text_of(X509_get_subject_name(shown));
    if (subject.empty()) return std::unexpected(CertificateFault::unusable);
    return ClientCertificate{std::move(subject)};
}

STACK_OF(X509_NAME) * ClientTrust::names() const {
    auto* const names = sk_X509_NAME_new_null();
    auto* const objects = X509_STORE_get0_objects(store_.get());
    for (int i = 0; i < sk_X509_OBJECT_num(objects); ++i) {
        auto const* const authority = X509_OBJECT_get0_X509(sk_X509_OBJECT_value(objects, i));
        if (authority == nullptr) continue;  // a revocation list
        sk_X509_NAME_push(names, X509_NAME_dup(X509_get_subject_name(authority)));
    }
    return names;
}

namespace {

std::optional<std::string> subject_of_first(std::vector<Owned<X509>> const& found) {
    ERR_clear_error();
    if (found.empty()) return std::nullopt;
    auto subject = text_of(X509_get_subject_name(found.front().get()));
    return subject.empty() ? std::nullopt : std::optional{std::move(subject)};
}

}  // namespace

std::optional<std::string> subject_of(std::filesystem::path const& certificate) {
    ERR_clear_error();
    return subject_of_first(read_all<X509>(certificate, PEM_read_bio_X509));
}

std::optional<std::string> subject_in(std::string_view pem) {
    ERR_clear_error();
    return subject_of_first(read_all<X509>(
        Owned<BIO>{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))}, PEM_read_bio_X509));
}

}  // namespace klout7::transport
