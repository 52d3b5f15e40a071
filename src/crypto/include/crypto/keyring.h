#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <string>

#include "base/id.h"
#include "base/random.h"
#include "base/secret_bytes.h"
#include "base/side.h"
#include "crypto/cell.h"
#include "crypto/errors.h"
#include "crypto/hash.h"
#include "crypto/hpke.h"
#include "crypto/key.h"
#include "crypto/signature.h"

namespace klout7::crypto {

enum class KeyringError {
    unreadable,    ///< file missing or not ours to read
    malformed,     ///< not a keyring
    wrong_secret,  ///< passphrase or credential does not open it, or the file was altered
    wrong_side,    ///< the other side's keyring
    wrong_environment,
    unwritable,
};

/// What opens a keyring. A passphrase goes through Argon2id; a credential file holds 32 random bytes,
/// mode 0600, as a service manager delivers it.
struct UnsealingSecret {
    enum class Kind { passphrase, credential } kind;
    SecretBytes secret;
    static UnsealingSecret passphrase(std::string_view words);
    static std::expected<UnsealingSecret, KeyringError> credential_file(std::filesystem::path const& file);
};

/// The blind indexes: one key per column and version (docs/threat-model.md tells what each gives away).
enum class IndexColumn {
    person_bsn,
    person_birth_date,
    person_surname,
    user_name,
    certificate_subject,
    account_e_mail
};

using BlindIndex = std::array<std::uint8_t, 16>;
using BlindToken = std::array<std::uint8_t, 8>;

/// What stands for a text that only tells whether it comes again.
using PasswordTag = std::array<std::uint8_t, 8>;

/// A wrapped person key as it stands in table person_key.
struct WrappedPersonKey {
    std::uint16_t key_version;  ///< of the person key
    Bytes wrapped;              ///< AES-256-GCM under the domain key `wrap`, its version inside
};

/// The key of one person on one side: seals that person's cells, derives the document keys.
template <class Zone>
class PersonKey {
public:
    PersonKey(Key256 key, std::uint16_t version, Environment environment)
        : key_(std::move(key)), version_(version), cells_(key_, version, environment) {}
    CellCipher<Zone> const& cells() const { return cells_; }
    Key256 const& key() const { return key_; }  ///< for document_cipher.h
    std::uint16_t version() const { return version_; }

private:
    Key256 key_;
    std::uint16_t version_;
    CellCipher<Zone> cells_;
};

/// All keys of one side, opened. Immutable after opening, so many threads may use it; `cells()` and
/// person keys are per call site, because a prepared cipher belongs to one thread.
///
///     root key  - sealed by the unsealing secret
///       wraps domain keys, versioned: cells, index, names, documents, audit, settings, tde, wrap, handover
///         wrap  one key per person
template <class Zone>
class Keyring {
public:
    struct Identity {
        Uuid installation;
        Environment environment;
    };

    /// Makes a new keyring in memory.
    static Keyring create(Identity const& identity, Random& random);
    /// Writes it sealed: temporary name, fsync, rename; mode 0600. Never overwrites an existing file.
    std::expected<void, KeyringError> save_new(std::filesystem::path const& file,
                                               UnsealingSecret const& secret, Random& random) const;
    /// Adds the public handover key of the other side (at `klout7 init`, before save_new).
    void set_peer(HpkePublicKey const& peer);
    static std::expected<Keyring, KeyringError> open(std::filesystem::path const& file,
                                                     UnsealingSecret const& secret);

    Keyring(Keyring&&) noexcept;
    Keyring& operator=(Keyring&&) noexcept;
    ~Keyring();

    Identity const& identity() const;

    PersonKey<Zone> new_person_key(Random& random) const;
    WrappedPersonKey wrap(PersonKey<Zone> const& key, PersonId person, Random& random) const;
    std::expected<PersonKey<Zone>, OpenError> unwrap(WrappedPersonKey const& wrapped, PersonId person) const;

    /// Cells that belong to no person (domain `cells`).
    CellCipher<Zone> cells() const;

    BlindIndex blind_index(IndexColumn column, std::string_view value) const;
    BlindToken blind_token(IndexColumn column, std::string_view value) const;

    /// The same for equal texts under one salt: Argon2id at a small cost, because thirty are made for one new
    /// password, with a pepper, so that whoever has not this keyring cannot even begin to guess.
    PasswordTag password_tag(BytesView salt, std::string_view text) const;

    /// The name a document gets in the store: 32 characters base32hex (docs/data-formats.md).
    std::string document_name(DocumentId document, std::uint32_t version) const;

    /// The tag that makes an audit event ours: HMAC-SHA-256 under the `audit` key.
    Sha256 audit_tag(BytesView entry) const;
    SigningKey const& audit_signing_key() const;

    /// The tag that makes a row of the database ours (store/row_tag.h): HMAC-SHA-256 under its own key.
    Sha256 row_tag(BytesView row) const;

    /// `sealed:` values of the settings file (domain `settings`); `name` is the full key of the setting.
    std::string seal_setting(std::string_view name, BytesView value, Random& random) const;
    std::expected<SecretBytes, OpenError> open_setting(std::string_view name, std::string_view sealed) const;

    /// The key that MariaDB encrypts its files with.
    Key256 const& database_file_key() const;

    HpkePrivateKey const& handover_key() const;
    HpkePublicKey const& peer_handover_key() const;

private:
    struct State;
    explicit Keyring(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

extern template class Keyring<OfficeZone>;
extern template class Keyring<MedicalZone>;

}  // namespace klout7::crypto
