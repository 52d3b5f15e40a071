#include "settings_file.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

using namespace klout7;
using namespace klout7::server;

namespace fs = std::filesystem;

namespace {

struct File {
    fs::path folder = [] {
        auto name = (fs::temp_directory_path() / "klout7-settings-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        return fs::path{name};
    }();
    fs::path path = folder / "office.toml";
    explicit File(std::string_view content) { std::ofstream{path} << content; }
    ~File() { fs::remove_all(folder); }
    std::string content() const {
        std::ifstream in{path, std::ios::binary};
        return {std::istreambuf_iterator<char>{in}, {}};
    }
};

constexpr auto begin =
    "# why\n[listen]\nport = 1\n\n[database]\npassword = \"old\"\n# a word\n\n[site]\nport = 2\n";

}  // namespace

TEST_CASE("a line of the settings is changed and every other stays") {
    File const file{begin};
    REQUIRE(change_settings(file.path, {{"site", "port", "3"}}));
    CHECK(file.content() ==
          "# why\n[listen]\nport = 1\n\n[database]\npassword = \"old\"\n# a word\n\n[site]\nport = 3\n");
    struct stat about {};
    REQUIRE(stat(file.path.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
}

TEST_CASE("a new key comes behind the last of its section, a new section at the end") {
    File const file{begin};
    REQUIRE(change_settings(file.path, {{"database", "host", "\"db\""}, {"machines", "ca", "\"x\""}}));
    CHECK(file.content() ==
          "# why\n[listen]\nport = 1\n\n[database]\npassword = \"old\"\nhost = \"db\"\n# a "
          "word\n\n[site]\nport = "
          "2\n\n[machines]\nca = \"x\"\n");
}

TEST_CASE("a key goes when it has no value; one whose name only begins alike stays") {
    File const file{"[database]\npassword_of_old = 1\npassword = 2\nnext_password = 3\n"};
    REQUIRE(change_settings(file.path,
                            {{"database", "password", {}}, {"database", "absent", {}}, {"none", "x", {}}}));
    CHECK(file.content() == "[database]\npassword_of_old = 1\nnext_password = 3\n");
}

TEST_CASE("a file that is not there, or cannot be written, is left alone") {
    CHECK_FALSE(change_settings("/nowhere/office.toml", {{"site", "port", "3"}}));
    File const file{begin};
    fs::create_directory(file.path.string() + ".new");
    CHECK_FALSE(change_settings(file.path, {{"site", "port", "3"}}));
    CHECK(file.content() == begin);
}
