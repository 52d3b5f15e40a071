#include "mandate_row.h"

#include "store/row_tag.h"

namespace klout7::access {
namespace {

template <class Zone>
crypto::Sha256 tag_of(crypto::Keyring<Zone> const& keyring, MandateRow const& row) {
    auto const& what = row.what;
    auto const tasks = what.tasks.text();
    return store::row_tag(keyring, "mandate",
                          {row.mandate, what.given_by, what.given_to, tasks, what.starts_on, what.ends_on,
                           row.given_at, row.ended_at});
}

template <class Zone>
std::vector<MandateRow> mandates_where(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                       store::Sql sql, auto const&... parameters) {
    std::vector<MandateRow> mandates;
    for (auto const& [mandate, by, to, task_names, starts, ends, given, ended, tag] :
         tx.rows<MandateId, UserId, UserId, std::string, LocalDate, LocalDate, Instant,
                 std::optional<Instant>, crypto::Sha256>(sql, parameters...)) {
        auto const tasks = Tasks::parse(task_names);
        if (!tasks) store::unexpected_cell();
        MandateRow const row{mandate, {by, to, *tasks, starts, ends}, given, ended};
        store::require_row_tag(tag, tag_of(keyring, row));
        mandates.push_back(row);
    }
    return mandates;
}

}  // namespace

template <class Zone>
void insert_mandate(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, MandateRow const& row) {
    auto const& what = row.what;
    tx.execute(
        "INSERT INTO mandate (id, given_by, given_to, tasks, starts_on, ends_on, given_at, tag) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        row.mandate, what.given_by, what.given_to, what.tasks.text(), what.starts_on, what.ends_on,
        row.given_at, tag_of(keyring, row));
}

template <class Zone>
std::optional<MandateRow> load_mandate(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                       MandateId mandate) {
    auto const found = mandates_where(
        tx, keyring,
        "SELECT id, given_by, given_to, tasks, starts_on, ends_on, given_at, ended_at, tag FROM mandate "
        "WHERE id = ?",
        mandate);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

template <class Zone>
std::vector<MandateRow> load_mandates_of(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                         UserId user, LocalDate today) {
    return mandates_where(
        tx, keyring,
        "SELECT id, given_by, given_to, tasks, starts_on, ends_on, given_at, ended_at, tag FROM mandate "
        "WHERE (given_by = ? OR given_to = ?) AND ended_at IS NULL AND ends_on >= ? ORDER BY ends_on, id",
        user, user, today);
}

template <class Zone>
std::optional<Tasks> find_mandate(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, UserId by,
                                  UserId to, LocalDate today) {
    auto const found = mandates_where(
        tx, keyring,
        "SELECT id, given_by, given_to, tasks, starts_on, ends_on, given_at, ended_at, tag FROM mandate "
        "WHERE given_to = ? AND given_by = ? AND ended_at IS NULL AND starts_on <= ? AND ends_on >= ?",
        to, by, today, today);
    if (found.empty()) return std::nullopt;
    Tasks tasks;
    for (auto const& row : found) {
        for (auto const task : all_tasks) {
            if (row.what.tasks.has(task)) tasks.add(task);
        }
    }
    return tasks;
}

template <class Zone>
void end_mandate(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, MandateRow row, Instant now) {
    row.ended_at = now;
    tx.execute("UPDATE mandate SET ended_at = ?, tag = ? WHERE id = ?", row.ended_at, tag_of(keyring, row),
               row.mandate);
}

template <class Zone>
void end_mandates_of(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, UserId user, Instant now) {
    for (auto& row : load_mandates_of(tx, keyring, user, LocalDate::in_the_netherlands(now)))
        end_mandate(tx, keyring, std::move(row), now);
}

template <class Zone>
MandateId add_mandate(store::Transaction& tx, crypto::Keyring<Zone> const& keyring, Mandate const& mandate,
                      Instant now, Random& random) {
    MandateRow const row{MandateId::make(now, random), mandate, now};
    insert_mandate(tx, keyring, row);
    return row.mandate;
}

#define KLOUT7_FOR(Zone)                                                                                  \
    template void insert_mandate(store::Transaction&, crypto::Keyring<Zone> const&, MandateRow const&);   \
    template std::optional<MandateRow> load_mandate(store::Transaction&, crypto::Keyring<Zone> const&,    \
                                                    MandateId);                                           \
    template std::vector<MandateRow> load_mandates_of(store::Transaction&, crypto::Keyring<Zone> const&,  \
                                                      UserId, LocalDate);                                 \
    template std::optional<Tasks> find_mandate(store::Transaction&, crypto::Keyring<Zone> const&, UserId, \
                                               UserId, LocalDate);                                        \
    template void end_mandate(store::Transaction&, crypto::Keyring<Zone> const&, MandateRow, Instant);    \
    template void end_mandates_of(store::Transaction&, crypto::Keyring<Zone> const&, UserId, Instant);    \
    template MandateId add_mandate(store::Transaction&, crypto::Keyring<Zone> const&, Mandate const&,     \
                                   Instant, Random&);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::access
