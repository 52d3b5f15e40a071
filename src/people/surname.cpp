#include "people/surname.h"

#include <algorithm>

#include "base/text.h"

namespace klout7::people {
namespace {

constexpr std::size_t shortest = 3;
constexpr std::size_t longest = 6;

/// The first so many code points of a valid UTF-8 text; all of a shorter one.
std::string_view first_letters(std::string_view text, std::size_t count) {
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        bool const begins = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
        if (begins && count-- == 0) break;
    }
    return text.substr(0, at);
}

crypto::BlindToken token_of(crypto::Keyring<OfficeZone> const& keyring, std::string_view letters) {
    return keyring.blind_token(crypto::IndexColumn::person_surname, letters);
}

}  // namespace

std::optional<SurnamePart> SurnamePart::parse(std::string_view text) {
    auto folded = fold_name(text);
    if (count_code_points(folded) < shortest) return std::nullopt;
    return SurnamePart{std::move(folded)};
}

bool SurnamePart::begins(std::string_view last_name) const {
    return fold_name(last_name).starts_with(folded_);
}

crypto::BlindToken SurnamePart::token(crypto::Keyring<OfficeZone> const& keyring) const {
    return token_of(keyring, first_letters(folded_, longest));
}

std::vector<crypto::BlindToken> surname_tokens(crypto::Keyring<OfficeZone> const& keyring,
                                               std::string_view last_name) {
    std::vector<crypto::BlindToken> tokens;
    auto const folded = fold_name(last_name);
    auto const letters = std::min(count_code_points(folded), longest);
    for (auto count = shortest; count <= letters; ++count)
        tokens.push_back(token_of(keyring, first_letters(folded, count)));
    return tokens;
}

}  // namespace klout7::people
