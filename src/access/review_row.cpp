#include "review_row.h"

#include <algorithm>

#include "store/row_tag.h"

namespace klout7::access {
namespace {

using ReviewId = Id<struct ReviewIdKind>;

template <class Zone>
crypto::Sha256 tag_of(crypto::Keyring<Zone> const& keyring, ReviewId review, UserId user, UserId by,
                      Instant at) {
    return store::row_tag(keyring, "account_review", {review, user, by, at});
}

}  // namespace

template <class Zone>
void insert_review(Unit<Zone>& unit, UserId user) {
    auto const review = ReviewId::make(unit.now, unit.frame.random);
    unit.tx.execute(
        "INSERT INTO account_review (id, user_id, reviewed_by, reviewed_at, tag) VALUES (?, ?, ?, ?, ?)",
        review, user, unit.actor.user, unit.now,
        tag_of(unit.keyring(), review, user, unit.actor.user, unit.now));
}

template <class Zone>
std::map<UserId, Instant> load_newest_reviews(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                              UserId first, UserId last) {
    std::map<UserId, Instant> newest;
    for (auto const& [review, user, by, at, tag] : tx.rows<ReviewId, UserId, UserId, Instant, crypto::Sha256>(
             "SELECT id, user_id, reviewed_by, reviewed_at, tag FROM account_review WHERE user_id >= ? AND "
             "user_id <= ?",
             first, last)) {
        store::require_row_tag(tag, tag_of(keyring, review, user, by, at));
        auto& known = newest.emplace(user, at).first->second;
        known = std::max(known, at);
    }
    return newest;
}

#define KLOUT7_FOR(Zone)                                                        \
    template void insert_review(Unit<Zone>&, UserId);                           \
    template std::map<UserId, Instant> load_newest_reviews(store::Transaction&, \
                                                           crypto::Keyring<Zone> const&, UserId, UserId);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::access
