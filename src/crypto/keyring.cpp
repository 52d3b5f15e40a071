#include "crypto/keyring.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <mutex>
#include <optional>

#include "aead.h"
#include "base/check.h"
#include "base/protection.h"
#include "crypto/password_hash.h"
#include "keyring_file.h"

namespace klout7::crypto {
namespace {

namespace fs = std::filesystem;

constexpr std::uint16_t first_version = 1;

std::optional<Bytes> read_file(fs::path const& file) {
    std::ifstream in{file, std::ios::binary};
    if (!in) return std::nullopt;
    return Bytes{std::istreambuf_iterator<char>{in}, {}};
}

/// Temporary name, fsync, link: whole or not at all, and never over an existing file.
bool write_new_file(fs::path const& file, BytesView bytes) {
    auto const temporary = file.string() + ".new";
    unlink(temporary.c_str());
    auto const descriptor = open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return false;
    auto const whole = write(descriptor, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
                       fsync(descriptor) == 0;
    close(descriptor);
    auto const named = whole && link(temporary.c_str(), file.c_str()) == 0;
    unlink(temporary.c_str());
    if (!named) return false;
    auto const folder = open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    auto const synced = folder >= 0 && fsync(folder) == 0;
    if (folder >= 0) close(folder);
    return synced;
}

std::string_view name_of_column(IndexColumn column) {
    switch (column) {
        case IndexColumn::person_bsn:
            return "person.bsn";
        case IndexColumn::person_birth_date:
            return "person.birth_date";
        case IndexColumn::person_surname:
            return "person.surname";
        case IndexColumn::user_name:
            return "app_user.user_name";
        case IndexColumn::certificate_subject:
            return "service_account.subject";
        case IndexColumn::account_e_mail:
            return "user_account.e_mail";
    }
    return {};
}

std::optional<Bytes> from_hex(std::string_view text) {
    Bytes bytes;
    auto const digit = [](char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    };
    if (text.size() % 2 != 0) return std::nullopt;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        auto const high = digit(text[i]);
        auto const low = digit(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes.push_back(static_cast<std::uint8_t>(high * 16 + low));
    }
    return bytes;
}

}  // namespace

UnsealingSecret UnsealingSecret::passphrase(std::string_view words) {
    return {Kind::passphrase, SecretBytes::from_text(words)};
}

std::expected<UnsealingSecret, KeyringError> UnsealingSecret::credential_file(fs::path const& file) {
    struct stat found {};
    if (stat(file.c_str(), &found) != 0 || (found.st_mode & 077) != 0)
        return std::unexpected(KeyringError::unreadable);
    auto bytes = read_file(file);
    if (!bytes || bytes->size() != 32) return std::unexpected(KeyringError::unreadable);
    UnsealingSecret secret{Kind::credential, SecretBytes{*bytes}};
    wipe(*bytes);
    return secret;
}

template <class Zone>
struct Keyring<Zone>::State {
    KeyringContent content;
    Identity identity;
    /// A prepared cipher belongs to one thread at a time.
    mutable std::mutex wrap_mutex;
    Aes256Gcm wrap;
    std::array<Key256, 6> index_keys;
    Key256 password_pepper;
    Key256 document_names;
    Key256 audit_tags;
    Key256 row_tags;
    SigningKey signing;
    HpkePrivateKey handover;

    explicit State(KeyringContent from)
        : content(std::move(from)),
          identity{content.installation, content.environment},
          wrap(derived("wrap")),
          index_keys{index_key(IndexColumn::person_bsn),          index_key(IndexColumn::person_birth_date),
                     index_key(IndexColumn::person_surname),      index_key(IndexColumn::user_name),
                     index_key(IndexColumn::certificate_subject), index_key(IndexColumn::account_e_mail)},
          password_pepper(derived("index", "password")),
          document_names(derived("names")),
          audit_tags(derived("audit", "tag")),
          row_tags(derived("audit", "row")),
          signing(derived("audit", "signing")),
          handover(content.domains.at("handover").copy()) {}

    /// A key of a domain for one use; side and environment go in, so what production made no test opens.
    Key256 derived(std::string_view domain, std::string_view use = "") const {
        auto const info = Fields{}
                              .add("klout7/derive/1")
                              .add(name_of(Zone::side))
                              .add(name_of(content.environment))
                              .add(domain)
                              .add(use);
        return Key256{
            hkdf_sha256_expand(content.domains.at(std::string{domain}).view(), info.view(), 32).view()};
    }
    Key256 index_key(IndexColumn column) const { return derived("index", name_of_column(column)); }
    Bytes wrap_place(PersonId person, std::uint16_t version) const {
        auto fields = Fields{}
                          .add("klout7/person-key/1")
                          .add(name_of(Zone::side))
                          .add(name_of(content.environment))
                          .add(person.bytes())
                          .add_u32(version);
        return {fields.view().begin(), fields.view().end()};
    }
    Bytes setting_place(std::string_view name) const {
        auto fields = Fields{}
                          .add("klout7/setting/1")
                          .add(name_of(Zone::side))
                          .add(name_of(content.environment))
                          .add(name);
        return {fields.view().begin(), fields.view().end()};
    }
};

template <class Zone>
Keyring<Zone>::Keyring(std::unique_ptr<State> state) : state_(std::move(state)) {}
template <class Zone>
Keyring<Zone>::Keyring(Keyring&&) noexcept = default;
template <class Zone>
Keyring<Zone>& Keyring<Zone>::operator=(Keyring&&) noexcept = default;
template <class Zone>
Keyring<Zone>::~Keyring() = default;

template <class Zone>
Keyring<Zone> Keyring<Zone>::create(Identity const& identity, Random& random) {
    KeyringContent content;
    content.installation = identity.installation;
    content.environment = identity.environment;
    content.side = Zone::side;
    for (auto const name : domain_names) content.domains.emplace(name, Key256::random(random));
    return Keyring{std::make_unique<State>(std::move(content))};
}

template <class Zone>
std::expected<void, KeyringError> Keyring<Zone>::save_new(fs::path const& file, UnsealingSecret const& secret,
                                                          Random& random) const {
    if (!write_new_file(file, write_keyring(state_->content, secret, random)))
        return std::unexpected(KeyringError::unwritable);
    return {};
}

template <class Zone>
void Keyring<Zone>::set_peer(HpkePublicKey const& peer) {
    state_->content.peer = peer;
}

template <class Zone>
std::expected<Keyring<Zone>, KeyringError> Keyring<Zone>::open(fs::path const& file,
                                                               UnsealingSecret const& secret) {
    auto const bytes = read_file(file);
    if (!bytes) return std::unexpected(KeyringError::unreadable);
    auto content = read_keyring(*bytes, secret, Zone::side);
    if (!content) return std::unexpected(content.error());
    return Keyring{std::make_unique<State>(std::move(*content))};
}

template <class Zone>
auto Keyring<Zone>::identity() const -> Identity const& {
    return state_->identity;
}

template <class Zone>
PersonKey<Zone> Keyring<Zone>::new_person_key(Random& random) const {
    if constexpr (!is_protected)
        return {Key256{std::array<std::uint8_t, Key256::size_bytes>{}}, first_version,
                state_->identity.environment};
    return {Key256::random(random), first_version, state_->identity.environment};
}

template <class Zone>
WrappedPersonKey Keyring<Zone>::wrap(PersonKey<Zone> const& key, PersonId person, Random& random) const {
    Bytes wrapped;
    append_u16(wrapped, first_version);
    wrapped.resize(2 + Aes256Gcm::nonce_bytes + Key256::size_bytes + Aes256Gcm::tag_bytes);
    auto const nonce = BytesSpan{wrapped}.subspan(2, Aes256Gcm::nonce_bytes);
    random.fill(nonce);
    std::lock_guard const lock{state_->wrap_mutex};
    state_->wrap.seal(nonce, state_->wrap_place(person, key.version()), key.key().view(),
                      BytesSpan{wrapped}.subspan(2 + nonce.size()));
    return {key.version(), std::move(wrapped)};
}

template <class Zone>
std::expected<PersonKey<Zone>, OpenError> Keyring<Zone>::unwrap(WrappedPersonKey const& wrapped,
                                                                PersonId person) const {
    BytesView const bytes{wrapped.wrapped};
    if (bytes.size() != 2 + Aes256Gcm::nonce_bytes + Key256::size_bytes + Aes256Gcm::tag_bytes)
        return std::unexpected(OpenError::malformed);
    if ((bytes[0] << 8U | bytes[1]) != first_version) return std::unexpected(OpenError::unknown_key);
    SecretBytes key{Key256::size_bytes};
    std::lock_guard const lock{state_->wrap_mutex};
    if (!state_->wrap.open(bytes.subspan(2, Aes256Gcm::nonce_bytes),
                           state_->wrap_place(person, wrapped.key_version),
                           bytes.subspan(2 + Aes256Gcm::nonce_bytes), key.span())) {
        return std::unexpected(OpenError::altered);
    }
    return PersonKey<Zone>{Key256{key.view()}, wrapped.key_version, state_->identity.environment};
}

template <class Zone>
CellCipher<Zone> Keyring<Zone>::cells() const {
    return {state_->content.domains.at("cells"), first_version, state_->identity.environment};
}

template <class Zone>
BlindIndex Keyring<Zone>::blind_index(IndexColumn column, std::string_view value) const {
    auto const tag =
        hmac_sha256(state_->index_keys.at(static_cast<std::size_t>(column)).view(), bytes_of(value));
    BlindIndex index{};
    std::copy_n(tag.begin(), index.size(), index.begin());
    return index;
}

template <class Zone>
BlindToken Keyring<Zone>::blind_token(IndexColumn column, std::string_view value) const {
    auto const index = blind_index(column, value);
    BlindToken token{};
    std::copy_n(index.begin(), token.size(), token.begin());
    return token;
}

template <class Zone>
PasswordTag Keyring<Zone>::password_tag(BytesView salt, std::string_view text) const {
    static constexpr Argon2Cost cost{.memory_kib = 1024, .passes = 1};
    PasswordTag tag{};
    auto const stretched = stretch_password(text, salt, state_->password_pepper.view(), cost, tag.size());
    std::ranges::copy(stretched, tag.begin());
    return tag;
}

template <class Zone>
std::string Keyring<Zone>::document_name(DocumentId document, std::uint32_t version) const {
    auto const fields = Fields{}.add(name_of(Zone::side)).add(document.bytes()).add_u32(version);
    auto const tag = hmac_sha256(state_->document_names.view(), fields.view());
    return to_base32hex(BytesView{tag}.first(20));
}

template <class Zone>
Sha256 Keyring<Zone>::audit_tag(BytesView entry) const {
    return hmac_sha256(state_->audit_tags.view(), entry);
}
template <class Zone>
SigningKey const& Keyring<Zone>::audit_signing_key() const {
    return state_->signing;
}

template <class Zone>
Sha256 Keyring<Zone>::row_tag(BytesView row) const {
    return hmac_sha256(state_->row_tags.view(), row);
}

template <class Zone>
std::string Keyring<Zone>::seal_setting(std::string_view name, BytesView value, Random& random) const {
    Bytes sealed(Aes256Gcm::nonce_bytes + value.size() + Aes256Gcm::tag_bytes);
    auto const nonce = BytesSpan{sealed}.first(Aes256Gcm::nonce_bytes);
    random.fill(nonce);
    Aes256Gcm{state_->derived("settings")}.seal(nonce, state_->setting_place(name), value,
                                                BytesSpan{sealed}.subspan(nonce.size()));
    return "sealed:" + to_hex(sealed);
}

template <class Zone>
std::expected<SecretBytes, OpenError> Keyring<Zone>::open_setting(std::string_view name,
                                                                  std::string_view sealed) const {
    if (!sealed.starts_with("sealed:")) return std::unexpected(OpenError::malformed);
    auto const bytes = from_hex(sealed.substr(7));
    if (!bytes || bytes->size() < Aes256Gcm::nonce_bytes + Aes256Gcm::tag_bytes)
        return std::unexpected(OpenError::malformed);
    BytesView const view{*bytes};
    SecretBytes value{view.size() - Aes256Gcm::nonce_bytes - Aes256Gcm::tag_bytes};
    if (!Aes256Gcm{state_->derived("settings")}.open(view.first(Aes256Gcm::nonce_bytes),
                                                     state_->setting_place(name),
                                                     view.subspan(Aes256Gcm::nonce_bytes), value.span())) {
        return std::unexpected(OpenError::altered);
    }
    return value;
}

template <class Zone>
Key256 const& Keyring<Zone>::database_file_key() const {
    return state_->content.domains.at("tde");
}
template <class Zone>
HpkePrivateKey const& Keyring<Zone>::handover_key() const {
    return state_->handover;
}
template <class Zone>
HpkePublicKey const& Keyring<Zone>::peer_handover_key() const {
    return state_->content.peer;
}

template class Keyring<OfficeZone>;
template class Keyring<MedicalZone>;

}  // namespace klout7::crypto
