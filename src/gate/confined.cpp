#include "confined.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <vector>

namespace klout7::gate {
namespace {

constexpr rlim_t memory_left = rlim_t{8} << 20U;
constexpr rlim_t processor_seconds = 20;

#ifdef __x86_64__
constexpr std::uint32_t own_architecture = AUDIT_ARCH_X86_64;
#else
constexpr std::uint32_t own_architecture = AUDIT_ARCH_AARCH64;
#endif

#ifdef __SANITIZE_ADDRESS__
constexpr bool can_be_confined = false;  // its shadow takes more memory than there may be, and more calls
#else
constexpr bool can_be_confined = true;
#endif

/// What reading, allocating and ending take. mmap is below: never of what can be run.
constexpr std::array<std::uint32_t, 13> allowed{
    SYS_read,          SYS_write,     SYS_munmap,         SYS_mremap,     SYS_madvise,
    SYS_brk,           SYS_futex,     SYS_exit,           SYS_exit_group, SYS_rt_sigreturn,
    SYS_clock_gettime, SYS_getrandom, SYS_restart_syscall};

std::optional<rlim_t> memory_in_use() {
    auto* const file = std::fopen("/proc/self/statm", "re");
    if (file == nullptr) return std::nullopt;
    unsigned long pages = 0;
    bool const is_read = std::fscanf(file, "%lu", &pages) == 1;
    std::fclose(file);
    if (!is_read) return std::nullopt;
    return pages * static_cast<rlim_t>(sysconf(_SC_PAGESIZE));
}

bool limit(int what, rlim_t to) {
    rlimit const both{to, to};
    return setrlimit(static_cast<__rlimit_resource>(what), &both) == 0;
}

bool allow_only() {
    auto const load = [](std::size_t at) {
        return sock_filter BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(at));
    };
    auto const equal = [](std::uint32_t with, std::uint8_t yes, std::uint8_t no) {
        return sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, with, yes, no);
    };
    auto const answer = [](std::uint32_t with) { return sock_filter BPF_STMT(BPF_RET | BPF_K, with); };
    std::vector<sock_filter> program{load(offsetof(seccomp_data, arch)), equal(own_architecture, 1, 0),
                                     answer(SECCOMP_RET_KILL_PROCESS), load(offsetof(seccomp_data, nr))};
    for (auto const call : allowed) {
        program.push_back(equal(call, 0, 1));
        program.push_back(answer(SECCOMP_RET_ALLOW));
    }
    program.push_back(equal(SYS_mmap, 1, 0));
    program.push_back(answer(SECCOMP_RET_KILL_PROCESS));
    program.push_back(load(offsetof(seccomp_data, args[2])));
    program.push_back(sock_filter BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 1, 0));
    program.push_back(answer(SECCOMP_RET_ALLOW));
    program.push_back(answer(SECCOMP_RET_KILL_PROCESS));
    sock_fprog const filter{static_cast<unsigned short>(program.size()), program.data()};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

}  // namespace

bool confine_to_what_is_open() {
    if constexpr (!can_be_confined) return true;
    auto const in_use = memory_in_use();
    return in_use && limit(RLIMIT_AS, *in_use + memory_left) && limit(RLIMIT_CPU, processor_seconds) &&
           limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NPROC, 0) &&
           prctl(PR_SET_DUMPABLE, 0) == 0 && allow_only();
}

}  // namespace klout7::gate
