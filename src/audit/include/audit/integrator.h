#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <string>

#include "base/side.h"
#include "crypto/keyring.h"
#include "store/database.h"

namespace klout7::audit {

/// Puts the events of a side in order into its hash tree and signs a checkpoint: every second when there
/// are new ones, and at stop. One at a time per folder; a second one refuses to start.
template <class Zone>
class Integrator {
public:
    /// `log` is the account that may read events. Errors: a sentence for the operator: the folder is in use,
    /// cannot be written, or holds something else than its last checkpoint says.
    static std::expected<std::unique_ptr<Integrator>, std::string> start(crypto::Keyring<Zone> const& keyring,
                                                                         store::Database& log,
                                                                         std::filesystem::path folder);
    ~Integrator();  ///< integrates what is there, signs, stops
    Integrator(Integrator const&) = delete;
    Integrator& operator=(Integrator const&) = delete;

private:
    struct State;
    explicit Integrator(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// One round: takes new events, at most `limit`, and signs when there were any. How many it took.
template <class Zone>
std::expected<std::uint64_t, std::string> integrate(crypto::Keyring<Zone> const& keyring,
                                                    store::Database& log,
                                                    std::filesystem::path const& folder);

extern template class Integrator<OfficeZone>;
extern template class Integrator<MedicalZone>;
extern template std::expected<std::uint64_t, std::string> integrate<OfficeZone>(
    crypto::Keyring<OfficeZone> const&, store::Database&, std::filesystem::path const&);
extern template std::expected<std::uint64_t, std::string> integrate<MedicalZone>(
    crypto::Keyring<MedicalZone> const&, store::Database&, std::filesystem::path const&);

}  // namespace klout7::audit
