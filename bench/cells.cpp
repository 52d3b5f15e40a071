// Cells of 64 bytes sealed and opened on one thread, beside the bare cipher in the same run.
#include <fmt/core.h>

#include <vector>

#include "base/random.h"
#include "crypto/cell.h"
#include "crypto/keyring.h"
#include "measure.h"

using namespace klout7;
using namespace klout7::crypto;

namespace {

constexpr std::size_t cell_bytes = 64;
constexpr std::size_t cells = 20'000;  // a different row and text each; all fit in the cache of a core
constexpr int passes = 10;
constexpr int rounds = 5;
constexpr double goal = 1'000'000;
constexpr double per_round = static_cast<double>(cells) * passes;

void print_row(char const* what, double klout7, double raw) {
    fmt::print("{:<9} {:>12.0f} {:>14.0f} {:>7.0f} %   {}\n", what, per_round / klout7, per_round / raw,
               100 * raw / klout7, per_round / klout7 >= goal ? "reached" : "below");
}

}  // namespace

int main() {
    SystemRandom random;
    CellCipher<MedicalZone> const cipher{Key256::random(random), 1, Environment::test};
    std::vector<Uuid> rows;
    Bytes plain(cells * cell_bytes);
    for (std::size_t at = 0; at < plain.size(); at += 4096)
        random.fill(BytesSpan{plain}.subspan(at, std::min<std::size_t>(4096, plain.size() - at)));
    auto const now = Instant::from_microseconds(1'795'000'000'000'000);
    for (std::size_t i = 0; i < cells; ++i) rows.push_back(Uuid::version_7(now, random));
    auto const text = [&](std::size_t i) { return BytesView{plain}.subspan(i * cell_bytes, cell_bytes); };
    auto const place = [&](std::size_t i) { return CellPlace{"medical_note", "words_sealed", rows[i]}; };

    std::vector<Bytes> sealed(cells);
    Bytes raw_sealed(cells * cell_bytes);
    Bytes raw_tags(cells * 16);
    Bytes raw_plain(cell_bytes);
    std::array<std::uint8_t, 12> nonce{};
    bench::RawCipher raw;
    bench::Fastest seal;
    bench::Fastest open;
    bench::Fastest raw_seal;
    bench::Fastest raw_open;
    auto const each = [](auto&& work) {
        return bench::seconds([&] {
            for (int pass = 0; pass < passes; ++pass)
                for (std::size_t i = 0; i < cells; ++i) work(i);
        });
    };
    for (int round = 0; round < rounds; ++round) {
        seal.take(each([&](std::size_t i) { sealed[i] = cipher.seal(place(i), text(i), random); }));
        raw_seal.take(each([&](std::size_t i) {
            raw.seal(nonce, text(i), BytesSpan{raw_sealed}.subspan(i * cell_bytes, cell_bytes),
                     BytesSpan{raw_tags}.subspan(i * 16, 16));
        }));
        open.take(each([&](std::size_t i) {
            auto const opened = cipher.open(place(i), sealed[i]);
            require(opened && opened->view()[0] == text(i)[0], "a cell opens");
        }));
        raw_open.take(each([&](std::size_t i) {
            raw.open(nonce, BytesView{raw_sealed}.subspan(i * cell_bytes, cell_bytes),
                     BytesSpan{raw_tags}.subspan(i * 16, 16), raw_plain);
        }));
    }
    fmt::print("cells of {} bytes, one thread, fastest of {} rounds of {:.0f}\n", cell_bytes, rounds,
               per_round);
    fmt::print("{:<9} {:>12} {:>14} {:>9}   goal {:.0f}\n", "", "cells/s", "bare AES-GCM/s", "of bare", goal);
    print_row("encrypt", seal.seconds, raw_seal.seconds);
    print_row("decrypt", open.seconds, raw_open.seconds);
}
