#include "content_digest.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/text.h"

namespace klout7::api {
namespace {

constexpr access::FieldFault unreadable{"Content-Digest", "malformed",
                                        "Schrijf deze kop als sha-256=:...: met de controlesom in base64.",
                                        "Write this header as sha-256=:...: with the digest in base64."};
constexpr std::string_view algorithm = "sha-256=";

}  // namespace

access::Given<std::optional<crypto::Sha256>> declared_digest(transport::Headers const& headers) {
    auto const header = headers.find("content-digest");
    if (!header) return std::nullopt;
    std::optional<crypto::Sha256> found;
    for (auto const member : split(*header, ',')) {
        auto const item = trim(member);
        if (!item.starts_with(algorithm)) continue;
        auto const value = item.substr(algorithm.size());
        auto const is_quoted = value.size() > 2 && value.front() == ':' && value.back() == ':';
        auto const bytes = is_quoted ? from_base64(value.substr(1, value.size() - 2)) : std::nullopt;
        if (!bytes || bytes->size() != crypto::Sha256{}.size())
            return std::unexpected(access::Failure{access::FailureKind::invalid, {unreadable}});
        std::ranges::copy(*bytes, found.emplace().begin());
    }
    return found;
}

}  // namespace klout7::api
