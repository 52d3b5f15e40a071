#pragma once

#include <sys/types.h>

#include <atomic>
#include <expected>
#include <memory>
#include <mutex>
#include <optional>

#include "base/file_handle.h"
#include "documents/smb_store.h"
#include "smb/protocol.h"

namespace klout7::documents {

/// One klout7-smb that is connected to the share. It sees no file but the system's libraries, and has nothing
/// of who started it. Safe from many threads, of which one asks at a time.
class SmbConnection {
public:
    static std::expected<std::shared_ptr<SmbConnection>, SmbProblem> make(SmbSettings const& settings);
    SmbConnection(SmbConnection const&) = delete;
    SmbConnection& operator=(SmbConnection const&) = delete;
    ~SmbConnection();

    /// The body of the answer. Errors: what klout7-smb answered; `lost` too when it did not, or not in its
    /// time: then it is ended.
    std::expected<Bytes, smb::Status> ask(smb::What what, BytesView body);
    /// How many ask at this moment.
    int askers() const { return askers_; }
    bool is_lost() const { return is_lost_; }
    /// -1 when it ended.
    pid_t process() const { return process_; }

private:
    SmbConnection(FileHandle socket, pid_t process, std::chrono::milliseconds patience)
        : socket_(std::move(socket)), process_(process), patience_(patience) {}
    std::expected<Bytes, smb::Status> ask_in_turn(smb::What what, BytesView body);
    void end();

    FileHandle socket_;
    std::atomic<pid_t> process_;
    std::chrono::milliseconds patience_;
    std::mutex turn_;
    std::atomic<int> askers_ = 0;
    std::atomic<bool> is_lost_ = false;
    /// Why it did not answer.
    std::optional<SmbProblem> problem_;
};

}  // namespace klout7::documents
