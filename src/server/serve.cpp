#include <fmt/format.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <expected>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "arguments.h"
#include "base/log.h"
#include "base/tell.h"
#include "documents/private_scanner.h"
#include "processes.h"
#include "program/program.h"
#include "restarts.h"
#include "store/migrations.h"
#include "store/private_mariadb.h"
#include "store/server_operator.h"

namespace klout7::server {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

using Steady = std::chrono::steady_clock;

/// One program that is kept running.
struct Kept {
    std::vector<std::string> words;
    pid_t process = -1;
    Restarts restarts = {};

    void look_after() {
        if (process > 0 && waitpid(process, nullptr, WNOHANG) == process) {
            process = -1;
            restarts.fell(Steady::now());
            write_log(LogLevel::warning, "a program ended and is started again",
                      field("falls", Count{restarts.falls()}));
        }
        if (process >= 0 || !restarts.may_start(Steady::now())) return;
        process = start(words);
        restarts.started(Steady::now());
    }
    void stop() {
        if (process > 0) kill(process, SIGTERM);
    }
    void wait_until_stopped() {
        for (int i = 0; process > 0 && i < 150; ++i) {
            if (waitpid(process, nullptr, WNOHANG) == process)
                process = -1;
            else
                usleep(100'000);
        }
        if (process > 0) {
            kill(process, SIGKILL);
            waitpid(process, nullptr, 0);
            process = -1;
        }
    }
};

/// A server of ours, kept running. What keeps it from starting, such as a full disk, may end by itself, so it
/// is tried until it starts.
template <class Server, class Error>
class KeptServer {
public:
    using Start = std::function<std::expected<Server, Error>()>;
    struct Words {
        LogMessage ended;
        LogMessage does_not_start;
    };
    KeptServer(Start start, Words words, std::optional<Server>&& running = {})
        : start_(std::move(start)), words_(words), server_(std::move(running)) {
        if (server_) restarts_.started(Steady::now());
    }
    void look_after() {
        if (server_ && !server_->is_running()) {
            write_log(LogLevel::error, words_.ended);
            server_.reset();
            restarts_.fell(Steady::now());
        }
        if (server_ || !restarts_.may_start(Steady::now())) return;
        restarts_.started(Steady::now());
        auto again = start_();
        if (again) {
            server_.emplace(std::move(*again));
            return;
        }
        write_log(LogLevel::error, words_.does_not_start, field("error", ErrorCode{again.error()}));
        restarts_.fell(Steady::now());
    }
    /// Nothing while it is down.
    Server const* running() const { return server_ ? &*server_ : nullptr; }
    /// Ends it; whoever looks after it starts it again.
    void end() { server_.reset(); }

private:
    Start start_;
    Words words_;
    std::optional<Server> server_;
    Restarts restarts_;
};
using KeptDatabase = KeptServer<store::PrivateMariadb, store::ServerError>;
using KeptScanner = KeptServer<documents::PrivateScanner, documents::ScannerError>;

bool answers(fs::path const& ca, std::string const& port) {
    return run({"curl", "--silent", "--fail", "--max-time", "2", "--cacert", ca.string(),
                "https://localhost:" + port + "/healthz"});
}

std::string port_of(program::DataFolder const& folder, Side side) {
    auto const settings = Settings::read(folder.settings(side), program::known_settings());
    auto const port = settings ? settings->optional_integer("listen.port") : std::nullopt;
    return port ? std::to_string(*port) : std::string{};
}

/// What the database keeps in memory: an eighth of this machine, in which the cases of a year fit from 4 GiB
/// on.
int buffer_pool_mib() {
    auto const mib = std::int64_t{sysconf(_SC_PHYS_PAGES)} * sysconf(_SC_PAGESIZE) / (1024 * 1024);
    return static_cast<int>(std::clamp<std::int64_t>(mib / 8, 256, 4096));
}

/// The private database, encrypted and with the schema of this program.
std::expected<KeptDatabase, std::string> start_database(program::DataFolder const& folder,
                                                        Arguments const& arguments) {
    auto const keyring = program::open_keyring<OfficeZone>(folder);
    if (!keyring) return std::unexpected(keyring.error());
    bool const encrypted = arguments.wants_encryption();
    store::PrivateServerSettings const settings{.folder = folder.database(),
                                                .run_as = "",
                                                .buffer_pool_mib = buffer_pool_mib(),
                                                .encrypted = encrypted};
    auto server = store::PrivateMariadb::start(settings, keyring->database_file_key().view());
    if (!server) return std::unexpected(std::string{store::text_for(server.error())});
    auto operates =
        store::ServerOperator::connect(server->operator_account(), store::fixed_login(server->odbc(), {}));
    if (!operates) return std::unexpected("the database does not answer");
    auto const changes = store::read_schema(store::built_in_schema());
    auto const applied =
        changes ? store::migrate(*operates, *changes, SystemClock{}.now()) : std::unexpected(changes.error());
    if (!applied) return std::unexpected(applied.error().sentence);
    auto const plain = store::not_encrypted(*operates, "klout7_office");
    if (!plain) return std::unexpected("the database does not tell whether it is encrypted");
    if (encrypted && !plain->empty()) {
        std::string sentence = "the database is not encrypted as it must be, so nothing is served:";
        for (auto const& what : *plain) sentence += "\n  " + what;
        return std::unexpected(sentence);
    }
    auto const file_key = std::make_shared<SecretBytes>(keyring->database_file_key().view());
    return KeptDatabase{
        [settings, file_key] { return store::PrivateMariadb::start(settings, file_key->view()); },
        {"the database ended and is started again",
         "the database does not start; see database/log/server.log"},
        std::move(*server)};
}

/// The private scanner, unless both sides have one elsewhere. Without it documents wait, and all else goes
/// on.
std::expected<std::optional<KeptScanner>, std::string> scanner_of(program::DataFolder const& folder) {
    bool is_wanted = false;
    documents::PrivateScannerSettings scanner{.folder = folder.scanner(), .largest_document_bytes = 0};
    for (auto const side : {Side::office, Side::medical}) {
        auto const settings = Settings::read(folder.settings(side), program::known_settings());
        if (!settings) return std::unexpected(settings.error().sentence);
        is_wanted = is_wanted || !settings->optional_path("scanner.socket");
        scanner.largest_document_bytes =
            std::max(scanner.largest_document_bytes, program::limits_of(*settings).document_bytes);
    }
    if (!is_wanted) return std::nullopt;
    return KeptScanner{[scanner] {
                           auto started = documents::PrivateScanner::start(scanner);
                           if (!started)
                               tell_operator(fmt::format("klout7: {}", documents::text_for(started.error())));
                           return started;
                       },
                       {"the scanner ended and is started again; see scanner/clamd.log",
                        "the scanner does not start, so documents wait"}};
}

/// A scanner reads its signatures when it starts. While it does so documents wait.
class NewSignatures {
public:
    void look_after(KeptScanner& scanner) {
        if (Steady::now() < next_look_) return;
        next_look_ = Steady::now() + std::chrono::minutes{1};
        auto const* const running = scanner.running();
        if (running == nullptr || !running->has_new_signatures()) return;
        write_log(LogLevel::info, "there are new signatures: the scanner is started again with them");
        scanner.end();
    }

private:
    Steady::time_point next_look_{};
};

}  // namespace

Done serve(program::DataFolder const& folder, Arguments const& arguments) {
    if (geteuid() == 0) return Done::fail("serve as the ordinary user who owns the data folder, not as root");
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    sigprocmask(SIG_BLOCK, &stop, nullptr);
    umask(0077);
    fs::remove(folder.run() / "ready");

    auto const settings = Settings::read(folder.settings(Side::office), program::known_settings());
    if (!settings) return Done::fail(settings.error().sentence);
    std::optional<KeptDatabase> database;
    if (!settings->optional_text("database.host")) {
        auto started = start_database(folder, arguments);
        if (!started) return Done::fail(started.error());
        database.emplace(std::move(*started));
    }

    auto scanner = scanner_of(folder);
    if (!scanner) return Done::fail(scanner.error());

    std::vector<Kept> programs{{{own_folder() + "/klout7-office", "--data", folder.root.string()}},
                               {{own_folder() + "/klout7-medical", "--data", folder.root.string()}}};
    std::ofstream{folder.run() / "serve.pid"} << getpid() << "\n";
    NewSignatures new_signatures;
    bool ready = false;
    timespec const pause{0, 100'000'000};
    while (sigtimedwait(&stop, nullptr, &pause) < 0) {
        if (database) database->look_after();
        if (*scanner) {
            new_signatures.look_after(**scanner);
            (*scanner)->look_after();
        }
        for (auto& program : programs) program.look_after();
        if (ready) continue;
        ready = answers(folder.tls() / "ca.pem", port_of(folder, Side::office)) &&
                answers(folder.tls() / "ca.pem", port_of(folder, Side::medical));
        if (ready) std::ofstream{folder.run() / "ready"} << "ready\n";
    }
    fs::remove(folder.run() / "ready");
    for (auto& program : programs) program.stop();
    for (auto& program : programs) program.wait_until_stopped();
    scanner->reset();
    database.reset();
    fs::remove(folder.run() / "serve.pid");
    return {};
}

Done dba_shell(program::DataFolder const& folder, Arguments const& arguments) {
    auto const settings = Settings::read(folder.settings(Side::office), program::known_settings());
    if (settings && settings->optional_text("database.host"))
        return Done::fail("the database of this data folder is elsewhere; its administrator opens it there");
    std::vector<std::string> words{"mariadb",
                                   "--socket=" + store::private_socket(folder.database()).string()};
    words.insert(words.end(), arguments.rest.begin(), arguments.rest.end());
    std::vector<char*> raw;
    for (auto const& word : words) raw.push_back(const_cast<char*>(word.c_str()));
    raw.push_back(nullptr);
    execvp(raw[0], raw.data());
    return Done::fail("the database client `mariadb` is not installed");
}

}  // namespace klout7::server
