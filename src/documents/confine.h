#pragma once

#include <filesystem>
#include <vector>

namespace klout7::documents {

/// What a process may see of the file system from then on.
struct Confines {
    std::vector<std::filesystem::path>
        reads;  ///< files, and folders with all below; what is missing is left out
    std::vector<std::filesystem::path>
        writes;  ///< folders in which it also makes and removes files and sockets
};

/// False where the kernel has no Landlock (Linux 5.13), by which `confine` hides the rest.
bool can_confine();

/// Confines this process and what it becomes, for good: it sees these files and no others, looks into no
/// other process, and reaches nobody: no network, no socket that it did not make itself. False when it could
/// not be done. To be called between fork and exec: `confines` was made before.
/// Source: landlock(7), seccomp(2).
bool confine(Confines const& confines);

}  // namespace klout7::documents
