#include "audit/reader.h"

#include "detail.h"

namespace klout7::audit {
namespace {

using LineRow = store::Row<Bytes, std::optional<Bytes>>;

std::vector<LineRow> rows_before(store::Transaction& tx, std::optional<PersonId> person,
                                 LineCursor const& before) {
    if (person) {
        return tx.rows<Bytes, std::optional<Bytes>>(
            "SELECT entry, detail FROM audit_event WHERE person_id = ? AND "
            "(at < ? OR (at = ? AND (program < ? OR (program = ? AND number < ?)))) "
            "ORDER BY at DESC, program DESC, number DESC OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY",
            *person, before.at, before.at, before.program, before.program, before.number, lines_per_page);
    }
    return tx.rows<Bytes, std::optional<Bytes>>(
        "SELECT entry, detail FROM audit_event WHERE "
        "(at < ? OR (at = ? AND (program < ? OR (program = ? AND number < ?)))) "
        "ORDER BY at DESC, program DESC, number DESC OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY",
        before.at, before.at, before.program, before.program, before.number, lines_per_page);
}

}  // namespace

template <class Zone>
std::vector<Line> read_lines(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                             std::optional<PersonId> person, std::optional<LineCursor> const& before) {
    LineCursor const newest{Instant::from_microseconds(INT64_MAX), {}, 0};
    auto const cells = keyring.cells();
    std::vector<Line> lines;
    for (auto const& [bytes, sealed] : rows_before(tx, person, before.value_or(newest))) {
        auto entry = decode_entry(bytes);
        if (!entry) continue;  // a line that was tampered with: `verify` names it
        Line line{std::move(*entry), {}};
        if (sealed) {
            auto const detail =
                cells.open(DetailPlace{line.entry.program, line.entry.number}.cell(), *sealed);
            if (detail) line.detail = detail->text();
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

bool has_line(store::Transaction& tx, std::string_view program, std::int64_t number) {
    return tx
        .row<std::int64_t>("SELECT number FROM audit_event WHERE program = ? AND number = ?", program, number)
        .has_value();
}

template std::vector<Line> read_lines<OfficeZone>(store::Transaction&, crypto::Keyring<OfficeZone> const&,
                                                  std::optional<PersonId>, std::optional<LineCursor> const&);
template std::vector<Line> read_lines<MedicalZone>(store::Transaction&, crypto::Keyring<MedicalZone> const&,
                                                   std::optional<PersonId>, std::optional<LineCursor> const&);

}  // namespace klout7::audit
