#include "documents/scanner.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <thread>

#include "base/file_handle.h"
#include "documents/documents.h"
#include "testing/scanner.h"

using namespace klout7;
using namespace klout7::documents;
using namespace klout7::documents::testing;
using namespace std::string_literals;
using namespace std::chrono_literals;

namespace {

bool is_clean(ScanResult const& result) { return std::holds_alternative<Clean>(result); }
std::string found_in(ScanResult const& result) {
    auto const* infected = std::get_if<Infected>(&result);
    return infected != nullptr ? infected->signature : "";
}
std::optional<NotScanned> reason_of(ScanResult const& result) {
    auto const* reason = std::get_if<NotScanned>(&result);
    return reason != nullptr ? std::optional{*reason} : std::nullopt;
}

/// A server that speaks as clamd does, until it does not: for what a real one cannot be made to do.
class FakeScanner {
public:
    using Talk = std::function<void(int descriptor)>;
    explicit FakeScanner(Talk talk) : talk_(std::move(talk)), thread_([this] { serve(); }) {}
    FakeScanner(FakeScanner const&) = delete;
    ~FakeScanner() {
        stopping_ = true;
        shutdown(listener_, SHUT_RDWR);
        thread_.join();
        close(listener_);
    }
    std::filesystem::path socket() const { return folder_.path() / "fake.sock"; }

    static void say(int descriptor, std::string const& words) {
        (void)!send(descriptor, words.data(), words.size(), MSG_NOSIGNAL);
    }
    /// What comes until the stream of it has ended.
    static std::string hear_stream(int descriptor) {
        std::string heard;
        std::array<char, 4096> part{};
        while (!heard.ends_with("\0\0\0\0"s)) {
            auto const got = recv(descriptor, part.data(), part.size(), 0);
            if (got <= 0) break;
            heard.append(part.data(), static_cast<std::size_t>(got));
        }
        return heard;
    }

private:
    int listen_here() const {
        auto const descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        socket().string().copy(address.sun_path, sizeof address.sun_path - 1);
        REQUIRE(bind(descriptor, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0);
        REQUIRE(listen(descriptor, 16) == 0);
        return descriptor;
    }
    void serve() {
        while (!stopping_) {
            auto const descriptor = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (descriptor < 0) continue;
            std::array<char, 10> command{};
            (void)!recv(descriptor, command.data(), command.size(), MSG_PEEK);
            if (std::string_view{command.data(), 9} == std::string_view{"zVERSION\0", 9})
                say(descriptor, "ClamAV 9.9.9\0"s);
            else
                talk_(descriptor);
            close(descriptor);
        }
    }
    TestingFolder folder_;
    Talk talk_;
    int listener_ = listen_here();
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

constexpr ScanLimits impatient{
    .turn = 100ms, .greeting = 300ms, .write = 300ms, .answer = 300ms, .at_once = 1};

std::string content_in_pdf(std::string_view name) {
    return content_of(std::filesystem::path{KLOUT7_VECTORS "/scanner"} / name);
}

}  // namespace

TEST_CASE("the scanner passes what is clean and names what it finds, however the pieces fall") {
    auto const& scanner = TestingScanner::shared().scanner;
    for (std::size_t const piece : {1U, 3U, 64U, 10'000U}) {
        CAPTURE(piece);
        CHECK(is_clean(scan_of(scanner, pdf_of("a letter"), piece)));
        CHECK(found_in(scan_of(scanner, pdf_of(eicar), piece)) == "Eicar-Test-Signature");
        CHECK(found_in(scan_of(scanner, eicar, piece)) == "Eicar-Test-Signature");
        CHECK(found_in(scan_of(scanner, pdf_of(own_signature), piece)) == "Klout7-Test-Signature");
    }
    CHECK(is_clean(scan_of(scanner, "")));
    // Over the border of two pieces as they are sent.
    auto const far = std::string(64 * 1024 - 30, 'x') + eicar;
    CHECK(found_in(scan_of(scanner, pdf_of(far), 1'000'000)) == "Eicar-Test-Signature");
}

TEST_CASE("what exceeds a limit is never clean") {
    auto const& scanner = TestingScanner::shared().scanner;
    std::string large(TestingScanner::largest, 'x');
    CHECK(is_clean(scan_of(scanner, large, 1 << 20)));
    large += 'x';
    CHECK(reason_of(scan_of(scanner, large, 1 << 20)) == NotScanned::limit);
}

TEST_CASE("the largest PDF that is taken in is scanned whole, what lies in it counted once more") {
    constexpr std::size_t largest = 150 * mebibyte;
    TestingScanner const server{largest};
    auto const of_one_stream = [](std::string_view words) {
        std::string const head = "%PDF-1.7\n1 0 obj\n<< /Length 157286100 >>\nstream\n";
        std::string const tail = std::string{words} + "\nendstream\nendobj\n%%EOF\n";
        return head + std::string(largest - head.size() - tail.size(), 'x') + tail;
    };
    CHECK(is_clean(scan_of(server.scanner, of_one_stream(""), 100'000)));
    CHECK(found_in(scan_of(server.scanner, of_one_stream(own_signature), 100'000)) ==
          "Klout7-Test-Signature");
}

TEST_CASE("only exactly the clean answer is clean") {
    CHECK(is_clean(read_scan_answer("stream: OK")));
    for (auto const answer : {"", "stream: OK ", " stream: OK", "stream: ok", "stream: OK\n", "stream:OK",
                              "OK", "stream: ", "stream: FOUND", "stream:  FOUND", "stream: x ERROR", "PONG",
                              "stream: OK FOUNDER", "UNKNOWN COMMAND", "COMMAND READ TIMED OUT"}) {
        CAPTURE(answer);
        CHECK(reason_of(read_scan_answer(answer)) == NotScanned::broken_answer);
    }
    CHECK(reason_of(read_scan_answer("INSTREAM size limit exceeded. ERROR")) == NotScanned::limit);
    CHECK(reason_of(read_scan_answer("stream: Heuristics.Limits.Exceeded.MaxRecursion FOUND")) ==
          NotScanned::limit);
    CHECK(reason_of(read_scan_answer("stream: Heuristics.Encrypted.PDF FOUND")) == NotScanned::encrypted);
    CHECK(found_in(read_scan_answer("stream: Win.Test-1_2.UNOFFICIAL FOUND")) == "Win.Test-1_2");
    CHECK(found_in(read_scan_answer("stream: a<b>\x01 OK FOUND")) == "a_b___OK");
    CHECK(found_in(read_scan_answer("stream: " + std::string(900, 'x') + " FOUND")) == std::string(100, 'x'));
    CHECK(found_in(read_scan_answer("stream: Heuristics.OLE2.ContainsMacros FOUND")) ==
          "Heuristics.OLE2.ContainsMacros");
}

TEST_CASE("a scanner that is not there, goes away, says nothing or says nonsense leaves nothing clean") {
    TestingFolder const nowhere;
    Scanner const nobody{nowhere.path() / "no.sock", impatient};
    CHECK_FALSE(nobody.version());
    CHECK(reason_of(scan_of(nobody, pdf_of("x"))) == NotScanned::away);
    CHECK(reason_of(scan_of(Scanner{std::string(300, 'x'), impatient}, pdf_of("x"))) == NotScanned::away);

    struct Fault {
        FakeScanner::Talk talk;
        NotScanned expected;
    };
    auto const after_stream = [](std::string words) {
        return [words = std::move(words)](int descriptor) {
            FakeScanner::hear_stream(descriptor);
            FakeScanner::say(descriptor, words);
        };
    };
    std::vector<Fault> const faults{
        {[](int) {}, NotScanned::away},
        {after_stream(""), NotScanned::away},
        {after_stream("stream: OK"), NotScanned::away},  // no zero byte: cut off
        {after_stream("stream: OK\0stream: OK\0"s), NotScanned::broken_answer},
        {after_stream("stream: OK\0 "s), NotScanned::broken_answer},
        {after_stream("\0"s), NotScanned::broken_answer},
        {after_stream(std::string(5000, 'x')), NotScanned::broken_answer},
        {[](int descriptor) { FakeScanner::hear_stream(descriptor), std::this_thread::sleep_for(600ms); },
         NotScanned::timed_out},
        // Clean before it has heard all of it.
        {[](int descriptor) { FakeScanner::say(descriptor, "stream: OK\0"s); }, NotScanned::away},
    };
    std::string const large(2 << 20, 'x');
    for (std::size_t i = 0; i < faults.size(); ++i) {
        CAPTURE(i);
        FakeScanner const fake{faults[i].talk};
        CHECK(reason_of(scan_of(Scanner{fake.socket(), impatient}, large)) == faults[i].expected);
    }
    FakeScanner const good{after_stream("stream: OK\0"s)};
    CHECK(is_clean(scan_of(Scanner{good.socket(), impatient}, large)));
}

TEST_CASE("a scanner that takes no more is given up in time, and costs the rest of the content nothing") {
    FakeScanner const deaf{[](int) { std::this_thread::sleep_for(1500ms); }};
    auto scan = Scanner{deaf.socket(), impatient}.begin();
    std::string const large(4 << 20, 'x');
    auto const begun = std::chrono::steady_clock::now();
    scan.add(bytes_of(large));
    scan.add(bytes_of(large));
    CHECK(reason_of(scan.finish()) == NotScanned::timed_out);
    CHECK(std::chrono::steady_clock::now() - begun < 1200ms);
}

TEST_CASE("more scans at once than may be wait for their turn, and are not scanned when it does not come") {
    auto const& server = TestingScanner::shared();
    Scanner const one_by_one{private_scanner_socket(server.folder.path()), impatient};
    {
        auto const running = one_by_one.begin();
        CHECK(running.signatures().starts_with("ClamAV "));
        CHECK(reason_of(scan_of(one_by_one, pdf_of("x"))) == NotScanned::busy);
    }
    CHECK(is_clean(scan_of(one_by_one, pdf_of("x"))));

    std::atomic<int> clean = 0;
    std::atomic<int> found = 0;
    std::vector<std::thread> many;
    for (int i = 0; i < 16; ++i) {
        many.emplace_back([&, i] {
            auto const words = i % 2 == 0 ? "x" + std::to_string(i) : eicar;
            auto const result = scan_of(server.scanner, pdf_of(std::string(300'000, ' ') + words), 1000);
            clean += is_clean(result) ? 1 : 0;
            found += found_in(result).empty() ? 0 : 1;
        });
    }
    for (auto& one : many) one.join();
    CHECK(clean == 8);
    CHECK(found == 8);
}

TEST_CASE("what a real scanner looks into: an attachment, a zip in it, and what it cannot look into") {
    auto const& scanner = TestingScanner::shared().scanner;
    CHECK(is_clean(scan_of(scanner, content_in_pdf("clean.pdf"))));
    CHECK(found_in(scan_of(scanner, content_in_pdf("attachment.pdf"))) == "Klout7-Test-Signature");
    CHECK(found_in(scan_of(scanner, content_in_pdf("zip_in_attachment.pdf"))) == "Klout7-Test-Signature");
    CHECK(reason_of(scan_of(scanner, content_in_pdf("password.pdf"))) == NotScanned::encrypted);
    CHECK(reason_of(scan_of(scanner, content_in_pdf("password_in_attachment.pdf"))) == NotScanned::encrypted);
    CHECK(reason_of(scan_of(scanner, content_in_pdf("too_deep.pdf"))) == NotScanned::limit);
    CHECK(reason_of(scan_of(scanner, content_in_pdf("too_large_inside.pdf"))) == NotScanned::limit);
}

TEST_CASE("what is scanned lies in memory only, for this user alone, and nothing of it stays") {
    TestingScanner one;
    auto const memory = one.server.temporary();
    CHECK(memory.string().starts_with("/dev/shm/"));
    struct stat facts {};
    REQUIRE(stat(memory.c_str(), &facts) == 0);
    CHECK((facts.st_mode & 0777U) == 0700U);

    auto scan = one.scanner.begin();
    scan.add(bytes_of(pdf_of(std::string(200'000, 'k'))));
    bool is_there = false;
    for (int i = 0; i < 100 && !is_there; ++i, std::this_thread::sleep_for(10ms)) {
        for (auto const& entry : std::filesystem::recursive_directory_iterator{memory})
            is_there = is_there || (entry.is_regular_file() && entry.file_size() > 0);
    }
    CHECK(is_there);
    for (auto const& file : one.folder.files()) CHECK(content_of(file).find("kkkkkk") == std::string::npos);
    CHECK(is_clean(scan.finish()));
    for (int i = 0; i < 100 && !std::filesystem::is_empty(memory); ++i) std::this_thread::sleep_for(10ms);
    CHECK(std::filesystem::is_empty(memory));

    // Killed with something in its hands: gone with the next start.
    auto cut_off = one.scanner.begin();
    cut_off.add(bytes_of(pdf_of(std::string(200'000, 'k'))));
    kill(one.server.process(), SIGKILL);
    for (int i = 0; i < 100 && one.server.is_running(); ++i) std::this_thread::sleep_for(10ms);
    CHECK_FALSE(one.server.is_running());
    CHECK(reason_of(cut_off.finish()) == NotScanned::away);
    auto const again = TestingScanner::started(one.folder.path());
    CHECK_FALSE(std::filesystem::exists(memory));
    one.wait();
    CHECK(is_clean(scan_of(one.scanner, pdf_of("x"))));
}

TEST_CASE("signatures that the system changes, adds or takes away are new ones") {
    TestingFolder folder;
    TestingFolder system;
    std::ofstream{system.path() / "one.ndb"} << "One:0:*:6f6e65\n";
    auto const server = PrivateScanner::start({.folder = folder.path(), .system_signatures = system.path()});
    REQUIRE(server);
    CHECK_FALSE(server->has_new_signatures());
    std::ofstream{system.path() / "freshclam.dat"} << "no signatures";
    CHECK_FALSE(server->has_new_signatures());
    std::ofstream{system.path() / "one.ndb"} << "One:0:*:6f6e65\nTwo:0:*:74776f\n";
    CHECK(server->has_new_signatures());
    auto const again = PrivateScanner::start({.folder = folder.path(), .system_signatures = system.path()});
    REQUIRE(again);
    CHECK_FALSE(again->has_new_signatures());
    std::filesystem::remove(system.path() / "one.ndb");
    CHECK(again->has_new_signatures());
}

TEST_CASE("a scanner that stands still is away at once, and scans again when it goes on") {
    TestingScanner one;
    Scanner const scanner{private_scanner_socket(one.folder.path()), impatient};
    kill(one.server.process(), SIGSTOP);
    CHECK_FALSE(scanner.version());
    CHECK(reason_of(scan_of(scanner, pdf_of(eicar))) == NotScanned::away);
    kill(one.server.process(), SIGCONT);
    one.wait();
    CHECK(found_in(scan_of(one.scanner, pdf_of(eicar))) == "Eicar-Test-Signature");
}
