#include <fmt/format.h>

#include <charconv>

#include "api/site.h"
#include "audit/reader.h"

namespace klout7::api {
namespace {

/// "1795000000000000~klout7-office~17": the last line of the page before.
std::optional<audit::LineCursor> parse_cursor(std::string_view text) {
    auto const first = text.find('~');
    auto const second = text.rfind('~');
    if (first == std::string_view::npos || second == first) return std::nullopt;
    std::int64_t at = 0;
    std::int64_t number = 0;
    auto const a = text.substr(0, first);
    auto const n = text.substr(second + 1);
    if (std::from_chars(a.data(), a.data() + a.size(), at).ec != std::errc{}) return std::nullopt;
    if (std::from_chars(n.data(), n.data() + n.size(), number).ec != std::errc{}) return std::nullopt;
    return audit::LineCursor{Instant::from_microseconds(at),
                             std::string{text.substr(first + 1, second - first - 1)}, number};
}

json::object to_json(audit::Line const& line) {
    auto const& event = line.entry.event;
    using api::to_json;
    return {{"program", line.entry.program},
            {"number", line.entry.number},
            {"at", to_json(event.at)},
            {"action", event.action},
            {"thing", event.object_class},
            {"object", event.object ? json::value(event.object->to_string()) : json::value(nullptr)},
            {"person", to_json(event.person)},
            {"user", to_json(event.user)},
            {"role", event.role},
            {"responsible", to_json(event.responsible)},
            {"organisation", to_json(event.organisation)},
            {"ground", event.ground},
            {"outcome", audit::name_of(event.outcome)},
            {"session", to_json(event.session)},
            {"version", line.entry.version},
            {"detail", line.detail}};
}

template <class Zone>
Result read_log(Call<Zone>& call) {
    auto const person = call.request.head.query_value("person");
    auto const about = person ? PersonId::parse(*person) : std::nullopt;
    auto const cleared = access::look(
        call.frame, call.actor, [&](access::Unit<Zone>& unit) -> std::expected<void, access::Failure> {
            auto const access = unit.gate.ask(access::Action::read,
                                              {.resource = access::Resource::audit_log, .person = about});
            if (!access) return std::unexpected(access.error());
            return {};
        });
    if (!cleared) return std::unexpected(cleared.error());
    // The events are read by the account that may; the programs' own account cannot.
    auto const lines = call.frame.log_database.transact([&](store::Transaction& tx) {
        return audit::read_lines(tx, call.frame.keys.keyring(), about, parse_cursor(call.after()));
    });
    if (!lines) return std::unexpected(access::Failure{access::FailureKind::unavailable});
    json::array shown;
    for (auto const& line : *lines) shown.push_back(to_json(line));
    json::value next = nullptr;
    if (static_cast<std::int64_t>(lines->size()) == audit::lines_per_page) {
        auto const& last = lines->back().entry;
        next = fmt::format("{}~{}~{}", last.event.at.microseconds(), last.program, last.number);
    }
    return json_answer(json::object{{"lines", std::move(shown)}, {"next", next}});
}

}  // namespace

template <class Zone>
std::vector<Route<Zone>> audit_log_routes() {
    return {{transport::Method::get, "/api/v1/audit-log", access::Resource::audit_log, access::Action::read,
             read_log<Zone>}};
}

template std::vector<Route<OfficeZone>> audit_log_routes();
template std::vector<Route<MedicalZone>> audit_log_routes();

}  // namespace klout7::api
