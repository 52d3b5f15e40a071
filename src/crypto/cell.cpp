#include "crypto/cell.h"

#include <algorithm>
#include <cstring>

#include "aead.h"
#include "base/check.h"
#include "base/protection.h"

namespace klout7::crypto {
namespace {

constexpr std::size_t head_bytes = 1 + 2;
constexpr std::size_t before_text_bytes = head_bytes + Aes256Gcm::nonce_bytes;
constexpr std::uint8_t format = is_protected ? 1 : 0;

/// The associated data, built on the stack: fields("klout7/cell/1", side, environment, table, column, row).
class Place {
public:
    Place(Side side, Environment environment, CellPlace const& place) {
        add(bytes_of("klout7/cell/1"));
        add(bytes_of(name_of(side)));
        add(bytes_of(name_of(environment)));
        add(bytes_of(place.table));
        add(bytes_of(place.column));
        add(place.row.bytes());
    }
    BytesView view() const { return BytesView{bytes_}.first(size_); }

private:
    void add(BytesView part) {
        require(size_ + 4 + part.size() <= bytes_.size(), "table and column names are short");
        auto const length = static_cast<std::uint32_t>(part.size());
        for (int shift = 24; shift >= 0; shift -= 8)
            bytes_[size_++] = static_cast<std::uint8_t>(length >> shift);
        std::memcpy(bytes_.data() + size_, part.data(), part.size());
        size_ += part.size();
    }
    std::array<std::uint8_t, 256> bytes_;
    std::size_t size_ = 0;
};

}  // namespace

template <class Zone>
struct CellCipher<Zone>::State {
    Aes256Gcm cipher;
    std::uint16_t key_version;
    Environment environment;
};

template <class Zone>
CellCipher<Zone>::CellCipher(Key256 const& key, std::uint16_t key_version, Environment environment)
    : state_(new State{Aes256Gcm{key}, key_version, environment}) {}
template <class Zone>
CellCipher<Zone>::~CellCipher() = default;
template <class Zone>
CellCipher<Zone>::CellCipher(CellCipher&&) noexcept = default;
template <class Zone>
CellCipher<Zone>& CellCipher<Zone>::operator=(CellCipher&&) noexcept = default;

template <class Zone>
Bytes CellCipher<Zone>::seal(CellPlace const& place, BytesView plain, Random& random) const {
    Bytes cell(overhead_bytes + plain.size());
    cell[0] = format;
    cell[1] = static_cast<std::uint8_t>(state_->key_version >> 8U);
    cell[2] = static_cast<std::uint8_t>(state_->key_version & 0xFFU);
    auto const nonce = BytesSpan{cell}.subspan(head_bytes, Aes256Gcm::nonce_bytes);
    random.fill(nonce);
    auto const sealed = BytesSpan{cell}.subspan(before_text_bytes);
    if constexpr (!is_protected) {
        std::copy(plain.begin(), plain.end(), sealed.begin());
    } else {
        state_->cipher.seal(nonce, Place{Zone::side, state_->environment, place}.view(), plain, sealed);
    }
    return cell;
}

template <class Zone>
std::expected<SecretBytes, OpenError> CellCipher<Zone>::open(CellPlace const& place, BytesView cell) const {
    if (cell.size() < overhead_bytes || cell[0] != format) return std::unexpected(OpenError::malformed);
    if ((cell[1] << 8U | cell[2]) != state_->key_version) return std::unexpected(OpenError::unknown_key);
    auto const nonce = cell.subspan(head_bytes, Aes256Gcm::nonce_bytes);
    auto const sealed = cell.subspan(before_text_bytes);
    SecretBytes plain{sealed.size() - Aes256Gcm::tag_bytes};
    if constexpr (!is_protected) {
        std::copy_n(sealed.begin(), plain.size(), plain.span().begin());
    } else if (!state_->cipher.open(nonce, Place{Zone::side, state_->environment, place}.view(), sealed,
                                    plain.span())) {
        return std::unexpected(OpenError::altered);
    }
    return plain;
}

template class CellCipher<OfficeZone>;
template class CellCipher<MedicalZone>;

}  // namespace klout7::crypto
