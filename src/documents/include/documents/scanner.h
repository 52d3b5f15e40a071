#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <semaphore>
#include <string>
#include <string_view>
#include <variant>

#include "base/bytes.h"

namespace klout7::documents {

/// Why a content was not scanned to its end.
enum class NotScanned {
    away,           ///< nobody answers at the socket, or went away half-way
    busy,           ///< too many scans at once
    timed_out,      ///< no answer, or no more was taken, within its time
    broken_answer,  ///< an answer that is none
    limit,          ///< larger, deeper or slower inside than is looked at: as often as it is tried
    encrypted,      ///< what is in it cannot be looked at: as often as it is tried
};
std::string_view name_of(NotScanned reason);

struct Clean {};
struct Infected {
    std::string signature;  ///< its name: letters, digits and "._-"
};
/// What the scanner said. Only `Clean` is clean.
using ScanResult = std::variant<Clean, Infected, NotScanned>;

/// What the answer to INSTREAM says, without the zero byte at its end. Whatever is not exactly the clean
/// answer is not clean.
ScanResult read_scan_answer(std::string_view answer);

/// What is waited for, and how long.
struct ScanLimits {
    std::chrono::milliseconds turn{2'000};      ///< for one of the scans at once
    std::chrono::milliseconds greeting{5'000};  ///< for the scanner to say who it is
    std::chrono::milliseconds write{10'000};    ///< for a piece to be taken
    std::chrono::milliseconds answer{20'000};
    std::ptrdiff_t at_once = 4;  ///< private_scanner.cpp counts on it
};

/// clamd behind a Unix socket, which gets what it scans through that socket (INSTREAM). Safe from many
/// threads. What it looks into is what its settings say (documents/private_scanner.h). Source: clamd(8).
class Scanner {
public:
    explicit Scanner(std::filesystem::path socket, ScanLimits limits = {});

    /// One content, while it arrives.
    class Scan {
    public:
        Scan(Scan&&) noexcept;
        Scan& operator=(Scan&&) = delete;
        ~Scan();
        /// A fault is kept for `finish`; what comes after it is not sent.
        void add(BytesView plain);
        /// After the last byte, once.
        ScanResult finish();
        /// Engine and signatures that scan, as the scanner calls them; empty when it is away.
        std::string const& signatures() const;

    private:
        friend class Scanner;
        struct State;
        explicit Scan(std::unique_ptr<State> state);
        std::unique_ptr<State> state_;
    };
    Scan begin() const;

    /// Engine and signatures as the scanner calls them ("ClamAV 1.4.6/27800/..."); nothing when it is away.
    std::optional<std::string> version() const;

private:
    std::filesystem::path socket_;
    ScanLimits limits_;
    std::shared_ptr<std::counting_semaphore<>> turns_;
};

}  // namespace klout7::documents
