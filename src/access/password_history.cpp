#include "access/password_history.h"

#include <algorithm>
#include <ranges>

#include "base/cbor.h"
#include "password_shapes.h"

namespace klout7::access {
namespace {

Bytes joined(PasswordHistory::Tags const& tags) {
    Bytes bytes;
    for (auto const& tag : tags) append(bytes, tag);
    return bytes;
}

std::optional<PasswordHistory::Tags> split(BytesView bytes) {
    constexpr auto size = std::tuple_size_v<crypto::PasswordTag>;
    if (bytes.empty() || bytes.size() % size != 0) return std::nullopt;
    PasswordHistory::Tags tags(bytes.size() / size);
    for (std::size_t i = 0; i < tags.size(); ++i)
        std::ranges::copy(bytes.subspan(i * size, size), tags[i].begin());
    return tags;
}

}  // namespace

std::optional<PasswordHistory> PasswordHistory::decode(BytesView bytes) {
    auto const value = CborValue::parse(bytes);
    auto const parts = value ? value->array() : std::unexpected(value.error());
    if (!parts || parts->empty() || parts->size() > 1 + kept) return std::nullopt;
    PasswordHistory history;
    auto const salt = parts->front().bytes();
    if (!salt || salt->size() != history.salt_.size()) return std::nullopt;
    std::ranges::copy(*salt, history.salt_.begin());
    for (auto const& part : *parts | std::views::drop(1)) {
        auto const joined_tags = part.bytes();
        auto tags = joined_tags ? split(*joined_tags) : std::nullopt;
        if (!tags) return std::nullopt;
        history.earlier_.push_back(std::move(*tags));
    }
    return history;
}

Bytes PasswordHistory::encode() const {
    CborWriter writer;
    writer.array(1 + earlier_.size());
    writer.bytes(salt_);
    for (auto const& tags : earlier_) writer.bytes(joined(tags));
    return writer.finish();
}

template <class Zone>
auto PasswordHistory::tags_of(crypto::Keyring<Zone> const& keyring, std::string_view password) const -> Tags {
    Tags tags;
    for (auto const& shape : shapes_of(password)) tags.push_back(keyring.password_tag(salt_, shape.text()));
    return tags;
}

bool PasswordHistory::is_too_like_an_earlier_one(Tags const& chosen) const {
    return std::ranges::any_of(earlier_, [&](Tags const& earlier) {
        return std::ranges::find_first_of(chosen, earlier) != chosen.end();
    });
}

void PasswordHistory::add(Tags tags) {
    earlier_.push_front(std::move(tags));
    if (earlier_.size() > kept) earlier_.pop_back();
}

template PasswordHistory::Tags PasswordHistory::tags_of(crypto::Keyring<OfficeZone> const&,
                                                        std::string_view) const;
template PasswordHistory::Tags PasswordHistory::tags_of(crypto::Keyring<MedicalZone> const&,
                                                        std::string_view) const;

}  // namespace klout7::access
