#include "program/document_store.h"

#include <doctest/doctest.h>

#include <map>

#include "program/program.h"

using namespace klout7;
using namespace klout7::program;

namespace {

/// The section [documents.smb], right as it stands; each line can be made wrong or taken out.
struct Section {
    std::map<std::string, std::string> lines{{"server", "\"files.example\""},
                                             {"share", "\"klout7-office\""},
                                             {"user", "\"klout7\""},
                                             {"password", "\"sealed:abc\""}};
    std::string secret = "the Password";

    Settings settings() const {
        std::string toml = "[documents.smb]\n";
        for (auto const& [key, value] : lines) toml.append(key).append(" = ").append(value).append("\n");
        auto read = Settings::parse(toml, "/data/office.toml", known_settings());
        REQUIRE(read);
        return std::move(*read);
    }
    std::expected<std::optional<documents::SmbSettings>, SettingsError> read() const {
        return read_share(settings(), [&](std::string_view key, std::string_view sealed) {
            CHECK(key == "documents.smb.password");
            return sealed == "sealed:abc" ? std::optional{SecretBytes::from_text(secret)} : std::nullopt;
        });
    }
    /// The sentence with which it is refused; empty when it is not.
    std::string sentence() const {
        auto const share = read();
        return share ? std::string{} : share.error().sentence;
    }
    std::string sentence_with(std::string const& key, std::string const& value) const {
        auto other = *this;
        other.lines[key] = value;
        return other.sentence();
    }
};

}  // namespace

TEST_CASE("without a section there is no share") {
    Section none;
    none.lines.clear();
    auto const share = none.read();
    REQUIRE(share);
    CHECK_FALSE(*share);
}

TEST_CASE("a share is read with its user and its password, and with port 445 unless another is named") {
    Section section;
    auto share = section.read();
    REQUIRE((share && *share));
    CHECK((*share)->server == "files.example");
    CHECK((*share)->port == 445);
    CHECK((*share)->share == "klout7-office");
    CHECK((*share)->user == "klout7");
    CHECK((*share)->password->text() == "the Password");
    CHECK((*share)->program.filename() == "klout7-smb");
    section.lines["port"] = "1445";
    section.lines["user"] = R"('EXAMPLE\klout7')";
    share = section.read();
    REQUIRE((share && *share));
    CHECK((*share)->port == 1445);
    CHECK((*share)->user == "EXAMPLE\\klout7");
}

TEST_CASE("a share that lacks something is refused, with the key that lacks") {
    for (std::string const key : {"share", "user", "password"}) {
        CAPTURE(key);
        Section section;
        section.lines.erase(key);
        CHECK(section.sentence().find("\"documents.smb." + key + "\" is missing") != std::string::npos);
    }
    for (std::string const key : {"share", "user", "password", "port"}) {
        CAPTURE(key);
        Section section;
        auto const value = key == "port" ? "445" : section.lines[key];
        section.lines = {{key, value}};
        CHECK(section.sentence().find("needs documents.smb.server beside it") != std::string::npos);
    }
}

TEST_CASE("what no server, share or user is called is refused, with the key") {
    Section const section;
    CHECK(section.sentence().empty());
    for (auto const* value :
         {R"("")", R"("//files")", R"("files.example/docs")", R"("files example")", R"("a@b")"}) {
        CAPTURE(value);
        CHECK(section.sentence_with("server", value).find("\"documents.smb.server\"") != std::string::npos);
    }
    for (auto const* value :
         {R"("")", R"("a/b")", R"("a%2fb")", R"("a?b")", R"('\\files\docs')", R"("..\\x")"}) {
        CAPTURE(value);
        CHECK(section.sentence_with("share", value).find("\"documents.smb.share\"") != std::string::npos);
    }
    for (auto const* value : {R"("")", R"('\klout7')", R"('EXAMPLE\')", R"('A\B\C')", R"("a\u0000b")"}) {
        CAPTURE(value);
        CHECK(section.sentence_with("user", value).find("\"documents.smb.user\"") != std::string::npos);
    }
    auto const long_name = "\"" + std::string(256, 'x') + "\"";
    for (auto const* key : {"server", "share", "user"})
        CHECK_FALSE(section.sentence_with(key, long_name).empty());
    CHECK(section.sentence_with("server", R"("2001:db8::1")").empty());
}

TEST_CASE("a password that was not sealed by this keyring, or is none, is refused and not repeated") {
    Section section;
    CHECK(section.sentence_with("password", "\"sealed:other\"").find("was not sealed by this keyring") !=
          std::string::npos);
    for (auto const& secret : {std::string{}, std::string(256, 'p'), std::string{"a\0b", 3}}) {
        section.secret = secret;
        auto const said = section.sentence();
        CHECK(said.find("\"documents.smb.password\"") != std::string::npos);
        CHECK((secret.empty() || said.find(secret) == std::string::npos));
    }
}
