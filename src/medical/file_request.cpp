#include "file_request.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/check.h"
#include "store/row_tag.h"

namespace klout7::medical {
namespace {

using FileRequestColumns = store::Row<FileRequestId, CaseId, std::int64_t, Instant, std::optional<UserId>,
                                      std::optional<Instant>, std::optional<std::string>, crypto::Sha256>;

std::optional<std::string_view> name_of(std::optional<FileDecision> decision) {
    return decision ? std::optional{name_of(*decision)} : std::nullopt;
}

/// Whether it was given, and when, decides whether the client reads the file.
crypto::Sha256 tag_of(Keyring const& keyring, FileRequest const& request) {
    return store::row_tag(keyring, "file_request",
                          {request.id, request.case_id, request.number, request.asked_at, request.decided_by,
                           request.decided_at, name_of(request.decision)});
}

FileRequest request_of(Keyring const& keyring, FileRequestColumns const& columns) {
    auto const& [id, case_id, number, asked, by, at, decision, tag] = columns;
    FileRequest const request{
        id, case_id, number, asked, by, at, decision ? parse_file_decision(*decision) : std::nullopt};
    store::require_row_tag(tag, tag_of(keyring, request));
    return request;
}

crypto::CellPlace reason_cell(FileRequestId id) { return {"file_request", "reason", id.uuid()}; }

}  // namespace

std::string_view name_of(FileDecision decision) {
    switch (decision) {
        case FileDecision::given:
            return "given";
        case FileDecision::refused:
            return "refused";
    }
    std::unreachable();
}

std::optional<FileDecision> parse_file_decision(std::string_view name) {
    auto const* const found =
        std::ranges::find(all_file_decisions, name, [](FileDecision decision) { return name_of(decision); });
    return found == all_file_decisions.end() ? std::nullopt : std::optional{*found};
}

LocalDate answer_by(LocalDate asked) {
    auto day = asked.ymd() + std::chrono::months{1};
    if (!day.ok()) day = day.year() / day.month() / std::chrono::last;
    return LocalDate::from_days_since_1970(
        static_cast<int>(std::chrono::sys_days{day}.time_since_epoch().count()));
}

std::optional<LocalDate> readable_until(FileRequest const& request) {
    if (request.decision != FileDecision::given || !request.decided_at) return std::nullopt;
    return LocalDate::in_the_netherlands(*request.decided_at).plus_days(file_readable_days);
}

std::vector<FileRequestWithReason> file_requests_of(store::Transaction& tx, Keyring const& keyring,
                                                    Key const& key, CaseId id, access::Access const& access) {
    require(access.covers(id), "a reader sees only the requests of the case that the gate cleared");
    std::vector<FileRequestWithReason> requests;
    for (auto const& [request, case_id, number, asked, by, at, decision, tag, reason] :
         tx.rows<FileRequestId, CaseId, std::int64_t, Instant, std::optional<UserId>, std::optional<Instant>,
                 std::optional<std::string>, crypto::Sha256, std::optional<Bytes>>(
             "SELECT id, case_id, number, asked_at, decided_by, decided_at, decision, tag, reason FROM "
             "file_request WHERE case_id = ? ORDER BY number DESC OFFSET 0 ROWS FETCH NEXT 100 ROWS ONLY",
             id)) {
        auto const one = request_of(keyring, {request, case_id, number, asked, by, at, decision, tag});
        if ((one.decision == FileDecision::refused) != reason.has_value()) store::unexpected_cell();
        std::optional<MedicalText> words;
        if (reason) {
            auto plain = key.cells().open(reason_cell(one.id), *reason);
            if (!plain) store::unexpected_cell();
            words.emplace(id, std::move(*plain));
        }
        requests.push_back({one, std::move(words)});
    }
    return requests;
}

std::optional<FileRequest> find_file_request(store::Transaction& tx, Keyring const& keyring,
                                             FileRequestId id) {
    auto const row = tx.row<FileRequestId, CaseId, std::int64_t, Instant, std::optional<UserId>,
                            std::optional<Instant>, std::optional<std::string>, crypto::Sha256>(
        "SELECT id, case_id, number, asked_at, decided_by, decided_at, decision, tag FROM file_request "
        "WHERE id = ?",
        id);
    return row ? std::optional{request_of(keyring, *row)} : std::nullopt;
}

void add_file_request(store::Transaction& tx, Keyring const& keyring, FileRequest const& request) {
    tx.execute("INSERT INTO file_request (id, case_id, number, asked_at, tag) VALUES (?, ?, ?, ?, ?)",
               request.id, request.case_id, request.number, request.asked_at, tag_of(keyring, request));
}

bool keep_file_decision(store::Transaction& tx, Keyring const& keyring, Key const& key,
                        FileRequest const& decided, std::string_view reason, Random& random) {
    std::optional<Bytes> cell;
    if (!reason.empty()) cell = key.cells().seal(reason_cell(decided.id), reason, random);
    return tx.execute(
               "UPDATE file_request SET decided_by = ?, decided_at = ?, decision = ?, reason = ?, tag = ? "
               "WHERE id = ? AND decided_at IS NULL",
               decided.decided_by, decided.decided_at, name_of(decided.decision), cell,
               tag_of(keyring, decided), decided.id) == 1;
}

}  // namespace klout7::medical
