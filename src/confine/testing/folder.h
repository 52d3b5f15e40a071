#pragma once

#include <cstdlib>
#include <filesystem>

namespace klout7::confine::testing {

/// A folder for one test, gone with it.
class TestingFolder {
public:
    TestingFolder() {
        auto pattern = (std::filesystem::temp_directory_path() / "klout7-confine-XXXXXX").string();
        path_ = mkdtemp(pattern.data());
    }
    TestingFolder(TestingFolder const&) = delete;
    ~TestingFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    std::filesystem::path const& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace klout7::confine::testing
