// klout7-smb: the one program that links the SMB library, which is GPL-3 and so is this program as a whole;
// its source is Apache-2.0 like the rest. One process holds one connection and does one thing at a time, as
// the library is not safe from many threads. Whoever started it speaks with it as smb/protocol.h says.

#include <fcntl.h>
#include <libsmbclient.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <map>
#include <memory>
#include <string>

#include "base/secret_bytes.h"
#include "smb/protocol.h"
#include "smb/relay.h"

namespace klout7::smb {
namespace {

/// Whoever started us left its socket here.
constexpr int own_socket = 0;

constexpr std::string_view library_settings =
    "[global]\n"
    "client min protocol = SMB3_11\nclient max protocol = SMB3_11\nclient smb encrypt = required\n"
    "client signing = required\nclient ntlmv2 auth = yes\nclient use kerberos = off\n"
    "name resolve order = host\ndisable netbios = yes\nload printers = no\n"
    "log level = 0\nlog file = /dev/null\n";

/// How the library signs in. It asks a plain function, so this is global.
struct Account {
    std::string workgroup;
    std::string user;
    SecretBytes password;
};
Account account;

void copy_to(char* out, int size, std::string_view text) {
    auto const count = std::min(text.size(), static_cast<std::size_t>(size) - 1);
    std::memcpy(out, text.data(), count);
    out[count] = '\0';
}

void give_account(SMBCCTX*, char const*, char const*, char* workgroup, int workgroup_size, char* user,
                  int user_size, char* password, int password_size) {
    copy_to(workgroup, workgroup_size, account.workgroup);
    copy_to(user, user_size, account.user);
    copy_to(password, password_size, account.password.text());
}

/// Settings of our own, so that those of the machine, which we cannot know, are not read.
bool use_own_settings() {
    auto const file = memfd_create("klout7-smb", MFD_CLOEXEC);
    if (file < 0 || write(file, library_settings.data(), library_settings.size()) !=
                        static_cast<ssize_t>(library_settings.size()))
        return false;
    return smbc_setConfiguration(nullptr, ("/proc/self/fd/" + std::to_string(file)).c_str()) == 0;
}

Status status_of(int error) {
    switch (error) {
        case ENOENT:
        case ENOTDIR:
        case ENODEV:
            return Status::missing;
        case EEXIST:
            return Status::exists;
        case ENOSPC:
        case EDQUOT:
        case EFBIG:
            return Status::full;
        case EACCES:
        case EPERM:
            return Status::denied;
        case EBUSY:
        case EISDIR:
        case EINVAL:
        case ENAMETOOLONG:
        case ENOTEMPTY:
        case EROFS:
            return Status::failed;
        default:
            return Status::lost;
    }
}

std::uint64_t microseconds(timespec at) {
    return static_cast<std::uint64_t>(at.tv_sec) * 1'000'000 + static_cast<std::uint64_t>(at.tv_nsec) / 1000;
}

class Worker {
public:
    /// Answers until the other end is gone.
    void run() {
        while (auto request = receive_frame(own_socket)) {
            Bytes answer;
            Parts parts{request->body};
            auto status = does(static_cast<What>(request->kind), parts, answer);
            wipe(request->body);  // the first one holds the password
            if (status == Status::ok && !parts.is_whole()) status = Status::malformed;
            // Why the connection ended is known here alone.
            if (relay_ && status != Status::ok && relay_->saw_plain()) status = Status::not_encrypted;
            if (relay_ && status != Status::ok && relay_->was_unreachable()) status = Status::unreachable;
            if (status != Status::ok) answer.clear();
            if (!send_frame(own_socket, static_cast<std::uint8_t>(status), answer)) return;
        }
    }

private:
    Status does(What what, Parts& parts, Bytes& answer) {
        if (what == What::connect) return relay_ ? Status::malformed : connect(parts);
        if (!relay_) return Status::malformed;
        errno = 0;
        switch (what) {
            case What::make_folder:
                return result(smbc_getFunctionMkdir(context_)(context_, url(parts.text()).c_str(), 0700) ==
                              0);
            case What::create:
                return open(parts.text(), O_WRONLY | O_CREAT | O_EXCL, answer);
            case What::open:
                return open(parts.text(), O_RDONLY, answer);
            case What::write:
                return write(parts);
            case What::read:
                return read(parts, answer);
            case What::close:
                return close(parts);
            case What::rename: {
                auto const from = url(parts.text());
                auto const to = url(parts.text());
                return result(
                    smbc_getFunctionRename(context_)(context_, from.c_str(), context_, to.c_str()) == 0);
            }
            case What::remove:
                return result(smbc_getFunctionUnlink(context_)(context_, url(parts.text()).c_str()) == 0);
            case What::list:
                return list(parts, answer);
            case What::look:
                return look(parts, answer);
            case What::set_time:
                return set_time(parts);
            case What::connect:
                break;
        }
        return Status::malformed;
    }

    static Status result(bool is_done) { return is_done ? Status::ok : status_of(errno); }
    std::string url(std::string_view path) const { return root_ + std::string{path}; }

    Status connect(Parts& parts) {
        std::string const server{parts.text()};
        auto const port = static_cast<std::uint16_t>(parts.number(2));
        std::string const share{parts.text()};
        auto const user = parts.text();
        auto const password = parts.part();
        auto const patience = static_cast<int>(parts.number(4));
        if (!parts.is_whole()) return Status::malformed;
        auto const domain_end = user.find('\\');
        if (domain_end != std::string_view::npos) account.workgroup = user.substr(0, domain_end);
        account.user = user.substr(domain_end == std::string_view::npos ? 0 : domain_end + 1);
        account.password = SecretBytes{password};
        relay_ = std::make_unique<Relay>(server, port);
        if (relay_->port() == 0 || !make_context(patience)) return Status::failed;
        root_ = "smb://127.0.0.1/" + share + "/";
        struct stat facts {};
        return result(smbc_getFunctionStat(context_)(context_, root_.c_str(), &facts) == 0);
    }

    bool make_context(int patience) {
        context_ = smbc_new_context();
        if (context_ == nullptr) return false;
        smbc_setDebug(context_, 0);
        smbc_setFunctionAuthDataWithContext(context_, give_account);
        smbc_setOptionUseKerberos(context_, 0);
        smbc_setOptionFallbackAfterKerberos(context_, 0);
        smbc_setOptionNoAutoAnonymousLogin(context_, 1);
        smbc_setOptionSmbEncryptionLevel(context_, SMBC_ENCRYPTLEVEL_REQUIRE);
        smbc_setPort(context_, relay_->port());
        smbc_setTimeout(context_, patience);
        if (!use_own_settings() || smbc_init_context(context_) == nullptr) return false;
        return smbc_setOptionProtocols(context_, "SMB3_11", "SMB3_11") != 0;
    }

    Status open(std::string_view path, int how, Bytes& answer) {
        auto* const file = smbc_getFunctionOpen(context_)(context_, url(path).c_str(), how, 0600);
        if (file == nullptr) return status_of(errno);
        append_u32(answer, ++last_handle_);
        if (how == O_RDONLY) {
            struct stat facts {};
            if (smbc_getFunctionFstat(context_)(context_, file, &facts) != 0) {
                auto const status = status_of(errno);
                smbc_getFunctionClose(context_)(context_, file);
                return status;
            }
            append_u64(answer, static_cast<std::uint64_t>(facts.st_size));
        }
        files_[last_handle_] = file;
        return Status::ok;
    }

    /// The file of the handle that comes next, at the offset behind it; nothing when there is none.
    SMBCFILE* file_at(Parts& parts) {
        auto const found = files_.find(static_cast<std::uint32_t>(parts.number(4)));
        auto const offset = static_cast<off_t>(parts.number(8));
        if (found == files_.end() ||
            smbc_getFunctionLseek(context_)(context_, found->second, offset, SEEK_SET) < 0)
            return nullptr;
        return found->second;
    }

    Status write(Parts& parts) {
        auto* const file = file_at(parts);
        auto const bytes = parts.rest();
        if (file == nullptr || bytes.size() > most_piece_bytes) return Status::malformed;
        auto const written = smbc_getFunctionWrite(context_)(context_, file, bytes.data(), bytes.size());
        if (written < 0) return status_of(errno);
        return static_cast<std::size_t>(written) == bytes.size() ? Status::ok : Status::full;
    }

    Status read(Parts& parts, Bytes& answer) {
        auto* const file = file_at(parts);
        auto const count = static_cast<std::size_t>(parts.number(4));
        if (file == nullptr || count > most_piece_bytes) return Status::malformed;
        answer.resize(count);
        auto const got = smbc_getFunctionRead(context_)(context_, file, answer.data(), count);
        if (got < 0) return status_of(errno);
        answer.resize(static_cast<std::size_t>(got));
        return Status::ok;
    }

    Status close(Parts& parts) {
        auto const found = files_.find(static_cast<std::uint32_t>(parts.number(4)));
        if (found == files_.end()) return Status::malformed;
        auto* const file = found->second;
        files_.erase(found);
        return result(smbc_getFunctionClose(context_)(context_, file) == 0);
    }

    Status list(Parts& parts, Bytes& answer) {
        auto* const folder = smbc_getFunctionOpendir(context_)(context_, url(parts.text()).c_str());
        if (folder == nullptr) return status_of(errno);
        constexpr std::uint16_t folder_attribute = 0x10;
        while (auto const* found = smbc_getFunctionReaddirPlus(context_)(context_, folder)) {
            if ((found->attrs & folder_attribute) != 0) continue;
            append_part(answer, bytes_of(found->name));
            append_u64(answer, microseconds(found->mtime_ts));
        }
        smbc_getFunctionClosedir(context_)(context_, folder);
        return answer.size() < most_frame_bytes ? Status::ok : Status::failed;
    }

    Status look(Parts& parts, Bytes& answer) {
        struct stat facts {};
        if (smbc_getFunctionStat(context_)(context_, url(parts.text()).c_str(), &facts) != 0)
            return status_of(errno);
        append_u64(answer, static_cast<std::uint64_t>(facts.st_size));
        append_u64(answer, microseconds(facts.st_mtim));
        return Status::ok;
    }

    Status set_time(Parts& parts) {
        auto const path = url(parts.text());
        auto const microseconds = parts.number(8);
        if (!parts.is_whole()) return Status::malformed;
        timeval const at{static_cast<time_t>(microseconds / 1'000'000),
                         static_cast<suseconds_t>(microseconds % 1'000'000)};
        std::array read_and_written{at, at};
        return result(smbc_getFunctionUtimes(context_)(context_, path.c_str(), read_and_written.data()) == 0);
    }

    std::unique_ptr<Relay> relay_;
    SMBCCTX* context_ = nullptr;
    std::string root_;
    std::map<std::uint32_t, SMBCFILE*> files_;
    std::uint32_t last_handle_ = 0;
};

}  // namespace
}  // namespace klout7::smb

int main() {
    // It holds a password.
    rlimit const no_core{0, 0};
    if (setrlimit(RLIMIT_CORE, &no_core) != 0 || prctl(PR_SET_DUMPABLE, 0) != 0) return 1;
    signal(SIGPIPE, SIG_IGN);
    klout7::smb::Worker{}.run();
    // The library has nothing to tidy up that ending does not.
    _exit(0);
}
