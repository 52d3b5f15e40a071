#include "program/program.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "arguments.h"
#include "base/text.h"
#include "certificates.h"
#include "settings_file.h"
#include "store/migrations.h"
#include "store/private_mariadb.h"
#include "store/rights.h"
#include "store/server_check.h"

namespace klout7::server {
namespace {

namespace fs = std::filesystem;

constexpr auto usage =
    "usage: klout7 database check\n"
    "       klout7 database bundle --hosts ADDRESS,... --to FOLDER [--since CHANGE]\n"
    "       klout7 database certificate --account NAME --certificate FILE --private-key FILE\n"
    "       klout7 database new-passwords [--finish]";

/// The database of one side, as its settings say, and the keyring that seals its secrets.
template <class Zone>
struct OneSide {
    crypto::Keyring<Zone> keyring;
    program::DatabaseSettings database;
    fs::path file;

    program::AccountAccess const& of(store::ProgramAccount const& account) const {
        return account.of_log ? database.log : database.work;
    }
};

template <class Zone>
std::expected<OneSide<Zone>, std::string> open_side(program::DataFolder const& folder) {
    auto keyring = program::open_keyring<Zone>(folder);
    if (!keyring) return std::unexpected(keyring.error());
    auto const settings = Settings::read(folder.settings(Zone::side), program::known_settings());
    if (!settings) return std::unexpected(settings.error().sentence);
    auto database = program::read_database(folder, Zone::side, *settings, program::unseal_with(*keyring),
                                           SystemClock{}.now());
    if (!database) return std::unexpected(database.error().sentence);
    return OneSide<Zone>{std::move(*keyring), std::move(*database), folder.settings(Zone::side)};
}

struct BothSides {
    OneSide<OfficeZone> office;
    OneSide<MedicalZone> medical;

    program::AccountAccess const& of(store::ProgramAccount const& account) const {
        return account.side == Side::office ? office.of(account) : medical.of(account);
    }
    bool is_elsewhere() const { return office.database.is_elsewhere; }
};

std::expected<BothSides, std::string> open_both(program::DataFolder const& folder) {
    auto office = open_side<OfficeZone>(folder);
    if (!office) return std::unexpected(office.error());
    auto medical = open_side<MedicalZone>(folder);
    if (!medical) return std::unexpected(medical.error());
    if (office->database.is_elsewhere != medical->database.is_elsewhere)
        return std::unexpected("one side has database.host in its settings and the other has not");
    return BothSides{std::move(*office), std::move(*medical)};
}

std::expected<std::vector<store::SchemaChange>, std::string> own_changes() {
    auto changes = store::read_schema(store::built_in_schema());
    if (!changes) return std::unexpected(changes.error().sentence);
    return std::move(*changes);
}

Done check(program::DataFolder const& folder) {
    auto const sides = open_both(folder);
    if (!sides) return Done::fail(sides.error());
    auto const changes = own_changes();
    if (!changes) return Done::fail(changes.error());
    bool all_agreed = true;
    for (auto const& account : store::program_accounts) {
        auto const& access = sides->of(account);
        auto const found =
            store::differences([&] { return access.logins(); },
                               {.account = account, .changes = *changes, .certificate = access.names()});
        if (found.empty()) fmt::print("{:<15} as agreed\n", account.name);
        for (auto const& difference : found) {
            fmt::print("{:<15} {}: {}\n", account.name, store::name_of(difference.fault),
                       difference.sentence);
            all_agreed = false;
        }
    }
    if (all_agreed) return {};
    return Done::fail("the database is not as agreed; nothing is asked of it until it is");
}

// The bundle.

/// Addresses or names of machines; nothing when one is none.
std::optional<std::vector<std::string>> hosts_in(std::string_view list) {
    std::vector<std::string> hosts;
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:-";
    for (auto const part : split(list, ',')) {
        std::string const host{trim(part)};
        if (host.empty() || host.size() > 255 || host.find_first_not_of(allowed) != std::string::npos)
            return std::nullopt;
        hosts.push_back(host);
    }
    return hosts;
}

/// The settings of the server that Klout7 asks for, and looks at (store/server_check.h).
constexpr std::string_view server_settings = R"([mariadbd]
# TLS: fill in your own files. ssl_ca is the CA that issued the certificates of the accounts.
#ssl_cert = /etc/mysql/server.pem
#ssl_key = /etc/mysql/server.key
#ssl_ca = /etc/mysql/accounts-ca.pem
tls_version = TLSv1.3
require_secure_transport = ON
skip-name-resolve

# Encryption: an encryption plugin of your choice, loaded for good; key 1 is used. With the one that reads a file:
#plugin-load-add = file_key_management
#loose-file_key_management = FORCE_PLUS_PERMANENT
#file_key_management_filename = /etc/mysql/keyfile
#file_key_management_encryption_algorithm = AES_CTR
innodb_encrypt_tables = FORCE
innodb_encrypt_log = ON
innodb_encrypt_temporary_tables = ON
innodb_encryption_threads = 1
innodb_encryption_rotate_key_age = 1
innodb_default_encryption_key_id = 1
aria_encrypt_tables = ON
encrypt_tmp_disk_tables = ON
encrypt_tmp_files = ON
encrypt_binlog = ON

# What the statements of the programs count on.
default-storage-engine = InnoDB
enforce-storage-engine = InnoDB
character-set-server = utf8mb4
collation-server = utf8mb4_uca1400_nopad_as_cs
sql-mode = TRADITIONAL,NO_ENGINE_SUBSTITUTION
innodb_flush_log_at_trx_commit = 1
max_allowed_packet = 64M
local-infile = 0
)";

std::vector<std::string> install_statements(BothSides const& sides,
                                            std::span<store::SchemaChange const> changes, int since,
                                            std::span<std::string const> hosts) {
    auto statements = store::check_account_statements();
    auto const add = [&](std::vector<std::string> more) {
        std::ranges::move(more, std::back_inserter(statements));
    };
    for (auto const& account : store::program_accounts) {
        auto const& access = sides.of(account);
        store::AccountTerms terms{std::string{account.name}, {}, access.names()};
        for (auto const& password : access.passwords) terms.passwords.emplace_back(password->text());
        add(store::account_statements(terms, hosts));
    }
    add(store::script_of(changes, since, hosts));
    for (auto const& account : store::program_accounts)
        add(store::grant_statements(account.name, store::rights_of(account.name, changes), hosts));
    return statements;
}

std::string as_script(std::vector<std::string> const& statements, std::string_view newest) {
    auto script = fmt::format(
        "-- Klout7: accounts, schema up to change {}, rights. Run it as an administrator of the database:\n"
        "--   mariadb < install.sql\n"
        "-- It stops at the first error. Passwords stand in it as hashes only.\n",
        newest);
    for (auto const& statement : statements) script += statement + ";\n";
    return script;
}

Done bundle(program::DataFolder const& folder, Arguments const& arguments) {
    auto const to = arguments.option("--to");
    auto const hosts = hosts_in(arguments.option("--hosts").value_or(""));
    if (!to || !hosts)
        return Done::fail(
            fmt::format("{}\n--hosts are the addresses of the machines on which the programs run, "
                        "as the database sees them",
                        usage));
    auto const sides = open_both(folder);
    if (!sides) return Done::fail(sides.error());
    if (!sides->is_elsewhere())
        return Done::fail(
            "this data folder has its own database, of which klout7 serve takes care; a database "
            "elsewhere is chosen at klout7 init, with --database-host");
    auto const changes = own_changes();
    if (!changes) return Done::fail(changes.error());
    auto const since = arguments.option("--since").value_or("0");
    bool const is_number =
        !since.empty() && since.size() < 6 && since.find_first_not_of("0123456789") == std::string::npos;
    if (!is_number || std::stoul(since) > changes->size())
        return Done::fail(fmt::format(
            "--since is the number of the newest change that the database has, at most {}", changes->size()));
    std::error_code failed;
    fs::create_directories(*to, failed);
    auto const statements = install_statements(*sides, *changes, std::stoi(since), *hosts);
    bool const written =
        !failed &&
        write_private(fs::path{*to} / "install.sql", as_script(statements, changes->back().name)) &&
        write_private(fs::path{*to} / "server.cnf", server_settings);
    if (!written) return Done::fail(fmt::format("{} cannot be written", *to));
    fmt::print(
        "{0}/server.cnf    what the server has to be set to\n"
        "{0}/install.sql   {1} statements for an administrator of the database\n"
        "then: klout7 database check\n",
        *to, statements.size());
    return {};
}

// What is renewed.

store::ProgramAccount const* account_named(std::string_view name) {
    auto const found =
        std::ranges::find_if(store::program_accounts, [&](auto const& one) { return one.name == name; });
    return found == std::end(store::program_accounts) ? nullptr : found;
}

template <class Zone>
Done take_certificate(program::DataFolder const& folder, store::ProgramAccount const& account,
                      fs::path const& certificate, SecretBytes const& key) {
    auto const keyring = program::open_keyring<Zone>(folder);
    if (!keyring) return Done::fail(keyring.error());
    SystemRandom random;
    auto const text = crypto::read_certificate(certificate);
    if (!text) return Done::fail(certificate.string() + " is no PEM file with a certificate");
    if (text->common_name != account.name) {
        return Done::fail(fmt::format("{} is a certificate of {}; its common name has to be {}",
                                      certificate.string(), text->subject, account.name));
    }
    if (text->not_after <= SystemClock{}.now())
        return Done::fail(fmt::format("{} ran out at {}", certificate.string(), text->not_after.to_string()));
    if (!crypto::belong_together(certificate, key.view()))
        return Done::fail("the private key is not the one of this certificate, or is behind a passphrase");
    // A new name each time: whoever connects meanwhile reads the old file with the old key.
    auto const name = fmt::format("{}-{}.pem", account.name, text->not_after.microseconds() / 1'000'000);
    std::error_code failed;
    fs::copy_file(certificate, folder.tls() / name, fs::copy_options::overwrite_existing, failed);
    std::string const before = account.of_log ? "log_" : "";
    auto const sealed = keyring->seal_setting("database." + before + "private_key", key.view(), random);
    bool const changed =
        !failed && change_settings(folder.settings(Zone::side),
                                   {{"database", before + "certificate", fmt::format("\"tls/{}\"", name)},
                                    {"database", before + "private_key", fmt::format("\"{}\"", sealed)}});
    if (!changed) return Done::fail("the settings cannot be written; nothing was changed");
    fmt::print("{}: {}, until {}\nremove the file of the private key: it stands sealed in {}\n", account.name,
               text->subject, text->not_after.to_string(), folder.settings(Zone::side).filename().string());
    return {};
}

Done certificate(program::DataFolder const& folder, Arguments const& arguments) {
    auto const name = arguments.option("--account");
    auto const file = arguments.option("--certificate");
    auto const key_file = arguments.option("--private-key");
    auto const* const account = name ? account_named(*name) : nullptr;
    if (account == nullptr || !file || !key_file) {
        return Done::fail(
            fmt::format("{}\nNAME is k7_office, k7_office_log, k7_medical or k7_medical_log", usage));
    }
    constexpr std::size_t longest_key = 16 * 1024;
    SecretBytes key{longest_key};
    std::ifstream in{*key_file, std::ios::binary};
    in.read(reinterpret_cast<char*>(key.span().data()), static_cast<std::streamsize>(key.size()));
    if (in.gcount() <= 0 || !in.eof()) return Done::fail(*key_file + " cannot be read, or is no key");
    key.shrink(static_cast<std::size_t>(in.gcount()));
    return account->side == Side::office ? take_certificate<OfficeZone>(folder, *account, *file, key)
                                         : take_certificate<MedicalZone>(folder, *account, *file, key);
}

template <class Zone>
bool add_next_passwords(OneSide<Zone> const& side, Random& random) {
    auto const sealed = [&](std::string_view key) {
        return fmt::format(
            "\"{}\"", side.keyring.seal_setting(key, bytes_of(store::new_account_password(random)), random));
    };
    return change_settings(side.file,
                           {{"database", "next_password", sealed("database.next_password")},
                            {"database", "next_log_password", sealed("database.next_log_password")}});
}

template <class Zone>
bool use_next_passwords(OneSide<Zone> const& side, Random& random) {
    auto const sealed = [&](std::string_view key, program::AccountAccess const& access) {
        return fmt::format("\"{}\"", side.keyring.seal_setting(key, access.passwords.back()->view(), random));
    };
    return change_settings(side.file,
                           {{"database", "password", sealed("database.password", side.database.work)},
                            {"database", "log_password", sealed("database.log_password", side.database.log)},
                            {"database", "next_password", std::nullopt},
                            {"database", "next_log_password", std::nullopt}});
}

bool has_next(program::AccountAccess const& access) { return access.passwords.size() == 2; }

bool all_have_next(BothSides const& sides) {
    return std::ranges::all_of(store::program_accounts,
                               [&](auto const& account) { return has_next(sides.of(account)); });
}

/// The first account that the server does not let in with its next password.
std::optional<std::string> refused_with_next(BothSides const& sides) {
    for (auto const& account : store::program_accounts) {
        auto const only_next = [&] { return std::vector{sides.of(account).logins().back()}; };
        auto const connected = store::ServerOperator::connect(std::string{account.name}, only_next);
        if (!connected) return fmt::format("{}: {}", account.name, connected.error().said);
    }
    return std::nullopt;
}

/// Of the private database, whose administrator we are: gives the accounts the passwords of the settings.
bool set_on_private(program::DataFolder const& folder, BothSides const& sides) {
    auto server = store::ServerOperator::connect(
        store::private_operator(), store::fixed_login(store::private_odbc(folder.database()), {}));
    if (!server) return false;
    std::string const hosts[] = {"localhost"};
    for (auto const& account : store::program_accounts) {
        store::AccountTerms terms{std::string{account.name}, {}, {}};
        for (auto const& password : sides.of(account).passwords)
            terms.passwords.emplace_back(password->text());
        for (auto const& statement : store::account_statements(terms, hosts)) {
            if (!server->execute(statement)) return false;
        }
    }
    return true;
}

Done start_renewal(program::DataFolder const& folder, BothSides const& sides) {
    SystemRandom random;
    if (!all_have_next(sides) &&
        !(add_next_passwords(sides.office, random) && add_next_passwords(sides.medical, random)))
        return Done::fail("the settings cannot be written");
    if (sides.is_elsewhere()) {
        fmt::print(
            "the settings have the next passwords beside those in use; now\n"
            "  klout7 database bundle ...       and run its install.sql: both are accepted\n"
            "  klout7 database new-passwords --finish\n"
            "  klout7 database bundle ...       and run it again: only the new ones are accepted\n"
            "The programs go on serving all the while.\n");
        return {};
    }
    auto const with_next = open_both(folder);
    if (!with_next) return Done::fail(with_next.error());
    if (!set_on_private(folder, *with_next))
        return Done::fail("the database does not answer; is klout7 serve running?");
    return {};
}

Done finish_renewal(program::DataFolder const& folder) {
    auto const sides = open_both(folder);
    if (!sides) return Done::fail(sides.error());
    if (!all_have_next(*sides))
        return Done::fail("no renewal has begun; klout7 database new-passwords begins one");
    if (auto const refused = refused_with_next(*sides)) {
        return Done::fail(
            fmt::format("the database does not accept the next passwords yet; run the install.sql "
                        "of `klout7 database bundle` there: {}",
                        *refused));
    }
    SystemRandom random;
    if (!use_next_passwords(sides->office, random) || !use_next_passwords(sides->medical, random))
        return Done::fail("the settings cannot be written");
    if (sides->is_elsewhere()) return {};
    auto const after = open_both(folder);
    if (!after) return Done::fail(after.error());
    if (!set_on_private(folder, *after)) return Done::fail("the database does not answer");
    return {};
}

Done new_passwords(program::DataFolder const& folder, Arguments const& arguments) {
    auto const sides = open_both(folder);
    if (!sides) return Done::fail(sides.error());
    if (arguments.has("--finish")) return finish_renewal(folder);
    if (auto const started = start_renewal(folder, *sides); !started.problem.empty()) return started;
    return sides->is_elsewhere() ? Done{} : finish_renewal(folder);
}

}  // namespace

Done manage_database(program::DataFolder const& folder, Arguments const& arguments) {
    if (arguments.words.size() != 2) return Done::fail(usage);
    auto const& what = arguments.words[1];
    if (what == "check") return check(folder);
    if (what == "bundle") return bundle(folder, arguments);
    if (what == "certificate") return certificate(folder, arguments);
    if (what == "new-passwords") return new_passwords(folder, arguments);
    return Done::fail(usage);
}

}  // namespace klout7::server
