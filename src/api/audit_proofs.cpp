#include "audit_proofs.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "audit/proofs.h"
#include "audit/reader.h"

namespace klout7::api {
namespace {

using access::Failure;
using access::FailureKind;
using access::FieldFault;
using access::Given;
using transport::Method;

constexpr FieldFault not_signed_yet{"", "not_signed_yet",
                                    "Hier is nog geen ondertekend controlepunt over. Dat komt er binnen "
                                    "enkele seconden: probeer het opnieuw. Blijft "
                                    "dit zo, laat dan klout7 audit verify draaien.",
                                    "There is no signed checkpoint over this yet. There will be within "
                                    "seconds: try again. If it stays so, have "
                                    "klout7 audit verify run."};
constexpr FieldFault log_damaged{
    "", "log_damaged", "De bestanden van het logboek zijn niet heel. Laat klout7 audit verify draaien.",
    "The files of the log are not whole. Have klout7 audit verify run."};

Failure not_now(FieldFault const& why) { return {FailureKind::not_now, {why}}; }

template <class Zone>
audit::Proofs<Zone> proofs_of(Call<Zone> const& call) {
    return {call.frame.keys.keyring(), call.frame.log_folder};
}

/// A number of the query, as digits without more. Errors: invalid.
Given<std::int64_t> number_of(transport::RequestHead const& head, std::string_view name) {
    auto const text = head.query_value(name).value_or(std::string_view{});
    std::int64_t number = -1;
    auto const [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (wrong == std::errc{} && end == text.data() + text.size() && number >= 0) return number;
    return std::unexpected(
        Failure{FailureKind::invalid, {{name, "not_a_number", "Dit is geen getal.", "This is no number."}}});
}

struct LineName {
    std::string_view program;
    std::int64_t number = 0;
};
Given<LineName> line_of(transport::RequestHead const& head) {
    auto const number = number_of(head, "number");
    if (!number) return std::unexpected(number.error());
    auto const program = head.query_value("program").value_or(std::string_view{});
    auto const is_of_name = [](char c) {
        return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
    };
    if (!program.empty() && std::ranges::all_of(program, is_of_name)) return LineName{program, *number};
    return std::unexpected(
        Failure{FailureKind::invalid,
                {{"program", "not_a_program", "Dit is geen programma.", "This is no program."}}});
}

struct Sizes {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
};
Given<Sizes> sizes_of(transport::RequestHead const& head) {
    auto const from = number_of(head, "from");
    if (!from) return std::unexpected(from.error());
    auto const to = number_of(head, "to");
    if (!to) return std::unexpected(to.error());
    return Sizes{static_cast<std::uint64_t>(*from), static_cast<std::uint64_t>(*to)};
}

/// Reads of the log behind the gate; `searched` stands in the line about it.
template <class Zone, class Read>
auto read_behind_gate(Call<Zone> const& call, std::string_view searched, Read read) {
    using Answered = std::invoke_result_t<Read>;
    return access::look(call.frame, call.actor, [&](access::Unit<Zone>& unit) -> Answered {
        auto const access =
            unit.gate.ask(access::Action::read, {.resource = access::Resource::audit_log}, {}, searched);
        if (!access) return std::unexpected(access.error());
        return read();
    });
}

template <class Zone>
Result read_checkpoint(Call<Zone>& call) {
    auto const proofs = proofs_of(call);
    auto const newest = read_behind_gate(call, {}, [&]() -> Given<audit::SignedCheckpoint> {
        auto signed_one = proofs.newest();
        if (signed_one) return std::move(*signed_one);
        return std::unexpected(
            not_now(signed_one.error() == audit::ProofError::damaged ? log_damaged : not_signed_yet));
    });
    if (!newest) return std::unexpected(newest.error());
    return json_answer(json::object{{"checkpoint", newest->note}, {"key", proofs.key()}});
}

json::array hashes_json(std::vector<audit::Hash> const& hashes) {
    json::array shown;
    for (auto const& hash : hashes) shown.push_back(json::value(to_base64(hash)));
    return shown;
}

/// Why a line has no proof.
template <class Zone>
Failure why_not(Call<Zone> const& call, LineName const& line, audit::ProofError error) {
    if (error == audit::ProofError::damaged) return not_now(log_damaged);
    auto const is_there = call.frame.log_database.transact(
        [&](store::Transaction& tx) { return audit::has_line(tx, line.program, line.number); });
    if (!is_there) return {access::failure_of_reading(is_there.error())};
    return *is_there ? not_now(not_signed_yet) : Failure{FailureKind::not_found};
}

template <class Zone>
Result read_line_proof(Call<Zone>& call) {
    auto const proofs = proofs_of(call);
    auto const line = line_of(call.head);
    auto const searched = line ? fmt::format("{} {}", line->program, line->number) : std::string{};
    auto const proof = read_behind_gate(call, searched, [&]() -> Given<audit::LineProof> {
        if (!line) return std::unexpected(line.error());
        auto found = proofs.of_line(line->program, line->number);
        if (found) return std::move(*found);
        return std::unexpected(why_not(call, *line, found.error()));
    });
    if (!proof) return std::unexpected(proof.error());
    return json_answer(json::object{{"checkpoint", proof->newest.note},
                                    {"key", proofs.key()},
                                    {"index", proof->index},
                                    {"entry", to_base64(proof->entry)},
                                    {"hashes", hashes_json(proof->hashes)}});
}

template <class Zone>
Result read_growth_proof(Call<Zone>& call) {
    auto const sizes = sizes_of(call.head);
    auto const hashes = read_behind_gate(call, {}, [&]() -> Given<std::vector<audit::Hash>> {
        if (!sizes) return std::unexpected(sizes.error());
        auto proof = proofs_of(call).of_growth(sizes->from, sizes->to);
        if (proof) return std::move(*proof);
        if (proof.error() == audit::ProofError::damaged) return std::unexpected(not_now(log_damaged));
        return std::unexpected(
            Failure{FailureKind::invalid,
                    {{"to", "not_so_many", "Zoveel regels staan er niet onder een controlepunt.",
                      "Not so many lines stand under a checkpoint."}}});
    });
    if (!hashes) return std::unexpected(hashes.error());
    return json_answer(json::object{{"hashes", hashes_json(*hashes)}});
}

}  // namespace

template <class Zone>
std::vector<Route<Zone>> audit_proof_routes() {
    constexpr auto log = access::Resource::audit_log;
    constexpr auto read = access::Action::read;
    return {{Method::get, "/api/v1/audit-log/checkpoint", log, read, read_checkpoint<Zone>},
            {Method::get, "/api/v1/audit-log/proof", log, read, read_line_proof<Zone>},
            {Method::get, "/api/v1/audit-log/consistency", log, read, read_growth_proof<Zone>}};
}

template std::vector<Route<OfficeZone>> audit_proof_routes();
template std::vector<Route<MedicalZone>> audit_proof_routes();

}  // namespace klout7::api
