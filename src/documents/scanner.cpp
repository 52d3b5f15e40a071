#include "documents/scanner.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <expected>
#include <utility>

#include "base/file_handle.h"
#include "base/socket_io.h"

namespace klout7::documents {
namespace {

using namespace std::string_view_literals;
using Milliseconds = std::chrono::milliseconds;

/// clamd takes pieces of any size; this much of one is on its way at once.
constexpr std::size_t largest_piece = 64 * 1024;
constexpr std::size_t longest_answer = 1024;
constexpr std::size_t longest_name = 100;

FileHandle connect_to(std::filesystem::path const& socket) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    auto const text = socket.string();
    if (text.size() >= sizeof address.sun_path) return {};
    text.copy(address.sun_path, text.size());
    // A socket of this machine connects at once or not at all: EAGAIN when too many wait already.
    FileHandle handle{::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    if (!handle.is_open() ||
        connect(handle.descriptor(), reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0)
        return {};
    return handle;
}

std::expected<void, NotScanned> send_all(FileHandle const& handle, BytesView bytes, Milliseconds within) {
    while (!bytes.empty()) {
        auto const sent = send(handle.descriptor(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent > 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(sent));
        } else if (sent < 0 && errno == EAGAIN) {
            if (!is_ready(handle.descriptor(), POLLOUT, std::chrono::steady_clock::now() + within))
                return std::unexpected(NotScanned::timed_out);
        } else if (sent == 0 || errno != EINTR) {
            return std::unexpected(NotScanned::away);
        }
    }
    return {};
}

/// Up to the zero byte that ends it.
std::expected<std::string, NotScanned> receive_answer(FileHandle const& handle, Milliseconds within) {
    std::string answer;
    auto const end = std::chrono::steady_clock::now() + within;
    std::array<char, 256> part{};
    bool was_reset = false;
    for (;;) {
        if (!is_ready(handle.descriptor(), POLLIN, end)) return std::unexpected(NotScanned::timed_out);
        auto const got = recv(handle.descriptor(), part.data(), part.size(), 0);
        if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        // That it went with some of ours unread is told first, once; what it said lies behind that.
        if (got < 0 && errno == ECONNRESET && !std::exchange(was_reset, true)) continue;
        if (got <= 0) return std::unexpected(NotScanned::away);
        answer.append(part.data(), static_cast<std::size_t>(got));
        auto const zero = answer.find('\0');
        if (zero != std::string::npos && zero + 1 == answer.size()) return answer.substr(0, zero);
        if (zero != std::string::npos || answer.size() > longest_answer)
            return std::unexpected(NotScanned::broken_answer);
    }
}

bool is_of_a_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

std::string signature_name(std::string_view found) {
    // What clamd puts behind the name of every signature that ClamAV did not sign.
    constexpr auto unofficial = ".UNOFFICIAL"sv;
    if (found.ends_with(unofficial)) found.remove_suffix(unofficial.size());
    std::string name{found.substr(0, longest_name)};
    for (auto& c : name) {
        if (!is_of_a_name(c)) c = '_';
    }
    return name;
}

}  // namespace

std::string_view name_of(NotScanned reason) {
    switch (reason) {
        case NotScanned::away:
            return "away";
        case NotScanned::busy:
            return "busy";
        case NotScanned::timed_out:
            return "timed_out";
        case NotScanned::broken_answer:
            return "broken_answer";
        case NotScanned::limit:
            return "limit";
        case NotScanned::encrypted:
            return "encrypted";
    }
    return {};
}

ScanResult read_scan_answer(std::string_view answer) {
    if (answer == "stream: OK") return Clean{};
    if (answer == "INSTREAM size limit exceeded. ERROR") return NotScanned::limit;
    constexpr auto before = "stream: "sv;
    constexpr auto behind = " FOUND"sv;
    if (!answer.starts_with(before) || !answer.ends_with(behind) ||
        answer.size() <= before.size() + behind.size())
        return NotScanned::broken_answer;
    auto const name = answer.substr(before.size(), answer.size() - before.size() - behind.size());
    if (name.starts_with("Heuristics.Limits.Exceeded")) return NotScanned::limit;
    if (name.starts_with("Heuristics.Encrypted.")) return NotScanned::encrypted;
    return Infected{signature_name(name)};
}

struct Scanner::Scan::State {
    std::shared_ptr<std::counting_semaphore<>> turn;  ///< held
    ScanLimits limits;
    FileHandle handle;
    std::string signatures;
    std::optional<NotScanned> fault;

    ~State() {
        if (turn) turn->release();
    }
    void send_piece(BytesView piece) {
        Bytes length;
        append_u32(length, static_cast<std::uint32_t>(piece.size()));
        for (auto const part : {BytesView{length}, piece}) {
            if (auto const sent = send_all(handle, part, limits.write); !sent) {
                fault = sent.error();
                return;
            }
        }
    }
};

Scanner::Scan::Scan(std::unique_ptr<State> state) : state_(std::move(state)) {}
Scanner::Scan::Scan(Scan&&) noexcept = default;
Scanner::Scan::~Scan() = default;

std::string const& Scanner::Scan::signatures() const { return state_->signatures; }

void Scanner::Scan::add(BytesView plain) {
    while (!plain.empty() && !state_->fault) {
        auto const piece = plain.first(std::min(plain.size(), largest_piece));
        state_->send_piece(piece);
        plain = plain.subspan(piece.size());
    }
}

ScanResult Scanner::Scan::finish() {
    auto& s = *state_;
    if (!s.fault) s.send_piece({});  // a piece of nothing is the end
    // Where it takes no more it has said why before it went, and that is still to be read.
    if (s.fault && (*s.fault != NotScanned::away || !s.handle.is_open())) return *s.fault;
    auto const answer = receive_answer(s.handle, s.limits.answer);
    s.handle = {};
    if (!answer) return s.fault.value_or(answer.error());
    auto result = read_scan_answer(*answer);
    // It did not get all of it, so it cannot know.
    if (s.fault && std::holds_alternative<Clean>(result)) return *s.fault;
    return result;
}

Scanner::Scanner(std::filesystem::path socket, ScanLimits limits)
    : socket_(std::move(socket)),
      limits_(limits),
      turns_(std::make_shared<std::counting_semaphore<>>(limits.at_once)) {}

Scanner::Scan Scanner::begin() const {
    auto state = std::make_unique<Scan::State>();
    state->limits = limits_;
    if (!turns_->try_acquire_for(limits_.turn)) {
        state->fault = NotScanned::busy;
        return Scan{std::move(state)};
    }
    state->turn = turns_;
    // Asked first: a scanner that stands still takes the beginning of a stream, and never says a word.
    if (auto answer = version()) state->signatures = std::move(*answer);
    if (!state->signatures.empty()) state->handle = connect_to(socket_);
    if (!state->handle.is_open()) {
        state->fault = NotScanned::away;
    } else if (auto const sent = send_all(state->handle, bytes_of("zINSTREAM\0"sv), limits_.write); !sent) {
        state->fault = sent.error();
    }
    return Scan{std::move(state)};
}

std::optional<std::string> Scanner::version() const {
    auto const handle = connect_to(socket_);
    if (!handle.is_open() || !send_all(handle, bytes_of("zVERSION\0"sv), limits_.greeting))
        return std::nullopt;
    auto answer = receive_answer(handle, limits_.greeting);
    if (!answer || !answer->starts_with("ClamAV ") || answer->size() > longest_name) return std::nullopt;
    for (auto& c : *answer) {
        if (c < ' ' || c > '~') c = '_';
    }
    return std::move(*answer);
}

}  // namespace klout7::documents
