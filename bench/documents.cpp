// One document of 1 GiB sealed and opened in pieces, beside the bare cipher in the same run, and the
// memory that this takes on top of the bytes themselves.
#include <fmt/core.h>

#include <cstring>
#include <fstream>
#include <string>

#include "base/random.h"
#include "crypto/document_cipher.h"
#include "measure.h"

using namespace klout7;
using namespace klout7::crypto;

namespace {

constexpr std::size_t document_bytes = std::size_t{1} << 30U;
constexpr std::size_t piece_bytes = 64 * 1024;  // what an upload hands over at a time
constexpr std::size_t chunk_bytes = 16 * 1024;  // of the format, and of the bare cipher beside it
constexpr int rounds = 5;
constexpr double goal_gib = 3;
constexpr double goal_mib = 8;

/// Peak resident memory of this process in KiB.
std::size_t peak_kib() {
    std::ifstream status{"/proc/self/status"};
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::stoul(line.substr(6));
    return 0;
}

double mib_since(std::size_t before_kib) { return static_cast<double>(peak_kib() - before_kib) / 1024; }

void print_row(char const* what, double klout7, double raw) {
    fmt::print("{:<9} {:>8.2f} {:>14.2f} {:>7.0f} %   {}\n", what, 1 / klout7, 1 / raw, 100 * raw / klout7,
               1 / klout7 >= goal_gib ? "reached" : "below");
}

}  // namespace

int main() {
    SystemRandom random;
    PersonKey<MedicalZone> const key{Key256::random(random), 1, Environment::test};
    auto const now = Instant::from_microseconds(1'795'000'000'000'000);
    DocumentContext const context{PersonId::make(now, random), DocumentId::make(now, random), 1};
    Bytes piece(piece_bytes);
    random.fill(piece);
    Bytes opened(piece_bytes);
    // Stands for the store. Filled now, so that it does not count as memory of the sealing.
    Bytes store(sealed_size(padded_size(document_bytes)), 1);
    std::array<std::uint8_t, 12> nonce{};
    Bytes tags(document_bytes / chunk_bytes * 16, 1);
    auto const tag_of = [&](std::size_t at) { return BytesSpan{tags}.subspan(at / chunk_bytes * 16, 16); };
    bench::RawCipher raw;

    auto const seal_document = [&] {
        std::size_t at = 0;
        DocumentSealer<MedicalZone> sealer{key, Environment::test, context, random, [&](BytesView bytes) {
                                               std::memcpy(store.data() + at, bytes.data(), bytes.size());
                                               at += bytes.size();
                                               return true;
                                           }};
        for (std::size_t done = 0; done < document_bytes; done += piece_bytes)
            require(sealer.add(piece), "a piece is sealed");
        require(sealer.finish() && at == store.size(), "a document is sealed");
    };
    auto const open_document = [&] {
        auto opener = DocumentOpener<MedicalZone>::open(
            key, Environment::test, context, store.size(), [&](std::uint64_t offset, BytesSpan out) {
                std::memcpy(out.data(), store.data() + offset, out.size());
                return true;
            });
        require(opener.has_value(), "a document opens");
        for (std::size_t done = 0; done < document_bytes; done += piece_bytes)
            require(opener->read(done, opened).has_value(), "a piece opens");
        require(opened == piece, "what came back is what was sealed");
    };
    auto const raw_seal_document = [&] {
        for (std::size_t at = 0; at < document_bytes; at += chunk_bytes)
            raw.seal(nonce, BytesView{piece}.subspan(at % piece_bytes, chunk_bytes),
                     BytesSpan{store}.subspan(at, chunk_bytes), tag_of(at));
    };
    auto const raw_open_document = [&] {
        for (std::size_t at = 0; at < document_bytes; at += chunk_bytes)
            raw.open(nonce, BytesView{store}.subspan(at, chunk_bytes), tag_of(at),
                     BytesSpan{opened}.subspan(at % piece_bytes, chunk_bytes));
    };

    auto const before_kib = peak_kib();
    seal_document();
    auto const seal_mib = mib_since(before_kib);
    open_document();
    auto const both_mib = mib_since(before_kib);

    bench::Fastest seal;
    bench::Fastest open;
    bench::Fastest raw_seal;
    bench::Fastest raw_open;
    for (int round = 0; round < rounds; ++round) {
        seal.take(bench::seconds(seal_document));
        open.take(bench::seconds(open_document));
        raw_seal.take(bench::seconds(raw_seal_document));
        raw_open.take(bench::seconds(raw_open_document));
    }
    fmt::print("a document of 1 GiB in pieces of {} KiB, one thread, fastest of {} rounds\n",
               piece_bytes / 1024, rounds);
    fmt::print("{:<9} {:>8} {:>14} {:>9}   goal {:.0f} GiB/s\n", "", "GiB/s", "bare AES-GCM", "of bare",
               goal_gib);
    print_row("seal", seal.seconds, raw_seal.seconds);
    print_row("open", open.seconds, raw_open.seconds);
    fmt::print(
        "peak memory on top of the buffers: {:.1f} MiB sealing, {:.1f} MiB sealing and opening   goal {:.0f} "
        "MiB: {}\n",
        seal_mib, both_mib, goal_mib, both_mib <= goal_mib ? "reached" : "above");
}
