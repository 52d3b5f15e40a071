#pragma once

#include <array>
#include <filesystem>
#include <vector>

namespace klout7::confine {

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

/// False where the kernel has no Landlock (Linux 5.13), by which files are hidden.
bool can_confine();

/// Confines this process and what it becomes, for good: it sees these files and no others, looks into no
/// other process, and reaches nobody else. False when it could not be done. To be called between fork and
/// exec: `confines` was made before. Source: landlock(7), seccomp(2).
bool confine_to(Confines const& confines);

/// What the process ends with where it could not become the program.
inline constexpr int not_confined = 126;
inline constexpr int not_there = 127;
/// Between fork and exec: becomes that program, confined, with these as its standard input, output and error
/// and no other file of who started it, in a session and with an environment of its own.
[[noreturn]] void become(char* const* arguments, char* const* environment, std::array<int, 3> standard,
                         Confines const& confines);

}  // namespace klout7::confine
