#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "arguments.h"
#include "base/clock.h"
#include "base/local_date.h"
#include "crypto/keyring.h"
#include "processes.h"
#include "store/migrations.h"
#include "store/private_mariadb.h"
#include "store/server_operator.h"

namespace klout7::server {
namespace {

namespace fs = std::filesystem;

std::string random_hex(Random& random) {
    std::array<std::uint8_t, 24> bytes{};
    random.fill(bytes);
    return to_hex(bytes);
}

bool write_private(fs::path const& file, std::string_view content) {
    std::ofstream out{file, std::ios::binary};
    out << content;
    out.close();
    return out.good() && chmod(file.c_str(), 0600) == 0;
}

bool make_certificates(fs::path const& tls) {
    auto const path = [&](char const* name) { return (tls / name).string(); };
    write_private(tls / "server.ext",
                  "subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\nbasicConstraints="
                  "CA:FALSE\n");
    bool made =
        run({"openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", path("ca.key")}) &&
        run({"openssl", "req", "-x509", "-new", "-key", path("ca.key"), "-sha256", "-days", "825", "-subj",
             "/O=Klout7/CN=Klout7 demo CA", "-out", path("ca.pem")});
    for (auto const* side : {"office", "medical"}) {
        auto const name = std::string{side};
        made = made &&
               run({"openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out",
                    path((name + ".key").c_str())}) &&
               run({"openssl", "req", "-new", "-key", path((name + ".key").c_str()), "-subj",
                    "/O=Klout7/CN=localhost", "-out", path((name + ".csr").c_str())}) &&
               run({"openssl", "x509", "-req", "-in", path((name + ".csr").c_str()), "-CA", path("ca.pem"),
                    "-CAkey", path("ca.key"), "-CAcreateserial", "-sha256", "-days", "397", "-extfile",
                    path("server.ext"), "-out", path((name + ".pem").c_str())}) &&
               chmod(path((name + ".key").c_str()).c_str(), 0600) == 0;
    }
    return made && chmod(path("ca.key").c_str(), 0600) == 0;
}

/// Where to report a hole. The address of a development environment is made up; elsewhere the operator fills
/// it in.
std::string security_section(Environment environment, Instant now) {
    return fmt::format(
        "\n# Where to report a hole and until when that holds: /.well-known/security.txt (RFC 9116).\n"
        "{0}[security]\n{0}contact = \"mailto:security@example.org\"\n{0}expires = \"{1}\"\n",
        environment == Environment::development ? "" : "# ",
        LocalDate::in_the_netherlands(now).plus_days(180).to_string());
}

template <class Zone>
bool save(program::DataFolder const& folder, crypto::Keyring<Zone> const& keyring,
          std::string const& password, std::string const& log_password, std::string const& port,
          Random& random) {
    crypto::UnsealingSecret secret{crypto::UnsealingSecret::Kind::credential, SecretBytes{32}};
    random.fill(secret.secret.span());
    if (!write_private(folder.credential(Zone::side), secret.secret.text())) return false;
    if (!keyring.save_new(folder.keyring(Zone::side), secret, random)) return false;
    auto const seal = [&](std::string_view key, std::string const& value) {
        return keyring.seal_setting(key, bytes_of(value), random);
    };
    auto const settings = fmt::format(
        "# Settings of the {0} side. Secrets are sealed: klout7 settings seal KEY --side {0}\n"
        "[listen]\naddress = \"127.0.0.1\"\nport = {1}\n\n"
        "[tls]\ncertificate = \"tls/{0}.pem\"\nprivate_key = \"tls/{0}.key\"\n\n"
        "[database]\npassword = \"{2}\"\nlog_password = \"{3}\"\n",
        name_of(Zone::side), port, seal("database.password", password),
        seal("database.log_password", log_password));
    return write_private(folder.settings(Zone::side),
                         settings + security_section(keyring.identity().environment, SystemClock{}.now()));
}

}  // namespace

Done initialise(program::DataFolder const& folder, Arguments const& arguments) {
    auto const environment = parse_environment(arguments.option("--environment").value_or(""));
    if (!environment)
        return Done::fail(
            "--environment is development, test, acceptance or production; it cannot be changed later");
    if (fs::exists(folder.keyring(Side::office)))
        return Done::fail(folder.root.string() + " is a data folder already; nothing was changed");
    if (geteuid() == 0)
        return Done::fail("make the data folder as the ordinary user who will run it, not as root");
    umask(0077);
    std::error_code failed;
    for (auto const* name : {"keys", "tls", "run", "log", "documents"})
        fs::create_directories(folder.root / name, failed);
    if (failed) return Done::fail(folder.root.string() + " cannot be written");

    SystemRandom random;
    SystemClock clock;
    auto const installation = Uuid::version_7(clock.now(), random);
    auto office = crypto::Keyring<OfficeZone>::create({installation, *environment}, random);
    auto medical = crypto::Keyring<MedicalZone>::create({installation, *environment}, random);
    office.set_peer(medical.handover_key().public_key());
    medical.set_peer(office.handover_key().public_key());
    store::ProgramAccounts const accounts{random_hex(random), random_hex(random), random_hex(random),
                                          random_hex(random)};

    auto server = store::PrivateMariadb::start(
        {.folder = folder.database(), .run_as = "", .encrypted = arguments.wants_encryption()},
        office.database_file_key().view());
    if (!server) return Done::fail(std::string{store::text_for(server.error())});
    auto operates = store::ServerOperator::connect(server->odbc(), server->operator_account());
    if (!operates) return Done::fail("the new database does not answer");
    if (!store::make_accounts(*operates, accounts))
        return Done::fail("the accounts of the programs could not be made");
    auto const changes = store::read_schema(store::built_in_schema());
    if (!changes) return Done::fail(changes.error().sentence);
    auto const applied = store::migrate(*operates, *changes, clock.now());
    if (!applied) return Done::fail(applied.error().sentence);

    if (!make_certificates(folder.tls())) return Done::fail("openssl could not make the certificates");
    bool const saved = save(folder, medical, accounts.medical_password, accounts.medical_log_password,
                            arguments.option("--medical-port").value_or("8444"), random) &&
                       save(folder, office, accounts.office_password, accounts.office_log_password,
                            arguments.option("--office-port").value_or("8443"), random);
    if (!saved) return Done::fail("the keyrings and settings could not be written");
    fmt::print("{}: made, environment {}, {} schema changes\n", folder.root.string(), name_of(*environment),
               *applied);
    return {};
}

Done seal_setting(program::DataFolder const& folder, Arguments const& arguments) {
    if (arguments.words.size() != 3)
        return Done::fail(
            "usage: klout7 settings seal KEY --side office|medical, the secret on standard input");
    SecretBytes secret{4096};
    auto const size = ::read(STDIN_FILENO, secret.span().data(), secret.size());
    if (size <= 0) return Done::fail("no secret on standard input");
    secret.shrink(static_cast<std::size_t>(size));
    if (secret.text().ends_with('\n')) secret.shrink(secret.size() - 1);
    SystemRandom random;
    auto const seal = [&]<class Zone>(Zone) -> Done {
        auto const credential = crypto::UnsealingSecret::credential_file(folder.credential(Zone::side));
        if (!credential) return Done::fail("the credential of this side cannot be read");
        auto const keyring = crypto::Keyring<Zone>::open(folder.keyring(Zone::side), *credential);
        if (!keyring) return Done::fail("the keyring of this side cannot be opened");
        fmt::print("{}\n", keyring->seal_setting(arguments.words[2], secret.view(), random));
        return {};
    };
    auto const side = arguments.option("--side");
    if (side == "office") return seal(OfficeZone{});
    if (side == "medical") return seal(MedicalZone{});
    return Done::fail("--side is office or medical");
}

}  // namespace klout7::server
