#include "landlock.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "base/file_handle.h"
#include "confine/confines.h"

namespace klout7::confine {
namespace {

// Of the first version of Landlock, which every kernel with Landlock knows.
constexpr std::uint64_t to_read =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t to_write = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                                   LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR |
                                   LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK;
constexpr std::uint64_t never = LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                                LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;
/// A rule on a file knows nothing of folders.
constexpr std::uint64_t of_a_file =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE;

bool allow(int rules, std::filesystem::path const& path, std::uint64_t what) {
    FileHandle const place{open(path.c_str(), O_PATH | O_CLOEXEC)};
    if (!place.is_open()) return errno == ENOENT;
    struct stat facts {};
    if (fstat(place.descriptor(), &facts) != 0) return false;
    landlock_path_beneath_attr const rule{.allowed_access = S_ISDIR(facts.st_mode) ? what : what & of_a_file,
                                          .parent_fd = place.descriptor()};
    return syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
}

}  // namespace

bool hide_all_but(std::vector<std::filesystem::path> const& reads,
                  std::vector<std::filesystem::path> const& writes) {
    landlock_ruleset_attr ruled{};
    ruled.handled_access_fs = to_read | to_write | never;
    FileHandle const rules{
        static_cast<int>(syscall(SYS_landlock_create_ruleset, &ruled, sizeof ruled.handled_access_fs, 0))};
    if (!rules.is_open()) return false;
    for (auto const& path : reads) {
        if (!allow(rules.descriptor(), path, to_read)) return false;
    }
    for (auto const& path : writes) {
        if (!allow(rules.descriptor(), path, to_read | to_write)) return false;
    }
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           syscall(SYS_landlock_restrict_self, rules.descriptor(), 0) == 0;
}

bool can_confine() {
    return syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION) >= 1;
}

}  // namespace klout7::confine
