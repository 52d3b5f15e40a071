#include "authenticator_data.h"

#include <algorithm>

#include "base/big_endian.h"
#include "ctap_cbor.h"

namespace klout7::passkeys {
namespace {

using Credential = AuthenticatorData::Credential;

std::optional<BytesView> take(BytesView& rest, std::size_t size) {
    if (rest.size() < size) return std::nullopt;
    auto const taken = rest.first(size);
    rest = rest.subspan(size);
    return taken;
}

std::uint32_t number_of(BytesView bytes) { return static_cast<std::uint32_t>(big_endian(bytes)); }

std::optional<CborItem> take_map(BytesView& rest) {
    auto const item = take_item(rest);
    return item && item->kind == CborItem::Kind::map ? item : std::nullopt;
}

std::optional<Credential> take_credential(BytesView& rest) {
    Credential credential{};
    auto const model = take(rest, credential.model.size());
    auto const size = model ? take(rest, 2) : std::nullopt;
    auto const id = size ? take(rest, number_of(*size)) : std::nullopt;
    auto const key = id ? take_map(rest) : std::nullopt;
    if (!key) return std::nullopt;
    std::ranges::copy(*model, credential.model.begin());
    credential.id = *id;
    credential.public_key = key->whole;
    return credential;
}

}  // namespace

std::optional<AuthenticatorData> AuthenticatorData::parse(BytesView bytes) {
    AuthenticatorData data;
    auto rest = bytes;
    auto const hash = take(rest, 32);
    auto const flags = hash ? take(rest, 1) : std::nullopt;
    auto const counter = flags ? take(rest, 4) : std::nullopt;
    if (!counter) return std::nullopt;
    data.relying_party_hash = *hash;
    data.counter = number_of(*counter);
    unsigned const all_flags = (*flags)[0];
    auto const is_set = [&](unsigned bit) { return (all_flags >> bit & 1U) != 0; };
    data.flags = {.user_present = is_set(0),
                  .user_verified = is_set(2),
                  .backup_eligible = is_set(3),
                  .backed_up = is_set(4)};
    if (is_set(6)) {
        data.credential = take_credential(rest);
        if (!data.credential) return std::nullopt;
    }
    if (is_set(7)) {
        auto const extensions = take_map(rest);
        if (!extensions) return std::nullopt;
        auto const protection = extensions->find("credProtect");
        if (protection && (protection->kind != CborItem::Kind::unsigned_number || protection->number > 3))
            return std::nullopt;
        if (protection) data.protection = static_cast<int>(protection->number);
    }
    if (!rest.empty()) return std::nullopt;
    return data;
}

}  // namespace klout7::passkeys
