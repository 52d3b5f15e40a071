#include "crypto/document_cipher.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "aead.h"
#include "base/check.h"
#include "chunked.h"

namespace klout7::crypto {
namespace {

constexpr std::string_view magic = "K7D1";
constexpr std::size_t head_bytes = 8;
constexpr std::uint64_t smallest_padded_bytes = 4096;

Bytes context_of(Side side, Environment environment, DocumentContext const& context) {
    auto const fields = Fields{}
                            .add("klout7/document/1")
                            .add(name_of(side))
                            .add(name_of(environment))
                            .add(context.person.bytes())
                            .add(context.document.bytes())
                            .add_u32(context.version);
    return {fields.view().begin(), fields.view().end()};
}

/// The document's own key: HKDF-Expand-SHA-512(person key, "key" and the context).
Key256 document_key(Key256 const& person_key, BytesView context) {
    auto const info = Fields{}.add("key").add(context);
    return Key256{hkdf_sha512_expand(person_key.view(), info.view(), Key256::size_bytes).view()};
}

}  // namespace

// Padmé: keep the top log2(log2 size)+1 bits of the size. Source: Nikitin et al., PETS 2019, Algorithm 1.
std::uint64_t padded_size(std::uint64_t size) {
    if (size <= smallest_padded_bytes) return smallest_padded_bytes;
    auto const exponent = static_cast<unsigned>(std::bit_width(size)) - 1;
    auto const kept_bits = static_cast<unsigned>(std::bit_width(exponent));
    auto const mask = (std::uint64_t{1} << (exponent - kept_bits)) - 1;
    return (size + mask) & ~mask;
}

std::uint64_t sealed_size(std::uint64_t padded) {
    return head_bytes + chunked::prefix_bytes + padded +
           (padded / chunked::chunk_bytes + 1) * Aes256Gcm::tag_bytes;
}

template <class Zone>
struct DocumentSealer<Zone>::State {
    chunked::Sealer sealer;
    Write write;
    std::uint64_t plain_bytes = 0;
    bool stopped = false;

    bool put(BytesView sealed) {
        if (!stopped && !sealed.empty() && !write(sealed)) stopped = true;
        return !stopped;
    }
};

template <class Zone>
DocumentSealer<Zone>::DocumentSealer(PersonKey<Zone> const& key, Environment environment,
                                     DocumentContext const& context, Random& random, Write write) {
    auto const bound = context_of(Zone::side, environment, context);
    state_.reset(new State{chunked::Sealer{document_key(key.key(), bound), bound, random}, std::move(write)});
    Bytes head = to_bytes(magic);
    append_u16(head, key.version());
    append_u16(head, 0);
    append(head, state_->sealer.prefix());
    state_->put(head);
}
template <class Zone>
DocumentSealer<Zone>::~DocumentSealer() = default;
template <class Zone>
DocumentSealer<Zone>::DocumentSealer(DocumentSealer&&) noexcept = default;

template <class Zone>
bool DocumentSealer<Zone>::add(BytesView plain) {
    state_->plain_bytes += plain.size();
    return state_->sealer.add(plain, [&](BytesView sealed) { return state_->put(sealed); });
}

template <class Zone>
bool DocumentSealer<Zone>::finish() {
    static constexpr std::array<std::uint8_t, 4096> zeros{};
    auto const put = [&](BytesView sealed) { return state_->put(sealed); };
    for (auto left = padded_size(state_->plain_bytes) - state_->plain_bytes; left > 0;) {
        auto const piece = std::min<std::uint64_t>(left, zeros.size());
        if (!state_->sealer.add(BytesView{zeros}.first(piece), put)) return false;
        left -= piece;
    }
    return state_->sealer.finish(put);
}

template <class Zone>
std::uint64_t DocumentSealer<Zone>::plain_bytes() const {
    return state_->plain_bytes;
}

template <class Zone>
struct DocumentOpener<Zone>::State {
    chunked::Opener opener;
    Read read;
    std::uint64_t padded_bytes;
    SecretBytes chunk{chunked::chunk_bytes};
    Bytes sealed = Bytes(chunked::sealed_chunk_bytes);
    std::optional<std::uint64_t> chunk_number{};
    std::size_t chunk_size = 0;

    std::expected<void, OpenError> load(std::uint64_t number) {
        if (chunk_number == number) return {};
        chunk_number.reset();
        auto const from = number * chunked::chunk_bytes;
        chunk_size =
            static_cast<std::size_t>(std::min<std::uint64_t>(chunked::chunk_bytes, padded_bytes - from));
        auto const bytes = BytesSpan{sealed}.first(chunk_size + Aes256Gcm::tag_bytes);
        auto const offset = head_bytes + chunked::prefix_bytes + number * chunked::sealed_chunk_bytes;
        if (!read(offset, bytes)) return std::unexpected(OpenError::malformed);
        if (!opener.open(number, bytes, chunk.span().first(chunk_size)))
            return std::unexpected(OpenError::altered);
        chunk_number = number;
        return {};
    }
};

template <class Zone>
DocumentOpener<Zone>::DocumentOpener(std::unique_ptr<State> state) : state_(std::move(state)) {}
template <class Zone>
DocumentOpener<Zone>::~DocumentOpener() = default;
template <class Zone>
DocumentOpener<Zone>::DocumentOpener(DocumentOpener&&) noexcept = default;

template <class Zone>
auto DocumentOpener<Zone>::open(PersonKey<Zone> const& key, Environment environment,
                                DocumentContext const& context, std::uint64_t sealed_bytes, Read read)
    -> std::expected<DocumentOpener, OpenError> {
    Bytes head(head_bytes + chunked::prefix_bytes);
    if (sealed_bytes < head.size() || !read(0, head)) return std::unexpected(OpenError::malformed);
    if (text_of(BytesView{head}.first(4)) != magic || head[6] != 0 || head[7] != 0)
        return std::unexpected(OpenError::malformed);
    if ((head[4] << 8U | head[5]) != key.version()) return std::unexpected(OpenError::unknown_key);
    auto const padded = chunked::plain_size(sealed_bytes - head_bytes);
    if (!padded) return std::unexpected(OpenError::malformed);
    auto const bound = context_of(Zone::side, environment, context);
    auto opener =
        chunked::Opener::open(document_key(key.key(), bound), bound, BytesView{head}.subspan(head_bytes));
    if (!opener) return std::unexpected(OpenError::altered);
    DocumentOpener document{std::unique_ptr<State>{new State{std::move(*opener), std::move(read), *padded}}};
    // The short last chunk proves that nothing was cut off.
    auto const whole = document.state_->load(*padded / chunked::chunk_bytes);
    if (!whole) return std::unexpected(whole.error());
    return document;
}

template <class Zone>
std::uint64_t DocumentOpener<Zone>::padded_bytes() const {
    return state_->padded_bytes;
}

template <class Zone>
std::expected<void, OpenError> DocumentOpener<Zone>::read(std::uint64_t offset, BytesSpan out) {
    require(offset <= state_->padded_bytes && out.size() <= state_->padded_bytes - offset,
            "a part inside the document");
    while (!out.empty()) {
        if (auto const loaded = state_->load(offset / chunked::chunk_bytes); !loaded) return loaded;
        auto const inside = static_cast<std::size_t>(offset % chunked::chunk_bytes);
        auto const piece = std::min(out.size(), state_->chunk_size - inside);
        std::memcpy(out.data(), state_->chunk.view().data() + inside, piece);
        out = out.subspan(piece);
        offset += piece;
    }
    return {};
}

template class DocumentSealer<OfficeZone>;
template class DocumentSealer<MedicalZone>;
template class DocumentOpener<OfficeZone>;
template class DocumentOpener<MedicalZone>;

}  // namespace klout7::crypto
