#include "factor_row.h"

#include <algorithm>
#include <utility>

#include "base/cbor.h"
#include "base/log.h"
#include "store/row_tag.h"

namespace klout7::access {
namespace {

template <class Zone>
crypto::Sha256 tag_of(crypto::Keyring<Zone> const& keyring, FactorRow const& row) {
    return store::row_tag(
        keyring, "user_factor",
        {row.factor, row.user, name_of(row.kind), row.handle, row.created_at, row.ended_at});
}

template <class Zone>
crypto::BlindIndex handle_of(crypto::Keyring<Zone> const& keyring, FactorKind kind, BytesView bytes) {
    auto const tag =
        store::row_tag(keyring, "user_factor handle", {name_of(kind), Bytes{bytes.begin(), bytes.end()}});
    crypto::BlindIndex handle{};
    std::ranges::copy(BytesView{tag}.first(handle.size()), handle.begin());
    return handle;
}

template <class Zone>
std::optional<SecretBytes> open_cell(crypto::Keyring<Zone> const& keyring, FactorRow const& row,
                                     std::string_view column, Bytes const& cell) {
    auto plain = keyring.cells().open({"user_factor", column, row.factor.uuid()}, cell);
    if (plain) return std::move(*plain);
    write_log(LogLevel::error, "a row of a second factor was altered; it counts no more",
              field("user", row.user));
    return std::nullopt;
}

// Keys of the map that is kept of a passkey.
enum PasskeyKey : std::uint32_t {
    credential_id = 1,
    algorithm = 2,
    public_key = 3,
    may_be_copied = 4,
    model = 5
};

}  // namespace

std::string_view name_of(FactorKind kind) {
    switch (kind) {
        case FactorKind::authenticator_app:
            return "authenticator_app";
        case FactorKind::passkey:
            return "passkey";
    }
    std::unreachable();
}

std::optional<FactorKind> parse_factor_kind(std::string_view name) {
    for (auto const kind : {FactorKind::authenticator_app, FactorKind::passkey}) {
        if (name_of(kind) == name) return kind;
    }
    return std::nullopt;
}

template <class Zone>
std::vector<FactorRow> load_factors(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                    UserId user) {
    std::vector<FactorRow> factors;
    for (auto& [factor, kind_name, handle, created, name, secret, used_up_to, last_used, tag] :
         tx.rows<FactorId, std::string, crypto::BlindIndex, Instant, Bytes, Bytes, std::int64_t,
                 std::optional<Instant>, crypto::Sha256>(
             "SELECT id, kind, handle, created_at, name, secret, used_up_to, last_used_at, tag FROM "
             "user_factor "
             "WHERE user_id = ? AND ended_at IS NULL ORDER BY created_at, id",
             user)) {
        auto const kind = parse_factor_kind(kind_name);
        if (!kind) store::unexpected_cell();
        FactorRow row{.factor = factor,
                      .user = user,
                      .kind = *kind,
                      .handle = handle,
                      .created_at = created,
                      .ended_at = {},
                      .name = std::move(name),
                      .secret = std::move(secret),
                      .used_up_to = used_up_to,
                      .last_used_at = last_used};
        store::require_row_tag(tag, tag_of(keyring, row));
        factors.push_back(std::move(row));
    }
    return factors;
}

template <class Zone>
FactorId insert_factor(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, NewFactor const& factor,
                       Instant now, Random& random) {
    auto const id = FactorId::make(now, random);
    auto const seal = [&](std::string_view column, BytesView plain) {
        return keyring.cells().seal({"user_factor", column, id.uuid()}, plain, random);
    };
    FactorRow const row{.factor = id,
                        .user = factor.user,
                        .kind = factor.kind,
                        .handle = handle_of(keyring, factor.kind, factor.handle_of),
                        .created_at = now,
                        .ended_at = {},
                        .name = seal("name", bytes_of(factor.name)),
                        .secret = seal("secret", factor.secret),
                        .used_up_to = factor.used_up_to,
                        .last_used_at = {}};
    tx.execute(
        "INSERT INTO user_factor (id, user_id, kind, handle, name, secret, used_up_to, created_at, tag) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row.factor, row.user, name_of(row.kind), row.handle, row.name, row.secret, row.used_up_to,
        row.created_at, tag_of(keyring, row));
    return id;
}

template <class Zone>
void end_factor(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, FactorRow row, Instant now) {
    row.ended_at = now;
    tx.execute("UPDATE user_factor SET ended_at = ?, tag = ? WHERE id = ?", row.ended_at,
               tag_of(keyring, row), row.factor);
}

template <class Zone>
std::optional<SecretBytes> open_secret(crypto::Keyring<Zone> const& keyring, FactorRow const& row) {
    return open_cell(keyring, row, "secret", row.secret);
}
template <class Zone>
std::optional<SecretBytes> open_name(crypto::Keyring<Zone> const& keyring, FactorRow const& row) {
    return open_cell(keyring, row, "name", row.name);
}

Bytes encode(passkeys::Passkey const& passkey) {
    CborWriter writer;
    writer.map(5);
    writer.key(credential_id).bytes(passkey.credential_id);
    writer.key(algorithm).integer(std::to_underlying(passkey.algorithm));
    writer.key(public_key).bytes(passkey.public_key);
    writer.key(may_be_copied).boolean(passkey.may_be_copied);
    writer.key(model).bytes(passkey.model);
    return writer.finish();
}

std::optional<passkeys::Passkey> decode_passkey(BytesView bytes) {
    auto const value = CborValue::parse(bytes);
    auto const map = value ? value->map() : std::unexpected(value.error());
    if (!map) return std::nullopt;
    auto const id = map->bytes(credential_id);
    auto const number = map->integer(algorithm);
    auto const key = map->bytes(public_key);
    auto const copied = map->boolean(may_be_copied);
    auto const of_model = map->bytes(model);
    passkeys::Passkey passkey;
    auto const known = std::ranges::find(passkeys::algorithms, number ? *number : 0,
                                         [](auto one) { return std::int64_t{std::to_underlying(one)}; });
    if (!id || !key || !copied || !of_model || of_model->size() != passkey.model.size() ||
        known == passkeys::algorithms.end())
        return std::nullopt;
    passkey.credential_id.assign(id->begin(), id->end());
    passkey.algorithm = *known;
    passkey.public_key.assign(key->begin(), key->end());
    passkey.may_be_copied = *copied;
    std::ranges::copy(*of_model, passkey.model.begin());
    return passkey;
}

#define KLOUT7_FOR(Zone)                                                                                     \
    template std::vector<FactorRow> load_factors(store::Transaction&, crypto::Keyring<Zone> const&, UserId); \
    template FactorId insert_factor(store::Transaction&, crypto::Keyring<Zone> const&, NewFactor const&,     \
                                    Instant, Random&);                                                       \
    template void end_factor(store::Transaction&, crypto::Keyring<Zone> const&, FactorRow, Instant);         \
    template std::optional<SecretBytes> open_secret(crypto::Keyring<Zone> const&, FactorRow const&);         \
    template std::optional<SecretBytes> open_name(crypto::Keyring<Zone> const&, FactorRow const&);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::access
