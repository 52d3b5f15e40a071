#include "payments/bank_answers.h"

#include <doctest/doctest.h>

using namespace klout7;
using namespace klout7::payments;

namespace {

std::string pain_002(std::string_view group, std::string_view transfers, std::string_view part = {}) {
    return "<?xml version=\"1.0\"?><Document "
           "xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.03\"><CstmrPmtStsRpt>"
           "<GrpHdr><MsgId>B1</MsgId><CreDtTm>2026-11-26T08:00:00</CreDtTm></GrpHdr>"
           "<OrgnlGrpInfAndSts><OrgnlMsgId>K7-2026W47-01</OrgnlMsgId><OrgnlMsgNmId>pain.001</OrgnlMsgNmId>" +
           std::string{group} +
           "</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>K7-2026W47-01</OrgnlPmtInfId>" +
           std::string{part} + std::string{transfers} + "</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>";
}
std::string status(std::string_view id, std::string_view code, std::string_view reason = {}) {
    auto const why = reason.empty()
                         ? std::string{}
                         : "<StsRsnInf><Rsn><Cd>" + std::string{reason} + "</Cd></Rsn></StsRsnInf>";
    return "<TxInfAndSts><StsId>1</StsId><OrgnlEndToEndId>" + std::string{id} + "</OrgnlEndToEndId><TxSts>" +
           std::string{code} + "</TxSts>" + why + "</TxInfAndSts>";
}
std::string camt_053(std::string_view entries) {
    return "<Document "
           "xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt><GrpHdr><MsgId>S</"
           "MsgId></GrpHdr>"
           "<Stmt><Id>2026-230</Id><Acct><Id><IBAN>NL02ABNA0123456789</IBAN></Id></Acct>" +
           std::string{entries} + "</Stmt></BkToCstmrStmt></Document>";
}
std::string entry(std::string_view amount, std::string_view direction, std::string_view details,
                  std::string_view booked = "<Sts>BOOK</Sts>") {
    return "<Ntry><Amt Ccy=\"EUR\">" + std::string{amount} + "</Amt><CdtDbtInd>" + std::string{direction} +
           "</CdtDbtInd>" + std::string{booked} + "<BookgDt><Dt>2026-11-26</Dt></BookgDt>" +
           (details.empty() ? "" : "<NtryDtls>" + std::string{details} + "</NtryDtls>") + "</Ntry>";
}
std::string details(std::string_view id, std::string_view amount, std::string_view more = {}) {
    auto const sum = amount.empty() ? std::string{} : "<Amt Ccy=\"EUR\">" + std::string{amount} + "</Amt>";
    return "<TxDtls><Refs><EndToEndId>" + std::string{id} + "</EndToEndId></Refs>" + sum + std::string{more} +
           "</TxDtls>";
}
AnswerFault fault_002(std::string const& file) {
    auto const read = read_pain_002(file);
    REQUIRE_FALSE(read.has_value());
    return read.error();
}
AnswerFault fault_053(std::string const& file) {
    auto const read = read_camt_053(file);
    REQUIRE_FALSE(read.has_value());
    return read.error();
}
std::string with(std::string text, std::string_view from, std::string_view to) {
    auto const at = text.find(from);
    REQUIRE_MESSAGE(at != std::string::npos, from);
    return text.replace(at, from.size(), to);
}
auto const day = LocalDate::from(2026, 11, 26).value();

}  // namespace

TEST_CASE("a status report tells of the file, and of each transfer that differs") {
    auto const whole = read_pain_002(pain_002("<GrpSts>ACCP</GrpSts>", ""));
    REQUIRE(whole);
    CHECK(whole->message_id == "B1");
    CHECK(whole->original_message_id == "K7-2026W47-01");
    CHECK(whole->whole == TransferStatus::accepted);
    CHECK(whole->transfers.empty());

    auto const some = read_pain_002(pain_002(
        "<GrpSts>PART</GrpSts>", status("P1", "ACSC") + status("P2", "RJCT", "AC04") + status("P3", "PDNG")));
    REQUIRE(some);
    CHECK(some->whole == std::nullopt);
    CHECK(some->transfers == std::vector<TransferAnswer>{{"P1", TransferStatus::accepted, ""},
                                                         {"P2", TransferStatus::rejected, "AC04"},
                                                         {"P3", TransferStatus::waits, ""}});

    auto const refused =
        read_pain_002(pain_002("<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf>", ""));
    REQUIRE(refused);
    CHECK(refused->whole == TransferStatus::rejected);
    CHECK(refused->reason == "FF01");

    // Said of the one part of the file, in a newer version, with a prefix.
    auto const part = read_pain_002(pain_002("", "", "<PmtInfSts>ACTC</PmtInfSts>"));
    REQUIRE(part);
    CHECK(part->whole == TransferStatus::waits);
    auto const prefixed = read_pain_002(
        "<p:Document "
        "xmlns:p=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\"><p:CstmrPmtStsRpt><p:GrpHdr><p:MsgId>B</"
        "p:MsgId></p:GrpHdr>"
        "<p:OrgnlGrpInfAndSts><p:OrgnlMsgId>K</p:OrgnlMsgId><p:GrpSts>ACSP</p:GrpSts></p:OrgnlGrpInfAndSts></"
        "p:CstmrPmtStsRpt></p:Document>");
    REQUIRE(prefixed);
    CHECK(prefixed->whole == TransferStatus::accepted);
}

TEST_CASE("a status report that cannot be relied on counts for nothing") {
    using enum AnswerFault;
    auto const good = pain_002("<GrpSts>PART</GrpSts>", status("P1", "RJCT"));
    REQUIRE(read_pain_002(good));
    CHECK(fault_002("") == not_xml);
    CHECK(fault_002("message") == not_xml);
    CHECK(fault_002(good.substr(0, good.size() / 2)) == not_xml);
    CHECK(fault_002(good.substr(0, good.size() - 1)) == not_xml);
    CHECK(fault_002("<Document/>") == other_message);
    CHECK(fault_002(camt_053("")) == other_message);
    CHECK(fault_002(with(good, "<MsgId>B1</MsgId>", "")) == part_missing);
    CHECK(fault_002(with(good, "<OrgnlMsgId>K7-2026W47-01</OrgnlMsgId>", "")) == part_missing);
    CHECK(fault_002(with(good, "<OrgnlEndToEndId>P1</OrgnlEndToEndId>", "")) == part_missing);
    CHECK(fault_002(with(good, "<TxSts>RJCT</TxSts>", "")) == part_missing);
    CHECK(fault_002(with(good, "RJCT", "MAYBE")) == part_unusable);
    CHECK(fault_002(with(good, "PART", "SOME")) == part_unusable);
    CHECK(fault_002(pain_002("", "")) == part_missing);
    CHECK(fault_002(std::string(65 * 1024 * 1024, ' ')) == too_large);
    // An entity of its own is not resolved, so it is no identifier that anything is found by.
    auto const own = read_pain_002(
        with("<!DOCTYPE Document [<!ENTITY e \"P1\">]>" + good.substr(21), "P1</Orgnl", "&e;</Orgnl"));
    CHECK((!own || own->transfers.front().end_to_end_id != "P1"));
}

TEST_CASE("a statement tells what went out, what came in and what came back") {
    auto const read = read_camt_053(camt_053(
        entry("300.00", "DBIT", details("P1", "100.00") + details("P2", "200.00")) +
        entry("200.00", "CRDT", details("P2", "200.00", "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>")) +
        entry("12.5", "CRDT", "") + entry("7.00", "DBIT", details("NOTPROVIDED", "")) +
        entry("99.00", "DBIT", details("P9", ""), "<Sts>PDNG</Sts>") +
        entry("1.00", "DBIT", details("P3", ""), "<Sts><Cd>BOOK</Cd></Sts>")));
    REQUIRE(read);
    REQUIRE(read->size() == 1);
    CHECK(read->front().id == "2026-230");
    CHECK(read->front().iban == "NL02ABNA0123456789");
    CHECK(read->front().bookings == std::vector<Booking>{{"P1", Money::cents(-10000), day, false, ""},
                                                         {"P2", Money::cents(-20000), day, false, ""},
                                                         {"P2", Money::cents(20000), day, true, "AC04"},
                                                         {"", Money::cents(1250), day, false, ""},
                                                         {"", Money::cents(-700), day, false, ""},
                                                         {"P3", Money::cents(-100), day, false, ""}});
}

TEST_CASE("a statement that does not add up, or lacks what is needed, counts for nothing") {
    using enum AnswerFault;
    auto const good = camt_053(entry("300.00", "DBIT", details("P1", "100.00") + details("P2", "200.00")));
    REQUIRE(read_camt_053(good));
    CHECK(fault_053(with(good, ">300.00<", ">300.01<")) == part_unusable);
    CHECK(fault_053(with(good, ">300.00<", ">300.005<")) == part_unusable);
    CHECK(fault_053(with(good, ">300.00<", ">-300.00<")) == part_unusable);
    CHECK(fault_053(with(good, ">300.00<", ">300,00<")) == part_unusable);
    CHECK(fault_053(with(good, ">300.00<", "><")) == part_unusable);
    CHECK(fault_053(with(good, "Ccy=\"EUR\"", "Ccy=\"USD\"")) == part_unusable);
    CHECK(read_camt_053(with(good, ">300.00<", ">300.0000<")));
    CHECK(fault_053(with(good, "<CdtDbtInd>DBIT</CdtDbtInd>", "")) == part_missing);
    CHECK(fault_053(with(good, "<Dt>2026-11-26</Dt>", "")) == part_missing);
    CHECK(fault_053(with(good, "2026-11-26", "26-11-2026")) == part_missing);
    CHECK(fault_053(with(good, "<Id>2026-230</Id>", "")) == part_missing);
    CHECK(fault_053(with(good, "<IBAN>NL02ABNA0123456789</IBAN>", "")) == part_missing);
    CHECK(fault_053(with(good, "<Amt Ccy=\"EUR\">300.00</Amt>", "")) == part_missing);
    CHECK(fault_053("<Document><BkToCstmrStmt></BkToCstmrStmt></Document>") == part_missing);
    CHECK(fault_053(pain_002("", "")) == other_message);
    CHECK(fault_053(good.substr(0, good.size() - 5)) == not_xml);
    CHECK(read_camt_053(
              with(good, "<BookgDt><Dt>2026-11-26</Dt>", "<BookgDt><DtTm>2026-11-26T23:59:59+01:00</DtTm>"))
              ->front()
              .bookings.front()
              .booked_on == day);
}
