#pragma once

#include <array>
#include <deque>
#include <optional>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "crypto/keyring.h"

namespace klout7::access {

/// What is kept of the passwords that a user had, so that none of them comes back, nor one that is too like
/// it (password_shapes.h): tags of their shapes, and nothing that a password could be found from without the
/// keyring. The hash of an earlier password is not kept: equal passwords have equal shapes.
class PasswordHistory {
public:
    static constexpr std::size_t kept = 24;

    /// Of the shapes of one password, in their order.
    using Tags = std::vector<crypto::PasswordTag>;

    /// Of a user who had no password yet.
    explicit PasswordHistory(Random& random) { random.fill(salt_); }
    /// Nothing if this is no history. Format: docs/data-formats.md "Password history".
    static std::optional<PasswordHistory> decode(BytesView bytes);
    Bytes encode() const;

    template <class Zone>
    Tags tags_of(crypto::Keyring<Zone> const& keyring, std::string_view password) const;
    bool is_too_like_an_earlier_one(Tags const& chosen) const;
    /// As the newest; the oldest of more than are kept goes.
    void add(Tags tags);
    std::size_t size() const { return earlier_.size(); }

private:
    PasswordHistory() = default;

    std::array<std::uint8_t, 16> salt_{};
    std::deque<Tags> earlier_;  ///< newest first
};

}  // namespace klout7::access
