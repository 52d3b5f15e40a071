#pragma once

#include <filesystem>
#include <vector>

namespace klout7::confine {

/// Hides all files from this process and what it becomes, for good, but these: files, and folders with all
/// below. In those of `writes` it also makes and removes files and sockets. What is missing is left out.
/// False when it could not be done. Allocates nothing. Source: landlock(7).
bool hide_all_but(std::vector<std::filesystem::path> const& reads,
                  std::vector<std::filesystem::path> const& writes);

}  // namespace klout7::confine
