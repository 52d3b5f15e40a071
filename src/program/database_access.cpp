#include "program/database_access.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>

#include "base/check.h"
#include "base/local_date.h"
#include "base/log.h"
#include "store/private_mariadb.h"

namespace klout7::program {

namespace fs = std::filesystem;

MemoryFile::MemoryFile(BytesView content) : descriptor_(memfd_create("klout7", MFD_CLOEXEC)) {
    bool const is_written = descriptor_ >= 0 && write(descriptor_, content.data(), content.size()) ==
                                                    static_cast<ssize_t>(content.size());
    require(is_written, "there is memory for a key");
}

MemoryFile::~MemoryFile() {
    // Overwritten in place: whoever still holds it open finds nothing.
    [[maybe_unused]] auto const emptied = ftruncate(descriptor_, 0);
    close(descriptor_);
}

std::string MemoryFile::path() const { return fmt::format("/proc/self/fd/{}", descriptor_); }

std::vector<store::Login> AccountAccess::logins() const {
    std::vector<store::Login> logins;
    for (auto const& password : passwords) logins.push_back({odbc, password, private_key});
    return logins;
}

std::optional<store::CertificateNames> AccountAccess::names() const {
    if (!certificate) return std::nullopt;
    return store::CertificateNames{certificate->subject, certificate->issuer};
}

namespace {

/// The keys of one account.
struct Keys {
    std::string_view password;
    std::string_view next_password;
    std::string_view certificate;
    std::string_view private_key;
};
constexpr Keys keys_of_work{"database.password", "database.next_password", "database.certificate",
                            "database.private_key"};
constexpr Keys keys_of_log{"database.log_password", "database.next_log_password", "database.log_certificate",
                           "database.log_private_key"};

class Reader {
public:
    Reader(DataFolder const& folder, Side side, Settings const& settings, Unseal const& unseal, Instant now)
        : folder_(folder), side_(side), settings_(settings), unseal_(unseal), now_(now) {}

    std::expected<AccountAccess, SettingsError> account(Keys const& keys, bool of_log) {
        AccountAccess account;
        auto password = secret(keys.password);
        if (!password) return std::unexpected(password.error());
        account.passwords.push_back(std::make_shared<SecretBytes const>(std::move(*password)));
        if (settings_.optional_sealed(keys.next_password)) {
            auto next = secret(keys.next_password);
            if (!next) return std::unexpected(next.error());
            account.passwords.push_back(std::make_shared<SecretBytes const>(std::move(*next)));
        }
        auto const host = settings_.optional_text("database.host");
        if (!host) {
            account.odbc = private_database(folder_);
            return account;
        }
        if (auto const wrong = add_certificate(account, keys, of_log)) return std::unexpected(*wrong);
        if (auto const wrong = add_address(account, keys, *host)) return std::unexpected(*wrong);
        return account;
    }

private:
    std::expected<SecretBytes, SettingsError> secret(std::string_view key) {
        auto const sealed = settings_.sealed(key);
        if (!sealed) return std::unexpected(sealed.error());
        auto plain = unseal_(key, sealed->text());
        if (!plain) return std::unexpected(settings_.wrong(key, "was not sealed by this keyring"));
        return std::move(*plain);
    }

    std::optional<SettingsError> add_certificate(AccountAccess& account, Keys const& keys, bool of_log) {
        auto const name = store::program_account(side_, of_log).name;
        auto const file = settings_.path(keys.certificate);
        if (!file) return file.error();
        auto const wrong = [&](std::string const& problem) {
            return settings_.wrong(
                keys.certificate,
                fmt::format("{}; give one with `klout7 database certificate --account {}`", problem, name));
        };
        auto certificate = crypto::read_certificate(*file);
        if (!certificate) return wrong("is no PEM file with a certificate");
        if (certificate->common_name != name)
            return wrong(fmt::format("is not a certificate of {}, but of {}", name, certificate->subject));
        if (certificate->not_after <= now_ || certificate->not_before > now_) {
            return wrong(fmt::format("is a certificate that holds from {} to {}, not now",
                                     certificate->not_before.to_string(),
                                     certificate->not_after.to_string()));
        }
        auto const key = secret(keys.private_key);
        if (!key) return key.error();
        if (!crypto::belong_together(*file, key->view()))
            return settings_.wrong(keys.private_key, "is not the private key of the certificate beside it");
        account.private_key = std::make_shared<MemoryFile const>(key->view());
        account.certificate = std::move(*certificate);
        return std::nullopt;
    }

    std::optional<SettingsError> add_address(AccountAccess& account, Keys const& keys,
                                             std::string const& host) {
        auto const authority = settings_.path("database.ca");
        if (!authority) return authority.error();
        if (!crypto::read_certificate(*authority))
            return settings_.wrong("database.ca", "is no PEM file with the CA of the database server");
        auto const certificate = settings_.path(keys.certificate)->string();
        // For the driver this is a socket of this machine, where nothing is encrypted.
        if (host == "localhost") return settings_.wrong("database.host", "must be an address or a full name");
        // A connection string has no way to write these.
        for (auto const& [key, text] :
             std::array<std::pair<std::string_view, std::string>, 3>{{{"database.host", host},
                                                                      {"database.ca", authority->string()},
                                                                      {keys.certificate, certificate}}}) {
            if (text.empty() || text.find_first_of(";{}=") != std::string::npos)
                return settings_.wrong(key, "must not be empty, nor hold any of ; { } =");
        }
        account.odbc = fmt::format(
            "Driver={};SERVER={};PORT={};SSLCA={};SSLCERT={};SSLKEY={};SSLVERIFY=1;FORCETLS=1;"
            "TLSVERSION=TLSv1.3",
            store::odbc_driver, host, settings_.optional_integer("database.port").value_or(3306),
            authority->string(), certificate, account.private_key->path());
        return std::nullopt;
    }

    DataFolder const& folder_;
    Side side_;
    Settings const& settings_;
    Unseal const& unseal_;
    Instant now_;
};

}  // namespace

std::expected<DatabaseSettings, SettingsError> read_database(DataFolder const& folder, Side side,
                                                             Settings const& settings, Unseal const& unseal,
                                                             Instant now) {
    Reader reader{folder, side, settings, unseal, now};
    auto work = reader.account(keys_of_work, false);
    if (!work) return std::unexpected(work.error());
    auto log = reader.account(keys_of_log, true);
    if (!log) return std::unexpected(log.error());
    bool const is_elsewhere = work->certificate.has_value();
    return DatabaseSettings{std::move(*work), std::move(*log), is_elsewhere};
}

namespace {

/// When it was written; long ago when it is not there.
fs::file_time_type written_at(fs::path const& file) {
    std::error_code unknown;
    auto const at = fs::last_write_time(file, unknown);
    return unknown ? fs::file_time_type::min() : at;
}

}  // namespace

DatabaseAccess::DatabaseAccess(fs::path file, DatabaseSettings at_start, Read read)
    : file_(std::move(file)),
      read_(std::move(read)),
      settings_(std::move(at_start)),
      read_at_(written_at(file_)) {}

DatabaseSettings DatabaseAccess::current() {
    std::lock_guard const lock{mutex_};
    auto const at = written_at(file_);
    if (at == read_at_) return settings_;
    read_at_ = at;
    if (auto renewed = read_()) {
        settings_ = std::move(*renewed);
        write_log(LogLevel::info, "the settings of the database were read again");
    } else {
        write_log(LogLevel::error,
                  "the settings file was changed and is wrong: what it said of the database before still "
                  "holds; klout7 database check tells what is wrong");
    }
    return settings_;
}

}  // namespace klout7::program
