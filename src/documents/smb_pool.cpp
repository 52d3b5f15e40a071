#include "smb_pool.h"

#include "base/check.h"
#include "base/log.h"

namespace klout7::documents {
namespace {

LogMessage message_for(SmbProblem problem) {
    switch (problem) {
        case SmbProblem::no_program:
            return "klout7-smb, which reaches the share of the documents, is not beside this program or does "
                   "not start; install the package again";
        case SmbProblem::no_confinement:
            return "this kernel has no Landlock, which keeps klout7-smb from the keys; Linux 5.13 or later "
                   "has it";
        case SmbProblem::unreachable:
            return "the server of the share does not answer; see documents.smb.server and "
                   "documents.smb.port, the network between, and whether the server runs";
        case SmbProblem::no_smb_3_1_1:
            return "the server of the share ends the connection; it must speak SMB 3.1.1 and offer "
                   "AES-256-GCM or AES-128-GCM (Samba: server min protocol = SMB3_11)";
        case SmbProblem::not_encrypted:
            return "the server of the share does not encrypt, so nothing was sent to it; set it to require "
                   "encryption with SMB 3.1.1 (Samba: server smb encrypt = required; Windows: EncryptData "
                   "and RejectUnencryptedAccess; Azure Files: secure transfer required)";
        case SmbProblem::no_login:
            return "the server of the share refuses the user; see documents.smb.user, documents.smb.password "
                   "and who may use the share";
        case SmbProblem::no_share:
            return "the server has no share of the name in documents.smb.share";
        case SmbProblem::unwritable:
            return "no folder can be made in the share; see whether documents.smb.user may write there, and "
                   "whether there is space";
        case SmbProblem::of_another:
            return "documents of another installation or of the other side lie in the share; give each side "
                   "a share of its own";
    }
    return "";
}

}  // namespace

std::string_view text_for(SmbProblem problem) { return message_for(problem).text; }

Bytes smb_path(std::string_view path) {
    Bytes body;
    smb::append_part(body, bytes_of(path));
    return body;
}

SmbPool::SmbPool(SmbSettings settings) : settings_(std::move(settings)), slots_(settings_.connections) {
    require(!slots_.empty(), "a pool has room for a connection");
}

std::expected<std::shared_ptr<SmbConnection>, SmbProblem> SmbPool::connection() {
    Slot* free = nullptr;
    std::shared_ptr<SmbConnection> least_asked;
    for (auto& slot : slots_) {
        std::unique_lock const lock{slot.mutex, std::try_to_lock};
        if (!lock) continue;
        auto const& one = slot.connection;
        if (!one || one->is_lost()) {
            if (free == nullptr) free = &slot;
        } else if (one->askers() == 0) {
            return one;
        } else if (!least_asked || one->askers() < least_asked->askers()) {
            least_asked = one;
        }
    }
    if (free != nullptr) return connect_in(*free);
    if (least_asked) return least_asked;
    return connect_in(slots_[next_++ % slots_.size()]);
}

std::expected<std::shared_ptr<SmbConnection>, SmbProblem> SmbPool::connect_in(Slot& slot) {
    auto const tries_before = slot.tries.load();
    std::lock_guard const lock{slot.mutex};
    if (slot.connection && !slot.connection->is_lost()) return slot.connection;
    // Who waited for a server that does not answer would wait again.
    if (slot.tries != tries_before && slot.problem) return std::unexpected(*slot.problem);
    auto made = SmbConnection::make(settings_);
    slot.problem = made ? std::nullopt : std::optional{made.error()};
    slot.connection = made.value_or(nullptr);
    ++slot.tries;
    tell(slot.problem);
    return made;
}

std::expected<Bytes, smb::Status> SmbPool::ask(smb::What what, BytesView body) {
    for (bool is_again = false;; is_again = true) {
        auto const over = connection();
        if (!over) return std::unexpected(smb::Status::unreachable);
        auto answer = (*over)->ask(what, body);
        bool const was_lost = !answer && (*over)->is_lost();
        if (!was_lost || is_again) return answer;
    }
}

std::vector<int> SmbPool::processes() {
    std::vector<int> found;
    for (auto& slot : slots_) {
        std::lock_guard const lock{slot.mutex};
        if (slot.connection && !slot.connection->is_lost()) found.push_back(slot.connection->process());
    }
    return found;
}

void SmbPool::tell(std::optional<SmbProblem> problem) {
    std::lock_guard const lock{told_mutex_};
    // Before it was there once, whoever opens it is told.
    bool const is_news = was_there_ && problem != told_;
    was_there_ = was_there_ || !problem;
    told_ = problem;
    if (!is_news) return;
    if (problem)
        write_log(LogLevel::error, message_for(*problem));
    else
        write_log(LogLevel::info, "the share of the documents is back");
}

}  // namespace klout7::documents
