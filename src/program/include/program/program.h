#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "access/frame.h"
#include "api/site.h"
#include "audit/integrator.h"
#include "base/embedded_text.h"
#include "base/settings.h"
#include "documents/limits.h"
#include "documents/scan_waiting.h"
#include "documents/scanner.h"
#include "documents/store.h"
#include "exchange/exchange.h"
#include "program/data_folder.h"
#include "program/database_access.h"
#include "program/database_watch.h"

namespace klout7::program {

/// The keyring of a side, by the credential beside it. Errors: a sentence for the operator.
template <class Zone>
std::expected<crypto::Keyring<Zone>, std::string> open_keyring(DataFolder const& folder);

/// With this keyring, which outlives it.
template <class Zone>
Unseal unseal_with(crypto::Keyring<Zone> const& keyring);

/// How much this side takes in.
documents::Limits limits_of(Settings const& settings);

/// One side of an installation, opened: keyring, connections, log, documents, exchange. Everything refers to
/// this, so it stays put.
template <class Zone>
class Program {
public:
    /// `name` is the program's name in the log; who lets no people in needs no employers. Errors: a sentence
    /// for the operator.
    static std::expected<std::unique_ptr<Program>, std::string> open(
        DataFolder const& folder, std::string name, access::KnownEmployers<Zone> employers = {});
    Program(Program const&) = delete;
    Program& operator=(Program const&) = delete;

    DataFolder const& folder() const { return folder_; }
    Settings const& settings() const { return settings_; }
    crypto::Keyring<Zone> const& keyring() const { return keyring_; }
    store::Database& database() { return database_; }
    store::Database& log_database() { return log_database_; }
    documents::Store const& documents() const { return *documents_; }
    documents::Scanner const& scanner() const { return scanner_; }
    documents::Limits limits() const { return limits_of(settings_); }
    access::Frame<Zone> const& frame() const { return frame_; }
    exchange::Exchange<Zone> const& exchange() const { return exchange_; }
    /// What documents that wait are scanned with, by a scanner that waits longer than somebody who uploads.
    documents::ScanParts<Zone> waiting_scans();
    /// What of the database of this side is not as agreed: asked now, both accounts.
    std::vector<store::ServerDifference> database_differences();

private:
    Program(DataFolder folder, std::string const& name, Settings settings, crypto::Keyring<Zone> keyring,
            std::unique_ptr<documents::Store> documents, DatabaseSettings database,
            access::RoleNetworks networks, access::KnownEmployers<Zone> employers);
    std::optional<DatabaseSettings> read_again() const;

    DataFolder folder_;
    Settings settings_;
    SystemClock clock_;
    SystemRandom random_;
    crypto::Keyring<Zone> keyring_;
    std::unique_ptr<documents::Store> documents_;
    documents::Scanner scanner_;
    documents::Scanner patient_scanner_;
    std::vector<store::SchemaChange> changes_;
    DatabaseAccess database_access_;
    DatabaseWatch watch_;
    store::Database database_;
    store::Database log_database_;
    /// The lines of reads have a connection of their own: every read waits for them, and they would wait in
    /// line behind the next reads.
    store::Database reads_database_;
    vault::PersonKeys<Zone> keys_;
    audit::Recorder<Zone> recorder_;
    audit::GroupRecorder<Zone> reads_;
    access::Frame<Zone> frame_;
    exchange::Exchange<Zone> exchange_;
};

/// What is particular to a side.
template <class Zone>
struct Served {
    std::function<std::vector<api::Route<Zone>>(Program<Zone>&)> routes;
    std::function<exchange::Handler(Program<Zone>&)> handler;
    std::span<EmbeddedText const> description;  ///< of the side, then what both sides have
    std::span<EmbeddedFile const> pages = {};
    /// Of the side that has employers.
    access::KnownEmployers<Zone> employers = {};
    /// What the side goes on with by itself, on a thread of its own; how long until it is asked again.
    std::function<std::chrono::milliseconds(Program<Zone>&)> work = {};
};

/// The whole of klout7-office or klout7-medical: `--data FOLDER`, `--help`; serves until SIGTERM or SIGINT.
/// The exit code.
template <class Zone>
int run(int argc, char** argv, std::string name, Served<Zone> const& served);

/// What both programs serve to anybody: the description, and where to report a hole
/// (program/security_text.h).
std::vector<api::PublicText> public_texts(std::span<EmbeddedText const> description,
                                          std::optional<std::string> security_text);

/// The keys that a side's settings file knows.
std::vector<KnownSetting> known_settings();

extern template class Program<OfficeZone>;
extern template class Program<MedicalZone>;
extern template int run(int, char**, std::string, Served<OfficeZone> const&);
extern template int run(int, char**, std::string, Served<MedicalZone> const&);

}  // namespace klout7::program
