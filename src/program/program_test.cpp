#include "program/program.h"

#include <doctest/doctest.h>

#include <array>
#include <fstream>
#include <map>

using namespace klout7;
using namespace klout7::program;

namespace fs = std::filesystem;

namespace {

/// A data folder with one side in it, as `klout7 init` leaves it; each part can be made wrong.
template <class Zone>
struct Installation {
    using Other = std::conditional_t<Zone::side == Side::office, MedicalZone, OfficeZone>;
    DataFolder folder{make_folder()};
    SystemRandom random;
    crypto::Keyring<Zone> keyring =
        crypto::Keyring<Zone>::create({Uuid::version_7(Instant{}, random), Environment::test}, random);
    std::map<std::string, std::string> settings{{"listen.port", "8443"},
                                                {"tls.certificate", "\"tls/it.pem\""},
                                                {"tls.private_key", "\"tls/it.key\""},
                                                {"database.password", sealed("database.password")},
                                                {"database.log_password", sealed("database.log_password")}};

    Installation() {
        fs::create_directories(folder.keyring(Zone::side).parent_path());
        auto peer = crypto::Keyring<Other>::create(
            {keyring.identity().installation, keyring.identity().environment}, random);
        keyring.set_peer(peer.handover_key().public_key());
        save(keyring);
        write_settings();
    }
    Installation(Installation const&) = delete;
    ~Installation() { fs::remove_all(folder.root); }

    static fs::path make_folder() {
        auto name = (fs::temp_directory_path() / "klout7-program-XXXXXX").string();
        require(mkdtemp(name.data()) != nullptr, "a folder for a test");
        return name;
    }
    static void write(fs::path const& file, std::string_view content) {
        std::ofstream{file, std::ios::binary} << content;
        fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    }
    std::string sealed(std::string_view key) { return sealed_by(keyring, key); }
    template <class By>
    std::string sealed_by(crypto::Keyring<By> const& by, std::string_view key) {
        return "\"" + by.seal_setting(key, bytes_of(std::string_view{"the Password"}), random) + "\"";
    }
    /// As the keyring of this side, under a new credential.
    template <class Of>
    void save(crypto::Keyring<Of> const& of) {
        fs::remove(folder.keyring(Zone::side));
        crypto::UnsealingSecret secret{crypto::UnsealingSecret::Kind::credential, SecretBytes{32}};
        random.fill(secret.secret.span());
        write(folder.credential(Zone::side), secret.secret.text());
        REQUIRE(of.save_new(folder.keyring(Zone::side), secret, random));
    }
    void write_settings() {
        std::string toml;
        for (auto const& [key, value] : settings) toml += key + " = " + value + "\n";
        write(folder.settings(Zone::side), toml);
    }
    void set(std::string const& key, std::string value) {
        settings[key] = std::move(value);
        write_settings();
    }
    /// The sentence that the operator gets; empty when it opens.
    std::string sentence() {
        auto const opened = Program<Zone>::open(folder, "klout7-test");
        if (opened) return {};
        CHECK(opened.error().find("Password") == std::string::npos);
        CHECK_FALSE(opened.error().empty());
        return opened.error();
    }
    bool says(std::string_view words) {
        auto const said = sentence();
        CAPTURE(said);
        return said.find(words) != std::string::npos;
    }
};

}  // namespace

TEST_CASE_TEMPLATE("a data folder as it was made opens, with its keyring, settings and documents", Zone,
                   OfficeZone, MedicalZone) {
    Installation<Zone> made;
    made.set("database.pool", "3");
    auto const opened = Program<Zone>::open(made.folder, "klout7-test");
    REQUIRE(opened);
    auto& program = **opened;
    CHECK(program.keyring().identity().installation == made.keyring.identity().installation);
    CHECK(program.settings().integer("listen.port") == 8443);
    // A path in the settings starts at their folder.
    CHECK(program.settings().path("tls.certificate") == made.folder.root / "tls/it.pem");
    CHECK(fs::is_directory(made.folder.documents(Zone::side)));
    CHECK(&program.frame().database == &program.database());
    CHECK(&program.frame().log_database == &program.log_database());
}

TEST_CASE("the two sides share no file of an installation") {
    DataFolder const folder{"/data"};
    CHECK(folder.settings(Side::office) != folder.settings(Side::medical));
    CHECK(folder.keyring(Side::office) != folder.keyring(Side::medical));
    CHECK(folder.credential(Side::office) != folder.credential(Side::medical));
    CHECK(folder.documents(Side::office) != folder.documents(Side::medical));
    CHECK(folder.log(Side::office) != folder.log(Side::medical));
}

TEST_CASE_TEMPLATE("a side does not open with the keyring of the other side", Zone, OfficeZone, MedicalZone) {
    Installation<Zone> made;
    auto const& [installation, environment] = made.keyring.identity();
    auto other =
        crypto::Keyring<typename Installation<Zone>::Other>::create({installation, environment}, made.random);
    other.set_peer(made.keyring.handover_key().public_key());
    made.save(other);
    CHECK(made.says("this is the keyring of the other side"));
}

TEST_CASE("a keyring or credential that is gone, damaged, altered or of another is told apart") {
    Installation<OfficeZone> made;
    auto const keyring = made.folder.keyring(Side::office);
    auto const credential = made.folder.credential(Side::office);
    auto const kept = fs::path{keyring} += ".kept";
    fs::copy_file(keyring, kept);
    auto const size = fs::file_size(keyring);

    fs::resize_file(keyring, size / 2);
    CHECK(made.says("the keyring is damaged"));
    fs::remove(keyring);
    CHECK(made.says("cannot be read"));
    fs::copy_file(kept, keyring);
    CHECK(made.sentence().empty());

    std::fstream{keyring, std::ios::in | std::ios::out | std::ios::binary}
        .seekp(static_cast<std::streamoff>(size) - 1)
        .put('\0')
        .seekp(static_cast<std::streamoff>(size) - 2)
        .put('\0');
    CHECK(made.says("or the keyring was altered"));
    fs::copy_file(kept, keyring, fs::copy_options::overwrite_existing);
    CHECK(made.sentence().empty());

    made.write(credential, std::string(32, 'x'));
    CHECK(made.says("the credential does not open the keyring"));
    fs::remove(credential);
    CHECK(made.says("cannot be read"));
}

TEST_CASE("a password of the database opens only as the setting and by the keyring it was sealed for") {
    Installation<OfficeZone> made;
    Installation<OfficeZone> other;
    for (std::string const key : {"database.password", "database.log_password"}) {
        CAPTURE(key);
        auto const good = made.settings[key];
        made.set(key, other.sealed(key));
        CHECK(made.says(key));
        CHECK(made.says("was not sealed by this keyring"));
        made.set(key, made.sealed("database.something_else"));
        CHECK(made.says("was not sealed by this keyring"));
        made.set(key, "\"the Password\"");  // not sealed at all: told, and not repeated
        CHECK(made.says(key));
        made.settings.erase(key);
        made.write_settings();
        CHECK(made.says(key));
        made.set(key, good);
        CHECK(made.sentence().empty());
    }
    made.set(std::string{"database.password"}, made.settings["database.log_password"]);
    CHECK(made.says("was not sealed by this keyring"));
}

TEST_CASE("settings that are gone, unknown or of another kind stop the start") {
    Installation<OfficeZone> made;
    made.set("listen.prot", "8443");
    CHECK(made.says("listen.prot"));
    made.settings.erase("listen.prot");
    made.set("listen.port", "\"8443\"");
    CHECK(made.says("listen.port"));
    fs::remove(made.folder.settings(Side::office));
    CHECK(made.says("office.toml"));
}

TEST_CASE("a number that cannot be meant stops the start") {
    for (std::string const key : {"database.pool", "listen.port", "listen.workers"}) {
        for (std::string const value : {"0", "-1", "65536", "9223372036854775807"}) {
            CAPTURE(key);
            CAPTURE(value);
            Installation<OfficeZone> made;
            made.set(key, value);
            CHECK(made.says(key));
        }
        Installation<OfficeZone> made;
        made.set(key, "1");
        CHECK(made.sentence().empty());
    }
}

TEST_CASE("a CA of machines belongs to the office side, and a revocation list to a CA") {
    Installation<OfficeZone> office;
    office.set("machines.crl", "\"tls/machines.crl\"");
    CHECK(office.says("machines.crl"));
    office.set("machines.ca", "\"tls/machines.pem\"");
    CHECK(office.sentence().empty());
    Installation<MedicalZone> medical;
    medical.set("machines.ca", "\"tls/machines.pem\"");
    CHECK(medical.says("office side only"));
}

TEST_CASE("from where a role may come is read from the settings, for roles of that side only") {
    Installation<OfficeZone> made;
    std::string const key = "networks.functional_administrator";
    made.set(key, "\"10.0.0.0/8, 2001:db8::/32\"");
    auto const opened = Program<OfficeZone>::open(made.folder, "klout7-test");
    REQUIRE(opened);
    auto const& networks = (*opened)->frame().networks;
    CHECK(networks.allow(access::Role::functional_administrator, "10.1.2.3"));
    CHECK_FALSE(networks.allow(access::Role::functional_administrator, "192.0.2.1"));
    CHECK(networks.allow(access::Role::case_manager, "192.0.2.1"));
    made.set(key, "\"10.0.0.1/8\"");
    CHECK(made.says(key));
    made.set(key, "\"\"");
    CHECK(made.says(key));
    made.settings.erase(key);
    made.set("networks.company_doctor", "\"10.0.0.0/8\"");
    CHECK(made.says("a role that this side does not have"));
    made.settings.erase("networks.company_doctor");
    made.set("networks.employer_system", "\"10.0.0.0/8\"");
    CHECK(made.says("networks.employer_system"));
}

TEST_CASE("a place where documents cannot be kept stops the start, and is named") {
    Installation<OfficeZone> made;
    fs::create_directories(made.folder.root / "documents");
    made.write(made.folder.documents(Side::office), "no folder");
    CHECK(made.says((made.folder.root / "documents").string()));
}

TEST_CASE("a share of documents that is wrong, or cannot be reached, stops the start") {
    Installation<OfficeZone> made;
    made.set("documents.smb.server", "\"127.0.0.1\"");
    made.set("documents.smb.share", "\"docs\"");
    made.set("documents.smb.user", "\"klout7\"");
    made.set("documents.smb.password", made.sealed("database.password"));
    CHECK(made.says("\"documents.smb.password\": was not sealed by this keyring"));
    made.set("documents.smb.password", made.sealed("documents.smb.password"));
    made.set("documents.smb.port", "65536");
    CHECK(made.says("\"documents.smb.port\": must be a number from 1 to 65535"));
    made.set("documents.smb.port", "1");
    // It is not beside the program of this test.
    CHECK(made.says("the documents cannot be stored: klout7-smb"));
    CHECK_FALSE(fs::exists(made.folder.root / "documents"));
}

TEST_CASE("a program that is started wrongly says how, and nothing else happens") {
    auto const run_with = [](std::vector<std::string> words) {
        words.insert(words.begin(), "klout7-test");
        std::vector<char*> argv;
        for (auto& word : words) argv.push_back(word.data());
        return run<OfficeZone>(static_cast<int>(argv.size()), argv.data(), "klout7-test", {});
    };
    CHECK(run_with({"--help"}) == 0);
    CHECK(run_with({}) == 2);
    CHECK(run_with({"--data"}) == 2);
    CHECK(run_with({"--date", "/data"}) == 2);
    CHECK(run_with({"--data", "/data", "more"}) == 2);
}
