#pragma once

#include <array>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/csv.h"
#include "base/encoding.h"
#include "cases/sick_report.h"

namespace klout7::cases {

/// The header row of an empty file to fill in.
std::array<std::string_view, field_count> template_header(Language language);

enum class HeaderFault {
    empty_file,  // no header row at all
    unreadable,  // it is no CSV
    no_header,   // the first row names no column that a sick report has
    unknown_columns,
    missing_columns,
    duplicate_columns,  // also when once in Dutch and once in English
};
/// The stable code: "unknown_columns".
std::string_view name_of(HeaderFault fault);
std::string_view text_for(HeaderFault fault, Language language);

/// Why a file is not read at all. `columns` are names of the header. A first row may be somebody's data,
/// so a name that does not look like one stands there as "column 5".
struct HeaderProblem {
    HeaderFault fault;
    std::vector<std::string> columns;
    friend bool operator==(HeaderProblem const&, HeaderProblem const&) = default;
};

struct RowProblem {
    std::string column;  // as the file names it; empty when it is about the whole row
    Problem problem;
    friend bool operator==(RowProblem const&, RowProblem const&) = default;
};

struct ReportRow {
    std::size_t line = 0;  // the physical line where it starts, from 1
    std::expected<SickReport, std::vector<RowProblem>> report;
    /// Of a refused row: its fields in the order of the header, as far as they could be read. Personal
    /// data: for the screen of who sent the file, not for the file of refused rows.
    std::vector<std::string> fields;
};

/// Reads a file of sick reports in pieces: UTF-8 or Windows-1252, comma or semicolon, header in Dutch or
/// English, columns in any order. A bad row is reported and the good ones go on. What it holds is
/// bounded: the first 64 KiB, then one record. Rows of empty fields only are passed over.
class ReportFile {
public:
    explicit ReportFile(LocalDate today) : today_(today) {}

    /// The rows that this piece completes; none once the header is refused.
    std::vector<ReportRow> feed(std::string_view piece);
    /// The last rows. Nothing may be fed after it.
    std::vector<ReportRow> finish();

    /// Why the file is not read; empty while nothing is wrong with the header. A file without any row
    /// says so at `finish`.
    std::vector<HeaderProblem> const& header_problems() const { return header_problems_; }
    /// After `finish`: the last line had no line break, so the file may have been cut off there.
    bool ends_in_mid_line() const { return !last_was_break_; }

private:
    std::vector<ReportRow> take(std::vector<CsvRecord>&& records);
    void read_header(CsvRecord const& record);
    std::optional<ReportRow> read_row(CsvRecord& record);

    LocalDate today_;
    std::string first_part_;  // until the encoding is decided
    std::optional<FileEncoding> encoding_;
    CsvReader reader_;
    bool has_header_ = false;
    bool last_was_break_ = true;
    std::vector<Field> fields_;              // per column of the file
    std::vector<std::string> column_names_;  // as the file has them
    std::vector<HeaderProblem> header_problems_;
};

/// Writes the file of refused rows for a spreadsheet: line, column, code, reason. It repeats no value.
class RejectsFile {
public:
    explicit RejectsFile(Language language);
    RejectsFile& add(std::size_t line, std::span<RowProblem const> problems);
    /// What was written since the last call, the header row first.
    std::string take() { return writer_.take(); }

private:
    Language language_;
    CsvWriter writer_{';', CsvFor::spreadsheets};
};

}  // namespace klout7::cases
