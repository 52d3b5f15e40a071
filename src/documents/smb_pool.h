#pragma once

#include <atomic>
#include <deque>
#include <expected>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "smb_connection.h"

namespace klout7::documents {

/// The connections to one share: made when they are needed, and again when they were lost. Safe from many
/// threads. The operating log tells when the share goes away, why, and when it is back.
class SmbPool {
public:
    explicit SmbPool(SmbSettings settings);

    /// A connection that was not lost a moment ago, the least asked of. Who waits while another thread tries
    /// to connect shares what comes of it.
    std::expected<std::shared_ptr<SmbConnection>, SmbProblem> connection();
    /// Asks any connection, and once more over another one when the first was lost: for what may be done
    /// twice.
    std::expected<Bytes, smb::Status> ask(smb::What what, BytesView body);
    std::vector<int> processes();

private:
    struct Slot {
        std::mutex mutex;
        std::shared_ptr<SmbConnection> connection = {};
        std::optional<SmbProblem> problem = {};  ///< of the last try to connect
        std::atomic<std::uint64_t> tries = 0;
    };
    std::expected<std::shared_ptr<SmbConnection>, SmbProblem> connect_in(Slot& slot);
    void tell(std::optional<SmbProblem> problem);

    SmbSettings settings_;
    std::deque<Slot> slots_;
    std::atomic<std::size_t> next_ = 0;
    std::mutex told_mutex_;
    bool was_there_ = false;
    std::optional<SmbProblem> told_;
};

/// A path in the share.
Bytes smb_path(std::string_view path);

}  // namespace klout7::documents
