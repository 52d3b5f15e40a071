#pragma once

#include <expected>
#include <filesystem>
#include <functional>
#include <type_traits>

#include "access/facts.h"
#include "access/gate.h"
#include "access/networks.h"
#include "audit/recorder.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/random.h"
#include "handover/messages.h"
#include "passkeys/passkeys.h"
#include "store/database.h"
#include "vault/person_keys.h"

namespace klout7::access {

/// What is known of an employer by who knows employers (people/employers.h). Where nobody says it, its users
/// come from nowhere and it has no name.
template <class Zone>
struct KnownEmployers {
    /// Whether its users may come from this address.
    std::function<bool(store::Transaction&, crypto::Keyring<Zone> const&, EmployerId,
                       std::string_view address)>
        allow = [](auto&, auto const&, auto, auto) { return false; };
    /// How it is called, for what a password of its users may not hold.
    std::function<std::string(store::Transaction&, crypto::Keyring<Zone> const&, EmployerId)> name_of =
        [](auto&, auto const&, auto) { return std::string{}; };
};

/// What every action of a side stands on. Made once per program; the parts outlive it.
template <class Zone>
struct Frame {
    store::Database& database;
    store::Database& log_database;  ///< the account that may read events
    vault::PersonKeys<Zone> const& keys;
    audit::Recorder<Zone> const& recorder;
    audit::GroupRecorder<Zone>& reads;
    Clock const& clock;
    Random& random;
    /// False when the disk is so full that the database needs what is left: to undo what runs, and to keep
    /// the lines of who read what. MariaDB ends itself when it cannot undo a change.
    std::function<bool()> has_room = [] { return true; };
    /// For whom passkeys of this side are made.
    passkeys::RelyingParty relying_party = {};
    /// From where people may come.
    RoleNetworks networks = {};
    KnownEmployers<Zone> employers = {};
    /// Tells the other side of an account, in the transaction that changes it.
    std::function<void(store::Transaction&, handover::StaffAccount const&)> tell_other_side =
        [](auto&, auto const&) {};
    /// Where the signed log of this side lies (audit/log_folder.h).
    std::filesystem::path log_folder = {};
};

/// One action while it runs: the transaction, who asks, and the gate that must be asked.
template <class Zone>
struct Unit {
    store::Transaction& tx;
    Frame<Zone> const& frame;
    Actor const& actor;
    Instant now;
    AccessGate& gate;

    crypto::Keyring<Zone> const& keyring() const { return frame.keys.keyring(); }
    LocalDate today() const { return LocalDate::in_the_netherlands(now); }
};

/// Without its key a person is gone; an altered one may be mended.
constexpr FailureKind failure_of(vault::VaultError error) {
    return error == vault::VaultError::no_key ? FailureKind::not_found : FailureKind::unavailable;
}

/// The key of someone whom the gate cleared. Errors: not_found when it was destroyed, unavailable when
/// altered.
template <class Zone>
std::expected<typename vault::PersonKeys<Zone>::Key, Failure> key_of(Unit<Zone>& unit, PersonId person) {
    auto key = unit.frame.keys.load(unit.tx, person);
    if (key) return std::move(*key);
    return std::unexpected(Failure{failure_of(key.error())});
}

namespace frame_detail {

/// Whether the store answered, so that it is worth the wait to write a line of what failed there. What may
/// have been done did not fail.
constexpr bool takes_lines_after(store::StoreError error) {
    return error != store::StoreError::unavailable && error != store::StoreError::timed_out &&
           error != store::StoreError::uncertain;
}

template <class Result, class Zone>
Result conclude(Frame<Zone> const& frame, AccessGate& gate, std::expected<Result, store::StoreError>&& done,
                bool changes) {
    if (!done) {
        gate.mark_failed();
        auto const kind = changes ? failure_of(done.error()) : failure_of_reading(done.error());
        bool const is_written =
            takes_lines_after(done.error()) && frame.reads.record(gate.events()).has_value();
        // That something is there already is told to nobody without a line; trouble is.
        bool const is_told = is_written || kind != FailureKind::already_there;
        return std::unexpected(Failure{is_told ? kind : FailureKind::unavailable});
    }
    if (!done->has_value()) gate.mark_failed();
    if (changes && done->has_value()) return std::move(*done);
    if (auto const written = frame.reads.record(gate.events()); !written)
        return std::unexpected(Failure{failure_of_reading(written.error())});
    return std::move(*done);
}

template <class Zone, class Work>
auto run(Frame<Zone> const& frame, Actor const& actor, bool changes, Work& work) {
    using Result = std::invoke_result_t<Work, Unit<Zone>&>;
    AccessGate gate{actor, frame.clock.now()};
    auto done = frame.database.transact([&](store::Transaction& tx) -> Result {
        auto const now = frame.clock.now();
        // Of this try only; kept also when the store ends it.
        gate = AccessGate{actor, now, [&tx, &frame, &actor, now](ObjectFacts& facts) {
                              complete(tx, frame.keys.keyring(), actor, now, facts);
                          }};
        Unit<Zone> unit{tx, frame, actor, now, gate};
        auto result = work(unit);
        require(!gate.events().empty(), "an action asks the gate");
        if (changes && result.has_value() && !frame.has_room())
            result = std::unexpected(Failure{FailureKind::full});
        if (changes && result.has_value()) frame.recorder.record(tx, gate.events());
        return result;
    });
    return conclude<Result>(frame, gate, std::move(done), changes);
}

}  // namespace frame_detail

/// Performs an action that changes something. `work(Unit&)` gives std::expected<T, Failure>: on a value its
/// changes and its lines are committed together; on a failure nothing is changed and only its lines are
/// written; a disk that is nearly full is one too. It may run more than once (Database::transact). If the
/// lines cannot be written, the answer is `unavailable`.
template <class Zone, class Work>
auto change(Frame<Zone> const& frame, Actor const& actor, Work work) {
    return frame_detail::run(frame, actor, true, work);
}

/// Performs an action that only reads: its lines share a commit with those of other reads, before the answer
/// leaves.
template <class Zone, class Work>
auto look(Frame<Zone> const& frame, Actor const& actor, Work work) {
    return frame_detail::run(frame, actor, false, work);
}

}  // namespace klout7::access
