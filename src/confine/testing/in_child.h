#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"

namespace klout7::confine::testing {

/// How a process ends that does this and returns: with that number, or by a signal and with 1000 and the
/// number of it.
template <class Work>
int in_child(Work work) {
    auto const child = fork();
    if (child == 0) _exit(work());
    int state = 0;
    require(waitpid(child, &state, 0) == child, "a child is waited for");
    return WIFSIGNALED(state) ? 1000 + WTERMSIG(state) : WEXITSTATUS(state);
}

}  // namespace klout7::confine::testing
