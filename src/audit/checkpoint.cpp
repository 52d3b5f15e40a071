#include "audit/checkpoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace klout7::audit {
namespace {

constexpr std::uint8_t ed25519_type = 0x01;
constexpr std::string_view signature_line = "\n\xE2\x80\x94 ";  // an em dash and a space

/// The first four bytes of SHA-256 over name, newline, type and key.
std::array<std::uint8_t, 4> key_hash(std::string_view name, crypto::Ed25519PublicKey const& key) {
    auto input = to_bytes(name);
    input.push_back('\n');
    input.push_back(ed25519_type);
    append(input, key);
    auto const hash = crypto::sha256(input);
    return {hash[0], hash[1], hash[2], hash[3]};
}

std::string body_of(Checkpoint const& checkpoint) {
    return fmt::format("{}\n{}\n{}\n", checkpoint.origin, checkpoint.size, to_base64(checkpoint.head));
}

}  // namespace

std::string log_origin(Uuid installation, Side side) {
    return fmt::format("klout7/{}/{}", installation.to_string(), name_of(side));
}

std::string sign_checkpoint(Checkpoint const& checkpoint, crypto::SigningKey const& key) {
    auto const body = body_of(checkpoint);
    auto const hash = key_hash(checkpoint.origin, key.public_key());
    Bytes signature{hash.begin(), hash.end()};
    append(signature, key.sign(bytes_of(body)));
    return fmt::format("{}{}{} {}\n", body, signature_line, checkpoint.origin, to_base64(signature));
}

std::optional<Checkpoint> read_checkpoint(std::string_view note, crypto::Ed25519PublicKey const& key) {
    auto const split = note.find(signature_line);
    if (split == std::string_view::npos) return std::nullopt;
    auto const body = note.substr(0, split);

    Checkpoint checkpoint;
    auto const first = body.find('\n');
    auto const second = body.find('\n', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
    checkpoint.origin = body.substr(0, first);
    auto const size = body.substr(first + 1, second - first - 1);
    auto const [end, wrong] = std::from_chars(size.data(), size.data() + size.size(), checkpoint.size);
    if (wrong != std::errc{} || end != size.data() + size.size()) return std::nullopt;
    auto const third = body.find('\n', second + 1);
    auto const head = from_base64(body.substr(second + 1, third - second - 1));
    if (!head || head->size() != checkpoint.head.size()) return std::nullopt;
    std::copy(head->begin(), head->end(), checkpoint.head.begin());
    // Only the one form that we write: so what was parsed is what was signed.
    if (body_of(checkpoint) != body) return std::nullopt;

    auto signed_by = note.substr(split + signature_line.size());
    if (!signed_by.starts_with(checkpoint.origin)) return std::nullopt;
    signed_by.remove_prefix(checkpoint.origin.size());
    if (!signed_by.starts_with(' ') || !signed_by.ends_with('\n')) return std::nullopt;
    auto const bytes = from_base64(signed_by.substr(1, signed_by.size() - 2));
    auto const hash = key_hash(checkpoint.origin, key);
    if (!bytes || bytes->size() != hash.size() + 64) return std::nullopt;
    if (!std::equal(hash.begin(), hash.end(), bytes->begin())) return std::nullopt;
    crypto::Ed25519Signature signature{};
    std::copy(bytes->begin() + 4, bytes->end(), signature.begin());
    if (!crypto::verify(key, bytes_of(body), signature)) return std::nullopt;
    return checkpoint;
}

std::string verifier_key(std::string_view origin, crypto::Ed25519PublicKey const& key) {
    Bytes typed{ed25519_type};
    append(typed, key);
    return fmt::format("{}+{}+{}", origin, to_hex(key_hash(origin, key)), to_base64(typed));
}

}  // namespace klout7::audit
