#include "payments/credit_transfer.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>

#include "base/made_up.h"
#include "base/testing_folder.h"

using namespace klout7;
using namespace klout7::payments;

namespace {

Iban iban(std::string_view text) { return Iban::parse(text).value(); }

TransferOrder order_of(std::size_t count) {
    TransferOrder order{"K7-2026W47",
                        Instant::from_microseconds(1'795'600'800'000'000),
                        LocalDate::from(2026, 11, 26).value(),
                        {"Betaler B.V.", iban("NL02ABNA0123456789"), "ABNANL2A"},
                        {}};
    for (std::size_t i = 0; i < count; ++i) {
        order.transfers.push_back({"P" + std::to_string(1'000'000 + i),
                                   Money::cents(35'134 + static_cast<std::int64_t>(i)), "J. Voorbeeld",
                                   iban("NL91ABNA0417164300"), "Uitkering week 47"});
    }
    return order;
}

/// What a program says of the file, which stands behind these words; all is well when it ends with 0.
bool takes(std::string const& words, std::string const& file) {
    TestingFolder const folder;
    auto const path = folder.path() / "file.xml";
    std::ofstream{path} << file;
    return std::system((words + " " + path.string() + " >/dev/null 2>&1").c_str()) == 0;
}
/// By xmllint and our schema of that version.
bool is_valid(std::string const& file, std::string_view version) {
    return takes("xmllint --noout --schema " KLOUT7_SCHEMAS "/pain.001.001." + std::string{version} + ".xsd",
                 file);
}
/// By a script that shares nothing with us.
bool adds_up(std::string const& file) { return takes("python3 " KLOUT7_BANK_FILE, file); }

std::string with(std::string text, std::string_view from, std::string_view to) {
    auto const at = text.find(from);
    REQUIRE_MESSAGE(at != std::string::npos, from);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("the file is what the message definition says, in both versions") {
    auto const order = order_of(3);
    auto const file_09 = to_pain_001(order, Pain001::version_09);
    auto const file_03 = to_pain_001(order, Pain001::version_03);
    REQUIRE((file_09 && file_03));
    CHECK(is_valid(*file_09, "09"));
    CHECK(is_valid(*file_03, "03"));
    // The schemas tell them apart, and do not take everything.
    CHECK_FALSE(is_valid(*file_09, "03"));
    CHECK_FALSE(is_valid(*file_03, "09"));
    CHECK_FALSE(is_valid(with(*file_09, "351.34", "351.345"), "09"));
    CHECK_FALSE(is_valid(with(*file_09, "Ccy=\"EUR\"", "Ccy=\"USD\""), "09"));
    CHECK_FALSE(is_valid(with(*file_09, "J. Voorbeeld", "J. Voorbeeld &amp; zoon"), "09"));
    CHECK_FALSE(is_valid(with(*file_09, "<Cdtr>", "<Cdtr><PstlAdr/>"), "09"));
    CHECK_FALSE(is_valid(file_09->substr(0, file_09->size() / 2), "09"));
}

TEST_CASE("the file adds up, as somebody else reckons it") {
    for (auto const version : {Pain001::version_03, Pain001::version_09}) {
        auto const file = to_pain_001(order_of(most_transfers), version);
        REQUIRE(file);
        CHECK(adds_up(*file));
        CHECK_FALSE(adds_up(with(*file, "<CtrlSum>", "<CtrlSum>1")));
        CHECK_FALSE(adds_up(with(*file, "<NbOfTxs>10000<", "<NbOfTxs>9999<")));
        CHECK_FALSE(adds_up(with(*file, ">351.34<", ">351.33<")));
        CHECK_FALSE(adds_up(with(*file, "P1000001<", "P1000000<")));
        CHECK_FALSE(adds_up(with(*file, "NL91ABNA0417164300", "NL91ABNA0417164301")));
    }
}

TEST_CASE("one transfer, byte for byte") {
    CHECK(*to_pain_001(order_of(1), Pain001::version_09) ==
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<Document "
          "xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\"><CstmrCdtTrfInitn><GrpHdr><MsgId>K7-"
          "2026W47</MsgId>"
          "<CreDtTm>2026-11-25T10:00:00Z</CreDtTm><NbOfTxs>1</NbOfTxs><CtrlSum>351.34</"
          "CtrlSum><InitgPty><Nm>Betaler B.V.</Nm></InitgPty></GrpHdr>"
          "<PmtInf><PmtInfId>K7-2026W47</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>true</BtchBookg><NbOfTxs>1</"
          "NbOfTxs><CtrlSum>351.34</CtrlSum>"
          "<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf><ReqdExctnDt><Dt>2026-11-26</Dt></ReqdExctnDt>"
          "<Dbtr><Nm>Betaler B.V.</Nm></Dbtr><DbtrAcct><Id><IBAN>NL02ABNA0123456789</IBAN></Id></DbtrAcct>"
          "<DbtrAgt><FinInstnId><BICFI>ABNANL2A</BICFI></FinInstnId></DbtrAgt><ChrgBr>SLEV</ChrgBr>\n"
          "<CdtTrfTxInf><PmtId><EndToEndId>P1000000</EndToEndId></PmtId><Amt><InstdAmt "
          "Ccy=\"EUR\">351.34</InstdAmt></Amt>"
          "<Cdtr><Nm>J. Voorbeeld</Nm></Cdtr><CdtrAcct><Id><IBAN>NL91ABNA0417164300</IBAN></Id></CdtrAcct>"
          "<RmtInf><Ustrd>Uitkering week 47</Ustrd></RmtInf></CdtTrfTxInf>\n"
          "</PmtInf></CstmrCdtTrfInitn></Document>\n");
}

TEST_CASE("an account without a BIC, a payment without a text, and people of any name are valid too") {
    auto order = order_of(1);
    order.debtor.bic.reset();
    order.transfers[0].remittance.clear();
    for (auto const version : {Pain001::version_03, Pain001::version_09}) {
        auto const file = to_pain_001(order, version);
        REQUIRE(file);
        CHECK(is_valid(*file, version == Pain001::version_09 ? "09" : "03"));
        CHECK(file->find("NOTPROVIDED") != std::string::npos);
        CHECK(file->find("RmtInf") == std::string::npos);
    }
    order = order_of(0);
    for (auto const* name : {"Ž. Łukasiewicz-Ğ", "Ångström & Søn", "王 小明", "O’Neill <b>",
                             "van 't Hoff / Zn.", "\xF0\x9F\x98\x80 J"})
        order.transfers.push_back({"N" + std::to_string(order.transfers.size()), Money::cents(1), name,
                                   iban("DE89370400440532013000"), "Week 47 – één"});
    auto const file = to_pain_001(order, Pain001::version_09);
    REQUIRE(file);
    CHECK(is_valid(*file, "09"));
    CHECK(file->find("<Nm>Z. Lukasiewicz-G</Nm>") != std::string::npos);
    CHECK(file->find("<Ustrd>Week 47 - een</Ustrd>") != std::string::npos);
}

TEST_CASE("a text keeps what it can in the set of SEPA") {
    CHECK(sepa_text("Müller-Lüdenscheidt", 70) == "Muller-Ludenscheidt");
    CHECK(sepa_text("Straße Æsir œuvre Ørsted", 70) == "Strasse AEsir oeuvre Orsted");
    CHECK(sepa_text("Jansen & Zn", 70) == "Jansen + Zn");
    CHECK(sepa_text("d’Hondt", 70) == "d'Hondt");
    CHECK(sepa_text("王 小明", 70) == "? ??");
    CHECK(sepa_text("a<b>\"c\";d\n\te", 70) == "abcde");
    CHECK(sepa_text("  two   spaces  ", 70) == "two spaces");
    CHECK(sepa_text("//a//b/", 70) == "a/b");
    CHECK(sepa_text("/ / a", 70) == "a");
    CHECK(sepa_text("abc def", 4) == "abc");
    CHECK(sepa_text("\xFF\xFE", 70).empty());
    CHECK(sepa_text("", 70).empty());
    CHECK(sepa_text("\xF0\x9F\x98\x80", 70).empty());
    auto const all = std::string{"abcxyzABCXYZ0189/-?:().,'+ end"};
    CHECK(sepa_text(all, 70) == all);
}

TEST_CASE("what a bank would refuse is refused before, with its place") {
    using enum TransferFault;
    auto const fault_of = [](TransferOrder const& order) {
        auto const made = to_pain_001(order, Pain001::version_09);
        return made ? std::nullopt : std::optional{made.error()};
    };
    CHECK(fault_of(order_of(2)) == std::nullopt);
    CHECK(fault_of(order_of(0)) == FaultAt{no_transfers});
    CHECK(fault_of(order_of(most_transfers)) == std::nullopt);
    CHECK(fault_of(order_of(most_transfers + 1)) == FaultAt{too_many});
    auto const changed = [&](auto const& change) {
        auto order = order_of(3);
        change(order);
        return fault_of(order);
    };
    for (auto const cents : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{100'000'000'000}})
        CHECK(changed([&](auto& o) { o.transfers[1].amount = Money::cents(cents); }) ==
              FaultAt{amount_out_of_range, 1});
    for (auto const cents : {std::int64_t{1}, std::int64_t{99'999'999'999}})
        CHECK(changed([&](auto& o) { o.transfers[1].amount = Money::cents(cents); }) == std::nullopt);
    CHECK(changed([](auto& o) { o.transfers[2].end_to_end_id = "P1000000"; }) ==
          FaultAt{identifier_twice, 2});
    for (auto const* id : {"", "a_b", "a//b", "/a", "a ", "123456789012345678901234567890123456"})
        CHECK(changed([&](auto& o) { o.transfers[2].end_to_end_id = id; }) ==
              FaultAt{identifier_unusable, 2});
    CHECK(changed([](auto& o) { o.transfers[2].end_to_end_id = "12345678901234567890123456789012345"; }) ==
          std::nullopt);
    CHECK(changed([](auto& o) { o.transfers[0].payee = "\xF0\x9F\x98\x80"; }) == FaultAt{name_unusable, 0});
    CHECK(changed([](auto& o) { o.debtor.name = ""; }) == FaultAt{name_unusable});
    CHECK(changed([](auto& o) { o.message_id = std::string(36, 'a'); }) == FaultAt{identifier_unusable});
    for (auto const* bic : {"", "ABNANL2", "ABNANL2AXX", "abnanl2a", "ABNANL2A<XX"})
        CHECK(changed([&](auto& o) { o.debtor.bic = bic; }) == FaultAt{bic_unusable});
}

TEST_CASE("a large order is split in its order, and the totals stay") {
    auto const order = order_of(2 * most_transfers + 1);
    auto const parts = split(order);
    REQUIRE(parts.size() == 3);
    CHECK(parts[0].message_id == "K7-2026W47-01");
    CHECK(parts[2].message_id == "K7-2026W47-03");
    CHECK(parts[2].transfers.size() == 1);
    CHECK(parts[1].transfers.front().end_to_end_id == order.transfers[most_transfers].end_to_end_id);
    ControlTotals sum;
    for (auto const& part : parts) {
        auto const totals = totals_of(part);
        sum = {sum.count + totals.count, sum.sum + totals.sum};
    }
    CHECK(sum == totals_of(order));
    CHECK(split(order_of(most_transfers)).size() == 1);
    CHECK(split(order_of(0)).empty());
}
