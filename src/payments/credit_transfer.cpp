#include "payments/credit_transfer.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "base/marks.h"
#include "base/text.h"

namespace klout7::payments {
namespace {

constexpr std::size_t longest_identifier = 35;
constexpr std::size_t longest_name = 70;
constexpr std::size_t longest_remittance = 140;
constexpr Money most = Money::cents(99'999'999'999);

bool is_of_the_set(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"/-?:().,'+ "}.find(c) != std::string_view::npos;
}

bool is_identifier(std::string_view text, std::size_t longest) {
    return !text.empty() && text.size() <= longest && sepa_text(text, longest) == text;
}

/// Letters that no mark can be taken from.
std::string_view spelled(char32_t c) {
    switch (c) {
        case U'ß':
            return "ss";
        case U'Æ':
            return "AE";
        case U'æ':
            return "ae";
        case U'Ø':
            return "O";
        case U'ø':
            return "o";
        case U'Œ':
            return "OE";
        case U'œ':
            return "oe";
        case U'Đ':
        case U'Ð':
            return "D";
        case U'đ':
        case U'ð':
            return "d";
        case U'Ł':
            return "L";
        case U'ł':
            return "l";
        case U'Þ':
            return "TH";
        case U'þ':
            return "th";
        case U'ı':
            return "i";
        case U'&':
            return "+";
        case U'_':
        case U'‐':
        case U'‑':
        case U'–':
        case U'—':
            return "-";
        case U'`':
        case U'´':
        case U'‘':
        case U'’':
            return "'";
        default:
            return {};
    }
}

/// Elements of a file that needs nothing escaped: its texts are of the SEPA set, in which there is no sign of
/// XML.
class Xml {
public:
    class Element {
    public:
        Element(Xml& xml, std::string_view name, std::string_view attributes = {}) : xml_(xml), name_(name) {
            fmt::format_to(std::back_inserter(xml_.text_), "<{}{}>", name, attributes);
        }
        Element(Element const&) = delete;
        Element& operator=(Element const&) = delete;
        ~Element() { fmt::format_to(std::back_inserter(xml_.text_), "</{}>", name_); }

    private:
        Xml& xml_;
        std::string_view name_;
    };
    void put(std::string_view name, std::string_view content, std::string_view attributes = {}) {
        fmt::format_to(std::back_inserter(text_), "<{}{}>{}</{}>", name, attributes, content, name);
    }
    void line() { text_ += '\n'; }
    std::string take() { return std::move(text_); }
    Xml() : text_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {}

private:
    std::string text_;
};

/// In UTC, to the second.
std::string iso_time(Instant at) {
    auto const seconds = at.microseconds() / 1'000'000;
    auto const day = LocalDate::from_days_since_1970(static_cast<int>(seconds / 86'400));
    auto const rest = seconds % 86'400;
    return fmt::format("{}T{:02}:{:02}:{:02}Z", day.to_string(), rest / 3600, rest / 60 % 60, rest % 60);
}

std::optional<FaultAt> fault_in(TransferOrder const& order) {
    if (order.transfers.empty()) return FaultAt{TransferFault::no_transfers};
    if (order.transfers.size() > most_transfers) return FaultAt{TransferFault::too_many};
    if (!is_identifier(order.message_id, longest_identifier))
        return FaultAt{TransferFault::identifier_unusable};
    if (sepa_text(order.debtor.name, longest_name).empty()) return FaultAt{TransferFault::name_unusable};
    if (auto const& bic = order.debtor.bic; bic) {
        auto const is_of_a_bic = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
        if ((bic->size() != 8 && bic->size() != 11) || !std::ranges::all_of(*bic, is_of_a_bic))
            return FaultAt{TransferFault::bic_unusable};
    }
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < order.transfers.size(); ++i) {
        auto const& one = order.transfers[i];
        if (!is_identifier(one.end_to_end_id, longest_identifier))
            return FaultAt{TransferFault::identifier_unusable, i};
        if (!seen.insert(one.end_to_end_id).second) return FaultAt{TransferFault::identifier_twice, i};
        if (one.amount < Money::cents(1) || one.amount > most)
            return FaultAt{TransferFault::amount_out_of_range, i};
        if (sepa_text(one.payee, longest_name).empty()) return FaultAt{TransferFault::name_unusable, i};
    }
    return std::nullopt;
}

void put_account(Xml& xml, std::string_view name, Iban const& iban) {
    Xml::Element const account{xml, name};
    Xml::Element const id{xml, "Id"};
    xml.put("IBAN", iban.text());
}

void put_debtor(Xml& xml, Debtor const& debtor, Pain001 version) {
    {
        Xml::Element const party{xml, "Dbtr"};
        xml.put("Nm", sepa_text(debtor.name, longest_name));
    }
    put_account(xml, "DbtrAcct", debtor.iban);
    Xml::Element const agent{xml, "DbtrAgt"};
    Xml::Element const institution{xml, "FinInstnId"};
    if (debtor.bic) {
        xml.put(version == Pain001::version_09 ? "BICFI" : "BIC", *debtor.bic);
    } else {
        // IBAN only. Source: EPC132-08, 2.20.
        Xml::Element const other{xml, "Othr"};
        xml.put("Id", "NOTPROVIDED");
    }
}

void put_transfer(Xml& xml, CreditTransfer const& one) {
    xml.line();
    Xml::Element const transfer{xml, "CdtTrfTxInf"};
    {
        Xml::Element const id{xml, "PmtId"};
        xml.put("EndToEndId", one.end_to_end_id);
    }
    {
        Xml::Element const amount{xml, "Amt"};
        xml.put("InstdAmt", one.amount.to_string(), " Ccy=\"EUR\"");
    }
    {
        Xml::Element const party{xml, "Cdtr"};
        xml.put("Nm", sepa_text(one.payee, longest_name));
    }
    put_account(xml, "CdtrAcct", one.iban);
    if (auto const remittance = sepa_text(one.remittance, longest_remittance); !remittance.empty()) {
        Xml::Element const information{xml, "RmtInf"};
        xml.put("Ustrd", remittance);
    }
}

}  // namespace

std::string_view name_of(TransferFault fault) {
    switch (fault) {
        case TransferFault::no_transfers:
            return "no_transfers";
        case TransferFault::too_many:
            return "too_many";
        case TransferFault::identifier_unusable:
            return "identifier_unusable";
        case TransferFault::identifier_twice:
            return "identifier_twice";
        case TransferFault::amount_out_of_range:
            return "amount_out_of_range";
        case TransferFault::name_unusable:
            return "name_unusable";
        case TransferFault::bic_unusable:
            return "bic_unusable";
    }
    return "";
}

std::string sepa_text(std::string_view text, std::size_t longest) {
    std::string found;
    auto const put = [&](char c) {
        if (!is_of_the_set(c)) return;
        bool const is_doubled = (c == '/' || c == ' ') && (found.empty() || found.back() == c);
        if (!is_doubled) found += c;
    };
    for (auto const c : without_marks(text)) {
        if (auto const spelling = spelled(c); !spelling.empty()) {
            for (auto const letter : spelling) put(letter);
        } else if (c < 0x80) {
            put(static_cast<char>(c));
        } else if (is_letter(c)) {
            put('?');
        }
    }
    if (found.size() > longest) found.resize(longest);
    while (!found.empty() && (found.back() == '/' || found.back() == ' ')) found.pop_back();
    return found;
}

std::vector<TransferOrder> split(TransferOrder const& order, std::size_t most_in_one) {
    std::vector<TransferOrder> parts;
    for (std::size_t from = 0; from < order.transfers.size(); from += most_in_one) {
        auto const count = std::min(most_in_one, order.transfers.size() - from);
        auto const begin = order.transfers.begin() + static_cast<std::ptrdiff_t>(from);
        parts.push_back({fmt::format("{}-{:02}", order.message_id, parts.size() + 1),
                         order.made_at,
                         order.execution_day,
                         order.debtor,
                         {begin, begin + static_cast<std::ptrdiff_t>(count)}});
    }
    return parts;
}

ControlTotals totals_of(TransferOrder const& order) {
    ControlTotals totals{order.transfers.size(), {}};
    for (auto const& one : order.transfers) totals.sum += one.amount;
    return totals;
}

std::expected<std::string, FaultAt> to_pain_001(TransferOrder const& order, Pain001 version) {
    if (auto const fault = fault_in(order)) return std::unexpected(*fault);
    bool const is_09 = version == Pain001::version_09;
    auto const totals = totals_of(order);
    auto const count = std::to_string(totals.count);
    Xml xml;
    {
        Xml::Element const document{
            xml, "Document",
            fmt::format(" xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.{}\"", is_09 ? "09" : "03")};
        Xml::Element const initiation{xml, "CstmrCdtTrfInitn"};
        {
            Xml::Element const head{xml, "GrpHdr"};
            xml.put("MsgId", order.message_id);
            xml.put("CreDtTm", iso_time(order.made_at));
            xml.put("NbOfTxs", count);
            xml.put("CtrlSum", totals.sum.to_string());
            Xml::Element const initiator{xml, "InitgPty"};
            xml.put("Nm", sepa_text(order.debtor.name, longest_name));
        }
        Xml::Element const payment{xml, "PmtInf"};
        xml.put("PmtInfId", order.message_id);
        xml.put("PmtMtd", "TRF");
        xml.put("BtchBookg", "true");
        xml.put("NbOfTxs", count);
        xml.put("CtrlSum", totals.sum.to_string());
        {
            Xml::Element const type{xml, "PmtTpInf"};
            Xml::Element const level{xml, "SvcLvl"};
            xml.put("Cd", "SEPA");
        }
        if (is_09) {
            Xml::Element const day{xml, "ReqdExctnDt"};
            xml.put("Dt", order.execution_day.to_string());
        } else {
            xml.put("ReqdExctnDt", order.execution_day.to_string());
        }
        put_debtor(xml, order.debtor, version);
        xml.put("ChrgBr", "SLEV");
        for (auto const& one : order.transfers) put_transfer(xml, one);
        xml.line();
    }
    xml.line();
    return xml.take();
}

}  // namespace klout7::payments
