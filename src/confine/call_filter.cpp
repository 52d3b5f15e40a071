#include "call_filter.h"

#include <sys/prctl.h>

namespace klout7::confine {
namespace {

#ifdef __x86_64__
constexpr std::uint32_t own_architecture = AUDIT_ARCH_X86_64;
#else
constexpr std::uint32_t own_architecture = AUDIT_ARCH_AARCH64;
#endif

}  // namespace

CallFilter::CallFilter() {
    load(offsetof(seccomp_data, arch));
    answer_unless(BPF_JEQ, own_architecture, SECCOMP_RET_KILL_PROCESS);
    load(offsetof(seccomp_data, nr));
}

void CallFilter::allow_without(std::uint32_t call, std::size_t argument, std::uint32_t bits) {
    add(skip_if(BPF_JEQ, call, 0, 4));
    load(offsetof(seccomp_data, args) + argument * sizeof(seccomp_data::args[0]));
    answer_when(BPF_JSET, bits, SECCOMP_RET_KILL_PROCESS);
    answer(SECCOMP_RET_ALLOW);
}

bool CallFilter::install() const {
    sock_fprog const filter{static_cast<unsigned short>(size_), const_cast<sock_filter*>(program_.data())};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

}  // namespace klout7::confine
