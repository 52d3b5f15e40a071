#include "crypto/password_hash.h"

#include <argon2.h>

#include <array>
#include <semaphore>

#include "base/check.h"

namespace klout7::crypto {
namespace {

constexpr std::uint32_t salt_bytes = 16;
constexpr std::uint32_t hash_bytes = 32;

/// Two at a time: what one costs in memory times the number of callers is an attack otherwise.
class Turn {
public:
    Turn() { turns().acquire(); }
    ~Turn() { turns().release(); }
    Turn(Turn const&) = delete;
    Turn& operator=(Turn const&) = delete;

private:
    static std::counting_semaphore<2>& turns() {
        static std::counting_semaphore<2> both{2};
        return both;
    }
};

}  // namespace

std::string hash_password(std::string_view password, Argon2Cost cost, Random& random) {
    std::array<std::uint8_t, salt_bytes> salt{};
    random.fill(salt);
    std::string encoded(argon2_encodedlen(cost.passes, cost.memory_kib, 1, salt_bytes, hash_bytes, Argon2_id),
                        '\0');
    Turn const turn;
    auto const done =
        argon2id_hash_encoded(cost.passes, cost.memory_kib, 1, password.data(), password.size(), salt.data(),
                              salt.size(), hash_bytes, encoded.data(), encoded.size());
    require(done == ARGON2_OK, "Argon2id has memory");
    encoded.resize(encoded.find('\0'));
    return encoded;
}

Bytes stretch_password(std::string_view password, BytesView salt, BytesView pepper, Argon2Cost cost,
                       std::size_t size_bytes) {
    Bytes stretched(size_bytes);
    // The library's interface writes to nothing of these but to the result.
    auto const writable = [](BytesView bytes) { return const_cast<std::uint8_t*>(bytes.data()); };
    argon2_context context{};
    context.out = stretched.data();
    context.outlen = static_cast<std::uint32_t>(stretched.size());
    context.pwd = writable(bytes_of(password));
    context.pwdlen = static_cast<std::uint32_t>(password.size());
    context.salt = writable(salt);
    context.saltlen = static_cast<std::uint32_t>(salt.size());
    context.secret = writable(pepper);
    context.secretlen = static_cast<std::uint32_t>(pepper.size());
    context.t_cost = cost.passes;
    context.m_cost = cost.memory_kib;
    context.lanes = context.threads = 1;
    context.version = ARGON2_VERSION_13;
    Turn const turn;
    require(argon2id_ctx(&context) == ARGON2_OK, "Argon2id has memory");
    return stretched;
}

bool verify_password(std::string_view password, std::string_view phc) {
    std::string const encoded{phc};
    Turn const turn;
    return argon2id_verify(encoded.c_str(), password.data(), password.size()) == ARGON2_OK;
}

}  // namespace klout7::crypto
