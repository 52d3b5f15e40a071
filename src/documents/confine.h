#pragma once

#include <filesystem>
#include <vector>

namespace klout7::documents {

/// Whom a process may reach.
enum class Reach {
    nobody,   ///< no network, and no socket that it did not make itself
    network,  ///< whoever answers on the network, but no socket of this machine's files
};

/// What a process may see of the file system from then on, and whom it may reach.
struct Confines {
    std::vector<std::filesystem::path>
        reads;  ///< files, and folders with all below; what is missing is left out
    std::vector<std::filesystem::path>
        writes;  ///< folders in which it also makes and removes files and sockets
    Reach reach = Reach::nobody;
};

/// False where the kernel has no Landlock (Linux 5.13), by which `confine` hides the rest.
bool can_confine();

/// Confines this process and what it becomes, for good: it sees these files and no others, looks into no
/// other process, and reaches nobody else. False when it could not be done. To be called between fork and
/// exec: `confines` was made before. Source: landlock(7), seccomp(2).
bool confine(Confines const& confines);

}  // namespace klout7::documents
