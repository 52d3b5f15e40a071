#include "crypto/certificate.h"

#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <fstream>

using namespace klout7;
using namespace klout7::crypto;

namespace fs = std::filesystem;

namespace {

/// A folder in which `openssl` makes what a test wants.
struct Folder {
    fs::path path = [] {
        auto name = (fs::temp_directory_path() / "klout7-certificate-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        return fs::path{name};
    }();
    ~Folder() { fs::remove_all(path); }

    void openssl(std::string const& words) const {
        auto const command = "cd " + path.string() + " && openssl " + words + " 2>/dev/null";
        REQUIRE(std::system(command.c_str()) == 0);
    }
    Bytes content(std::string const& name) const {
        std::ifstream in{path / name, std::ios::binary};
        return Bytes{std::istreambuf_iterator<char>{in}, {}};
    }
};

}  // namespace

TEST_CASE("a certificate says whose it is, who issued it and how long it holds") {
    Folder const folder;
    folder.openssl("ecparam -name prime256v1 -genkey -noout -out it.key");
    folder.openssl(
        "req -x509 -new -key it.key -days 10 -subj '/O=Voorbeeld Één/CN=k7_office' -utf8 -out it.pem");
    auto const text = read_certificate(folder.path / "it.pem");
    REQUIRE(text);
    CHECK(text->subject == "/O=Voorbeeld \\xC3\\x89\\xC3\\xA9n/CN=k7_office");
    CHECK(text->issuer == text->subject);
    CHECK(text->common_name == "k7_office");
    CHECK(text->not_after.microseconds() - text->not_before.microseconds() == 10LL * 86'400 * 1'000'000);
}

TEST_CASE("two common names are none: it is not known whose certificate that is") {
    Folder const folder;
    folder.openssl("ecparam -name prime256v1 -genkey -noout -out it.key");
    folder.openssl("req -x509 -new -key it.key -subj '/CN=k7_office/CN=k7_medical' -out it.pem");
    CHECK(read_certificate(folder.path / "it.pem")->common_name.empty());
}

TEST_CASE("what is no certificate is unreadable") {
    Folder const folder;
    std::ofstream{folder.path / "empty.pem"};
    std::ofstream{folder.path / "text.pem"} << "-----BEGIN CERTIFICATE-----\nnonsense\n";
    for (auto const* name : {"absent.pem", "empty.pem", "text.pem"}) {
        INFO(name);
        CHECK(read_certificate(folder.path / name).error() == CertificateError::unreadable);
    }
}

TEST_CASE("a private key belongs to its own certificate and to no other") {
    Folder const folder;
    for (std::string const name : {"one", "two"}) {
        folder.openssl("ecparam -name prime256v1 -genkey -noout -out " + name + ".key");
        folder.openssl("req -x509 -new -key " + name + ".key -subj /CN=" + name + " -out " + name + ".pem");
    }
    folder.openssl("ec -in one.key -aes256 -passout pass:secret -out locked.key");
    CHECK(belong_together(folder.path / "one.pem", folder.content("one.key")));
    CHECK(belong_together(folder.path / "one.pem", folder.content("two.key")).error() ==
          CertificateError::other_key);
    CHECK(belong_together(folder.path / "one.pem", folder.content("locked.key")).error() ==
          CertificateError::no_key);
    CHECK(belong_together(folder.path / "one.pem", folder.content("one.pem")).error() ==
          CertificateError::no_key);
    CHECK(belong_together(folder.path / "absent.pem", folder.content("one.key")).error() ==
          CertificateError::unreadable);
}
