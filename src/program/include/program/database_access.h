#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/settings.h"
#include "base/side.h"
#include "crypto/certificate.h"
#include "program/data_folder.h"
#include "store/database.h"
#include "store/rights.h"

namespace klout7::program {

/// A file in memory, for a library that only reads from files. It never touches the disk and is gone with
/// this.
class MemoryFile {
public:
    explicit MemoryFile(BytesView content);
    ~MemoryFile();
    MemoryFile(MemoryFile const&) = delete;
    MemoryFile& operator=(MemoryFile const&) = delete;
    /// For this process alone.
    std::string path() const;

private:
    int descriptor_;
};

/// How one account of a side gets to the database.
struct AccountAccess {
    std::string odbc;
    /// The one in use, then the one that comes after it while it is renewed.
    std::vector<std::shared_ptr<SecretBytes const>> passwords;
    std::shared_ptr<MemoryFile const> private_key;
    std::optional<crypto::CertificateText> certificate;  ///< of a database elsewhere

    std::vector<store::Login> logins() const;
    std::optional<store::CertificateNames> names() const;
};

/// Opens a sealed setting; nothing when this keyring did not seal it.
using Unseal = std::function<std::optional<SecretBytes>(std::string_view key, std::string_view sealed)>;

struct DatabaseSettings {
    AccountAccess work;
    AccountAccess log;
    bool is_elsewhere = false;
};

/// The section [database]. Without `host` it is the private server of the data folder. With it, every account
/// has a certificate whose common name is its own ("k7_office") and a sealed private key, and TLS 1.3 is
/// spoken or nothing. Errors: what lacks, a certificate of another name or out of its time, a key that is not
/// its own.
std::expected<DatabaseSettings, SettingsError> read_database(DataFolder const& folder, Side side,
                                                             Settings const& settings, Unseal const& unseal,
                                                             Instant now);

/// The same, read again whenever the settings file has changed, so that what was renewed is used by the next
/// connection. A file that became wrong is told of in the operating log, and what held before it goes on to
/// hold. Safe from many threads.
class DatabaseAccess {
public:
    using Read = std::function<std::optional<DatabaseSettings>()>;  ///< nothing: the file is wrong
    DatabaseAccess(std::filesystem::path file, DatabaseSettings at_start, Read read);

    DatabaseSettings current();

private:
    std::filesystem::path file_;
    Read read_;
    std::mutex mutex_;
    DatabaseSettings settings_;
    std::filesystem::file_time_type read_at_;
};

}  // namespace klout7::program
