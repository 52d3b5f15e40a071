#include "cases/report_file.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>
#include <string>

#include "base/log.h"
#include "base/random.h"

using namespace klout7;
using namespace klout7::cases;

namespace {

auto const today = LocalDate::parse_iso("2026-11-23").value();

std::string const header = "werkgever;bsn;achternaam;geboortedatum;eerste_ziektedag;grond;verpleegadres\r\n";
std::string const good = "AAA;999990019;Voorbeeld;01-02-1980;20-11-2026;a;\r\n";

struct Read {
    std::vector<ReportRow> rows;
    std::vector<HeaderProblem> header;
    bool cut_off = false;

    std::size_t good_ones() const {
        return static_cast<std::size_t>(
            std::ranges::count_if(rows, [](auto const& row) { return row.report.has_value(); }));
    }
    /// "2 bsn not_a_bsn; 3 ...": line, column and code of all that is refused.
    std::string refused() const {
        std::string all;
        for (auto const& row : rows) {
            if (row.report) continue;
            for (auto const& each : row.report.error()) {
                if (!all.empty()) all += "; ";
                all +=
                    std::to_string(row.line) + " " + each.column + " " + std::string{name_of(each.problem)};
            }
        }
        return all;
    }
};

Read read(std::string_view file, std::size_t piece_bytes = 1'000'000) {
    ReportFile reader{today};
    Read read;
    auto const keep = [&](std::vector<ReportRow> rows) {
        std::ranges::move(rows, std::back_inserter(read.rows));
    };
    for (std::size_t at = 0; at < file.size(); at += piece_bytes)
        keep(reader.feed(file.substr(at, piece_bytes)));
    keep(reader.finish());
    read.header = reader.header_problems();
    read.cut_off = reader.ends_in_mid_line();
    return read;
}

HeaderProblem only_header_problem(std::string_view file) {
    auto const result = read(file);
    CHECK(result.rows.empty());
    REQUIRE(result.header.size() == 1);
    return result.header[0];
}

}  // namespace

static_assert(!Loggable<ReportRow> && !Loggable<RowProblem> && !Loggable<HeaderProblem>);

TEST_CASE("a file with a Dutch header, semicolons and CRLF is read") {
    auto const result = read(header + good + good);
    CHECK(result.header.empty());
    CHECK(result.good_ones() == 2);
    CHECK(result.rows[0].line == 2);
    CHECK(result.rows[1].line == 3);
    CHECK(result.rows[0].report->last_name == "Voorbeeld");
    CHECK(result.rows[0].fields.empty());
    CHECK_FALSE(result.cut_off);
}

TEST_CASE("a file with an English header, commas and LF is read, its columns in any order") {
    auto const result = read(
        "first_sick_day,Ground,BSN,\"Last name\",employer,birth_date\n"
        "2026-11-20,c,999990019,Voorbeeld,AAA,1980-02-01\n");
    CHECK(result.header.empty());
    CHECK(result.refused() == "2 employment_end missing");  // ground c asks it, the file has no such column
    CHECK(read("first_sick_day,ground,bsn,last_name,employer,birth_date\n"
               "2026-11-20,a,999990019,Voorbeeld,AAA,1980-02-01\n")
              .good_ones() == 1);
}

TEST_CASE("both templates are headers that the reader takes") {
    for (auto const language : {Language::dutch, Language::english}) {
        std::string line;
        for (auto const name : template_header(language))
            line += (line.empty() ? "" : ";") + std::string{name};
        auto const result = read(line + "\r\n");
        CHECK(result.header.empty());
        CHECK(result.rows.empty());
        auto const filled =
            read(line +
                 "\r\nAAA;1;999990019;Voorbeeld;van;J.;1-2-1980;20-11-2026;20-11-2026;a;;;7;nee;nee;nee;ja");
        CHECK(filled.good_ones() == 1);
        CHECK(filled.cut_off);
    }
}

TEST_CASE("a column for the cause of illness is refused by its name, and nothing is read") {
    auto const fault = only_header_problem(
        "werkgever;bsn;achternaam;geboortedatum;eerste_ziektedag;grond;oorzaak;Diagnose 2\r\n" + good);
    CHECK(fault == HeaderProblem{HeaderFault::unknown_columns, {"oorzaak", "Diagnose 2"}});
    // and its allowed twin
    CHECK(read("werkgever;bsn;achternaam;geboortedatum;eerste_ziektedag;grond;vangnet\r\n" + good)
              .header.empty());
}

TEST_CASE("missing columns are named in the language of the file") {
    CHECK(only_header_problem("werkgever;bsn;achternaam;grond\r\n" + good) ==
          HeaderProblem{HeaderFault::missing_columns, {"geboortedatum", "eerste_ziektedag"}});
    CHECK(only_header_problem("employer;bsn;last_name;birth_date;first_sick_day\r\n" + good) ==
          HeaderProblem{HeaderFault::missing_columns, {"ground"}});
}

TEST_CASE("the same column twice is refused, also in two languages") {
    CHECK(only_header_problem("werkgever;bsn;BSN;achternaam;geboortedatum;eerste_ziektedag;grond\r\n") ==
          HeaderProblem{HeaderFault::duplicate_columns, {"BSN"}});
    CHECK(
        only_header_problem("werkgever;bsn;achternaam;last_name;geboortedatum;eerste_ziektedag;grond\r\n") ==
        HeaderProblem{HeaderFault::duplicate_columns, {"last_name"}});
}

TEST_CASE("several faults of a header are told at once") {
    auto const result = read("werkgever;werkgever;oorzaak;bsn;achternaam;geboortedatum;grond\r\n");
    REQUIRE(result.header.size() == 3);
    CHECK(result.header[0].fault == HeaderFault::unknown_columns);
    CHECK(result.header[1] == HeaderProblem{HeaderFault::missing_columns, {"eerste_ziektedag"}});
    CHECK(result.header[2].fault == HeaderFault::duplicate_columns);
}

TEST_CASE("a file without a header repeats nothing of its first person") {
    CHECK(only_header_problem(good + good) == HeaderProblem{HeaderFault::no_header, {}});
    // a known word among the data does not make it repeat the rest
    auto const result = read("bsn;999990019;Voorb\xC3\xA9\xC3\xA9ld;01-02-1980;j@voorbeeld.nl\r\n");
    REQUIRE_FALSE(result.header.empty());
    CHECK(result.header[0] ==
          HeaderProblem{HeaderFault::unknown_columns, {"column 2", "column 3", "column 4", "column 5"}});
}

TEST_CASE("an empty file and one that is no CSV are told apart from a header alone") {
    CHECK(only_header_problem("").fault == HeaderFault::empty_file);
    CHECK(only_header_problem("\r\n\r\n").fault == HeaderFault::empty_file);
    CHECK(only_header_problem("\xEF\xBB\xBF").fault == HeaderFault::empty_file);
    CHECK(only_header_problem(std::string("b\0s\0n\0\r\0\n\0", 10)).fault == HeaderFault::unreadable);
    auto const only_header = read(header);
    CHECK(only_header.header.empty());
    CHECK(only_header.rows.empty());
}

TEST_CASE("a bad row is reported with its line and column, and the good ones go on") {
    auto const result = read(header + good + "AAA;123456789;Voorbeeld;01-02-1980;30-02-2026;a;\r\n" + good);
    CHECK(result.good_ones() == 2);
    CHECK(result.refused() == "3 bsn not_a_bsn; 3 eerste_ziektedag not_a_date");
    CHECK(result.rows[1].fields ==
          std::vector<std::string>{"AAA", "123456789", "Voorbeeld", "01-02-1980", "30-02-2026", "a", ""});
}

TEST_CASE("a problem names the column as the file does") {
    auto const result = read(
        "Werkgever;BSN;Achternaam;Geboortedatum;Eerste Ziektedag;GROND\r\n"
        "AAA;999990019;Voorbeeld;01-02-1980;24-11-2026;a\r\n");
    CHECK(result.refused() == "2 Eerste Ziektedag in_the_future");
}

TEST_CASE("a line break inside quotes belongs to the field, and lines are counted as they stand") {
    auto const quoted =
        "AAA;999990019;Voorbeeld;01-02-1980;20-11-2026;a;\"Kerkstraat 1\r\n1234 AB; \"\"hoek\"\"\"\r\n";
    auto const result = read(header + quoted + "AAA;1;Voorbeeld;01-02-1980;20-11-2026;a;\r\n");
    CHECK(result.rows[0].report->nursing_address == "Kerkstraat 1 1234 AB; \"hoek\"");
    CHECK(result.refused() == "4 bsn not_a_bsn");
    auto const in_name = read(header + "AAA;999990019;\"Voor\nbeeld\";01-02-1980;20-11-2026;a;\r\n" + good);
    CHECK(in_name.refused() == "2 achternaam not_text");
    CHECK(in_name.rows[1].line == 4);
}

TEST_CASE("rows of another width are refused, but for empty fields behind the last column") {
    CHECK(read(header + "AAA;999990019;Voorbeeld\r\n").refused() == "2  wrong_number_of_fields");
    CHECK(read(header + "AAA;999990019;Voorbeeld;01-02-1980;20-11-2026;a;;griep\r\n").refused() ==
          "2  wrong_number_of_fields");
    CHECK(read(header + "AAA;999990019;Voorbeeld;01-02-1980;20-11-2026;a;;;\r\n").good_ones() == 1);
    auto const wide = "werkgever;bsn;achternaam;geboortedatum;eerste_ziektedag;grond;;\r\n";
    CHECK(read(wide + std::string{"AAA;999990019;Voorbeeld;01-02-1980;20-11-2026;a;;\r\n"}).good_ones() == 1);
    CHECK(read(header + ";;;;;;\r\n" + good).rows.size() == 1);
}

TEST_CASE("a file that was cut off says so") {
    auto const in_quotes = read(header + good + "AAA;999990019;\"Voorb");
    CHECK(in_quotes.good_ones() == 1);
    CHECK(in_quotes.refused() == "3  unclosed_quote");
    auto const in_row = read(header + good + "AAA;999990019;Voo");
    CHECK(in_row.refused() == "3  wrong_number_of_fields");
    CHECK(in_row.cut_off);
    auto const in_last_field = read(header + "AAA;999990019;Voorbeeld;01-02-1980;20-11-2026;a;Kerkst");
    CHECK(in_last_field.good_ones() == 1);
    CHECK(in_last_field.cut_off);
    auto const in_header = read("werkgever;bsn;achter");
    CHECK(in_header.header[0] == HeaderProblem{HeaderFault::unknown_columns, {"achter"}});
}

TEST_CASE("what breaks the CSV or its limits is refused row by row") {
    CHECK(read(header + "AAA;999990019;Voor\"beeld;01-02-1980;20-11-2026;a;\r\n" + good).refused() ==
          "2  misplaced_quote");
    auto const long_field = read(header + "AAA;999990019;" + std::string(5000, 'x') + ";1;1;a;\r\n" + good);
    CHECK(long_field.refused() == "2  field_too_long");
    CHECK(long_field.good_ones() == 1);
    CHECK(
        read(header + "AAA;999990019;" + std::string(300, 'x') + ";01-02-1980;20-11-2026;a;\r\n").refused() ==
        "2 achternaam too_long");
    CHECK(read(header + std::string(70, ';') + "\r\n").refused() == "2  too_many_columns");
    CHECK(read(header + std::string("AAA\0;", 5) + "\r\n").refused() == "2  nul_byte");
    CHECK(read(header + "\"" + std::string(70'000, 'x') + "\r\n" + good).refused() == "2  field_too_long");
}

TEST_CASE("UTF-8 and Windows-1252 are both read, each by itself") {
    auto const named = [](std::string const& name) {
        return header + "AAA;999990019;" + name + ";01-02-1980;20-11-2026;a;\r\n";
    };
    CHECK(read(named("Citro\xC3\xABn")).rows[0].report->last_name == "Citro\u00EBn");
    CHECK(read("\xEF\xBB\xBF" + named("Citro\xC3\xABn")).rows[0].report->last_name == "Citro\u00EBn");
    CHECK(read(named("Citro\xEBn")).rows[0].report->last_name == "Citro\u00EBn");
    // a file that says UTF-8 by its byte order mark, and then is not
    auto const broken = read("\xEF\xBB\xBF" + header + good + std::string(70'000, '\n') +
                             "AAA;999990019;Citro\xEBn;01-02-1980;20-11-2026;a;\r\n" + good);
    CHECK(broken.good_ones() == 2);
    CHECK(broken.refused() == "70003 achternaam unknown_characters");
    CHECK(read(named("Citro\x81n")).refused() == "2 achternaam unknown_characters");
}

TEST_CASE("the size of the pieces makes no difference") {
    auto file = header;
    for (int i = 0; i < 1500; ++i)
        file += i % 7 == 0 ? "AAA;1;\"Citro\xC3\xAB\r\nn\";01-02-1980;20-11-2026;a;\r\n" : good;
    REQUIRE(file.size() > encoding_sniffed_bytes);
    auto const whole = read(file);
    CHECK(whole.rows.size() == 1500);
    for (std::size_t const piece : {1U, 7U, 1000U, 65536U, 65537U}) {
        auto const parts = read(file, piece);
        CHECK(parts.rows.size() == whole.rows.size());
        CHECK(parts.good_ones() == whole.good_ones());
        CHECK(parts.refused() == whole.refused());
    }
}

TEST_CASE("the file of refused rows has line, column, code and reason, and no value") {
    auto const result = read(header + "AAA;123456789;Geheim;01-02-1980;30-02-2026;a;\r\n" + "AAA;\"x\r\n");
    RejectsFile rejects{Language::dutch};
    for (auto const& row : result.rows)
        if (!row.report) rejects.add(row.line, row.report.error());
    auto const text = rejects.take();
    CHECK(text ==
          "regel;kolom;code;reden\r\n"
          "2;bsn;not_a_bsn;Dit is geen burgerservicenummer: controleer de cijfers, negen op een rij.\r\n"
          "2;eerste_ziektedag;not_a_date;Deze datum bestaat niet. Schrijf een datum als 31-12-2026 of "
          "2026-12-31.\r\n"
          "3;;unclosed_quote;Een aanhalingsteken is geopend en niet gesloten voor het einde van het "
          "bestand.\r\n");
    CHECK(text.find("Geheim") == std::string::npos);
    CHECK(rejects.take().empty());
    CHECK(RejectsFile{Language::english}.take() == "line;column;code;reason\r\n");
}

TEST_CASE("every fault of a header has a code and a sentence in both languages") {
    for (int i = 0; i <= static_cast<int>(HeaderFault::duplicate_columns); ++i) {
        auto const fault = static_cast<HeaderFault>(i);
        CHECK_FALSE(name_of(fault).empty());
        CHECK(text_for(fault, Language::dutch) != text_for(fault, Language::english));
    }
}

TEST_CASE("a damaged file stops nothing, and reads the same in any pieces") {
    SeededRandom random{11};
    auto const base = "\xEF\xBB\xBF" + header + good +
                      "AAA;999990019;\"Citro\xC3\xAB\r\nn\";1-2-1980;20-11-2026;b;x\r\n" + good;
    constexpr std::string_view nasty{"\"';,\r\n\0\xFF\xC3\x80-9a", 14};
    for (int round = 0; round < 2000; ++round) {
        auto file = base;
        for (auto hits = 1 + random.below(4); hits > 0; --hits)
            file[random.below(file.size())] = nasty[random.below(nasty.size())];
        file.resize(1 + random.below(file.size()));
        auto const whole = read(file);
        auto const parts = read(file, 1 + random.below(9));
        CHECK(whole.refused() == parts.refused());
        CHECK(whole.good_ones() == parts.good_ones());
        CHECK(whole.header == parts.header);
    }
}
