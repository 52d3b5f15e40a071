#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "access/roles.h"
#include "arguments.h"
#include "base/clock.h"
#include "base/local_date.h"
#include "certificates.h"
#include "crypto/certificate.h"
#include "crypto/keyring.h"
#include "program/program.h"
#include "store/migrations.h"
#include "store/private_mariadb.h"
#include "store/rights.h"
#include "store/server_operator.h"

namespace klout7::server {
namespace {

namespace fs = std::filesystem;

/// Where to report a hole. The address of a development environment is made up; elsewhere the operator fills
/// it in.
std::string security_section(Environment environment, Instant now) {
    return fmt::format(
        "\n# Where to report a hole and until when that holds: /.well-known/security.txt (RFC 9116).\n"
        "{0}[security]\n{0}contact = \"mailto:security@example.org\"\n{0}expires = \"{1}\"\n",
        environment == Environment::development ? "" : "# ",
        LocalDate::in_the_netherlands(now).plus_days(180).to_string());
}

/// Whose certificates machines show. The CA of a development environment is made up; elsewhere it is the
/// operator's own.
std::string machines_section(Environment environment) {
    return fmt::format(
        "\n# The CA whose certificates the HR systems of employers show, and its revocation list (PEM):\n"
        "# docs/sign-in.md. Who may come in with one: klout7 service-account.\n"
        "{0}[machines]\n{0}ca = \"tls/machines-ca.pem\"\n{0}crl = \"tls/machines.crl\"\n",
        environment == Environment::development ? "" : "# ");
}

/// From which account benefit is paid: in a development environment a made-up one.
std::string payments_section(Environment environment) {
    return fmt::format(
        "\n# The account that benefit is paid from, and the message its bank takes (09 or 03): "
        "docs/payments.md.\n"
        "{0}[payments]\n{0}debtor_name = \"Klout7 Uitkeringen\"\n{0}debtor_iban = \"NL13TEST0123456789\"\n"
        "{0}pain_001 = \"09\"\n{0}wage_tax_number = \"123456782L01\"\n",
        environment == Environment::development ? "" : "# ");
}

/// The scanner is a part of the data folder unless the operator names another.
std::string scanner_section() {
    return "\n# What documents are scanned with, when not by the scanner of this data folder: "
           "docs/scanner.md.\n"
           "# [scanner]\n# socket = \"/run/clamav/clamd.ctl\"\n";
}

/// Documents lie in the data folder unless the operator names a share.
std::string documents_section(Side side) {
    return fmt::format(
        "\n# The share where documents lie, when not in this data folder: docs/documents.md.\n"
        "# [documents.smb]\n# server = \"files.example.org\"\n# share = \"klout7-{0}\"\n"
        "# user = \"klout7-{0}\"\n# password = \"sealed:...\"\n",
        name_of(side));
}

std::string networks_section(Side side) {
    return fmt::format(
        "\n# From where accounts of a role may come; those of a role that does not stand here, from "
        "everywhere.\n"
        "# [networks]\n# {} = \"10.0.0.0/8 2001:db8::/32\"\n",
        access::name_of(side == Side::office ? access::Role::functional_administrator
                                             : access::Role::medical_account_manager));
}

/// A database elsewhere; its accounts get their certificates later.
struct Elsewhere {
    std::string host;
    std::string port;
    fs::path ca;
};

/// Nothing when the database is a part of the data folder. Errors: what lacks.
std::expected<std::optional<Elsewhere>, std::string> elsewhere(Arguments const& arguments) {
    auto const host = arguments.option("--database-host");
    auto const ca = arguments.option("--database-ca");
    auto const port = arguments.option("--database-port");
    if (!host && !ca && !port) return std::nullopt;
    if (!host || !ca)
        return std::unexpected(
            "a database elsewhere needs --database-host and --database-ca, the PEM file of "
            "the CA that issued its certificate");
    if (!crypto::read_certificate(*ca)) return std::unexpected(*ca + " is no PEM file with a certificate");
    return Elsewhere{*host, port.value_or("3306"), *ca};
}

std::string database_section(std::optional<Elsewhere> const& elsewhere, std::string const& password,
                             std::string const& log_password) {
    auto text =
        fmt::format("\n[database]\npassword = \"{}\"\nlog_password = \"{}\"\n", password, log_password);
    if (elsewhere) {
        text += fmt::format(
            "host = \"{}\"\nport = {}\nca = \"tls/database-ca.pem\"\n"
            "# The certificates of both accounts: klout7 database certificate\n",
            elsewhere->host, elsewhere->port);
    }
    return text;
}

template <class Zone>
bool save(program::DataFolder const& folder, crypto::Keyring<Zone> const& keyring,
          std::string const& password, std::string const& log_password, std::string const& port,
          std::optional<Elsewhere> const& database, Random& random) {
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
        "[tls]\ncertificate = \"tls/{0}.pem\"\nprivate_key = \"tls/{0}.key\"\n",
        name_of(Zone::side), port);
    auto const environment = keyring.identity().environment;
    return write_private(
        folder.settings(Zone::side),
        settings +
            database_section(database, seal("database.password", password),
                             seal("database.log_password", log_password)) +
            security_section(environment, SystemClock{}.now()) + scanner_section() +
            documents_section(Zone::side) + networks_section(Zone::side) +
            (Zone::side == Side::office ? machines_section(environment) + payments_section(environment)
                                        : std::string{}));
}

/// The private database with its accounts and tables; how many changes it has.
std::expected<int, std::string> make_database(program::DataFolder const& folder, BytesView file_key,
                                              store::ProgramAccounts const& accounts,
                                              Arguments const& arguments) {
    auto server = store::PrivateMariadb::start(
        {.folder = folder.database(), .run_as = "", .encrypted = arguments.wants_encryption()}, file_key);
    if (!server) return std::unexpected(std::string{store::text_for(server.error())});
    auto operates =
        store::ServerOperator::connect(server->operator_account(), store::fixed_login(server->odbc(), {}));
    if (!operates) return std::unexpected("the new database does not answer");
    if (!store::make_accounts(*operates, accounts))
        return std::unexpected("the accounts of the programs could not be made");
    auto const changes = store::read_schema(store::built_in_schema());
    if (!changes) return std::unexpected(changes.error().sentence);
    auto const applied = store::migrate(*operates, *changes, SystemClock{}.now());
    if (!applied) return std::unexpected(applied.error().sentence);
    return *applied;
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
    auto const database = elsewhere(arguments);
    if (!database) return Done::fail(database.error());
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
    store::ProgramAccounts const accounts{
        store::new_account_password(random), store::new_account_password(random),
        store::new_account_password(random), store::new_account_password(random)};

    int applied = 0;
    if (!*database) {
        auto const made = make_database(folder, office.database_file_key().view(), accounts, arguments);
        if (!made) return Done::fail(made.error());
        applied = *made;
    } else {
        fs::copy_file((*database)->ca, folder.tls() / "database-ca.pem", failed);
        if (failed) return Done::fail((*database)->ca.string() + " cannot be copied");
    }
    bool const made = make_server_certificates(folder.tls()) &&
                      (environment != Environment::development || make_machine_ca(folder.tls()));
    if (!made) return Done::fail("openssl could not make the certificates");
    bool const saved = save(folder, medical, accounts.medical_password, accounts.medical_log_password,
                            arguments.option("--medical-port").value_or("8444"), *database, random) &&
                       save(folder, office, accounts.office_password, accounts.office_log_password,
                            arguments.option("--office-port").value_or("8443"), *database, random);
    if (!saved) return Done::fail("the keyrings and settings could not be written");
    fmt::print("{}: made, environment {}", folder.root.string(), name_of(*environment));
    if (*database) {
        fmt::print(
            ", with a database at {}; give its accounts their certificates: klout7 database certificate\n",
            (*database)->host);
    } else {
        fmt::print(", {} schema changes\n", applied);
    }
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
        auto const keyring = program::open_keyring<Zone>(folder);
        if (!keyring) return Done::fail(keyring.error());
        fmt::print("{}\n", keyring->seal_setting(arguments.words[2], secret.view(), random));
        return {};
    };
    auto const side = arguments.option("--side");
    if (side == "office") return seal(OfficeZone{});
    if (side == "medical") return seal(MedicalZone{});
    return Done::fail("--side is office or medical");
}

}  // namespace klout7::server
