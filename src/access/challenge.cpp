#include "challenge.h"

#include <algorithm>

#include "base/big_endian.h"
#include "crypto/hash.h"
#include "store/row_tag.h"

namespace klout7::access {
namespace {

constexpr std::size_t nonce_bytes = 16;
constexpr std::size_t time_bytes = 8;
constexpr std::size_t tag_bytes = 16;

std::string_view name_of(Asked asked) {
    switch (asked) {
        case Asked::signing_in:
            return "signing_in";
        case Asked::new_passkey:
            return "new_passkey";
        case Asked::showing_again:
            return "showing_again";
    }
    std::unreachable();
}

/// `start` is the nonce and the time.
template <class Zone>
Bytes with_tag(crypto::Keyring<Zone> const& keyring, Asked asked, Uuid whom, BytesView start) {
    Bytes challenge{start.begin(), start.end()};
    auto const tag = store::row_tag(keyring, "challenge", {name_of(asked), whom, challenge});
    append(challenge, BytesView{tag}.first(tag_bytes));
    return challenge;
}

Instant time_in(BytesView challenge) {
    auto const microseconds = big_endian(challenge.subspan(nonce_bytes, time_bytes));
    return Instant::from_microseconds(static_cast<std::int64_t>(microseconds));
}

}  // namespace

template <class Zone>
Bytes new_challenge(crypto::Keyring<Zone> const& keyring, Asked asked, Uuid whom, Instant now,
                    Random& random) {
    Bytes start(nonce_bytes);
    random.fill(start);
    append_u64(start, static_cast<std::uint64_t>(now.microseconds()));
    return with_tag(keyring, asked, whom, start);
}

template <class Zone>
bool is_challenge(crypto::Keyring<Zone> const& keyring, Asked asked, Uuid whom, Instant now,
                  BytesView challenge) {
    if (challenge.size() != nonce_bytes + time_bytes + tag_bytes) return false;
    auto const expected = with_tag(keyring, asked, whom, challenge.first(nonce_bytes + time_bytes));
    if (!equal_in_constant_time(expected, challenge)) return false;
    auto const age = now - time_in(challenge);
    return age >= Duration{} && age <= challenge_lasts;
}

bool take_challenge(store::Transaction& tx, BytesView challenge, Instant now) {
    auto const id = crypto::sha256(challenge);
    if (tx.row<Instant>("SELECT answered_at FROM answered_challenge WHERE id = ?", id)) return false;
    // What is older could not be answered any more.
    tx.execute("DELETE FROM answered_challenge WHERE answered_at < ?",
               now - challenge_lasts - challenge_lasts);
    tx.execute("INSERT INTO answered_challenge (id, answered_at) VALUES (?, ?)", id, now);
    return true;
}

#define KLOUT7_FOR(Zone)                                                                       \
    template Bytes new_challenge(crypto::Keyring<Zone> const&, Asked, Uuid, Instant, Random&); \
    template bool is_challenge(crypto::Keyring<Zone> const&, Asked, Uuid, Instant, BytesView);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::access
