#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "documents/verdict.h"

namespace klout7::documents {

using ReleaseId = Id<struct ReleaseIdKind>;

enum class ReleaseState { asked, released, refused };
std::string_view name_of(ReleaseState state);

/// That a document in quarantine is to be read after all: asked by one who works on the case, with a reason,
/// and decided by another who does not.
struct Release {
    ReleaseId id;
    DocumentId document;
    std::string reason;  ///< sealed under the key of the person whose document it is
    UserId asked_by;
    Instant asked_at;
    ReleaseState state = ReleaseState::asked;
    std::optional<UserId> decided_by = {};
    std::optional<Instant> decided_at = {};
};

/// Characters.
inline constexpr std::size_t longest_release_reason = 500;

template <class Zone>
void add_release(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                 typename vault::PersonKeys<Zone>::Key const& key, Release const& release, Random& random);

/// A release without its reason, which needs the key of the person. Rows carry a tag; one that was not
/// written by a program with this keyring ends the work (broken).
struct ReleaseRow {
    Release release;
    Bytes reason;
};
template <class Zone>
std::optional<ReleaseRow> find_release(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                       ReleaseId id);
/// Those that nobody decided yet, the oldest first, at most 100.
template <class Zone>
std::vector<ReleaseRow> open_releases(store::Transaction& tx, crypto::Keyring<Zone> const& keyring);
/// The newest of a document.
template <class Zone>
std::optional<ReleaseRow> newest_release(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                         DocumentId document);
/// Nothing when it was altered.
template <class Zone>
std::optional<std::string> reason_of(typename vault::PersonKeys<Zone>::Key const& key, ReleaseRow const& row);

/// False when somebody else decided first.
template <class Zone>
bool decide(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, Release const& decided);

}  // namespace klout7::documents
