#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace klout7::server {

/// Starts a program; its own process. -1 when it cannot be started.
pid_t start(std::vector<std::string> const& words, bool quiet = false);
/// Starts a program and waits; true when it ended well.
bool run(std::vector<std::string> const& words);
/// The folder of this very program.
std::string own_folder();

}  // namespace klout7::server
