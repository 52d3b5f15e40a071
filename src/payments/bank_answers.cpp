#include "payments/bank_answers.h"

#include <pugixml.hpp>

#include <algorithm>
#include <array>

namespace klout7::payments {
namespace {

constexpr std::size_t most_bytes = std::size_t{64} << 20U;

using Unexpected = std::unexpected<AnswerFault>;

/// A name without its prefix: whoever makes a file chooses that.
std::string_view local(pugi::xml_node node) {
    std::string_view const name{node.name()};
    auto const colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}
pugi::xml_node child(pugi::xml_node of, std::string_view name) {
    for (auto const one : of.children()) {
        if (local(one) == name) return one;
    }
    return {};
}
template <class... Names>
pugi::xml_node child(pugi::xml_node of, std::string_view name, Names... names) {
    return child(child(of, name), names...);
}
std::string text(pugi::xml_node node) { return node.text().get(); }

/// The reason that stands by a status: of several the first.
std::string reason_in(pugi::xml_node node) { return text(child(node, "StsRsnInf", "Rsn", "Cd")); }

std::optional<TransferStatus> status_of(std::string_view code) {
    constexpr std::array accepted{"ACCC", "ACSC", "ACSP", "ACWC", "ACCP"};
    constexpr std::array waiting{"ACTC", "PDNG", "RCVD", "ACFC"};
    auto const is_in = [&](auto const& codes) { return std::ranges::find(codes, code) != codes.end(); };
    if (is_in(accepted)) return TransferStatus::accepted;
    if (is_in(waiting)) return TransferStatus::waits;
    if (code == "RJCT" || code == "CANC") return TransferStatus::rejected;
    return std::nullopt;
}

struct Whole {
    std::optional<TransferStatus> status;
    bool is_known = true;
};
/// Of a file or a part of it. PART: it differs from transfer to transfer.
Whole whole_status(pugi::xml_node code) {
    auto const status = text(code);
    if (status.empty() || status == "PART") return {};
    auto const found = status_of(status);
    return {found, found.has_value()};
}

/// The part of the message that the root has; nothing when it is another message or no XML.
std::expected<pugi::xml_node, AnswerFault> load(pugi::xml_document& document, std::string_view file,
                                                std::string_view message) {
    if (file.size() > most_bytes) return Unexpected{AnswerFault::too_large};
    // Entities of its own are never resolved, so no file can grow or reach out by them.
    if (!document.load_buffer(file.data(), file.size(), pugi::parse_default, pugi::encoding_utf8))
        return Unexpected{AnswerFault::not_xml};
    auto const root = document.document_element();
    auto const found = child(root, message);
    if (local(root) != "Document" || !found) return Unexpected{AnswerFault::other_message};
    return found;
}

/// In euro, above zero.
std::expected<Money, AnswerFault> amount_in(pugi::xml_node amount) {
    if (!amount) return Unexpected{AnswerFault::part_missing};
    auto const digits = text(amount);
    // Files have a decimal dot and nothing between thousands.
    bool const is_plain = digits.find_first_not_of("0123456789.") == std::string::npos;
    // A sum of XML may have fewer or more decimals; a third one that is not zero is no amount.
    auto value = digits;
    auto const dot = value.find('.');
    while (dot != std::string::npos && value.size() > dot + 3 && value.back() == '0') value.pop_back();
    if (dot != std::string::npos && value.size() == dot + 1) value.pop_back();
    auto const money = is_plain ? Money::parse(value) : std::nullopt;
    if (!money || *money <= Money{} || std::string_view{amount.attribute("Ccy").value()} != "EUR")
        return Unexpected{AnswerFault::part_unusable};
    return *money;
}

std::optional<LocalDate> day_in(pugi::xml_node node) {
    if (auto const day = child(node, "Dt")) return LocalDate::parse_iso(text(day));
    auto const moment = text(child(node, "DtTm"));
    return LocalDate::parse_iso(std::string_view{moment}.substr(0, 10));
}

/// +1 for what came in, -1 for what went out, 0 when it is not said.
int direction_of(pugi::xml_node node) {
    auto const word = text(child(node, "CdtDbtInd"));
    return word == "CRDT" ? 1 : word == "DBIT" ? -1 : 0;
}

std::expected<void, AnswerFault> add_entry(pugi::xml_node entry, Statement& statement) {
    auto const amount = amount_in(child(entry, "Amt"));
    if (!amount) return Unexpected{amount.error()};
    auto const direction = direction_of(entry);
    auto const day = day_in(child(entry, "BookgDt"));
    if (direction == 0 || !day) return Unexpected{AnswerFault::part_missing};
    // What is announced or waits is not booked. A status is a text, or in newer versions a code in it.
    auto const status = child(entry, "Sts");
    auto const word = child(status, "Cd") ? text(child(status, "Cd")) : text(status);
    if (word != "BOOK") return {};
    Booking const whole{.end_to_end_id = {}, .amount = direction > 0 ? *amount : -*amount, .booked_on = *day};
    std::vector<Booking> parts;
    for (auto const details : entry.children()) {
        if (local(details) != "NtryDtls") continue;
        for (auto const one : details.children()) {
            if (local(one) != "TxDtls") continue;
            auto part = whole;
            part.end_to_end_id = text(child(one, "Refs", "EndToEndId"));
            if (part.end_to_end_id == "NOTPROVIDED") part.end_to_end_id.clear();
            part.is_return = static_cast<bool>(child(one, "RtrInf"));
            part.reason = text(child(one, "RtrInf", "Rsn", "Cd"));
            auto own = child(one, "Amt");
            if (!own) own = child(one, "AmtDtls", "TxAmt", "Amt");
            if (own) {
                auto const of_it = amount_in(own);
                if (!of_it) return Unexpected{of_it.error()};
                part.amount = direction > 0 ? *of_it : -*of_it;
            }
            parts.push_back(std::move(part));
        }
    }
    if (parts.empty()) parts.push_back(whole);
    Money sum;
    for (auto const& part : parts) sum += part.amount;
    if (sum != whole.amount) return Unexpected{AnswerFault::part_unusable};
    statement.bookings.insert(statement.bookings.end(), parts.begin(), parts.end());
    return {};
}

}  // namespace

std::string_view name_of(AnswerFault fault) {
    switch (fault) {
        case AnswerFault::not_xml:
            return "not_xml";
        case AnswerFault::other_message:
            return "other_message";
        case AnswerFault::part_missing:
            return "part_missing";
        case AnswerFault::part_unusable:
            return "part_unusable";
        case AnswerFault::too_large:
            return "too_large";
    }
    return "";
}

std::string_view name_of(TransferStatus status) {
    switch (status) {
        case TransferStatus::accepted:
            return "accepted";
        case TransferStatus::waits:
            return "waits";
        case TransferStatus::rejected:
            return "rejected";
    }
    return "";
}

std::expected<StatusReport, AnswerFault> read_pain_002(std::string_view file) {
    pugi::xml_document document;
    auto const report = load(document, file, "CstmrPmtStsRpt");
    if (!report) return Unexpected{report.error()};
    auto const group = child(*report, "OrgnlGrpInfAndSts");
    StatusReport found{
        text(child(*report, "GrpHdr", "MsgId")), text(child(group, "OrgnlMsgId")), {}, reason_in(group), {}};
    if (found.message_id.empty() || found.original_message_id.empty())
        return Unexpected{AnswerFault::part_missing};
    auto const whole = whole_status(child(group, "GrpSts"));
    if (!whole.is_known) return Unexpected{AnswerFault::part_unusable};
    found.whole = whole.status;
    for (auto const part : report->children()) {
        if (local(part) != "OrgnlPmtInfAndSts") continue;
        // A file of ours has one part, so what is said of it is said of the file.
        auto const of_part = whole_status(child(part, "PmtInfSts"));
        if (!of_part.is_known) return Unexpected{AnswerFault::part_unusable};
        if (!found.whole) found.whole = of_part.status;
        if (found.reason.empty()) found.reason = reason_in(part);
        for (auto const one : part.children()) {
            if (local(one) != "TxInfAndSts") continue;
            auto const status = status_of(text(child(one, "TxSts")));
            TransferAnswer answer{text(child(one, "OrgnlEndToEndId")), status.value_or(TransferStatus::waits),
                                  reason_in(one)};
            if (answer.end_to_end_id.empty()) return Unexpected{AnswerFault::part_missing};
            if (!status)
                return Unexpected{child(one, "TxSts") ? AnswerFault::part_unusable
                                                      : AnswerFault::part_missing};
            found.transfers.push_back(std::move(answer));
        }
    }
    if (!found.whole && found.transfers.empty()) return Unexpected{AnswerFault::part_missing};
    return found;
}

std::expected<std::vector<Statement>, AnswerFault> read_camt_053(std::string_view file) {
    pugi::xml_document document;
    auto const message = load(document, file, "BkToCstmrStmt");
    if (!message) return Unexpected{message.error()};
    std::vector<Statement> found;
    for (auto const one : message->children()) {
        if (local(one) != "Stmt") continue;
        Statement statement{text(child(one, "Id")), text(child(one, "Acct", "Id", "IBAN")), {}};
        if (statement.id.empty() || statement.iban.empty()) return Unexpected{AnswerFault::part_missing};
        for (auto const entry : one.children()) {
            if (local(entry) != "Ntry") continue;
            if (auto const added = add_entry(entry, statement); !added) return Unexpected{added.error()};
        }
        found.push_back(std::move(statement));
    }
    if (found.empty()) return Unexpected{AnswerFault::part_missing};
    return found;
}

}  // namespace klout7::payments
