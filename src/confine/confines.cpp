#include "confine/confines.h"

#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <initializer_list>

#include "call_filter.h"
#include "landlock.h"

namespace klout7::confine {
namespace {

/// System calls of another numbering begin here (x32).
constexpr std::uint32_t other_numbers = 0x40000000;

/// Refuses these calls, calls of another numbering, and sockets of other families than these.
bool refuse(std::initializer_list<std::uint32_t> calls, std::initializer_list<std::uint32_t> families) {
    constexpr std::uint32_t refused = SECCOMP_RET_ERRNO | EACCES;
    CallFilter filter;
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

bool confine_to(Confines const& confines) {
    return hide_all_but(confines.reads, confines.writes) && reach(confines.reach);
}

void become(char* const* arguments, char* const* environment, std::array<int, 3> standard,
            Confines const& confines) {
    for (int i = 0; i < 3; ++i) dup2(standard[static_cast<std::size_t>(i)], i);
    closefrom(3);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    setsid();
    if (chdir("/") != 0 || !confine_to(confines)) _exit(not_confined);
    execve(arguments[0], arguments, environment);
    _exit(not_there);
}

}  // namespace klout7::confine
