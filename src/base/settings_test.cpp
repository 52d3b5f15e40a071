#include "base/settings.h"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <fstream>
#include <type_traits>

#include "testing/refusals.h"

namespace klout7 {
namespace {

std::vector<KnownSetting> const known = {{"office.listen", SettingKind::text},
                                         {"office.port", SettingKind::integer},
                                         {"office.open", SettingKind::boolean},
                                         {"office.keyring", SettingKind::path},
                                         {"office.database_password", SettingKind::sealed},
                                         {"title", SettingKind::text}};

auto parse(std::string_view toml) { return Settings::parse(toml, "conf/klout7.toml", known); }

std::string problem_with(std::string_view toml) {
    auto const settings = parse(toml);
    return settings ? "" : settings.error().sentence;
}

}  // namespace

TEST_CASE("each kind of setting is read as what it is") {
    auto const settings = parse(R"(title = "Klout7"
[office]
listen = "127.0.0.1:8443"
port = 8443
open = true
keyring = "keys/office.keyring"
database_password = "sealed:abc"
)");
    REQUIRE(settings);
    CHECK(settings->text("title").value() == "Klout7");
    CHECK(settings->text("office.listen").value() == "127.0.0.1:8443");
    CHECK(settings->integer("office.port").value() == 8443);
    CHECK(settings->boolean("office.open").value());
    CHECK(settings->path("office.keyring").value() == "conf/keys/office.keyring");
    CHECK(settings->sealed("office.database_password").value().text() == "sealed:abc");
    CHECK(settings->optional_text("title") == "Klout7");
}

TEST_CASE("an absolute path stays where it is") {
    auto const settings = parse("office.keyring = \"/etc/klout7/office.keyring\"");
    CHECK(settings.value().path("office.keyring").value() == "/etc/klout7/office.keyring");
}

TEST_CASE("a setting that is not there is an error where it is needed and nothing where it may be left out") {
    auto const settings = parse("");
    REQUIRE(settings);
    CHECK(settings->text("office.listen").error().sentence ==
          "conf/klout7.toml: \"office.listen\" is missing. Add it: a text between quotes.");
    CHECK_FALSE(settings->integer("office.port"));
    CHECK_FALSE(settings->boolean("office.open"));
    CHECK_FALSE(settings->path("office.keyring"));
    CHECK_FALSE(settings->sealed("office.database_password"));
    CHECK_FALSE(settings->optional_text("title"));
    CHECK_FALSE(settings->optional_integer("office.port"));
    CHECK_FALSE(settings->optional_boolean("office.open"));
    CHECK_FALSE(settings->optional_path("office.keyring"));
    CHECK_FALSE(settings->optional_sealed("office.database_password"));
}

TEST_CASE("an unknown key is refused with its line") {
    CHECK(problem_with("[office]\n\nlissten = \"x\"\n") ==
          "conf/klout7.toml, line 3: \"office.lissten\" is not a setting. Correct its spelling or take the "
          "line out.");
    CHECK(problem_with("[offce]\nlisten = \"x\"").find("\"offce.listen\" is not a setting") !=
          std::string::npos);
}

TEST_CASE("a value of another kind is refused with its line and what it should be") {
    CHECK(problem_with("[office]\nport = \"8443\"") ==
          "conf/klout7.toml, line 2: \"office.port\" should be a whole number.");
    CHECK(problem_with("office.port = 1.5").find("a whole number") != std::string::npos);
    CHECK(problem_with("office.open = 1").find("true or false") != std::string::npos);
    CHECK(problem_with("office.listen = 1").find("a text") != std::string::npos);
    CHECK(problem_with("office.listen = [\"a\"]").find("a text") != std::string::npos);
    CHECK(problem_with("office.keyring = \"\"").find("a path") != std::string::npos);
    CHECK(problem_with("[office.port]\nx = 1").find("\"office.port.x\" is not a setting") !=
          std::string::npos);
}

TEST_CASE("a secret that is not sealed is refused and not repeated") {
    for (auto const* toml : {"office.database_password = \"hunter2\"",
                             "office.database_password = \"sealed:\"", "office.database_password = \"hunter2",
                             "office.database_password = hunter2", "office.open = \"hunter2\""}) {
        CAPTURE(toml);
        CHECK_FALSE(problem_with(toml).empty());
        CHECK(problem_with(toml).find("hunter2") == std::string::npos);
    }
    CHECK(problem_with("office.database_password = \"x\"").find("klout7 settings seal") != std::string::npos);
}

TEST_CASE("what is no TOML, or says a key twice, is refused with its line") {
    CHECK(problem_with("title = \"a\"\ntitle = \"b\"").find("line 2: this is not TOML") != std::string::npos);
    CHECK(problem_with("\n\n= 3").find("line 3") != std::string::npos);
    CHECK_FALSE(problem_with("title = \"\xFF\"").empty());
}

TEST_CASE("who finds a value wrong in its meaning can say where it stands") {
    auto const settings = parse("\n[office]\nlisten = \"nowhere\"");
    CHECK(settings.value().wrong("office.listen", "Give an address and a port.").sentence ==
          "conf/klout7.toml, line 3: \"office.listen\": Give an address and a port.");
    CHECK(settings.value().wrong("office.port", "Needed here.").sentence ==
          "conf/klout7.toml: \"office.port\": Needed here.");
}

TEST_CASE("a file is read, and one that is missing or no file is refused by name") {
    char folder[] = "/tmp/klout7_settings_XXXXXX";
    REQUIRE(mkdtemp(folder) != nullptr);
    auto const file = std::filesystem::path{folder} / "klout7.toml";
    std::ofstream{file} << "title = \"here\"\n";
    CHECK(Settings::read(file, known).value().text("title").value() == "here");
    CHECK(Settings::read(std::filesystem::path{folder} / "none.toml", known)
              .error()
              .sentence.find("none.toml") != std::string::npos);
    CHECK_FALSE(Settings::read(folder, known));
    std::ofstream{file} << std::string(1024 * 1024 + 1, '\n');
    CHECK(Settings::read(file, known).error().sentence.find("over 1 MiB") != std::string::npos);
    std::filesystem::remove_all(folder);
}

static_assert(!std::is_convertible_v<SealedSetting, std::string> && !refusals::CanBeStreamed<SealedSetting>);

}  // namespace klout7
