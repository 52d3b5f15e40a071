#include "keyring_file.h"

#include <argon2.h>

#include <algorithm>

#include "aead.h"
#include "base/check.h"

namespace klout7::crypto {
namespace {

// Format, see docs/data-formats.md "Keyring":
//   head   "K7KR" | version 1 | side | environment | unsealing kind | installation(16) |
//          Argon2id memory in KiB(4) | passes(4) | salt(16) | peer handover key(32)
//   sealed nonce(12) | the domain keys in the order of domain_names, 32 bytes each | tag(16)
// The head is the associated data of the sealed part; its key is the root key of the side.
constexpr std::string_view magic = "K7KR";
constexpr std::uint8_t format = 1;
constexpr std::size_t salt_bytes = 16;
constexpr std::size_t head_bytes = 4 + 4 + 16 + 4 + 4 + salt_bytes + 32;
constexpr std::size_t keys_bytes = std::size(domain_names) * Key256::size_bytes;
constexpr std::size_t file_bytes = head_bytes + Aes256Gcm::nonce_bytes + keys_bytes + Aes256Gcm::tag_bytes;
constexpr std::uint32_t memory_kib = 256 * 1024;
constexpr std::uint32_t passes = 3;

std::uint32_t read_u32(BytesView bytes) {
    return static_cast<std::uint32_t>(bytes[0]) << 24U | static_cast<std::uint32_t>(bytes[1]) << 16U |
           static_cast<std::uint32_t>(bytes[2]) << 8U | bytes[3];
}

/// The root key. A passphrase is stretched; a credential is random already and is bound by HKDF.
Key256 root_key(UnsealingSecret const& secret, BytesView salt, std::uint32_t kib, std::uint32_t rounds) {
    if (secret.kind == UnsealingSecret::Kind::credential) {
        auto const extracted = hkdf_sha256_extract(salt, secret.secret.view());
        return Key256{hkdf_sha256_expand(extracted.view(), bytes_of("klout7/keyring/1"), 32).view()};
    }
    SecretBytes stretched{32};
    auto const done = argon2id_hash_raw(rounds, kib, 1, secret.secret.view().data(), secret.secret.size(),
                                        salt.data(), salt.size(), stretched.span().data(), stretched.size());
    require(done == ARGON2_OK, "Argon2id has memory");
    return Key256{stretched.view()};
}

}  // namespace

Bytes write_keyring(KeyringContent const& content, UnsealingSecret const& secret, Random& random) {
    Bytes file = to_bytes(magic);
    file.push_back(format);
    file.push_back(static_cast<std::uint8_t>(content.side));
    file.push_back(static_cast<std::uint8_t>(content.environment));
    file.push_back(static_cast<std::uint8_t>(secret.kind));
    append(file, content.installation.bytes());
    append_u32(file, memory_kib);
    append_u32(file, passes);
    Bytes salt(salt_bytes);
    random.fill(salt);
    append(file, salt);
    append(file, content.peer);
    auto const head = file;

    SecretBytes keys{keys_bytes};
    auto into = keys.span().begin();
    for (auto const name : domain_names)
        into = std::ranges::copy(content.domains.at(std::string{name}).view(), into).out;
    file.resize(file_bytes);
    auto const nonce = BytesSpan{file}.subspan(head_bytes, Aes256Gcm::nonce_bytes);
    random.fill(nonce);
    Aes256Gcm{root_key(secret, salt, memory_kib, passes)}.seal(
        nonce, head, keys.view(), BytesSpan{file}.subspan(head_bytes + Aes256Gcm::nonce_bytes));
    return file;
}

std::expected<KeyringContent, KeyringError> read_keyring(BytesView file, UnsealingSecret const& secret,
                                                         Side side) {
    if (file.size() != file_bytes || text_of(file.first(4)) != magic || file[4] != format) {
        return std::unexpected(KeyringError::malformed);
    }
    if (file[5] > 1 || file[6] > 3 || file[7] > 1) return std::unexpected(KeyringError::malformed);
    if (file[5] != static_cast<std::uint8_t>(side)) return std::unexpected(KeyringError::wrong_side);
    if (file[7] != static_cast<std::uint8_t>(secret.kind)) return std::unexpected(KeyringError::wrong_secret);
    auto const kib = read_u32(file.subspan(24));
    auto const rounds = read_u32(file.subspan(28));
    // Bounds keep an edited head from asking for absurd work before the tag is checked.
    if (kib < 8 || kib > 4 * 1024 * 1024 || rounds < 1 || rounds > 64)
        return std::unexpected(KeyringError::malformed);

    SecretBytes keys{keys_bytes};
    auto const root = root_key(secret, file.subspan(32, salt_bytes), kib, rounds);
    auto const nonce = file.subspan(head_bytes, Aes256Gcm::nonce_bytes);
    if (!Aes256Gcm{root}.open(nonce, file.first(head_bytes), file.subspan(head_bytes + nonce.size()),
                              keys.span())) {
        return std::unexpected(KeyringError::wrong_secret);
    }
    KeyringContent content;
    content.side = side;
    content.environment = static_cast<Environment>(file[6]);
    content.installation = *Uuid::from_bytes(file.subspan(8, 16));
    std::copy_n(file.begin() + 48, content.peer.size(), content.peer.begin());
    for (std::size_t i = 0; i < std::size(domain_names); ++i) {
        content.domains.emplace(domain_names[i],
                                Key256{keys.view().subspan(i * Key256::size_bytes, Key256::size_bytes)});
    }
    return content;
}

}  // namespace klout7::crypto
