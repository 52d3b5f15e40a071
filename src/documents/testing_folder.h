#pragma once

#include <sys/mount.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/check.h"

namespace klout7::documents {

/// A folder for one test, gone with it.
class TestingFolder {
public:
    TestingFolder() {
        auto pattern = (std::filesystem::temp_directory_path() / "klout7-documents-XXXXXX").string();
        path_ = mkdtemp(pattern.data());
    }
    TestingFolder(TestingFolder const&) = delete;
    ~TestingFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    std::filesystem::path const& path() const { return path_; }
    /// Every file under it, at any depth.
    std::vector<std::filesystem::path> files() const {
        std::vector<std::filesystem::path> found;
        for (auto const& entry : std::filesystem::recursive_directory_iterator{path_}) {
            if (entry.is_regular_file()) found.push_back(entry.path());
        }
        return found;
    }

private:
    std::filesystem::path path_;
};

inline std::string content_of(std::filesystem::path const& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

/// Room for about 2 MiB: a small disk on the folder where that may be mounted, else a limit on the size of
/// files.
class SmallDisk {
public:
    explicit SmallDisk(std::filesystem::path folder) : folder_(std::move(folder)) {
        is_mounted_ = mount("tmpfs", folder_.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, "size=2m") == 0;
        if (is_mounted_) return;
        before_handler_ = std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &before_);
        rlimit const small{2 << 20, before_.rlim_max};
        require(setrlimit(RLIMIT_FSIZE, &small) == 0, "a limit on files can be set");
    }
    SmallDisk(SmallDisk const&) = delete;
    ~SmallDisk() {
        if (is_mounted_) {
            umount2(folder_.c_str(), MNT_DETACH);
        } else {
            setrlimit(RLIMIT_FSIZE, &before_);
            std::signal(SIGXFSZ, before_handler_);
        }
    }

private:
    std::filesystem::path folder_;
    bool is_mounted_ = false;
    rlimit before_{};
    void (*before_handler_)(int) = nullptr;
};

}  // namespace klout7::documents
