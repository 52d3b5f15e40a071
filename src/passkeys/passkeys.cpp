#include "passkeys/passkeys.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "authenticator_data.h"
#include "client_data.h"
#include "crypto/hash.h"
#include "ctap_cbor.h"
#include "signatures.h"

namespace klout7::passkeys {
namespace {

constexpr std::size_t longest_client_data = 4 * 1024;
constexpr std::size_t longest_attestation = 16 * 1024;
constexpr std::size_t longest_authenticator_data = 4 * 1024;
constexpr std::size_t longest_signature = 1024;
constexpr std::size_t shortest_credential_id =
    16;  // WebAuthn level 2, section 4: at least 100 bits of entropy
constexpr std::size_t longest_credential_id = 1023;  // level 3, section 7.1

/// What holds of both ceremonies. Source: WebAuthn level 2, section 7.1 steps 13 to 15, 7.2 steps 15 to 17;
/// level 3 of the backup flags.
std::expected<void, Fault> check_authenticator(RelyingParty const& party, AuthenticatorData const& data) {
    auto const hash = crypto::sha256(bytes_of(party.id));
    if (!std::ranges::equal(data.relying_party_hash, hash))
        return std::unexpected(Fault::wrong_relying_party);
    if (!data.flags.user_present) return std::unexpected(Fault::user_not_present);
    if (!data.flags.user_verified) return std::unexpected(Fault::user_not_verified);
    if (data.flags.backed_up && !data.flags.backup_eligible) return std::unexpected(Fault::wrong_flags);
    return {};
}

/// One of the algorithms that we take.
std::optional<Algorithm> algorithm_of(std::optional<CborItem> const& label) {
    for (auto const algorithm : algorithms) {
        if (label && label->integer() == std::to_underlying(algorithm)) return algorithm;
    }
    return std::nullopt;
}

/// Source: WebAuthn level 2, sections 8.7 (none) and 8.2 (packed).
std::expected<void, Fault> check_statement(Made const& made, std::string_view format,
                                           CborItem const& statement) {
    if (format == "none") {
        if (statement.number != 0) return std::unexpected(Fault::wrong_attestation);
        return {};
    }
    if (format != "packed") return std::unexpected(Fault::unknown_format);
    auto const with_certificate = statement.find("x5c").has_value();
    auto const algorithm = algorithm_of(statement.find("alg"));
    bool const fits = with_certificate ? algorithm.has_value() : algorithm == made.algorithm;
    if (!fits || !is_attested(made, statement.whole, with_certificate))
        return std::unexpected(Fault::wrong_attestation);
    return {};
}

}  // namespace

std::expected<Passkey, Fault> check_registration(RelyingParty const& party, BytesView challenge,
                                                 Registration const& made) {
    if (made.client_data.size() > longest_client_data || made.attestation.size() > longest_attestation)
        return std::unexpected(Fault::too_large);
    // 7.1 steps 5 to 11
    if (auto const checked = check_client_data(party, "webauthn.create", challenge, made.client_data);
        !checked)
        return std::unexpected(checked.error());
    // step 12
    auto rest = made.attestation;
    auto const object = take_item(rest);
    if (!object || object->kind != CborItem::Kind::map || !rest.empty())
        return std::unexpected(Fault::not_cbor);
    auto const format = object->find("fmt");
    auto const statement = object->find("attStmt");
    auto const encoded = object->find("authData");
    if (!format || format->kind != CborItem::Kind::text || !statement ||
        statement->kind != CborItem::Kind::map || !encoded || encoded->kind != CborItem::Kind::bytes)
        return std::unexpected(Fault::malformed);
    auto const data = AuthenticatorData::parse(encoded->content);
    if (!data) return std::unexpected(Fault::malformed);
    // steps 13 to 15
    if (auto const checked = check_authenticator(party, *data); !checked)
        return std::unexpected(checked.error());
    if (!data->credential) return std::unexpected(Fault::no_credential);
    auto const& credential = *data->credential;
    if (credential.id.size() < shortest_credential_id || credential.id.size() > longest_credential_id)
        return std::unexpected(Fault::credential_id_size);
    // step 16
    auto cose_key = credential.public_key;
    auto const algorithm = algorithm_of(take_item(cose_key)->find(3));  // RFC 9052, section 7.1
    if (!algorithm) return std::unexpected(Fault::unknown_algorithm);
    Made const told{party.id, *algorithm, made.client_data, encoded->content, data->protection};
    auto key = public_key_of(told);
    if (!key) return std::unexpected(Fault::bad_key);
    // steps 18 and 19; 20 and 21 (trust in the maker) are not asked for
    if (auto const checked = check_statement(told, text_of(format->content), *statement); !checked)
        return std::unexpected(checked.error());
    return Passkey{.credential_id = {credential.id.begin(), credential.id.end()},
                   .algorithm = *algorithm,
                   .public_key = std::move(*key),
                   .counter = data->counter,
                   .may_be_copied = data->flags.backup_eligible,
                   .model = credential.model};
}

std::expected<std::uint32_t, Fault> check_assertion(RelyingParty const& party, BytesView challenge,
                                                    Passkey const& passkey, BytesView user_handle,
                                                    Assertion const& used) {
    if (used.client_data.size() > longest_client_data ||
        used.authenticator_data.size() > longest_authenticator_data ||
        used.signature.size() > longest_signature)
        return std::unexpected(Fault::too_large);
    // 7.2 step 6
    if (!used.user_handle.empty() && !std::ranges::equal(used.user_handle, user_handle))
        return std::unexpected(Fault::wrong_user);
    // steps 10 to 14
    if (auto const checked = check_client_data(party, "webauthn.get", challenge, used.client_data); !checked)
        return std::unexpected(checked.error());
    // steps 15 to 18
    auto const data = AuthenticatorData::parse(used.authenticator_data);
    if (!data) return std::unexpected(Fault::malformed);
    if (auto const checked = check_authenticator(party, *data); !checked)
        return std::unexpected(checked.error());
    if (data->credential || data->flags.backup_eligible != passkey.may_be_copied)
        return std::unexpected(Fault::wrong_flags);
    // steps 19 and 20
    if (!is_signed(party.id, passkey, used)) return std::unexpected(Fault::wrong_signature);
    // step 21
    bool const counts = data->counter != 0 || passkey.counter != 0;
    if (counts && data->counter <= passkey.counter) return std::unexpected(Fault::old_counter);
    return data->counter;
}

std::string_view name_of(Fault fault) {
    switch (fault) {
        case Fault::too_large:
            return "too_large";
        case Fault::client_data_not_json:
            return "client_data_not_json";
        case Fault::wrong_type:
            return "wrong_type";
        case Fault::wrong_challenge:
            return "wrong_challenge";
        case Fault::wrong_origin:
            return "wrong_origin";
        case Fault::cross_origin:
            return "cross_origin";
        case Fault::not_cbor:
            return "not_cbor";
        case Fault::unknown_format:
            return "unknown_format";
        case Fault::malformed:
            return "malformed";
        case Fault::wrong_relying_party:
            return "wrong_relying_party";
        case Fault::user_not_present:
            return "user_not_present";
        case Fault::user_not_verified:
            return "user_not_verified";
        case Fault::wrong_flags:
            return "wrong_flags";
        case Fault::no_credential:
            return "no_credential";
        case Fault::credential_id_size:
            return "credential_id_size";
        case Fault::unknown_algorithm:
            return "unknown_algorithm";
        case Fault::bad_key:
            return "bad_key";
        case Fault::wrong_attestation:
            return "wrong_attestation";
        case Fault::wrong_user:
            return "wrong_user";
        case Fault::wrong_signature:
            return "wrong_signature";
        case Fault::old_counter:
            return "old_counter";
    }
    std::unreachable();
}

}  // namespace klout7::passkeys
