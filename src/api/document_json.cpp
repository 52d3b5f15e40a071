#include "document_json.h"

namespace klout7::api {
namespace {

json::value text_or_null(std::string_view text) { return text.empty() ? nullptr : json::value(text); }

json::value withdrawal_json(std::optional<documents::Withdrawal> const& withdrawal) {
    if (!withdrawal) return nullptr;
    return json::object{{"reason", name_of(withdrawal->reason)},
                        {"by", to_json(withdrawal->by)},
                        {"at", to_json(withdrawal->at)},
                        {"is_moved", withdrawal->moved_to.has_value()}};
}

}  // namespace

json::object to_json_object(documents::DocumentView const& view) {
    auto const& [row, name, size, verdict, type, withdrawal, release] = view;
    return {{"document", to_json(row.id)},
            {"case", to_json(row.case_id)},
            {"first_version", to_json(row.first_version())},
            {"version", row.version},
            {"file_name", withdrawal ? json::value(nullptr) : json::value(name)},
            {"size_bytes", size},
            {"media_type", type ? json::value(gate::media_type(*type)) : nullptr},
            {"created_by", to_json(row.created_by)},
            {"created_at", to_json(row.created_at)},
            {"state", name_of(verdict.state)},
            {"reason", verdict.reason ? json::value(name_of(*verdict.reason)) : nullptr},
            {"signature", text_or_null(verdict.signature)},
            {"release", release ? json::value(name_of(*release)) : nullptr},
            {"withdrawal", withdrawal_json(withdrawal)}};
}

}  // namespace klout7::api
