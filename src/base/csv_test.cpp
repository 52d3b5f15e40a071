#include "base/csv.h"

#include <doctest/doctest.h>

#include <array>
#include <iterator>

namespace klout7 {
namespace {

using Row = std::vector<std::string>;

std::vector<CsvRecord> read(std::string_view text, std::size_t piece_size = 1 << 20) {
    CsvReader reader;
    std::vector<CsvRecord> all;
    auto const keep = [&](std::vector<CsvRecord> more) {
        all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    };
    for (std::size_t at = 0; at < text.size(); at += piece_size)
        keep(reader.feed(text.substr(at, piece_size)));
    keep(reader.finish());
    return all;
}

std::vector<Row> rows_of(std::string_view text) {
    std::vector<Row> rows;
    for (auto const& record : read(text)) rows.push_back(record.fields);
    return rows;
}

std::string written(Row const& fields, CsvFor reader = CsvFor::programs) {
    return CsvWriter{';', reader}.record(fields).take();
}

}  // namespace

TEST_CASE("records are read whatever ends their lines") {
    std::vector<Row> const expected = {{"a", "b"}, {"1", "2"}};
    for (auto const* text : {"a,b\r\n1,2\r\n", "a,b\n1,2\n", "a,b\r1,2\r", "a,b\n1,2", "a,b\r\n1,2\r",
                             "\xEF\xBB\xBF"
                             "a,b\n1,2",
                             "a;b\n1;2", "\n\na,b\n\n\r\n1,2\n\n"}) {
        CAPTURE(text);
        CHECK(rows_of(text) == expected);
    }
    CHECK(rows_of("").empty());
    CHECK(rows_of("\xEF\xBB\xBF").empty());
}

TEST_CASE("quotes keep delimiters, line breaks and doubled quotes inside a field") {
    CHECK(rows_of("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"two\r\nlines\",\"\"\n") ==
          std::vector<Row>{{"a", "b"}, {"x,y", "say \"hi\""}, {"two\r\nlines", ""}});
    CHECK(rows_of("\"a,1\";b\n1;2") == std::vector<Row>{{"a,1", "b"}, {"1", "2"}});
    CHECK(rows_of("a,b\n\"\",\n,") == std::vector<Row>{{"a", "b"}, {"", ""}, {"", ""}});
    CHECK(rows_of("a\n\"\"\n") == std::vector<Row>{{"a"}, {""}});
}

TEST_CASE("it does not matter how a file is cut into pieces") {
    std::string_view const text =
        "\xEF\xBB\xBF"
        "a;b\r\n\"x\r\ny\";\"q\"\"q\"\r\nbad\"x;1\r\n\r\n3;4";
    auto const whole = read(text);
    REQUIRE(whole.size() == 4);
    for (std::size_t size = 1; size < text.size(); ++size) {
        auto const pieces = read(text, size);
        REQUIRE(pieces.size() == whole.size());
        for (std::size_t i = 0; i < whole.size(); ++i) {
            CHECK(pieces[i].fields == whole[i].fields);
            CHECK(pieces[i].line == whole[i].line);
            CHECK(pieces[i].last_line == whole[i].last_line);
            CHECK(pieces[i].problem == whole[i].problem);
        }
    }
}

TEST_CASE("a record knows the physical lines where it starts and ends") {
    auto const records = read("a,b\r\n\r\n\"1\r\n\r\n2\",x\r\n3,4\n5,\"6\n\"");
    REQUIRE(records.size() == 4);
    CHECK(records[0].line == 1);
    CHECK(records[0].last_line == 1);
    CHECK(records[1].line == 3);
    CHECK(records[1].last_line == 5);
    CHECK(records[2].line == 6);
    CHECK(records[3].line == 7);
    CHECK(records[3].last_line == 8);
}

TEST_CASE("a wrong record is reported and the next ones are read") {
    struct Wrong {
        std::string record;
        CsvProblem problem;
    };
    std::string many = "1";
    for (std::size_t i = 1; i <= csv_max_columns; ++i) many += ",1";
    for (auto const& [record, problem] :
         {Wrong{"x\"y,2", CsvProblem::misplaced_quote}, Wrong{"\"x\"y,2", CsvProblem::misplaced_quote},
          Wrong{" \"x\",2", CsvProblem::misplaced_quote},
          Wrong{std::string("x\0y,2", 5), CsvProblem::nul_byte},
          Wrong{std::string("\"\0\",2", 5), CsvProblem::nul_byte},
          Wrong{std::string(csv_max_field_bytes + 1, 'x') + ",2", CsvProblem::field_too_long},
          Wrong{"\"" + std::string(csv_max_field_bytes + 1, 'x') + "\n\",2", CsvProblem::field_too_long},
          Wrong{many, CsvProblem::too_many_columns},
          Wrong{std::string(csv_max_record_bytes, 'x') + ",2", CsvProblem::field_too_long}}) {
        CAPTURE(record.substr(0, 10));
        auto const records = read("a,b\n" + record + "\n3,4\n");
        REQUIRE(records.size() == 3);
        CHECK(records[1].problem == problem);
        CHECK(records[1].fields.empty());
        CHECK(records[1].line == 2);
        CHECK(records[2].fields == Row{"3", "4"});
        CHECK_FALSE(records[2].problem);
    }
}

TEST_CASE("fields, records and columns of exactly the limit are read") {
    auto const field = std::string(csv_max_field_bytes, 'x');
    CHECK(rows_of("a,b\n" + field + ",2\n").at(1) == Row{field, "2"});
    std::string line = "1";
    for (std::size_t i = 1; i < csv_max_columns; ++i) line += ",1";
    CHECK(rows_of(line + "\n").at(0).size() == csv_max_columns);
    std::string full;
    for (int i = 0; i < 15; ++i) full += std::string(csv_max_field_bytes, 'x') + ",";
    full += std::string(csv_max_record_bytes - full.size() - 1, 'y') + ",";
    CHECK_FALSE(read("a,b\n" + full + "\n").at(1).problem);
    CHECK(read("a,b\n" + full + "z\n").at(1).problem == CsvProblem::record_too_long);
}

TEST_CASE("a quote that is never closed takes no more than one record's length") {
    std::string const swallowed(csv_max_record_bytes, '\n');
    auto const records = read("a,b\n1,\"x" + swallowed + "rest\n3,4\n");
    REQUIRE(records.size() == 4);
    CHECK(records[1].problem == CsvProblem::field_too_long);
    CHECK(records[1].last_line > csv_max_record_bytes - 10);
    CHECK(records[2].fields == Row{"rest"});
    CHECK(records[3].fields == Row{"3", "4"});
}

TEST_CASE("a quote still open at the end of the file is an error of its record") {
    auto const records = read("a,b\n1,2\n3,\"4\n5,6\n");
    REQUIRE(records.size() == 3);
    CHECK(records[1].fields == Row{"1", "2"});
    CHECK(records[2].problem == CsvProblem::unterminated_quote);
    CHECK(records[2].line == 3);
}

TEST_CASE("fields are quoted where they need it") {
    CHECK(written({"a", "b"}) == "a;b\r\n");
    CHECK(written({"a;b", "c,d"}) == "\"a;b\";c,d\r\n");
    CHECK(written({"say \"hi\"", "two\nlines"}) == "\"say \"\"hi\"\"\";\"two\nlines\"\r\n");
    CHECK(written({" a", "b "}) == "\" a\";\"b \"\r\n");
    CHECK(written({"=1+1"}) == "=1+1\r\n");
}

TEST_CASE("no field starts a formula in a spreadsheet") {
    CHECK(written({"=1", "+1", "-1", "@a", "a=1", ""}, CsvFor::spreadsheets) == "'=1;'+1;'-1;'@a;a=1;\r\n");
    CHECK(written({"\t=1"}, CsvFor::spreadsheets) == "'\t=1\r\n");
    CHECK(written({"=\"x\""}, CsvFor::spreadsheets) == "\"'=\"\"x\"\"\"\r\n");
}

TEST_CASE("what is written is read back the same") {
    Row const fields = {"a;b", "\"", "x\r\ny", " z ", "", "é"};
    CHECK(rows_of("1;2;3;4;5;6\r\n" + written(fields)).at(1) == fields);
}

}  // namespace klout7
