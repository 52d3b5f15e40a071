#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <optional>

#include "base/clock.h"
#include "base/random.h"
#include "crypto/keyring.h"
#include "handover/messages.h"
#include "store/database.h"

namespace klout7::exchange {

/// Does what a message asks, as part of the transaction that takes it. False refuses it: then nothing of it
/// may have been done. May run again after a roll-back.
using Handler = std::function<bool(store::Transaction&, handover::Message const&)>;

/// The messages of one side. Steps of the way of a message:
///
///     send      in the transaction of the action: numbered, sealed (HPKE, authenticated), into the own
///     outbox deliver   into the other side's inbox (already there is fine), then marked in the outbox
///     receive   in one transaction: in order, opened, handled, counted, removed from the inbox, answered
///
/// Each can be repeated after a kill at any point; the counter of what was received makes it exactly once.
template <class Zone>
class Exchange {
public:
    Exchange(store::Database& database, crypto::Keyring<Zone> const& keyring, Clock const& clock,
             Random& random)
        : database_(database), keyring_(keyring), clock_(clock), random_(random) {}

    void send(store::Transaction& tx, handover::Message const& message) const;

    /// How many were delivered; at most `batch`.
    std::expected<std::size_t, store::StoreError> deliver() const;
    /// How many were taken from the inbox; at most `batch`.
    std::expected<std::size_t, store::StoreError> receive(Handler const& handler) const;

    /// How it stands, for the operator.
    struct State {
        std::int64_t waiting = 0;     ///< not delivered yet
        std::int64_t unanswered = 0;  ///< delivered, no answer yet
        std::int64_t refused = 0;     ///< by the other side
        std::optional<Duration> oldest_unanswered;
    };
    std::expected<State, store::StoreError> state() const;

    static constexpr std::int64_t batch = 100;

private:
    bool take(store::Transaction& tx, Handler const& handler, std::int64_t number, BytesView sealed) const;
    store::Database& database_;
    crypto::Keyring<Zone> const& keyring_;
    Clock const& clock_;
    Random& random_;
};

/// Carries messages both ways as soon as there are any, until it goes.
template <class Zone>
class Courier {
public:
    Courier(Exchange<Zone> const& exchange, Handler handler);
    ~Courier();
    Courier(Courier const&) = delete;
    Courier& operator=(Courier const&) = delete;

private:
    struct State;
    std::unique_ptr<State> state_;
};

extern template class Exchange<OfficeZone>;
extern template class Exchange<MedicalZone>;
extern template class Courier<OfficeZone>;
extern template class Courier<MedicalZone>;

}  // namespace klout7::exchange
