#include "certificates.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <fstream>

#include "processes.h"

namespace klout7::server {
namespace {

namespace fs = std::filesystem;

bool make_key(fs::path const& key) {
    return run({"openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key.string()}) &&
           chmod(key.c_str(), 0600) == 0;
}

/// Its key, and its certificate signed by itself.
bool make_authority(fs::path const& tls, std::string const& name, std::string const& subject) {
    auto const path = [&](std::string_view end) { return (tls / (name + std::string{end})).string(); };
    return make_key(path(".key")) && run({"openssl", "req", "-x509", "-new", "-key", path(".key"), "-sha256",
                                          "-days", "825", "-subj", subject, "-out", path(".pem")});
}

/// By the CA `authority`, with the extensions of a file.
bool issue(fs::path const& tls, std::string const& authority, std::string const& name,
           std::string const& subject, std::string const& extensions) {
    auto const path = [&](std::string const& file) { return (tls / file).string(); };
    return make_key(path(name + ".key")) &&
           run({"openssl", "req", "-new", "-key", path(name + ".key"), "-subj", subject, "-out",
                path(name + ".csr")}) &&
           run({"openssl", "x509", "-req", "-in", path(name + ".csr"), "-CA", path(authority + ".pem"),
                "-CAkey", path(authority + ".key"), "-CAcreateserial", "-sha256", "-days", "397", "-extfile",
                path(extensions), "-out", path(name + ".pem")});
}

}  // namespace

bool write_private(fs::path const& file, std::string_view content) {
    std::ofstream out{file, std::ios::binary};
    out << content;
    out.close();
    return out.good() && chmod(file.c_str(), 0600) == 0;
}

bool make_server_certificates(fs::path const& tls) {
    write_private(tls / "server.ext",
                  "subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\nbasicConstraints="
                  "CA:FALSE\n");
    return make_authority(tls, "ca", "/O=Klout7/CN=Klout7 demo CA") &&
           issue(tls, "ca", "office", "/O=Klout7/CN=localhost", "server.ext") &&
           issue(tls, "ca", "medical", "/O=Klout7/CN=localhost", "server.ext");
}

bool make_machine_ca(fs::path const& tls) {
    // What `openssl ca` wants to know before it makes a revocation list.
    auto const config = fmt::format(
        "[ca]\ndefault_ca = machines\n[machines]\ncertificate = {0}/machines-ca.pem\n"
        "private_key = {0}/machines-ca.key\ndatabase = {0}/machines.index\n"
        "crlnumber = {0}/machines.crlnumber\nunique_subject = no\ndefault_md = sha256\n"
        "default_crl_days = 397\n",
        tls.string());
    return write_private(
               tls / "client.ext",
               "extendedKeyUsage=clientAuth\nkeyUsage=digitalSignature\nbasicConstraints=CA:FALSE\n") &&
           write_private(tls / "machines.cnf", config) && write_private(tls / "machines.index", "") &&
           write_private(tls / "machines.crlnumber", "01\n") &&
           make_authority(tls, "machines-ca", "/O=Klout7/CN=Klout7 demo CA of machines") &&
           run({"openssl", "ca", "-config", (tls / "machines.cnf").string(), "-gencrl", "-out",
                (tls / "machines.crl").string()});
}

bool make_machine_certificate(fs::path const& tls, std::string const& name, std::string const& subject) {
    return issue(tls, "machines-ca", name, subject, "client.ext");
}

}  // namespace klout7::server
