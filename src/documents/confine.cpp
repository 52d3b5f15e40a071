#include "confine.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <initializer_list>

#include "base/file_handle.h"

namespace klout7::documents {
namespace {

#ifdef __x86_64__
constexpr std::uint32_t own_architecture = AUDIT_ARCH_X86_64;
#else
constexpr std::uint32_t own_architecture = AUDIT_ARCH_AARCH64;
#endif
/// System calls of another numbering begin here (x32).
constexpr std::uint32_t other_numbers = 0x40000000;

// Of the first version of Landlock, which every kernel with Landlock knows.
constexpr std::uint64_t to_read =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t to_write = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                                   LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR |
                                   LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK;
constexpr std::uint64_t never = LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                                LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;
/// A rule on a file knows nothing of folders.
constexpr std::uint64_t of_a_file =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE;

bool allow(int rules, std::filesystem::path const& path, std::uint64_t what) {
    FileHandle const place{open(path.c_str(), O_PATH | O_CLOEXEC)};
    if (!place.is_open()) return errno == ENOENT;
    struct stat facts {};
    if (fstat(place.descriptor(), &facts) != 0) return false;
    landlock_path_beneath_attr const rule{.allowed_access = S_ISDIR(facts.st_mode) ? what : what & of_a_file,
                                          .parent_fd = place.descriptor()};
    return syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
}

bool hide_the_rest(Confines const& confines) {
    landlock_ruleset_attr ruled{};
    ruled.handled_access_fs = to_read | to_write | never;
    FileHandle const rules{
        static_cast<int>(syscall(SYS_landlock_create_ruleset, &ruled, sizeof ruled.handled_access_fs, 0))};
    if (!rules.is_open()) return false;
    for (auto const& path : confines.reads) {
        if (!allow(rules.descriptor(), path, to_read)) return false;
    }
    for (auto const& path : confines.writes) {
        if (!allow(rules.descriptor(), path, to_read | to_write)) return false;
    }
    return syscall(SYS_landlock_restrict_self, rules.descriptor(), 0) == 0;
}

/// A program for seccomp. It allocates nothing, as it is made between fork and exec.
class CallFilter {
public:
    void load(std::size_t at) { add(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(at))); }
    void answer(std::uint32_t with) { add(BPF_STMT(BPF_RET | BPF_K, with)); }
    /// When what was loaded last compares so with this value.
    void answer_when(std::uint16_t comparison, std::uint32_t value, std::uint32_t with) {
        add(skip_if(comparison, value, 0, 1));
        answer(with);
    }
    void answer_unless(std::uint16_t comparison, std::uint32_t value, std::uint32_t with) {
        add(skip_if(comparison, value, 1, 0));
        answer(with);
    }
    bool install() {
        sock_fprog const filter{static_cast<unsigned short>(size_), program_.data()};
        return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
    }

private:
    static constexpr sock_filter skip_if(std::uint16_t comparison, std::uint32_t value, std::uint8_t yes,
                                         std::uint8_t no) {
        return BPF_JUMP(static_cast<std::uint16_t>(BPF_JMP | comparison | BPF_K), value, yes, no);
    }
    void add(sock_filter one) { program_[size_++] = one; }

    std::array<sock_filter, 64> program_{};
    std::size_t size_ = 0;
};

/// Refuses these calls, calls of another numbering, and sockets of other families than these.
bool refuse(std::initializer_list<std::uint32_t> calls, std::initializer_list<std::uint32_t> families) {
    constexpr std::uint32_t refused = SECCOMP_RET_ERRNO | EACCES;
    CallFilter filter;
    filter.load(offsetof(seccomp_data, arch));
    filter.answer_unless(BPF_JEQ, own_architecture, SECCOMP_RET_KILL_PROCESS);
    filter.load(offsetof(seccomp_data, nr));
    filter.answer_when(BPF_JGE, other_numbers, refused);
    for (auto const call : calls) filter.answer_when(BPF_JEQ, call, refused);
    filter.answer_unless(BPF_JEQ, SYS_socket, SECCOMP_RET_ALLOW);
    filter.load(offsetof(seccomp_data, args[0]));
    for (auto const family : families) filter.answer_when(BPF_JEQ, family, SECCOMP_RET_ALLOW);
    filter.answer(refused);
    return filter.install();
}

bool reach(Reach whom) {
    // io_uring would be a way around, and so would looking into another process.
    switch (whom) {
        case Reach::nobody:
            // The database of the installation would let its own user in through a socket, so a socket that
            // only listens is all there is.
            return refuse(
                {SYS_connect, SYS_io_uring_setup, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev},
                {AF_UNIX});
        case Reach::network:
            // None of this machine, for the same reason; by NETLINK a process asks which networks there are.
            return refuse({SYS_io_uring_setup, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev},
                          {AF_INET, AF_INET6, AF_NETLINK});
    }
    return false;
}

}  // namespace

bool can_confine() {
    return syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION) >= 1;
}

bool confine(Confines const& confines) {
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && hide_the_rest(confines) && reach(confines.reach);
}

void become(char* const* arguments, char* const* environment, std::array<int, 3> standard,
            Confines const& confines) {
    for (int i = 0; i < 3; ++i) dup2(standard[static_cast<std::size_t>(i)], i);
    closefrom(3);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    setsid();
    if (chdir("/") != 0 || !confine(confines)) _exit(not_confined);
    execve(arguments[0], arguments, environment);
    _exit(not_there);
}

}  // namespace klout7::documents
