#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/secret_bytes.h"
#include "documents/store.h"

namespace klout7::documents {

/// Where a share is, and who uses it. Nobody else should: one share for each side.
struct SmbSettings {
    std::string server;  ///< a name or an address
    std::uint16_t port = 445;
    std::string share;
    std::string user;  ///< with a domain: DOMAIN\user
    std::shared_ptr<SecretBytes const> password;
    /// Whose documents lie there: one text for each installation and side, at most 64 characters.
    std::string owner;
    std::filesystem::path program;  ///< klout7-smb
    /// For each step that the server does: a piece of at most 1 MiB, a list of one folder.
    std::chrono::milliseconds patience{15'000};
    /// Connections at most, each a process of its own. They are made as they are needed.
    std::size_t connections = 4;
};

/// Why a share is not to be used.
enum class SmbProblem {
    no_program,      ///< klout7-smb is not there, or ended at once
    no_confinement,  ///< the kernel cannot keep klout7-smb from the keys
    unreachable,     ///< nobody answers at the address, or not in time
    no_smb_3_1_1,    ///< whoever answers does not speak SMB 3.1.1, or ends the connection
    not_encrypted,   ///< it would have gone on in the clear
    no_login,        ///< the password is wrong, or the user may not use the share
    no_share,        ///< the server has no share of this name
    unwritable,      ///< no folder can be made in it
    of_another,      ///< the documents of another installation or side lie there
};
/// A sentence for the operator: what is wrong and what to do.
std::string_view text_for(SmbProblem problem);

class SmbPool;

/// A store that is a share of a server that speaks SMB 3.1.1 and encrypts. Safe from many programs on one
/// share. When the server or klout7-smb ends, what is being read goes on over a new connection, what is
/// arriving is away, and the next call connects again. Each step ends in its time, and is tried twice at
/// most.
///
///     incoming/<random>  what is still arriving
///     claims/<name>      who is about to give this name
///     owner              whose share it is: the sweep of one side would remove what it does not know
///     00/ .. ff/         256 folders by the first byte of the name
///
/// How a file gets its name once, whole, though renaming over SMB is not atomic: the library answers a name
/// that is taken by removing what is there and renaming again. So a file arrives under a random name; its
/// length is asked for and compared; then `claims/<name>` is made, which the server does for one of all who
/// try; who has it looks whether the name is taken, renames, sets the time, and removes the claim. Nobody
/// renames to a name without its claim, so nothing is ever replaced. A program that is killed in between
/// leaves a claim, and the name cannot be given until the sweep removed it. Whoever reads a document finds by
/// its seal whether all of it is there.
///
/// What is kept is as safe as the server makes it: SMB as the library speaks it does not ask for a file to be
/// on disk. A Samba server needs `sync always = yes` for that; Azure Files has it by itself.
class SmbStore final : public Store {
public:
    /// Connects, and makes what is missing: the folders and the file that says whose share it is. `clock` and
    /// `random` outlive it.
    static std::expected<SmbStore, SmbProblem> open(SmbSettings settings, Clock const& clock, Random& random);

    std::expected<Writer, StoreFault> create(StoreName const& name, Random& random) const override;
    /// Unwritable while somebody has it open.
    std::expected<void, StoreFault> remove(StoreName const& name) const override;
    std::expected<Reader, StoreFault> read(StoreName const& name) const override;
    std::expected<std::vector<StoreName>, StoreFault> names() const override;
    /// Claims too. That nobody writes it any more is known by the time alone, which is by the clock of the
    /// server: how far that is from ours is found out first.
    std::expected<std::vector<StoreName>, StoreFault> abandoned(Instant limit) const override;
    bool remove_abandoned(StoreName const& name) const override;

    /// The processes that hold a connection now.
    std::vector<int> processes() const;

private:
    explicit SmbStore(std::shared_ptr<SmbPool> pool, Clock const& clock, Random& random)
        : pool_(std::move(pool)), clock_(&clock), random_(&random) {}
    std::expected<Instant, StoreFault> by_its_clock(Instant limit) const;

    std::shared_ptr<SmbPool> pool_;
    Clock const* clock_;
    Random* random_;
};

}  // namespace klout7::documents
