#include "program/database_access.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>

#include "program/program.h"

using namespace klout7;
using namespace klout7::program;

namespace fs = std::filesystem;

namespace {

/// A data folder whose office side has its database elsewhere. A secret is sealed by writing it down here.
struct Elsewhere {
    DataFolder folder{[] {
        auto name = (fs::temp_directory_path() / "klout7-database-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        return fs::path{name};
    }()};
    std::map<std::string, std::string> secrets{{"sealed:password", "aaaa"}, {"sealed:log", "bbbb"}};
    std::map<std::string, std::string> lines{{"password", "\"sealed:password\""},
                                             {"log_password", "\"sealed:log\""},
                                             {"host", "\"db.example.org\""},
                                             {"ca", "\"ca.pem\""},
                                             {"certificate", "\"k7_office.pem\""},
                                             {"private_key", "\"sealed:k7_office\""},
                                             {"log_certificate", "\"k7_office_log.pem\""},
                                             {"log_private_key", "\"sealed:k7_office_log\""}};

    Elsewhere() {
        for (std::string const name : {"ca", "k7_office", "k7_office_log", "k7_medical"}) {
            openssl("ecparam -name prime256v1 -genkey -noout -out " + name + ".key");
            openssl("req -x509 -new -key " + name + ".key -days 10 -subj /O=It/CN=" + name + " -out " + name +
                    ".pem");
            std::ifstream in{folder.root / (name + ".key")};
            secrets["sealed:" + name] = {std::istreambuf_iterator<char>{in}, {}};
        }
    }
    ~Elsewhere() { fs::remove_all(folder.root); }
    Elsewhere(Elsewhere const&) = delete;

    void openssl(std::string const& words) const {
        auto const command = "cd " + folder.root.string() + " && openssl " + words + " 2>/dev/null";
        REQUIRE(std::system(command.c_str()) == 0);
    }
    std::expected<DatabaseSettings, SettingsError> read(Instant now = SystemClock{}.now()) {
        std::string toml = "[database]\n";
        for (auto const& [key, value] : lines) toml += key + " = " + value + "\n";
        auto const settings = Settings::parse(toml, folder.settings(Side::office), known_settings());
        if (!settings) return std::unexpected(settings.error());
        auto const unseal = [&](std::string_view, std::string_view sealed) -> std::optional<SecretBytes> {
            auto const found = secrets.find(std::string{sealed});
            if (found == secrets.end()) return std::nullopt;
            return SecretBytes::from_text(found->second);
        };
        return read_database(folder, Side::office, *settings, unseal, now);
    }
    std::string fault() {
        auto const settings = read();
        return settings ? "" : settings.error().sentence;
    }
};

bool has(std::string const& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("without a host the database is the private one of the folder, and needs no certificate") {
    Elsewhere it;
    for (auto const* key : {"host", "ca", "certificate", "private_key", "log_certificate", "log_private_key"})
        it.lines.erase(key);
    auto const settings = it.read();
    REQUIRE(settings);
    CHECK_FALSE(settings->is_elsewhere);
    CHECK(settings->work.odbc == private_database(it.folder));
    CHECK_FALSE(settings->work.names());
}

TEST_CASE("with a host each account comes with its own certificate, over TLS 1.3 or not at all") {
    Elsewhere it;
    auto const settings = it.read();
    REQUIRE(settings);
    CHECK(settings->is_elsewhere);
    for (auto const* part : {"SERVER=db.example.org", "PORT=3306", "SSLVERIFY=1", "FORCETLS=1",
                             "TLSVERSION=TLSv1.3", "/k7_office.pem", "/ca.pem"}) {
        INFO(part);
        CHECK(has(settings->work.odbc, part));
    }
    CHECK(settings->work.names()->subject == "/O=It/CN=k7_office");
    CHECK(settings->log.names()->subject == "/O=It/CN=k7_office_log");
    CHECK(settings->work.logins().front().password->text() == "aaaa");
}

TEST_CASE("the private key is a file for the driver alone, as long as a login is held") {
    Elsewhere it;
    auto settings = it.read();
    REQUIRE(settings);
    auto login = settings->work.logins().front();
    auto const path = settings->work.private_key->path();
    settings->work = {};
    std::ifstream in{path};
    CHECK(std::string{std::istreambuf_iterator<char>{in}, {}} == it.secrets["sealed:k7_office"]);
    in.close();
    login = {};
    CHECK_FALSE(fs::exists(path));
}

TEST_CASE("a password that is renewed is tried behind the one in use") {
    Elsewhere it;
    it.secrets["sealed:next"] = "cccc";
    it.lines["next_password"] = "\"sealed:next\"";
    auto const logins = it.read()->work.logins();
    REQUIRE(logins.size() == 2);
    CHECK(logins[0].password->text() == "aaaa");
    CHECK(logins[1].password->text() == "cccc");
}

TEST_CASE("each thing that is wrong with the database's settings is told by its name") {
    Elsewhere it;
    SUBCASE("no certificate") {
        it.lines.erase("certificate");
        CHECK(has(it.fault(), "database.certificate"));
    }
    SUBCASE("no key") {
        it.lines.erase("log_private_key");
        CHECK(has(it.fault(), "database.log_private_key"));
    }
    SUBCASE("no CA") {
        it.lines.erase("ca");
        CHECK(has(it.fault(), "database.ca"));
    }
    SUBCASE("the certificate of another account") {
        it.lines["certificate"] = "\"k7_medical.pem\"";
        CHECK(has(it.fault(), "is not a certificate of k7_office, but of /O=It/CN=k7_medical"));
    }
    SUBCASE("the key of another certificate") {
        it.lines["private_key"] = "\"sealed:k7_office_log\"";
        CHECK(has(it.fault(), "is not the private key of the certificate beside it"));
    }
    SUBCASE("a key that this keyring did not seal") {
        it.lines["private_key"] = "\"sealed:other\"";
        CHECK(has(it.fault(), "was not sealed by this keyring"));
    }
    SUBCASE("no certificate in the file") {
        it.lines["ca"] = "\"ca.key\"";
        CHECK(has(it.fault(), "is no PEM file"));
    }
    SUBCASE("a host with more in it than a name") {
        it.lines["host"] = "\"db;FORCETLS=0\"";
        CHECK(has(it.fault(), "must not be empty, nor hold any of"));
    }
    SUBCASE("a certificate that ran out, or does not hold yet") {
        auto const now = SystemClock{}.now();
        CHECK(it.read(now + Duration::hours(24 * 10 - 1)));
        CHECK(has(it.read(now + Duration::hours(24 * 10 + 1)).error().sentence, "not now"));
        CHECK(has(it.read(now + Duration::hours(-1)).error().sentence, "not now"));
    }
}

TEST_CASE("settings that change are read again; ones that became wrong leave what held before") {
    Elsewhere it;
    auto const file = it.folder.root / "office.toml";
    auto touch = [&, at = fs::file_time_type::clock::now()]() mutable {
        std::ofstream{file} << "x";
        fs::last_write_time(file, at += std::chrono::seconds{1});
    };
    touch();
    int reads = 0;
    std::optional<DatabaseSettings> next;
    DatabaseAccess access{file, *it.read(), [&] { return ++reads, next; }};
    auto const password = [&] { return std::string{access.current().work.passwords.front()->text()}; };
    CHECK(password() == "aaaa");
    CHECK(reads == 0);
    touch();  // and is wrong
    CHECK(password() == "aaaa");
    CHECK(reads == 1);
    it.secrets["sealed:password"] = "dddd";
    next = *it.read();
    CHECK(password() == "aaaa");
    touch();
    CHECK(password() == "dddd");
    CHECK(reads == 2);
}
