#include "confine.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <span>

#include "file_handle.h"

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

constexpr sock_filter load(std::size_t at) {
    return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(at));
}
/// Skips so many of what follows.
constexpr sock_filter skip_if(std::uint16_t comparison, std::uint32_t with, std::uint8_t yes,
                              std::uint8_t no) {
    return BPF_JUMP(static_cast<std::uint16_t>(BPF_JMP | comparison | BPF_K), with, yes, no);
}
constexpr sock_filter answer_with(std::uint32_t answer) { return BPF_STMT(BPF_RET | BPF_K, answer); }

bool filter_calls(std::span<sock_filter> program) {
    sock_fprog const filter{static_cast<unsigned short>(program.size()), program.data()};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

/// The database of the installation would let its own user in through a socket, so a socket that only listens
/// is all there is; io_uring would be a way around.
bool reach_nobody() {
    std::array program{
        load(offsetof(seccomp_data, arch)),
        skip_if(BPF_JEQ, own_architecture, 1, 0),
        answer_with(SECCOMP_RET_KILL_PROCESS),
        load(offsetof(seccomp_data, nr)),
        skip_if(BPF_JGE, other_numbers, 8, 0),
        skip_if(BPF_JEQ, SYS_connect, 7, 0),
        skip_if(BPF_JEQ, SYS_io_uring_setup, 6, 0),
        skip_if(BPF_JEQ, SYS_ptrace, 5, 0),
        skip_if(BPF_JEQ, SYS_process_vm_readv, 4, 0),
        skip_if(BPF_JEQ, SYS_process_vm_writev, 3, 0),
        skip_if(BPF_JEQ, SYS_socket, 0, 3),
        load(offsetof(seccomp_data, args[0])),
        skip_if(BPF_JEQ, AF_UNIX, 1, 0),
        answer_with(SECCOMP_RET_ERRNO | EACCES),
        answer_with(SECCOMP_RET_ALLOW),
    };
    return filter_calls(program);
}

/// Sockets of the network alone, for the same reason; by NETLINK a process asks which networks there are.
bool reach_network() {
    std::array program{
        load(offsetof(seccomp_data, arch)),
        skip_if(BPF_JEQ, own_architecture, 1, 0),
        answer_with(SECCOMP_RET_KILL_PROCESS),
        load(offsetof(seccomp_data, nr)),
        skip_if(BPF_JGE, other_numbers, 9, 0),
        skip_if(BPF_JEQ, SYS_io_uring_setup, 8, 0),
        skip_if(BPF_JEQ, SYS_ptrace, 7, 0),
        skip_if(BPF_JEQ, SYS_process_vm_readv, 6, 0),
        skip_if(BPF_JEQ, SYS_process_vm_writev, 5, 0),
        skip_if(BPF_JEQ, SYS_socket, 0, 5),
        load(offsetof(seccomp_data, args[0])),
        skip_if(BPF_JEQ, AF_INET, 3, 0),
        skip_if(BPF_JEQ, AF_INET6, 2, 0),
        skip_if(BPF_JEQ, AF_NETLINK, 1, 0),
        answer_with(SECCOMP_RET_ERRNO | EACCES),
        answer_with(SECCOMP_RET_ALLOW),
    };
    return filter_calls(program);
}

}  // namespace

bool can_confine() {
    return syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION) >= 1;
}

bool confine(Confines const& confines) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || !hide_the_rest(confines)) return false;
    switch (confines.reach) {
        case Reach::nobody:
            return reach_nobody();
        case Reach::network:
            return reach_network();
    }
    return false;
}

}  // namespace klout7::documents
