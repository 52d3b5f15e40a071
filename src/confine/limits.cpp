#include "confine/limits.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <optional>

#include "call_filter.h"
#include "landlock.h"

namespace klout7::confine {
namespace {

/// What reading, allocating, sorting (which asks how much memory there is) and ending take. mmap is below:
/// never of what can be run.
constexpr std::array<std::uint32_t, 14> always{SYS_read,
                                               SYS_write,
                                               SYS_munmap,
                                               SYS_mremap,
                                               SYS_madvise,
                                               SYS_brk,
                                               SYS_futex,
                                               SYS_exit,
                                               SYS_exit_group,
                                               SYS_rt_sigreturn,
                                               SYS_clock_gettime,
                                               SYS_getrandom,
                                               SYS_restart_syscall,
                                               SYS_sysinfo};
/// What reading a file takes besides; openat and fcntl are below: never to write, and never to have a signal
/// sent. Landlock says which file may be read; that it is there, and how large, can be seen of any.
constexpr std::array<std::uint32_t, 5> to_read_files{SYS_close, SYS_fstat, SYS_newfstatat, SYS_lseek,
                                                     SYS_pread64};
/// Of fcntl: copies and flags of what is open.
constexpr std::uint32_t beyond_flags = ~std::uint32_t{F_DUPFD | F_GETFD | F_SETFD | F_GETFL};

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

bool allow_only_calls(bool reads_files) {
    CallFilter filter;
    for (auto const call : always) filter.answer_when(BPF_JEQ, call, SECCOMP_RET_ALLOW);
    filter.allow_without(SYS_mmap, 2, PROT_EXEC);
    if (reads_files) {
        for (auto const call : to_read_files) filter.answer_when(BPF_JEQ, call, SECCOMP_RET_ALLOW);
        filter.allow_without(SYS_fcntl, 1, beyond_flags);
        filter.allow_without(SYS_openat, 2, O_ACCMODE | O_CREAT | O_TRUNC);
    }
    filter.answer(SECCOMP_RET_KILL_PROCESS);
    return filter.install();
}

}  // namespace

bool confine_to_what_is_open(Limits const& limits) {
    if constexpr (!can_be_limited) return true;
    auto const in_use = memory_in_use();
    bool const reads_files = !limits.reads.empty();
    return in_use && (!reads_files || hide_all_but(limits.reads, {})) &&
           limit(RLIMIT_AS, *in_use + limits.memory_bytes) && limit(RLIMIT_CPU, limits.processor_seconds) &&
           limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NPROC, 0) &&
           prctl(PR_SET_DUMPABLE, 0) == 0 && allow_only_calls(reads_files);
}

}  // namespace klout7::confine
