// Seals one file into another, as a document is sealed, and does nothing else: to set beside programs that do
// the same.
#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include "base/check.h"
#include "base/file_handle.h"
#include "base/random.h"
#include "crypto/document_cipher.h"

using namespace klout7;
using namespace klout7::crypto;

namespace {

constexpr std::size_t piece_bytes = 64 * 1024;  // what an upload hands over at a time

bool write_all(FileHandle const& file, BytesView bytes) {
    while (!bytes.empty()) {
        auto const written = write(file.descriptor(), bytes.data(), bytes.size());
        if (written <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr, "usage: bench-seal-file FILE SEALED\n");
        return 1;
    }
    FileHandle const in{open(argv[1], O_RDONLY | O_CLOEXEC)};
    FileHandle const out{open(argv[2], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
    require(in.is_open() && out.is_open(), "both files can be opened");
    SystemRandom random;
    PersonKey<MedicalZone> const key{Key256::random(random), 1, Environment::test};
    auto const now = Instant::from_microseconds(1'795'000'000'000'000);
    DocumentContext const context{PersonId::make(now, random), DocumentId::make(now, random), 1};
    DocumentSealer<MedicalZone> sealer{key, Environment::test, context, random,
                                       [&](BytesView bytes) { return write_all(out, bytes); }};
    Bytes piece(piece_bytes);
    for (;;) {
        auto const got = read(in.descriptor(), piece.data(), piece.size());
        require(got >= 0, "the file can be read");
        if (got == 0) break;
        require(sealer.add(BytesView{piece}.first(static_cast<std::size_t>(got))), "a piece is sealed");
    }
    require(sealer.finish(), "the file is sealed");
}
