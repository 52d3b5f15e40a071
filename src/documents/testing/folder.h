#pragma once

#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/check.h"

namespace klout7::documents::testing {

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

/// As on a full disk: no file of this process grows beyond `most_bytes`.
class FullDisk {
public:
    explicit FullDisk(rlim_t most_bytes) : before_handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &before_);
        rlimit const small{most_bytes, before_.rlim_max};
        require(setrlimit(RLIMIT_FSIZE, &small) == 0, "a limit on files can be set");
    }
    FullDisk(FullDisk const&) = delete;
    ~FullDisk() {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, before_handler_);
    }

private:
    rlimit before_{};
    void (*before_handler_)(int);
};

}  // namespace klout7::documents::testing
