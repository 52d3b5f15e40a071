#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <thread>

#include "base/check.h"
#include "documents/private_scanner.h"
#include "documents/scanner.h"
#include "testing/folder.h"

namespace klout7::documents::testing {

// Made of two parts, so that no scanner takes this file for what it speaks of.
inline std::string const eicar =
    std::string{R"(X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-)"} + "ANTIVIRUS-TEST-FILE!$H+H*";
inline std::string const own_signature = std::string{"KLOUT7-STANDARD-"} + "SCANNER-TEST-FILE";

inline std::string pdf_of(std::string_view words) {
    return std::string{"%PDF-1.7\n"}.append(words).append("\n%%EOF\n");
}

/// A real clamd with our own signatures, as `klout7 serve` starts it.
struct TestingScanner {
    static constexpr std::uint64_t largest = 50 * mebibyte;
    TestingFolder folder;
    PrivateScanner server;
    Scanner scanner{private_scanner_socket(folder.path())};

    explicit TestingScanner(std::uint64_t largest_document = largest)
        : server(started(folder.path(), largest_document)) {
        wait();
    }
    /// Until it has read its signatures.
    void wait() const {
        for (int i = 0; i < 200 && !scanner.version(); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds{50});
        require(scanner.version().has_value(), "clamd starts");
    }
    static PrivateScanner started(std::filesystem::path const& folder,
                                  std::uint64_t largest_document = largest) {
        auto made = PrivateScanner::start(
            {.folder = folder, .system_signatures = "/nowhere", .largest_document_bytes = largest_document});
        require(made.has_value(), "clamd is installed, and there is room in memory");
        return std::move(*made);
    }
    static TestingScanner& shared() {
        static TestingScanner one;
        return one;
    }
};

inline ScanResult scan_of(Scanner const& scanner, std::string_view content, std::size_t piece = 10'000) {
    auto scan = scanner.begin();
    for (; !content.empty(); content.remove_prefix(std::min(piece, content.size())))
        scan.add(bytes_of(content.substr(0, piece)));
    return scan.finish();
}

}  // namespace klout7::documents::testing
