#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/keyring.h"

namespace klout7::people {

/// The beginning of a surname, to look for: as people write it, without marks, capitals and what is between
/// words (base/text.h, fold_name). Three letters at least, so that not half of everybody is found.
class SurnamePart {
public:
    static std::optional<SurnamePart> parse(std::string_view text);
    /// Whether this surname begins so.
    bool begins(std::string_view last_name) const;
    /// By what those are found that may begin so: of its first letters, at most so many as are indexed.
    crypto::BlindToken token(crypto::Keyring<OfficeZone> const& keyring) const;

private:
    explicit SurnamePart(std::string folded) : folded_(std::move(folded)) {}
    std::string folded_;
};

/// By what a surname is found: a token for its first three letters, its first four, and so on up to six. A
/// name of fewer letters is found by its BSN only.
std::vector<crypto::BlindToken> surname_tokens(crypto::Keyring<OfficeZone> const& keyring,
                                               std::string_view last_name);

}  // namespace klout7::people
