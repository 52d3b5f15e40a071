#include "program/program.h"

#include <fmt/format.h>
#include <malloc.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iterator>
#include <map>

#include "access/drafts.h"
#include "base/check.h"
#include "base/log.h"
#include "base/rounds.h"
#include "documents/private_scanner.h"
#include "documents/scan_waiting.h"
#include "documents/sweep.h"
#include "program/document_store.h"
#include "program/security_text.h"
#include "store/migrations.h"
#include "store/private_mariadb.h"
#include "transport/server.h"

namespace klout7::program {

std::string private_database(DataFolder const& folder) { return store::private_odbc(folder.database()); }

namespace {

/// From where people of a role may come: "networks.case_manager".
std::map<access::Role, std::string> const& network_keys() {
    static auto const keys = [] {
        std::map<access::Role, std::string> made;
        for (auto const role : access::all_roles) {
            if (!access::is_of_machine(role))
                made.emplace(role, fmt::format("networks.{}", access::name_of(role)));
        }
        return made;
    }();
    return keys;
}

}  // namespace

std::vector<KnownSetting> known_settings() {
    std::vector<KnownSetting> known{{"listen.address", SettingKind::text},
                                    {"listen.port", SettingKind::integer},
                                    {"listen.workers", SettingKind::integer},
                                    {"listen.heavy_workers", SettingKind::integer},
                                    {"listen.also_tls_1_2", SettingKind::boolean},
                                    {"tls.certificate", SettingKind::path},
                                    {"tls.private_key", SettingKind::path},
                                    {"machines.ca", SettingKind::path},
                                    {"machines.crl", SettingKind::path},
                                    {"database.password", SettingKind::sealed},
                                    {"database.log_password", SettingKind::sealed},
                                    {"database.next_password", SettingKind::sealed},
                                    {"database.next_log_password", SettingKind::sealed},
                                    {"database.host", SettingKind::text},
                                    {"database.port", SettingKind::integer},
                                    {"database.ca", SettingKind::path},
                                    {"database.certificate", SettingKind::path},
                                    {"database.private_key", SettingKind::sealed},
                                    {"database.log_certificate", SettingKind::path},
                                    {"database.log_private_key", SettingKind::sealed},
                                    {"database.pool", SettingKind::integer},
                                    {"documents.largest_mib", SettingKind::integer},
                                    {"documents.person_mib", SettingKind::integer},
                                    {"documents.employer_mib", SettingKind::integer},
                                    {"documents.smb.server", SettingKind::text},
                                    {"documents.smb.port", SettingKind::integer},
                                    {"documents.smb.share", SettingKind::text},
                                    {"documents.smb.user", SettingKind::text},
                                    {"documents.smb.password", SettingKind::sealed},
                                    {"scanner.socket", SettingKind::path},
                                    {"security.contact", SettingKind::text},
                                    {"security.expires", SettingKind::text},
                                    {"site.host", SettingKind::text},
                                    {"site.port", SettingKind::integer},
                                    {"payments.debtor_name", SettingKind::text},
                                    {"payments.debtor_iban", SettingKind::text},
                                    {"payments.debtor_bic", SettingKind::text},
                                    {"payments.pain_001", SettingKind::text},
                                    {"payments.wage_tax_number", SettingKind::text}};
    for (auto const& [role, key] : network_keys()) known.push_back({key, SettingKind::text});
    return known;
}

namespace {

std::string sentence_for(crypto::KeyringError error) {
    using enum crypto::KeyringError;
    switch (error) {
        case unreadable:
            return "the keyring or its credential cannot be read; does this data folder belong to you?";
        case malformed:
            return "the keyring is damaged";
        case wrong_secret:
            return "the credential does not open the keyring, or the keyring was altered";
        case wrong_side:
            return "this is the keyring of the other side";
        case wrong_environment:
            return "this keyring belongs to another environment";
        case unwritable:
            return "the keyring cannot be written";
    }
    return {};
}

/// What is left to the database, which grows its files by a few MiB at a time, also to undo.
constexpr std::uintmax_t reserve_bytes = std::uintmax_t{128} << 20U;

std::function<bool()> has_room_in(std::filesystem::path folder) {
    return [folder = std::move(folder)] {
        std::error_code unknown;
        auto const space = std::filesystem::space(folder, unknown);
        return unknown || space.available > reserve_bytes;
    };
}

/// Every number in the settings starts at 1. Beyond these, a program would start and not serve.
struct Limit {
    std::string_view key;
    std::int64_t most;
};
constexpr Limit limits[] = {{"listen.port", 65'535},
                            {"site.port", 65'535},
                            {"database.port", 65'535},
                            {"documents.smb.port", 65'535},
                            {"listen.workers", 1'000},
                            {"database.pool", 1'000},
                            {"documents.largest_mib", 1'500},
                            {"documents.person_mib", 1'000'000},
                            {"documents.employer_mib", 1'000'000'000}};

/// How browsers name this side: a passkey is made for that name, so it stays what it was set to.
passkeys::RelyingParty relying_party(Settings const& settings) {
    auto const host = settings.optional_text("site.host").value_or("localhost");
    auto const port = settings.optional_integer("site.port")
                          .value_or(settings.optional_integer("listen.port").value_or(443));
    return {host, port == 443 ? fmt::format("https://{}", host) : fmt::format("https://{}:{}", host, port)};
}

/// One of the system, or the one of the data folder.
std::filesystem::path scanner_socket(DataFolder const& folder, Settings const& settings) {
    auto const elsewhere = settings.optional_path("scanner.socket");
    return elsewhere ? *elsewhere : documents::private_scanner_socket(folder.scanner());
}

/// Nobody waits for these.
constexpr documents::ScanLimits patient{.turn = std::chrono::seconds{60},
                                        .greeting = std::chrono::seconds{10},
                                        .write = std::chrono::seconds{60},
                                        .answer = std::chrono::seconds{150},
                                        .at_once = 1};

std::optional<SettingsError> number_out_of_range(Settings const& settings) {
    for (auto const& [key, most] : limits) {
        auto const number = settings.optional_integer(key);
        if (number && (*number < 1 || *number > most))
            return settings.wrong(key, fmt::format("must be a number from 1 to {}", most));
    }
    return std::nullopt;
}

/// Machines send sick reports, which are the office's. A list says nothing without the CA that signed it.
std::optional<SettingsError> machines_out_of_place(Settings const& settings, Side side) {
    bool const has_ca = settings.optional_path("machines.ca").has_value();
    if (has_ca && side == Side::medical)
        return settings.wrong("machines.ca", "belongs in the settings of the office side only; take it out");
    if (!has_ca && settings.optional_path("machines.crl"))
        return settings.wrong("machines.crl", "needs machines.ca beside it, the CA that signed this list");
    return std::nullopt;
}

std::expected<access::RoleNetworks, SettingsError> role_networks(Settings const& settings, Side side) {
    access::RoleNetworks networks;
    for (auto const& [role, key] : network_keys()) {
        auto const text = settings.optional_text(key);
        if (!text) continue;
        if (!access::exists_on(side, role))
            return std::unexpected(
                settings.wrong(key, "is of a role that this side does not have; take it out"));
        auto parsed = access::Networks::parse(*text);
        if (!parsed) {
            return std::unexpected(settings.wrong(
                key,
                "must be a list like \"10.0.0.0/8 2001:db8::/32\": addresses, or networks with nothing but "
                "zeros behind the prefix"));
        }
        networks.set(role, std::move(*parsed));
    }
    return networks;
}

std::expected<transport::ServerSettings, std::string> listen_settings(Settings const& settings) {
    auto const certificate = settings.path("tls.certificate");
    auto const key = settings.path("tls.private_key");
    auto const port = settings.integer("listen.port");
    if (!certificate || !key || !port)
        return std::unexpected("the settings lack listen.port, tls.certificate or tls.private_key");
    transport::ServerSettings listen;
    listen.address = settings.optional_text("listen.address").value_or("127.0.0.1");
    listen.port = static_cast<std::uint16_t>(*port);
    listen.certificate_chain = *certificate;
    listen.private_key = *key;
    listen.client_authorities = settings.optional_path("machines.ca").value_or("");
    listen.client_revocations = settings.optional_path("machines.crl").value_or("");
    listen.also_tls_1_2 = settings.optional_boolean("listen.also_tls_1_2").value_or(false);
    if (auto const workers = settings.optional_integer("listen.workers"))
        listen.workers = static_cast<int>(*workers);
    if (auto const workers = settings.optional_integer("listen.heavy_workers"))
        listen.heavy_workers = static_cast<int>(*workers);
    return listen;
}

std::vector<store::SchemaChange> own_changes() {
    auto changes = store::read_schema(store::built_in_schema());
    require(changes.has_value(), "the changes that are built in were read by the tests");
    return std::move(*changes);
}

store::Logins logins_of(DatabaseAccess& access, bool of_log) {
    return [&access, of_log] {
        auto const settings = access.current();
        return (of_log ? settings.log : settings.work).logins();
    };
}

store::ConnectSettings connection(DatabaseAccess& access, DatabaseWatch const& watch, Side side, bool of_log,
                                  std::size_t pool) {
    return {.side = side,
            .logins = logins_of(access, of_log),
            .user = std::string{store::program_account(side, of_log).name},
            .is_trusted = watch.is_trusted(),
            .pool_size = pool};
}

}  // namespace

documents::Limits limits_of(Settings const& settings) {
    documents::Limits limits;
    auto const read = [&](std::string_view key, std::uint64_t& limit) {
        if (auto const set = settings.optional_integer(key))
            limit = static_cast<std::uint64_t>(*set) * documents::mebibyte;
    };
    read("documents.largest_mib", limits.document_bytes);
    read("documents.person_mib", limits.person_bytes);
    read("documents.employer_mib", limits.employer_bytes);
    return limits;
}

template <class Zone>
std::expected<crypto::Keyring<Zone>, std::string> open_keyring(DataFolder const& folder) {
    auto const secret = crypto::UnsealingSecret::credential_file(folder.credential(Zone::side));
    if (!secret) return std::unexpected(sentence_for(secret.error()));
    auto keyring = crypto::Keyring<Zone>::open(folder.keyring(Zone::side), *secret);
    if (!keyring) return std::unexpected(sentence_for(keyring.error()));
    return std::move(*keyring);
}

template <class Zone>
Unseal unseal_with(crypto::Keyring<Zone> const& keyring) {
    return [&keyring](std::string_view key, std::string_view sealed) -> std::optional<SecretBytes> {
        auto plain = keyring.open_setting(key, sealed);
        if (!plain) return std::nullopt;
        return std::move(*plain);
    };
}

template <class Zone>
auto Program<Zone>::open(DataFolder const& folder, std::string name, access::KnownEmployers<Zone> employers)
    -> std::expected<std::unique_ptr<Program>, std::string> {
    auto keyring = open_keyring<Zone>(folder);
    if (!keyring) return std::unexpected(keyring.error());
    auto settings = Settings::read(folder.settings(Zone::side), known_settings());
    if (!settings) return std::unexpected(settings.error().sentence);
    if (auto const wrong = number_out_of_range(*settings)) return std::unexpected(wrong->sentence);
    if (auto const wrong = machines_out_of_place(*settings, Zone::side))
        return std::unexpected(wrong->sentence);
    auto networks = role_networks(*settings, Zone::side);
    if (!networks) return std::unexpected(networks.error().sentence);
    auto database = read_database(folder, Zone::side, *settings, unseal_with(*keyring), SystemClock{}.now());
    if (!database) return std::unexpected(database.error().sentence);
    auto const& [installation, environment] = keyring->identity();
    auto documents =
        open_documents(folder, {installation, environment, Zone::side}, *settings, unseal_with(*keyring));
    if (!documents) return std::unexpected(documents.error());
    return std::unique_ptr<Program>{new Program{folder, name, std::move(*settings), std::move(*keyring),
                                                std::move(*documents), std::move(*database),
                                                std::move(*networks), std::move(employers)}};
}

template <class Zone>
Program<Zone>::Program(DataFolder folder, std::string const& name, Settings settings,
                       crypto::Keyring<Zone> keyring, std::unique_ptr<documents::Store> documents,
                       DatabaseSettings database, access::RoleNetworks networks,
                       access::KnownEmployers<Zone> employers)
    : folder_(std::move(folder)),
      settings_(std::move(settings)),
      keyring_(std::move(keyring)),
      documents_(std::move(documents)),
      scanner_(scanner_socket(folder_, settings_)),
      patient_scanner_(scanner_socket(folder_, settings_), patient),
      changes_(own_changes()),
      database_access_(folder_.settings(Zone::side), std::move(database), [this] { return read_again(); }),
      watch_([this] { return database_differences(); }),
      database_(
          connection(database_access_, watch_, Zone::side, false,
                     static_cast<std::size_t>(settings_.optional_integer("database.pool").value_or(10)))),
      log_database_(connection(database_access_, watch_, Zone::side, true, 3)),
      reads_database_(connection(database_access_, watch_, Zone::side, false, 1)),
      keys_(keyring_, random_, clock_),
      recorder_(keyring_, random_, name),
      reads_(recorder_, reads_database_),
      frame_{database_,
             log_database_,
             keys_,
             recorder_,
             reads_,
             clock_,
             random_,
             has_room_in(folder_.database()),
             relying_party(settings_),
             std::move(networks),
             std::move(employers),
             [this](store::Transaction& tx, handover::StaffAccount const& account) {
                 exchange_.send(tx, account);
             },
             folder_.log(Zone::side)},
      exchange_(database_, keyring_, clock_, random_) {}

template <class Zone>
std::optional<DatabaseSettings> Program<Zone>::read_again() const {
    auto const settings = Settings::read(folder_.settings(Zone::side), known_settings());
    if (!settings || number_out_of_range(*settings)) return std::nullopt;
    auto read = read_database(folder_, Zone::side, *settings, unseal_with(keyring_), clock_.now());
    if (!read) return std::nullopt;
    return std::move(*read);
}

template <class Zone>
documents::ScanParts<Zone> Program<Zone>::waiting_scans() {
    return {*documents_, patient_scanner_, keys_, recorder_, database_, clock_, random_};
}

template <class Zone>
std::vector<store::ServerDifference> Program<Zone>::database_differences() {
    auto const settings = database_access_.current();
    std::vector<store::ServerDifference> found;
    for (bool const of_log : {false, true}) {
        auto const& access = of_log ? settings.log : settings.work;
        auto const logins = [&] { return access.logins(); };
        std::ranges::move(store::differences(logins, {.account = store::program_account(Zone::side, of_log),
                                                      .changes = changes_,
                                                      .certificate = access.names()}),
                          std::back_inserter(found));
    }
    return found;
}

std::vector<api::PublicText> public_texts(std::span<EmbeddedText const> description,
                                          std::optional<std::string> security_text) {
    require(description.size() == 2, "a description is two files");
    return {{"/api/v1/openapi.yaml", "application/yaml", std::string{description[0].text}},
            {"/api/v1/common.yaml", "application/yaml", std::string{description[1].text}},
            {"/.well-known/security.txt", "text/plain; charset=utf-8", std::move(security_text)}};
}

namespace {

/// A round of what goes on while a program serves; the next after an hour.
template <class Zone>
std::chrono::milliseconds remove_old_drafts(Program<Zone>& program) {
    auto const removed = program.database().transact(
        [&](store::Transaction& tx) { return access::remove_old_drafts(tx, program.frame().clock.now()); });
    if (!removed) {
        write_log(LogLevel::warning, "old drafts could not be removed", field("side", Zone::side),
                  field("error", ErrorCode{removed.error()}));
    } else if (*removed > 0) {
        write_log(LogLevel::info, "old drafts were removed", field("side", Zone::side),
                  field("drafts", Count{*removed}));
    }
    return std::chrono::hours{1};
}

}  // namespace

template <class Zone>
int run(int argc, char** argv, std::string name, Served<Zone> const& served) {
    std::string_view const first = argc > 1 ? argv[1] : "";
    if (first == "--help" || argc != 3 || first != "--data") {
        fmt::print(
            "usage: {} --data FOLDER\n\nServes the {} side until SIGTERM. `klout7 serve` starts it for "
            "you.\n",
            name, name_of(Zone::side));
        return first == "--help" ? 0 : 2;
    }
    auto const fail = [&](std::string_view sentence) {
        fmt::print(stderr, "{}: {}\n", name, sentence);
        return 1;
    };
    if (!crypto::protect_process_memory())
        return fail("the system does not let this program lock its memory; raise RLIMIT_MEMLOCK (ulimit -l)");
    if (geteuid() == 0) return fail("this program does not run as root; start it as an ordinary user");
    // The memory of a transfer goes back to the system when it ends. Left alone, each thread keeps what it
    // had.
    mallopt(M_MMAP_THRESHOLD, 128 * 1024);
    // Stopping is asked for by a signal, which all threads leave to this one.
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stop, nullptr);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);  // a limit on the size of files is a full disk, no end of the program

    DataFolder const folder{std::filesystem::absolute(argv[2])};
    auto program = Program<Zone>::open(folder, name, served.employers);
    if (!program) return fail(program.error());
    auto const& settings = (*program)->settings();
    auto integrator = audit::Integrator<Zone>::start((*program)->keyring(), (*program)->log_database(),
                                                     folder.log(Zone::side));
    if (!integrator) return fail(integrator.error());
    auto security = security_text(settings, LocalDate::in_the_netherlands((*program)->frame().clock.now()));
    if (!security) return fail(security.error().sentence);
    api::Site<Zone> site{(*program)->frame(), served.routes(**program),
                         public_texts(served.description, std::move(*security)),
                         (*program)->keyring().identity().environment, served.pages};
    auto const listen = listen_settings(settings);
    if (!listen) return fail(listen.error());
    auto server = transport::Server::start(*listen, site);
    if (!server) return fail(transport::text_for(server.error()));
    documents::Sweeper<Zone> const sweeper{(*program)->documents(), (*program)->keyring(),
                                           (*program)->database(), (*program)->frame().clock};
    documents::WaitingScans<Zone> const waiting_scans{(*program)->waiting_scans()};
    std::optional<Rounds> work;
    if (served.work) work.emplace([&] { return served.work(**program); });
    Rounds const old_drafts{[&program = **program] { return remove_old_drafts(program); }};
    exchange::Courier<Zone> const courier{(*program)->exchange(), served.handler(**program)};
    write_log(LogLevel::info, "serving", field("side", Zone::side), field("port", Count{(*server)->port()}));
    int signal_number = 0;
    sigwait(&stop, &signal_number);
    write_log(LogLevel::info, "stopping", field("side", Zone::side));
    (*server)->stop();
    return 0;
}

#define KLOUT7_FOR(Zone)                                                                        \
    template std::expected<crypto::Keyring<Zone>, std::string> open_keyring(DataFolder const&); \
    template Unseal unseal_with(crypto::Keyring<Zone> const&);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR
template class Program<OfficeZone>;
template class Program<MedicalZone>;
template int run(int, char**, std::string, Served<OfficeZone> const&);
template int run(int, char**, std::string, Served<MedicalZone> const&);

}  // namespace klout7::program
