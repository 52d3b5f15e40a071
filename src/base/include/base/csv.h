#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace klout7 {

inline constexpr std::size_t csv_max_field_bytes = 4 * 1024;
inline constexpr std::size_t csv_max_record_bytes = 64 * 1024;
inline constexpr std::size_t csv_max_columns = 64;

enum class CsvProblem {
    field_too_long,
    record_too_long,
    too_many_columns,
    unterminated_quote,  // the file ends inside quotes
    misplaced_quote,     // a quote inside a field without quotes, or text behind a closing quote
    nul_byte,
};

/// A fixed sentence without anything of the data.
std::string_view text_for(CsvProblem problem);

/// One record, or what is wrong with it. The fields are bytes as they stand in the file: see
/// "base/encoding.h" for what they say.
struct CsvRecord {
    std::size_t line = 0;       // the physical line where it starts, from 1
    std::size_t last_line = 0;  // and where it ends: a line break may stand inside quotes
    std::vector<std::string> fields;
    std::optional<CsvProblem> problem;  // then there are no fields
};

/// Reads CSV strictly and in pieces: memory stays within the limits and the piece. Lines end in CRLF,
/// LF or CR; a byte order mark and empty lines are passed over. The delimiter, comma or semicolon, is
/// the one that the header has more of. A wrong record is reported and reading goes on behind it: at
/// its end, or at the next line when its quotes make no sense or it is longer than a record may be.
/// Source: RFC 4180.
class CsvReader {
public:
    /// The records that this piece completes.
    std::vector<CsvRecord> feed(std::string_view piece);
    /// The last record, if the file does not end in a line break.
    std::vector<CsvRecord> finish();
    /// Comma or semicolon, once the header is read.
    char delimiter() const { return delimiter_; }

private:
    enum class At { field_start, in_field, in_quotes, after_quote, skipping_line };

    bool decide_delimiter(bool at_end);
    void take_all(std::string_view bytes);
    void take(char c);
    void take_in_quotes(char c);
    void take_outside_quotes(char c);
    void add_to_field(char c);
    void end_field();
    void end_record();
    void refuse(CsvProblem problem);

    std::string header_;  // the first bytes, until they tell the delimiter
    char delimiter_ = '\0';
    At at_ = At::field_start;
    bool last_was_cr_ = false;
    std::size_t line_ = 1;
    std::size_t record_bytes_ = 0;
    std::string field_;
    CsvRecord record_;
    std::vector<CsvRecord> done_;
};

/// Who opens the file: a spreadsheet runs a field that starts like a formula.
enum class CsvFor { programs, spreadsheets };

/// Writes records with CRLF, quoting where needed. For spreadsheets a field that starts with = + - @
/// or a control character gets a ' before it. Source: RFC 4180; OWASP, "CSV Injection".
class CsvWriter {
public:
    explicit CsvWriter(char delimiter, CsvFor reader) : delimiter_(delimiter), reader_(reader) {}
    CsvWriter& record(std::span<std::string const> fields);
    /// What was written since the last call.
    std::string take();

private:
    void field(std::string_view text);
    char delimiter_;
    CsvFor reader_;
    std::string out_;
};

}  // namespace klout7
