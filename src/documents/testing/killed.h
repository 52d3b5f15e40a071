#pragma once

#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>
#include <vector>

#include "base/check.h"

namespace klout7::documents::testing {

/// What became of work in a process of its own.
struct Traced {
    bool was_killed = false;
    std::vector<std::uint64_t> calls;  ///< the numbers of the system calls that it made, in order
};

/// Does `work` in a child process. With `killed_at`, the child is killed as it asks for its system call of
/// that number, from 1 on, which is then not done: as a program ends that is killed between two steps.
inline Traced trace(std::function<void()> const& work, std::size_t killed_at = 0) {
    auto const child = fork();
    if (child == 0) {
        ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
        raise(SIGSTOP);
        work();
        _exit(0);
    }
    int status = 0;
    require(waitpid(child, &status, 0) == child && WIFSTOPPED(status), "a child can be traced");
    auto const options = PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL;
    require(ptrace(PTRACE_SETOPTIONS, child, nullptr, options) == 0, "a child can be traced");
    Traced traced;
    for (;;) {
        ptrace(PTRACE_SYSCALL, child, nullptr, nullptr);
        require(waitpid(child, &status, 0) == child, "the child is this process's own");
        if (!WIFSTOPPED(status)) break;
        __ptrace_syscall_info info{};
        if (WSTOPSIG(status) != (SIGTRAP | 0x80) ||
            ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof info, &info) <= 0 ||
            info.op != PTRACE_SYSCALL_INFO_ENTRY)
            continue;
        traced.calls.push_back(info.entry.nr);
        if (traced.calls.size() != killed_at) continue;
        kill(child, SIGKILL);
        waitpid(child, &status, 0);
        traced.was_killed = true;
        break;
    }
    return traced;
}

}  // namespace klout7::documents::testing
