#include "guesses.h"

#include <algorithm>
#include <optional>

namespace klout7::access {
namespace {

std::optional<Guesses> read(store::Transaction& tx, crypto::BlindIndex const& id) {
    auto const row = tx.row<std::int64_t, Instant, Instant>(
        "SELECT failures, counted_since, last_at FROM guess_counter WHERE id = ? FOR UPDATE", id);
    if (!row) return std::nullopt;
    auto const& [failures, since, last] = *row;
    return Guesses{failures, since, last};
}

}  // namespace

Duration wait_or_count(store::Transaction& tx, std::vector<GuessCounter> const& counters, Instant now) {
    std::vector<std::optional<Guesses>> found;
    Duration longest;
    for (auto const& counter : counters) {
        found.push_back(read(tx, counter.id));
        if (found.back()) longest = std::max(longest, wait_left(counter.rule, *found.back(), now));
    }
    if (longest > Duration{}) return longest;
    for (std::size_t i = 0; i < counters.size(); ++i) {
        auto const more = counted(counters[i].rule, found[i].value_or(Guesses{0, now, now}), now);
        if (found[i]) {
            tx.execute("UPDATE guess_counter SET failures = ?, counted_since = ?, last_at = ? WHERE id = ?",
                       more.failures, more.since, more.last_at, counters[i].id);
        } else {
            tx.execute("INSERT INTO guess_counter (id, failures, counted_since, last_at) VALUES (?, ?, ?, ?)",
                       counters[i].id, more.failures, more.since, more.last_at);
        }
    }
    return {};
}

void take_back(store::Transaction& tx, std::vector<GuessCounter> const& counters) {
    for (auto const& counter : counters) {
        tx.execute("UPDATE guess_counter SET failures = failures - 1 WHERE id = ? AND failures > 0",
                   counter.id);
    }
}

}  // namespace klout7::access
