#pragma once

#include <cstdlib>
#include <filesystem>
#include <vector>

namespace klout7 {

/// A folder for one test, gone with it.
class TestingFolder {
public:
    TestingFolder() {
        auto pattern = (std::filesystem::temp_directory_path() / "klout7-test-XXXXXX").string();
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

}  // namespace klout7
