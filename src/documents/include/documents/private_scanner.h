#pragma once

#include <sys/types.h>

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

#include "documents/limits.h"

namespace klout7::documents {

enum class ScannerError {
    no_program,       ///< clamd is not installed
    folder_unusable,  ///< cannot be written
    no_memory,        ///< no file system in memory with room for what is scanned
    no_confinement,   ///< the kernel cannot keep the scanner from the keys
    did_not_start,
};

/// A sentence for the operator: what is wrong and where to look.
std::string_view text_for(ScannerError error);

struct PrivateScannerSettings {
    std::filesystem::path folder;  ///< absolute; all of the scanner but what it looks at lies in it
    /// Signatures that the system keeps up to date; looked at when it starts, left out while there are none.
    std::filesystem::path system_signatures = "/var/lib/clamav";
    std::uint64_t largest_document_bytes = Limits{}.document_bytes;  ///< of both sides
};

/// How to reach the scanner of a folder. It need not run.
std::filesystem::path private_scanner_socket(std::filesystem::path const& folder);

/// clamd as a part of Klout7: of our own, on a Unix socket in its folder. What it scans lies in memory only.
/// It sees its signatures and no key, and reaches nobody (confine/confines.h). It ends with who started it.
///
///     clamd.conf  clamd.log  signatures/  run/clamd.sock
class PrivateScanner {
public:
    /// Returns as it starts; until it has read its signatures it is away.
    static std::expected<PrivateScanner, ScannerError> start(PrivateScannerSettings const& settings);
    PrivateScanner(PrivateScanner&& other) noexcept;
    PrivateScanner& operator=(PrivateScanner&&) = delete;
    ~PrivateScanner();

    pid_t process() const { return process_; }
    /// Where what is scanned lies, for as long as it is: in memory.
    std::filesystem::path const& temporary() const { return temporary_; }
    /// False when it ended; then start again.
    bool is_running();
    /// Whether the system has other signatures than those it was started with; then start again.
    bool has_new_signatures() const;

private:
    PrivateScanner(std::filesystem::path temporary, std::filesystem::path system_signatures,
                   std::string signatures, pid_t process)
        : temporary_(std::move(temporary)),
          system_signatures_(std::move(system_signatures)),
          signatures_(std::move(signatures)),
          process_(process) {}
    std::filesystem::path temporary_;
    std::filesystem::path system_signatures_;
    std::string signatures_;  ///< names, sizes and times of what it was started with
    pid_t process_ = -1;
};

}  // namespace klout7::documents
