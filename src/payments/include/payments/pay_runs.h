#pragma once

#include <optional>
#include <string>
#include <vector>

#include "payments/ledger.h"
#include "payments/payables.h"

/// A pay run: of every case that benefit is paid of, what is due up to a week and was not reckoned yet. It
/// goes on where it stopped, whatever ended it, and run again it pays nothing again.
namespace klout7::payments {

enum class RunState { running, finished };
std::string_view name_of(RunState state);

struct PayRun {
    PayRunId id;
    std::int64_t number = 1;
    LocalDate week;     ///< the Monday of the last week that is paid
    LocalDate pay_day;  ///< its year decides about tax
    UserId started_by;
    Instant started_at;
    RunState state = RunState::running;
    std::optional<Instant> finished_at = {};
    CaseId after = {};  ///< looked at last; in the order of their ids
    std::int64_t looked_at = 0;
    std::int64_t paid = 0;      ///< cases with something to pay or a claim
    std::int64_t left_out = 0;  ///< what could not be reckoned, listed
    Money gross = {};
    Money tax = {};
    Money claims = {};
    Money zvw = {};
    std::int64_t version = 0;
};

/// Errors of reading: a row with another tag ends the work.
std::optional<PayRun> find_run(store::Transaction& tx, Keyring const& keyring, PayRunId id);
/// Newest first.
std::vector<PayRun> newest_runs(store::Transaction& tx, Keyring const& keyring, std::int64_t most);
std::optional<PayRun> running_run(store::Transaction& tx, Keyring const& keyring);
std::int64_t cases_left_of(store::Transaction& tx, PayRun const& run);

/// Another one at the same moment ends the work (already_there).
PayRun add_run(store::Transaction& tx, Keyring const& keyring, Period const& week, LocalDate pay_day,
               UserId by, Instant now, Random& random);

/// A case that was left out: why, by the code of a benefits::CaseFault, or "key_gone" or "altered".
struct Obstacle {
    CaseId case_id;
    std::string code;
};
/// By case, behind this one.
std::vector<Obstacle> obstacles_of(store::Transaction& tx, PayRunId run, CaseId after, std::int64_t most);

/// What one step is to do with a case.
struct Reckoned {
    OpenCase open;
    std::optional<Key> key;
    std::optional<benefits::CasePayment> payment;  ///< nothing: left out
    std::string obstacle;
    std::int64_t number = 1;  ///< of the payable
    bool is_over = false;     ///< nothing can come of it any more
};
/// The next cases of a run, reckoned; nothing is written.
std::vector<Reckoned> reckon_next(store::Transaction& tx, vault::PersonKeys<OfficeZone> const& keys,
                                  PayRun const& run, std::int64_t most);
/// Writes them down with their posting, and how far the run is; without any the run has come to its end.
/// False: somebody else took the step.
bool keep_step(store::Transaction& tx, Keyring const& keyring, PayRun run,
               std::vector<Reckoned> const& reckoned, Instant now, Random& random);

}  // namespace klout7::payments
