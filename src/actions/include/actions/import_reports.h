#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "access/frame.h"
#include "actions/take_reports.h"
#include "cases/report_file.h"

namespace klout7::actions {

/// Who imports: an employer's account for the own people, or the operator by the name of the system account.
struct ImportedBy {
    std::optional<access::Actor> actor;
    std::string operator_name;
};

struct ImportCounts {
    std::int64_t rows = 0;
    std::int64_t added = 0;
    std::int64_t already_there = 0;
    std::int64_t refused = 0;
    std::int64_t skipped = 0;  ///< done by an earlier run that was cut off
};

/// One file of sick reports on its way in. Rows go in by batches, each in one transaction with its lines in
/// the log and how far the import is, so one that is killed goes on where it stopped. Good rows go in, bad
/// ones to the rejects.
class ImportReports {
public:
    struct Options {
        cases::Language language = cases::Language::dutch;
        bool dry_run = false;
        bool starts_over = false;  ///< also where an earlier run was cut off; what that kept is already there
        /// Receives lines of the file of refused rows before the batch is committed; false when they cannot
        /// be kept.
        std::function<bool(std::string_view)> write_rejects;
        std::size_t rows_per_batch = 1000;
    };

    /// `file_hash` names the file: the same hash goes on where an import of it was cut off.
    static std::expected<std::unique_ptr<ImportReports>, store::StoreError> begin(
        access::Frame<OfficeZone> const& frame, ImportedBy by, crypto::Sha256 const& file_hash,
        Options options);
    ~ImportReports();

    /// The bytes of rejects that an earlier run of this file had committed; what lies behind is to be cut
    /// off.
    std::int64_t rejects_bytes() const;

    std::expected<void, store::StoreError> feed(std::string_view piece);
    std::expected<void, store::StoreError> finish();
    ImportCounts const& counts() const;
    /// When the file is not taken at all.
    std::vector<cases::HeaderProblem> const& header_problems() const;
    /// The file may have been cut off in its last line.
    bool ends_in_mid_line() const;

private:
    struct State;
    explicit ImportReports(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// The employer's own file, over HTTP: at most this much.
inline constexpr std::uint64_t largest_import_bytes = 2 * 1024 * 1024;
struct OwnFile {
    std::string_view text;
    bool dry_run = false;
};
struct ImportResult {
    ImportCounts counts;
    std::string rejects;                                ///< CSV; empty when nothing was refused
    std::vector<cases::HeaderProblem> header_problems;  ///< then nothing was taken
};
std::expected<ImportResult, access::Failure> import_own_reports(access::Frame<OfficeZone> const& frame,
                                                                access::Actor const& actor,
                                                                access::Given<OwnFile> const& file,
                                                                cases::Language language);

}  // namespace klout7::actions
