#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <string>

#include "crypto/hash.h"
#include "crypto/signature.h"
#include "passkeys/passkeys.h"

/// For tests: an authenticator and the browser around it, of which every word can be changed before it is
/// put into bytes.
namespace klout7::passkeys::testing {

inline Bytes cbor_head(unsigned major, std::size_t number) {
    auto const top = static_cast<std::uint8_t>(major << 5U);
    auto const byte = [&](unsigned shift) { return static_cast<std::uint8_t>(number >> shift & 0xFFU); };
    if (number < 24) return {static_cast<std::uint8_t>(top | number)};
    if (number < 256) return {static_cast<std::uint8_t>(top | 24U), byte(0)};
    return {static_cast<std::uint8_t>(top | 25U), byte(8), byte(0)};
}
inline Bytes joined(std::initializer_list<Bytes> parts) {
    Bytes all;
    for (auto const& part : parts) append(all, part);
    return all;
}
inline Bytes cbor_number(int number) {
    return number >= 0 ? cbor_head(0, static_cast<std::size_t>(number))
                       : cbor_head(1, static_cast<std::size_t>(-1 - number));
}
inline Bytes cbor_bytes(BytesView bytes) {
    return joined({cbor_head(2, bytes.size()), {bytes.begin(), bytes.end()}});
}
inline Bytes cbor_text(std::string_view text) { return joined({cbor_head(3, text.size()), to_bytes(text)}); }
inline Bytes cbor_array(std::initializer_list<Bytes> items) {
    return joined({cbor_head(4, items.size()), joined(items)});
}
/// Keys and values in turn.
inline Bytes cbor_map(std::initializer_list<Bytes> keys_and_values) {
    return joined({cbor_head(5, keys_and_values.size() / 2), joined(keys_and_values)});
}

/// The private key of a passkey.
struct Signer {
    Algorithm algorithm;
    Bytes cose_key;
    std::function<Bytes(BytesView)> sign;
};
inline Signer ed25519_signer(Random& random) {
    auto const key = std::make_shared<crypto::SigningKey>(crypto::Key256::random(random));
    auto const cose =
        cbor_map({cbor_number(1), cbor_number(1), cbor_number(3), cbor_number(-8), cbor_number(-1),
                  cbor_number(6), cbor_number(-2), cbor_bytes(key->public_key())});
    return {Algorithm::ed25519, cose, [key](BytesView message) {
                auto const signature = key->sign(message);
                return Bytes{signature.begin(), signature.end()};
            }};
}

enum Flag : unsigned {
    present = 0x01,
    verified = 0x04,
    backup_eligible = 0x08,
    backed_up = 0x10,
    with_credential = 0x40,
    with_extensions = 0x80,
};

/// All that is said in one ceremony.
struct Words {
    std::string type;
    std::string challenge;
    std::string origin;
    std::string more = R"(,"crossOrigin":false)";
    std::string relying_party;
    unsigned flags = present | verified;
    std::uint32_t counter = 0;
    Bytes credential_id = {};
    Bytes cose_key = {};
    Bytes extensions = {};
    std::string format = "none";
    Bytes statement = cbor_map({});

    Bytes client_data() const {
        return to_bytes(R"({"type":")" + type + R"(","challenge":")" + challenge + R"(","origin":")" +
                        origin + '"' + more + '}');
    }
    Bytes authenticator_data() const {
        auto const hash = crypto::sha256(bytes_of(relying_party));
        Bytes data{hash.begin(), hash.end()};
        data.push_back(static_cast<std::uint8_t>(flags));
        append_u32(data, counter);
        if ((flags & with_credential) != 0) {
            data.resize(data.size() + 16, 0xAA);
            append_u16(data, static_cast<std::uint16_t>(credential_id.size()));
            append(data, credential_id);
            append(data, cose_key);
        }
        append(data, extensions);
        return data;
    }
    Bytes attestation() const {
        return cbor_map({cbor_text("fmt"), cbor_text(format), cbor_text("attStmt"), statement,
                         cbor_text("authData"), cbor_bytes(authenticator_data())});
    }
    /// What a signature covers. Source: WebAuthn level 2, section 6.3.3.
    Bytes signed_bytes() const {
        auto bytes = authenticator_data();
        append(bytes, crypto::sha256(client_data()));
        return bytes;
    }
};

/// One passkey in the hands of its owner.
class Authenticator {
public:
    Authenticator(RelyingParty party, Signer signer, Random& random)
        : party_(std::move(party)), signer_(std::move(signer)), credential_id_(32) {
        random.fill(credential_id_);
    }

    Words made(BytesView challenge) const {
        auto words = said("webauthn.create", challenge);
        words.flags |= with_credential;
        words.credential_id = credential_id_;
        words.cose_key = signer_.cose_key;
        return words;
    }
    Words used(BytesView challenge) {
        auto words = said("webauthn.get", challenge);
        words.counter = ++counter_;
        return words;
    }
    Bytes sign(BytesView bytes) const { return signer_.sign(bytes); }
    Signer const& signer() const { return signer_; }

private:
    Words said(std::string type, BytesView challenge) const {
        return {.type = std::move(type),
                .challenge = to_base64url(challenge),
                .origin = party_.origin,
                .relying_party = party_.id};
    }
    RelyingParty party_;
    Signer signer_;
    Bytes credential_id_;
    std::uint32_t counter_ = 0;
};

}  // namespace klout7::passkeys::testing
