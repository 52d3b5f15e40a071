#include "documents/limits.h"

#include <algorithm>

namespace klout7::documents {
namespace {

std::uint64_t stored_of(store::Transaction& tx, PersonId person) {
    std::uint64_t sum = 0;
    for (auto const& [bytes] :
         tx.rows<std::int64_t>("SELECT sealed_bytes FROM document WHERE person_id = ?", person))
        sum += static_cast<std::uint64_t>(std::max<std::int64_t>(bytes, 0));
    return sum;
}

std::uint64_t stored_of(store::Transaction& tx, EmployerId employer) {
    auto const row =
        tx.row<std::int64_t>("SELECT sealed_bytes FROM employer_documents WHERE employer_id = ?", employer);
    return row ? static_cast<std::uint64_t>(std::max<std::int64_t>(std::get<0>(*row), 0)) : 0;
}

bool has_room(std::uint64_t stored, std::uint64_t more, std::uint64_t limit) {
    return stored <= limit && more <= limit - stored;
}

}  // namespace

std::optional<Quota> lacking_room(store::Transaction& tx, Limits const& limits, PersonId person,
                                  std::optional<EmployerId> employer, std::uint64_t sealed_bytes) {
    if (!has_room(stored_of(tx, person), sealed_bytes, limits.person_bytes)) return Quota::person;
    if (employer && !has_room(stored_of(tx, *employer), sealed_bytes, limits.employer_bytes))
        return Quota::employer;
    return std::nullopt;
}

void count_employer(store::Database& database, EmployerId employer) {
    // Who comes second finds it there, and a database that is away is told by what comes next.
    (void)database.transact([&](store::Transaction& tx) {
        if (tx.row<EmployerId>("SELECT employer_id FROM employer_documents WHERE employer_id = ?", employer))
            return;
        tx.execute("INSERT INTO employer_documents (employer_id, sealed_bytes) VALUES (?, 0)", employer);
    });
}

void add_to_employer(store::Transaction& tx, EmployerId employer, std::uint64_t sealed_bytes) {
    tx.execute("UPDATE employer_documents SET sealed_bytes = sealed_bytes + ? WHERE employer_id = ?",
               static_cast<std::int64_t>(sealed_bytes), employer);
}

}  // namespace klout7::documents
