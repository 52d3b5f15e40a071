#include "crypto/key.h"

#include <openssl/crypto.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <algorithm>

#include "base/check.h"

namespace klout7::crypto {
namespace {

constexpr std::size_t locked_bytes = 1024 * 1024;

std::uint8_t* locked_memory() {
    // Falls back to ordinary memory, wiped all the same, when the locked area is full or was not set up
    // (tests).
    auto* const memory = OPENSSL_secure_malloc(Key256::size_bytes);
    require(memory != nullptr, "memory for a key");
    return static_cast<std::uint8_t*>(memory);
}

}  // namespace

void Key256::WipeAndRelease::operator()(std::uint8_t* bytes) const noexcept {
    OPENSSL_secure_clear_free(bytes, size_bytes);
}

Key256::Key256(BytesView bytes) : bytes_(locked_memory()) {
    require(bytes.size() == size_bytes, "a key of 32 bytes");
    std::copy(bytes.begin(), bytes.end(), bytes_.get());
}

Key256 Key256::random(Random& random) {
    Key256 key{Bytes(size_bytes)};
    random.fill({key.bytes_.get(), size_bytes});
    return key;
}

bool protect_process_memory() {
    rlimit const no_core{0, 0};
    auto const core_off = setrlimit(RLIMIT_CORE, &no_core) == 0 && prctl(PR_SET_DUMPABLE, 0) == 0;
    return CRYPTO_secure_malloc_init(locked_bytes, 64) == 1 && core_off;
}

}  // namespace klout7::crypto
