#include "chunked.h"

#include <algorithm>

#include "base/check.h"

namespace klout7::crypto::chunked {
namespace {

constexpr std::uint64_t most_chunks = std::uint64_t{1} << 38U;

using Nonce = std::array<std::uint8_t, Aes256Gcm::nonce_bytes>;

Nonce nonce_of(Nonce base, std::uint64_t number) {
    for (std::size_t i = 0; i < 8; ++i) {
        base[base.size() - 1 - i] =
            static_cast<std::uint8_t>(base[base.size() - 1 - i] ^ (number >> (8 * i) & 0xFFU));
    }
    return base;
}

Bytes random_salt(Random& random) {
    Bytes salt(salt_bytes);
    random.fill(salt);
    return salt;
}

}  // namespace

std::optional<std::uint64_t> plain_size(std::uint64_t sealed) {
    if (sealed < prefix_bytes + Aes256Gcm::tag_bytes) return std::nullopt;
    auto const chunks = sealed - prefix_bytes;
    auto const last = chunks % sealed_chunk_bytes;
    if (last < Aes256Gcm::tag_bytes) return std::nullopt;
    return chunks / sealed_chunk_bytes * chunk_bytes + last - Aes256Gcm::tag_bytes;
}

Derived derive(Key256 const& input_key, BytesView salt, BytesView context) {
    Bytes info = to_bytes("c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM");
    info.push_back(0);
    append(info, salt);
    append(info, context);
    auto const all = hkdf_sha512_expand(input_key.view(), info,
                                        Key256::size_bytes + Aes256Gcm::nonce_bytes + commitment_bytes);
    Derived derived{Key256{all.view().first(Key256::size_bytes)}, {}, {}};
    std::copy_n(all.view().begin() + Key256::size_bytes, derived.base_nonce.size(),
                derived.base_nonce.begin());
    std::copy_n(all.view().end() - commitment_bytes, commitment_bytes, derived.commitment.begin());
    return derived;
}

Sealer::Sealer(Key256 const& input_key, BytesView context, Random& random)
    : Sealer(input_key, context, random_salt(random)) {}

Sealer::Sealer(Key256 const& input_key, BytesView context, Bytes salt)
    : prefix_(std::move(salt)), derived_(derive(input_key, prefix_, context)), cipher_(derived_.key) {
    append(prefix_, derived_.commitment);
}

bool Sealer::add(BytesView plain, Write const& write) {
    while (!plain.empty()) {
        // Whole chunks go straight from the caller's bytes; only the rest is kept.
        if (pending_size_ == 0 && plain.size() >= chunk_bytes) {
            if (!seal_chunk(plain.first(chunk_bytes), write)) return false;
            plain = plain.subspan(chunk_bytes);
            continue;
        }
        auto const piece = std::min(plain.size(), chunk_bytes - pending_size_);
        std::copy_n(plain.begin(), piece,
                    pending_.span().begin() + static_cast<std::ptrdiff_t>(pending_size_));
        pending_size_ += piece;
        plain = plain.subspan(piece);
        if (pending_size_ == chunk_bytes) {
            pending_size_ = 0;
            if (!seal_chunk(pending_.view(), write)) return false;
        }
    }
    return true;
}

bool Sealer::finish(Write const& write) { return seal_chunk(pending_.view().first(pending_size_), write); }

bool Sealer::seal_chunk(BytesView plain, Write const& write) {
    require(number_ < most_chunks, "a message of at most 4 PiB");
    auto const out = BytesSpan{sealed_}.first(plain.size() + Aes256Gcm::tag_bytes);
    cipher_.seal(nonce_of(derived_.base_nonce, number_++), {}, plain, out);
    return write(out);
}

std::optional<Opener> Opener::open(Key256 const& input_key, BytesView context, BytesView prefix) {
    require(prefix.size() == prefix_bytes, "a salt and a commitment");
    auto derived = derive(input_key, prefix.first(salt_bytes), context);
    if (!equal_in_constant_time(derived.commitment, prefix.subspan(salt_bytes))) return std::nullopt;
    return Opener{std::move(derived)};
}

bool Opener::open(std::uint64_t number, BytesView sealed, BytesSpan out) const {
    return number < most_chunks && cipher_.open(nonce_of(base_nonce_, number), {}, sealed, out);
}

}  // namespace klout7::crypto::chunked
