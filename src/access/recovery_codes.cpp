#include "recovery_codes.h"

#include <algorithm>

#include "base/cbor.h"
#include "base/check.h"

namespace klout7::access {
namespace {

/// Crockford's: no letter looks like a digit.
constexpr std::string_view letters = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t code_letters = 24;
constexpr std::size_t group_letters = 4;

/// The letters alone, as they were made; empty when it cannot be a code.
SecretBytes normal(std::string_view code) {
    SecretBytes normal{code_letters};
    std::size_t size = 0;
    for (auto c : code) {
        if (c == '-' || c == ' ') continue;
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (c == 'o') c = '0';
        if (c == 'i' || c == 'l') c = '1';
        if (size == code_letters || letters.find(c) == std::string_view::npos) return SecretBytes{0};
        normal.span()[size++] = static_cast<std::uint8_t>(c);
    }
    return size == code_letters ? std::move(normal) : SecretBytes{0};
}

/// So many letters, in groups.
SecretBytes new_letters(std::size_t count, Random& random) {
    SecretBytes code{count + count / group_letters - 1};
    std::size_t at = 0;
    for (std::size_t letter = 0; letter < count; ++letter) {
        if (letter != 0 && letter % group_letters == 0) code.span()[at++] = '-';
        code.span()[at++] = static_cast<std::uint8_t>(letters[random.below(letters.size())]);
    }
    return code;
}

}  // namespace

RecoveryCodes::Made RecoveryCodes::make(Random& random) {
    Made made;
    for (std::size_t i = 0; i < count; ++i) {
        auto code = new_letters(code_letters, random);
        made.kept.hashes_.push_back(crypto::sha256(normal(code.text()).view()));
        made.codes.push_back(std::move(code));
    }
    return made;
}

SecretBytes RecoveryCodes::new_half(Random& random) { return new_letters(code_letters / 2, random); }

RecoveryCodes RecoveryCodes::of_halves(std::string_view first, std::string_view second, Instant until) {
    auto code = SecretBytes{first.size() + second.size()};
    std::ranges::copy(second, std::ranges::copy(first, code.span().begin()).out);
    auto const whole = normal(code.text());
    require(!whole.empty(), "two halves are a code");
    RecoveryCodes codes;
    codes.hashes_.push_back(crypto::sha256(whole.view()));
    codes.until_ = until;
    return codes;
}

std::optional<RecoveryCodes> RecoveryCodes::decode(BytesView bytes) {
    auto const value = CborValue::parse(bytes);
    auto const items = value ? value->array() : std::unexpected(value.error());
    if (!items) return std::nullopt;
    RecoveryCodes codes;
    for (auto const& item : *items) {
        auto const hash = item.bytes();
        auto const until = item.integer();
        if (until && &item == &items->front()) {
            codes.until_ = Instant::from_microseconds(*until);
        } else if (hash && hash->size() == std::tuple_size_v<crypto::Sha256>) {
            std::ranges::copy(*hash, codes.hashes_.emplace_back().begin());
        } else {
            return std::nullopt;
        }
    }
    if (codes.left() > count) return std::nullopt;
    return codes;
}

Bytes RecoveryCodes::encode() const {
    CborWriter writer;
    writer.array(hashes_.size() + (until_ ? 1 : 0));
    if (until_) writer.integer(until_->microseconds());
    for (auto const& hash : hashes_) writer.bytes(hash);
    return writer.finish();
}

std::optional<std::size_t> RecoveryCodes::find(std::string_view code) const {
    auto const given = normal(code);
    if (given.view().empty()) return std::nullopt;
    auto const found = std::ranges::find(hashes_, crypto::sha256(given.view()));
    if (found == hashes_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - hashes_.begin());
}

RecoveryCodes RecoveryCodes::without(std::string_view code) const {
    auto left = *this;
    if (auto const used = find(code)) left.hashes_.erase(left.hashes_.begin() + static_cast<long>(*used));
    return left;
}

}  // namespace klout7::access
