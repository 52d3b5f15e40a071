#include "documents/private_scanner.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/magic.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

#include "base/bytes.h"
#include "confine/confines.h"
#include "documents/documents.h"
#include "store/private_mariadb.h"

namespace klout7::documents {
namespace {

namespace fs = std::filesystem;

constexpr auto scanner_program = "/usr/sbin/clamd";
constexpr auto memory = "/dev/shm";

// How much of what is scanned lies in memory at most. Without room clamd would leave parts unseen.
constexpr int scans_at_once = 4;
/// What may be packed in a file, besides as much as the file itself.
constexpr std::uint64_t most_inside = 100 * mebibyte;
/// Of one file and all in it: what lies in a PDF as it is counts with the file and by itself.
constexpr std::uint64_t most_scanned(std::uint64_t largest_document) {
    return 2 * largest_document + most_inside;
}
/// Each of two programs: four uploads and what it scans by itself.
constexpr int streams_at_once = 2 * (4 + 1);
std::uint64_t memory_needed(std::uint64_t largest_document) {
    return streams_at_once * largest_document +
           scans_at_once * (most_scanned(largest_document) - largest_document);
}

/// The EICAR file is what every scanner knows, and harms nobody; the other is ours. They stand here in two
/// parts, so that no scanner takes this program for them. Source: eicar.org, "Anti Malware Testfile".
struct TestSignature {
    std::string_view name;
    std::array<std::string_view, 2> parts;
};
constexpr std::array<TestSignature, 2> test_signatures{{
    {"Eicar-Test-Signature", {R"(X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-)", "ANTIVIRUS-TEST-FILE!$H+H*"}},
    {"Klout7-Test-Signature", {"KLOUT7-STANDARD-", "SCANNER-TEST-FILE"}},
}};

/// As ClamAV reads them: name, any kind of file, anywhere, in hexadecimal. Source: clamav.net, "Body-based
/// signatures".
std::string signature_file() {
    std::string text;
    for (auto const& [name, parts] : test_signatures) {
        text += fmt::format("{}:0:*:{}{}\n", name, to_hex(bytes_of(parts[0])), to_hex(bytes_of(parts[1])));
    }
    return text;
}

/// What exceeds a limit, or cannot be looked into, is found and not passed. What was clean once is looked at
/// again: its answer would depend on what else it came with.
std::string configuration(PrivateScannerSettings const& settings, fs::path const& socket,
                          fs::path const& temporary) {
    return fmt::format(
        "DatabaseDirectory {0}/signatures\nOfficialDatabaseOnly no\nSelfCheck 0\n"
        "LocalSocket {1}\nLocalSocketMode 600\nTemporaryDirectory {2}\nLeaveTemporaryFiles no\n"
        "Foreground yes\nLogTime yes\nMaxThreads {3}\nMaxQueue 32\nCommandReadTimeout 5\nReadTimeout 180\n"
        "StreamMaxLength {4}\nMaxFileSize {5}\nMaxScanSize {6}\nMaxRecursion 10\nMaxFiles 1000\n"
        "MaxScanTime 100000\nAlertExceedsMax yes\nAlertEncrypted yes\nAlertEncryptedArchive yes\n"
        "AlertEncryptedDoc yes\nAlertOLE2Macros yes\nDisableCache yes\n",
        settings.folder.string(), socket.string(), temporary.string(), scans_at_once,
        settings.largest_document_bytes, settings.largest_document_bytes + most_inside,
        most_scanned(settings.largest_document_bytes));
}

/// What the folders in memory of this scanner begin with: a copy of its folder has others.
std::string memory_prefix(fs::path const& folder) {
    return fmt::format("klout7-scanner-{:016x}-", std::hash<std::string>{}(folder.string()));
}

/// What a scanner that was killed had in its hands.
void empty_memory(fs::path const& folder) {
    std::error_code ignored;
    for (auto const& entry : fs::directory_iterator{memory, ignored}) {
        if (entry.path().filename().string().starts_with(memory_prefix(folder)))
            fs::remove_all(entry.path(), ignored);
    }
}

std::expected<fs::path, ScannerError> folder_in_memory(PrivateScannerSettings const& settings) {
    struct statfs facts {};
    if (statfs(memory, &facts) != 0 || facts.f_type != TMPFS_MAGIC ||
        facts.f_bavail * static_cast<std::uint64_t>(facts.f_bsize) <
            memory_needed(settings.largest_document_bytes))
        return std::unexpected(ScannerError::no_memory);
    auto pattern = (fs::path{memory} / (memory_prefix(settings.folder) + "XXXXXX")).string();
    if (mkdtemp(pattern.data()) == nullptr) return std::unexpected(ScannerError::no_memory);
    return pattern;
}

bool write_file(fs::path const& file, std::string_view content) {
    std::ofstream out{file, std::ios::binary};
    out << content;
    out.close();
    return out.good();
}

std::vector<fs::path> system_signatures_in(fs::path const& folder) {
    std::vector<fs::path> files;
    std::error_code none;
    for (auto const& entry : fs::directory_iterator{folder, none}) {
        auto const end = entry.path().extension();
        if (end == ".cvd" || end == ".cld" || end == ".cdb" || end == ".hdb" || end == ".ndb")
            files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

/// Other when one of them was changed, came or went.
std::string state_of(fs::path const& system_signatures) {
    std::string text;
    for (auto const& file : system_signatures_in(system_signatures)) {
        std::error_code failed;
        auto const size = fs::file_size(file, failed);
        auto const time = fs::last_write_time(file, failed).time_since_epoch().count();
        text += fmt::format("{} {} {}\n", file.filename().string(), size, time);
    }
    return text;
}

/// Ours, and links to what the system has.
bool put_signatures(PrivateScannerSettings const& settings) {
    auto const folder = settings.folder / "signatures";
    std::error_code failed;
    fs::remove_all(folder, failed);
    if (failed || !fs::create_directory(folder, failed)) return false;
    for (auto const& file : system_signatures_in(settings.system_signatures)) {
        fs::create_symlink(file, folder / file.filename(), failed);
        if (failed) return false;
    }
    return write_file(folder / "klout7.ndb", signature_file());
}

confine::Confines confines_of(PrivateScannerSettings const& settings, fs::path const& socket,
                              fs::path const& temporary) {
    return {
        .reads = {"/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/passwd", "/etc/group",
                  "/etc/nsswitch.conf", "/etc/localtime", "/etc/ssl/openssl.cnf", "/dev/null", "/dev/urandom",
                  settings.folder / "clamd.conf", settings.folder / "signatures", settings.system_signatures},
        .writes = {socket.parent_path(), temporary}};
}

/// In the child.
[[noreturn]] void become_scanner(char* const* arguments, fs::path const& log,
                                 confine::Confines const& confines) {
    auto const output = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    auto const input = open("/dev/null", O_RDONLY);
    // Never outlives who looks after it, not even when it stands still.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    char path[] = "PATH=/usr/sbin:/usr/bin";
    char* environment[] = {path, nullptr};
    confine::become(arguments, environment, {input, output, output}, confines);
}

}  // namespace

std::string_view text_for(ScannerError error) {
    switch (error) {
        case ScannerError::no_program:
            return "clamd is not installed; run script/bootstrap";
        case ScannerError::folder_unusable:
            return "the folder of the scanner cannot be written: it belongs to another user, or the disk is "
                   "full";
        case ScannerError::no_memory:
            return "the scanner needs room in memory at /dev/shm: 14 times documents.largest_mib and 400 "
                   "MiB, "
                   "so 3900 MiB without that setting; give it more memory or lower the setting of both sides";
        case ScannerError::no_confinement:
            return "this kernel has no Landlock, which keeps the scanner from the keys";
        case ScannerError::did_not_start:
            return "the scanner could not be started";
    }
    return {};
}

fs::path private_scanner_socket(fs::path const& folder) { return store::socket_of(folder, "clamd.sock"); }

std::expected<PrivateScanner, ScannerError> PrivateScanner::start(PrivateScannerSettings const& settings) {
    if (!fs::exists(scanner_program)) return std::unexpected(ScannerError::no_program);
    if (!confine::can_confine()) return std::unexpected(ScannerError::no_confinement);
    std::error_code failed;
    auto const socket = private_scanner_socket(settings.folder);
    fs::create_directories(settings.folder / "run", failed);
    // Before they are linked: what changes meanwhile shows as a change.
    auto signatures = state_of(settings.system_signatures);
    if (failed || chmod(settings.folder.c_str(), 0700) != 0 || !put_signatures(settings))
        return std::unexpected(ScannerError::folder_unusable);
    fs::remove(socket, failed);
    empty_memory(settings.folder);
    auto temporary = folder_in_memory(settings);
    if (!temporary) return std::unexpected(temporary.error());
    auto const configuration_file = settings.folder / "clamd.conf";
    if (!write_file(configuration_file, configuration(settings, socket, *temporary)))
        return std::unexpected(ScannerError::folder_unusable);

    // All that allocates comes before the fork.
    std::string program = scanner_program;
    auto option = "--config-file=" + configuration_file.string();
    std::array<char*, 3> const arguments{program.data(), option.data(), nullptr};
    auto const log = settings.folder / "clamd.log";
    auto const confines = confines_of(settings, socket, *temporary);
    auto const process = fork();
    if (process < 0) return std::unexpected(ScannerError::did_not_start);
    if (process == 0) become_scanner(arguments.data(), log, confines);
    return PrivateScanner{std::move(*temporary), settings.system_signatures, std::move(signatures), process};
}

PrivateScanner::PrivateScanner(PrivateScanner&& other) noexcept
    : temporary_(std::move(other.temporary_)),
      system_signatures_(std::move(other.system_signatures_)),
      signatures_(std::move(other.signatures_)),
      process_(std::exchange(other.process_, -1)) {}

PrivateScanner::~PrivateScanner() {
    if (process_ > 0) {
        ::kill(process_, SIGKILL);
        waitpid(process_, nullptr, 0);
    }
    std::error_code ignored;
    if (!temporary_.empty()) fs::remove_all(temporary_, ignored);
}

bool PrivateScanner::is_running() {
    if (process_ <= 0) return false;
    if (waitpid(process_, nullptr, WNOHANG) == 0) return true;
    process_ = -1;
    return false;
}

bool PrivateScanner::has_new_signatures() const { return state_of(system_signatures_) != signatures_; }

}  // namespace klout7::documents
