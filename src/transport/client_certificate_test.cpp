// Which client certificates a server takes, with real ones over real TLS.

#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

#include "test_authority.h"
#include "tls_client.h"
#include "transport/server.h"

namespace klout7::transport {

namespace {

using namespace std::chrono_literals;
using testing::CertificateText;
using testing::ClientOptions;
using testing::IssuedFiles;
using testing::KeyStrength;
using testing::TestAuthority;
using testing::TestCertificate;
using testing::TlsClient;

/// Answers what it was shown.
class Mirror final : public Service {
public:
    BodyRule body_rule(RequestHead const&) const override { return {}; }
    Answer handle(Request& request) override {
        auto const& shown = request.head.certificate;
        Answer answer;
        answer.body = !shown               ? std::string{"none"}
                      : shown->has_value() ? (*shown)->subject
                                           : "refused: " + std::string{name_of(shown->error())};
        return answer;
    }
    Answer answer_fault(TransportFault fault, RequestHead const*) const override {
        return {.status = status_of(fault), .headers = {}, .body = std::string{}};
    }
};

/// A server that asks machines for certificates of one CA, with a revocation list of it.
struct AskingServer {
    TestCertificate own;
    TestAuthority authority{own.folder(), "machines"};
    Mirror mirror;
    ServerSettings settings;
    std::unique_ptr<Server> server;

    explicit AskingServer(std::function<void(ServerSettings&)> const& change = {}) {
        authority.write_revocations({});
        settings.certificate_chain = own.chain();
        settings.private_key = own.key();
        settings.client_authorities = authority.certificate();
        settings.client_revocations = authority.revocations();
        settings.look_at_files_every = Duration{20'000};
        if (change) change(settings);
        auto started = Server::start(settings, mirror);
        REQUIRE(started);
        server = std::move(*started);
    }
    TlsClient connect(IssuedFiles const& files, int most_version = TLS1_3_VERSION) const {
        return TlsClient{server->port(), client(files, most_version)};
    }
    static ClientOptions client(IssuedFiles const& files, int most_version) {
        ClientOptions options;
        options.most_version = most_version;
        options.certificate = files.certificate;
        options.key = files.key;
        return options;
    }
    std::string shown(IssuedFiles const& files) const {
        auto client = connect(files);
        return ask(client);
    }
    static std::string ask(TlsClient& client) { return client.ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n").body; }
};

/// Asks until it answers so; the last answer.
std::string eventually(std::string const& expected, std::function<std::string()> const& ask) {
    std::string last;
    for (int i = 0; i < 500 && last != expected; ++i) {
        if (i > 0) std::this_thread::sleep_for(10ms);
        last = ask();
    }
    return last;
}

constexpr auto subject = "CN=hr.example.nl,O=Klout7 test";

}  // namespace

TEST_CASE("a certificate of the configured CA is handed on with its subject, and nobody needs one") {
    AskingServer asking;
    CHECK(asking.shown(asking.authority.issue("good")) == subject);
    TlsClient without{asking.server->port()};
    CHECK(AskingServer::ask(without) == "none");
    CHECK(without.was_asked_for_certificate());
}

TEST_CASE("a server without a CA for clients asks nobody, and takes what is shown for nothing") {
    AskingServer const asking{[](ServerSettings& settings) { settings.client_authorities.clear(); }};
    TestAuthority other{asking.own.folder(), "other"};
    auto client = asking.connect(other.issue("any"));
    CHECK(AskingServer::ask(client) == "none");
    CHECK_FALSE(client.was_asked_for_certificate());
}

TEST_CASE("a certificate that does not hold ends no handshake, and the service hears why") {
    AskingServer asking;
    auto& authority = asking.authority;
    auto const shown = [&](CertificateText const& text, KeyStrength strength = KeyStrength::strong) {
        return asking.shown(authority.issue("bad", text, strength));
    };
    CHECK(shown({.begins = -2h, .ends = -1h}) == "refused: expired");
    CHECK(shown({.begins = 1h, .ends = 2h}) == "refused: not_yet_valid");
    CHECK(shown({.extended_key_usage = "serverAuth"}) == "refused: wrong_purpose");
    CHECK(shown({.extended_key_usage = ""}) == "refused: wrong_purpose");
    CHECK(shown({.extended_key_usage = "anyExtendedKeyUsage"}) == "refused: wrong_purpose");
    CHECK(shown({.key_usage = "keyEncipherment"}) == "refused: wrong_purpose");
    CHECK(shown({.basic_constraints = "critical,CA:TRUE"}) == "refused: wrong_purpose");
    CHECK(shown({.extended_key_usage = "serverAuth,clientAuth", .key_usage = "digitalSignature"}) == subject);
    CHECK(shown({}, KeyStrength::weak) == "refused: weak");
    auto const revoked = authority.issue("revoked");
    authority.write_revocations({revoked.serial});
    CHECK(eventually("refused: revoked", [&] { return asking.shown(revoked); }) == "refused: revoked");
    CHECK(shown({}) == subject);
}

TEST_CASE("a certificate of another CA is refused, also of one with the same name") {
    AskingServer asking;
    auto const folder = asking.own.folder();
    TestAuthority stranger{
        folder,
        "stranger",
        {.common_name = "Another CA", .basic_constraints = "critical,CA:TRUE", .extended_key_usage = {}}};
    CHECK(asking.shown(stranger.issue("strange")) == "refused: other_ca");
    TestAuthority impostor{folder, "impostor"};
    CHECK(asking.shown(impostor.issue("false")) == "refused: other_ca");
    // What a stranger writes into a certificate is not taken for the reason.
    CHECK(asking.shown(impostor.issue("old", {.begins = -2h, .ends = -1h})) == "refused: other_ca");
    CHECK(asking.shown(impostor.issue("server", {.extended_key_usage = "serverAuth"})) ==
          "refused: other_ca");
    auto const same_serial = impostor.issue("revoked");
    asking.authority.write_revocations({same_serial.serial});
    std::this_thread::sleep_for(200ms);
    CHECK(asking.shown(same_serial) == "refused: other_ca");
}

TEST_CASE("a client that sends more of certificates than anybody needs gets no connection") {
    AskingServer asking;
    CHECK(asking.shown(asking.authority.issue("long", {.common_name = std::string(64, 'x')})) != "");
    CertificateText huge;
    huge.extended_key_usage = "clientAuth";
    for (int i = 0; i < 4000; ++i) huge.extended_key_usage += ",1.3.6.1.4.1." + std::to_string(100'000 + i);
    CHECK(asking.shown(asking.authority.issue("huge", huge)) == "");
}

TEST_CASE("a certificate shown in TLS 1.2 is refused, because it went in the clear") {
    AskingServer asking{[](ServerSettings& settings) { settings.also_tls_1_2 = true; }};
    auto const good = asking.authority.issue("good");
    auto old = asking.connect(good, TLS1_2_VERSION);
    CHECK(AskingServer::ask(old) == "refused: old_tls");
    CHECK(asking.shown(good) == subject);
}

TEST_CASE("a revocation ends on connections that are open, without a restart") {
    AskingServer asking;
    auto const one = asking.authority.issue("one");
    auto const other = asking.authority.issue("other", {.common_name = "other.example.nl"});
    auto open = asking.connect(one);
    CHECK(AskingServer::ask(open) == subject);
    asking.authority.write_revocations({one.serial});
    CHECK(eventually("refused: revoked", [&] { return AskingServer::ask(open); }) == "refused: revoked");
    CHECK(asking.shown(other) == "CN=other.example.nl,O=Klout7 test");
    CHECK(asking.shown(asking.authority.issue("renewed")) == subject);
}

TEST_CASE("a certificate that runs out ends on connections that are open") {
    AskingServer asking;
    auto open = asking.connect(asking.authority.issue("short", {.ends = 2s}));
    CHECK(AskingServer::ask(open) == subject);
    CHECK(eventually("refused: expired", [&] { return AskingServer::ask(open); }) == "refused: expired");
}

TEST_CASE(
    "a revocation list that is out of its time tells nothing: nobody is taken until there is a new one") {
    AskingServer asking;
    auto const good = asking.authority.issue("good");
    asking.authority.write_revocations({}, -60s);
    CHECK(eventually("refused: list_expired", [&] { return asking.shown(good); }) == "refused: list_expired");
    asking.authority.write_revocations({});
    CHECK(eventually(subject, [&] { return asking.shown(good); }) == subject);
}

TEST_CASE("new files that cannot be used change nothing: broken, of another CA, without a list") {
    AskingServer asking;
    auto const good = asking.authority.issue("good");
    TestAuthority other{asking.own.folder(), "other"};
    other.write_revocations({});
    auto const stays = [&] {
        std::this_thread::sleep_for(200ms);
        CHECK(asking.shown(good) == subject);
    };
    auto const& [chain, key, authorities, revocations] =
        std::tie(asking.settings.certificate_chain, asking.settings.private_key,
                 asking.settings.client_authorities, asking.settings.client_revocations);
    std::ofstream{revocations} << "nothing";
    stays();
    std::filesystem::copy_file(other.revocations(), revocations,
                               std::filesystem::copy_options::overwrite_existing);
    stays();
    std::filesystem::remove(revocations);
    stays();
    asking.authority.write_revocations({good.serial});
    CHECK(eventually("refused: revoked", [&] { return asking.shown(good); }) == "refused: revoked");
    asking.authority.write_revocations({});
    CHECK(eventually(subject, [&] { return asking.shown(good); }) == subject);
    std::filesystem::copy_file(good.certificate, authorities,
                               std::filesystem::copy_options::overwrite_existing);
    stays();
    std::ofstream{chain} << "nothing";
    stays();
}

TEST_CASE("a new CA counts for connections that are open; two may stand beside each other") {
    AskingServer asking;
    auto const of_old = asking.authority.issue("old");
    TestAuthority next{
        asking.own.folder(),
        "next",
        {.common_name = "Next CA", .basic_constraints = "critical,CA:TRUE", .extended_key_usage = {}}};
    next.write_revocations({});
    auto const of_next = next.issue("new", {.common_name = "next.example.nl"});
    auto open = asking.connect(of_next);
    CHECK(AskingServer::ask(open) == "refused: other_ca");

    auto const both = [](std::filesystem::path const& to, std::filesystem::path const& other) {
        std::ofstream{to, std::ios::app} << std::ifstream{other}.rdbuf();
    };
    both(asking.settings.client_revocations, next.revocations());
    both(asking.settings.client_authorities, next.certificate());
    CHECK(eventually("CN=next.example.nl,O=Klout7 test", [&] { return AskingServer::ask(open); }) ==
          "CN=next.example.nl,O=Klout7 test");
    CHECK(asking.shown(of_old) == subject);
}

TEST_CASE("the server's own certificate and key are renewed without a restart") {
    AskingServer asking;
    TlsClient open{asking.server->port()};
    CHECK(open.server_serial() == 1);
    auto const fresh = asking.authority.issue("server", {.extended_key_usage = "serverAuth"});
    auto const replace = [](std::filesystem::path const& from, std::filesystem::path const& to) {
        std::filesystem::copy_file(from, to, std::filesystem::copy_options::overwrite_existing);
    };
    // One file after the other: half-way they do not belong together, and the old ones serve.
    replace(fresh.certificate, asking.settings.certificate_chain);
    std::this_thread::sleep_for(100ms);
    CHECK(TlsClient{asking.server->port()}.server_serial() == 1);
    replace(fresh.key, asking.settings.private_key);
    auto const serial = [&] { return std::to_string(TlsClient{asking.server->port()}.server_serial()); };
    CHECK(eventually(std::to_string(fresh.serial), serial) == std::to_string(fresh.serial));
    CHECK(AskingServer::ask(open) == "none");
}

TEST_CASE("a server does not start with a CA that is none, or with lists that are not of its CAs") {
    AskingServer const asking;
    TestAuthority other{asking.own.folder(), "other"};
    other.write_revocations({});
    Mirror mirror;
    auto const starts = [&](std::filesystem::path const& authorities,
                            std::filesystem::path const& revocations) {
        auto settings = asking.settings;
        settings.client_authorities = authorities;
        settings.client_revocations = revocations;
        auto const started = Server::start(settings, mirror);
        return started ? "" : std::string{name_of(started.error())};
    };
    auto const ours = asking.authority.certificate();
    CHECK(starts(ours, {}).empty());
    CHECK(starts(ours, asking.authority.revocations()).empty());
    CHECK(starts(ours, other.revocations()) == "client_ca_unusable");
    CHECK(starts(asking.own.folder() / "absent", {}) == "client_ca_unusable");
    CHECK(starts(ours, asking.own.folder() / "absent") == "client_ca_unusable");
    CHECK(starts(asking.own.chain(), {}) == "client_ca_unusable");
    CHECK_FALSE(text_for(ServerError::client_ca_unusable).empty());
}

TEST_CASE("the subject of a certificate file is told as a request tells it") {
    AskingServer asking;
    auto const odd = asking.authority.issue("odd", {.common_name = "Zorg, \"Één\" + co"});
    CHECK(subject_of(odd.certificate) == asking.shown(odd));
    CHECK(subject_of(odd.certificate) == "CN=Zorg\\, \\\"Één\\\" \\+ co,O=Klout7 test");
    CHECK_FALSE(subject_of(odd.key));
    auto const pem = [](std::filesystem::path const& file) {
        std::ifstream in{file};
        return std::string{std::istreambuf_iterator<char>{in}, {}};
    };
    CHECK(subject_in(pem(odd.certificate)) == subject_of(odd.certificate));
    CHECK_FALSE(subject_in(pem(odd.key)));
    CHECK_FALSE(subject_in(""));
    CHECK_FALSE(subject_in(pem(odd.certificate).substr(0, 100)));
    CHECK_FALSE(subject_of(asking.own.folder() / "absent"));
}

}  // namespace klout7::transport
