#pragma once

#include <expected>
#include <memory>
#include <span>
#include <string>

#include "audit/event.h"
#include "base/random.h"
#include "crypto/keyring.h"
#include "store/database.h"

namespace klout7::audit {

/// Writes events into the log of one side, as one program. Many threads.
template <class Zone>
class Recorder {
public:
    /// `program` is one of those in table audit_number.
    Recorder(crypto::Keyring<Zone> const& keyring, Random& random, std::string program);

    /// Writes the events in their order, as part of the transaction: without them nothing else of it happens.
    /// Takes the next numbers and with them a lock until the end of the transaction, so this is its last
    /// step.
    void record(store::Transaction& tx, std::span<Event const> events) const;

private:
    crypto::Keyring<Zone> const& keyring_;
    Random& random_;
    std::string program_;
};

/// Writes the events of reads. Requests that come together share one commit, which is what makes logging
/// every read affordable.
template <class Zone>
class GroupRecorder {
public:
    /// All three outlive this.
    GroupRecorder(Recorder<Zone> const& recorder, store::Database& database);
    ~GroupRecorder();  ///< writes what waits
    GroupRecorder(GroupRecorder const&) = delete;
    GroupRecorder& operator=(GroupRecorder const&) = delete;

    /// The events are committed. On an error they are not, or nobody knows: then the answer must not leave.
    std::expected<void, store::StoreError> record(std::span<Event const> events);

private:
    struct State;
    std::unique_ptr<State> state_;
};

extern template class Recorder<OfficeZone>;
extern template class Recorder<MedicalZone>;
extern template class GroupRecorder<OfficeZone>;
extern template class GroupRecorder<MedicalZone>;

}  // namespace klout7::audit
