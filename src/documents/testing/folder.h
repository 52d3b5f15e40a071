#pragma once

#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "base/check.h"
#include "base/testing_folder.h"

namespace klout7::documents::testing {

using klout7::TestingFolder;

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
