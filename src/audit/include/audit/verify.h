#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "crypto/keyring.h"
#include "store/database.h"

namespace klout7::audit {

/// What a check of a whole log found.
struct Verdict {
    std::uint64_t events = 0;
    std::uint64_t under_checkpoint = 0;
    /// The first line that is not as it was written, and how it differs; nothing when the log is whole.
    std::optional<std::string> first_fault;
};

/// Recomputes everything from the rows: each event's tag, its columns, its sealed detail, the numbers without
/// a gap, and against the files of the log: each entry, leaf, tile and the signed head. The log may grow
/// meanwhile: it is judged as it was when the check began, and nothing newer is called a fault.
/// Errors: the database did not answer.
template <class Zone>
std::expected<Verdict, store::StoreError> verify(crypto::Keyring<Zone> const& keyring, store::Database& log,
                                                 std::filesystem::path const& folder,
                                                 std::function<void(std::uint64_t)> const& progress = {});

extern template std::expected<Verdict, store::StoreError> verify<OfficeZone>(
    crypto::Keyring<OfficeZone> const&, store::Database&, std::filesystem::path const&,
    std::function<void(std::uint64_t)> const&);
extern template std::expected<Verdict, store::StoreError> verify<MedicalZone>(
    crypto::Keyring<MedicalZone> const&, store::Database&, std::filesystem::path const&,
    std::function<void(std::uint64_t)> const&);

}  // namespace klout7::audit
