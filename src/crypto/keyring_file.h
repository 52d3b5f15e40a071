#pragma once

#include <expected>
#include <map>
#include <string>

#include "crypto/keyring.h"

namespace klout7::crypto {

/// What a keyring holds, in memory: domain keys by name, each with its newest version last, and two public
/// facts. The byte format is in docs/data-formats.md "Keyring".
struct KeyringContent {
    Uuid installation;
    Environment environment = Environment::development;
    Side side = Side::office;
    std::map<std::string, Key256> domains;
    HpkePublicKey peer{};
};

inline constexpr std::string_view domain_names[] = {"cells", "index", "names",    "documents", "audit",
                                                    "wrap",  "tde",   "settings", "handover"};

Bytes write_keyring(KeyringContent const& content, UnsealingSecret const& secret, Random& random);
std::expected<KeyringContent, KeyringError> read_keyring(BytesView file, UnsealingSecret const& secret,
                                                         Side side);

}  // namespace klout7::crypto
