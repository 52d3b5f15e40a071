#include "base/csv.h"

#include <algorithm>
#include <utility>

namespace klout7 {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

std::vector<CsvRecord> CsvReader::feed(std::string_view piece) {
    if (delimiter_ != '\0') {
        take_all(piece);
    } else {
        header_ += piece;
        if (decide_delimiter(false)) take_all(std::exchange(header_, {}));
    }
    return std::exchange(done_, {});
}

std::vector<CsvRecord> CsvReader::finish() {
    if (delimiter_ == '\0') {
        decide_delimiter(true);
        take_all(std::exchange(header_, {}));
    }
    if (at_ == At::in_quotes) refuse(CsvProblem::unterminated_quote);
    if (record_bytes_ > 0) end_record();
    return std::exchange(done_, {});
}

/// Looks for the end of the header's first line; its count of commas and semicolons outside quotes
/// decides. False while more bytes are needed.
bool CsvReader::decide_delimiter(bool at_end) {
    std::size_t commas = 0;
    std::size_t semicolons = 0;
    bool quoted = false;
    bool ended = at_end || header_.size() > csv_max_record_bytes;
    auto const start = header_.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    bool blank = true;
    for (auto const c : std::string_view{header_}.substr(start)) {
        if (c == '"') quoted = !quoted;
        commas += c == ',' && !quoted ? 1U : 0U;
        semicolons += c == ';' && !quoted ? 1U : 0U;
        bool const breaks = c == '\n' || c == '\r';
        if (breaks && !quoted && !blank) {
            ended = true;
            break;
        }
        if (!breaks) blank = false;
    }
    if (!ended) return false;
    delimiter_ = semicolons > commas ? ';' : ',';
    header_.erase(0, start);
    return true;
}

void CsvReader::take_all(std::string_view bytes) {
    for (auto const c : bytes) take(c);
}

void CsvReader::take(char c) {
    bool const second_half = last_was_cr_ && c == '\n';
    last_was_cr_ = c == '\r';
    bool const breaks = c == '\r' || c == '\n';
    if (second_half && at_ != At::in_quotes) return;  // of a CRLF whose CR ended the record
    if (record_bytes_ == 0 && !breaks) record_.line = line_;
    if (breaks && at_ != At::in_quotes) {
        if (record_bytes_ > 0) end_record();
        ++line_;
        return;
    }
    if (breaks && !second_half) ++line_;
    if (at_ == At::skipping_line) return;
    if (++record_bytes_ > csv_max_record_bytes) {
        refuse(CsvProblem::record_too_long);
        at_ = At::skipping_line;
        return;
    }
    if (c == '\0') return refuse(CsvProblem::nul_byte);
    if (at_ == At::in_quotes) return take_in_quotes(c);
    take_outside_quotes(c);
}

void CsvReader::take_in_quotes(char c) {
    if (c == '"') {
        at_ = At::after_quote;
    } else {
        add_to_field(c);
    }
}

void CsvReader::take_outside_quotes(char c) {
    if (c == delimiter_) return end_field();
    if (c == '"' && at_ == At::field_start) {
        at_ = At::in_quotes;
    } else if (c == '"' && at_ == At::after_quote) {
        add_to_field(c);  // two quotes inside quotes are one
        at_ = At::in_quotes;
    } else if (c == '"' || at_ == At::after_quote) {
        refuse(CsvProblem::misplaced_quote);
        at_ = At::skipping_line;
    } else {
        add_to_field(c);
        at_ = At::in_field;
    }
}

void CsvReader::add_to_field(char c) {
    if (record_.problem) return;
    if (field_.size() == csv_max_field_bytes) return refuse(CsvProblem::field_too_long);
    field_ += c;
}

void CsvReader::end_field() {
    at_ = At::field_start;
    if (record_.problem) return;
    if (record_.fields.size() + 1 == csv_max_columns) return refuse(CsvProblem::too_many_columns);
    record_.fields.push_back(std::exchange(field_, {}));
}

void CsvReader::end_record() {
    if (!record_.problem) record_.fields.push_back(std::exchange(field_, {}));
    record_.last_line = line_;
    done_.push_back(std::exchange(record_, {}));
    record_bytes_ = 0;
    at_ = At::field_start;
}

/// The first thing wrong with a record is what is reported; its data is dropped at once.
void CsvReader::refuse(CsvProblem problem) {
    if (record_.problem) return;
    record_.problem = problem;
    record_.fields.clear();
    field_.clear();
}

CsvWriter& CsvWriter::record(std::span<std::string const> fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i > 0) out_ += delimiter_;
        field(fields[i]);
    }
    out_ += "\r\n";
    return *this;
}

std::string CsvWriter::take() { return std::exchange(out_, {}); }

void CsvWriter::field(std::string_view text) {
    std::string guarded{text};
    bool const like_formula =
        !text.empty() && (std::string_view{"=+-@"}.find(text[0]) != std::string_view::npos ||
                          static_cast<unsigned char>(text[0]) < 0x20);
    if (reader_ == CsvFor::spreadsheets && like_formula) guarded.insert(0, 1, '\'');
    bool const quoted = guarded.find_first_of(std::string{"\"\r\n"} + delimiter_) != std::string::npos ||
                        guarded.starts_with(' ') || guarded.ends_with(' ');
    if (!quoted) {
        out_ += guarded;
        return;
    }
    out_ += '"';
    for (auto const c : guarded) out_ += c == '"' ? std::string{"\"\""} : std::string{c};
    out_ += '"';
}

std::string_view text_for(CsvProblem problem) {
    switch (problem) {
        case CsvProblem::field_too_long:
            return "A field is longer than 4096 bytes.";
        case CsvProblem::record_too_long:
            return "The record is longer than 65536 bytes; perhaps a quote is not closed.";
        case CsvProblem::too_many_columns:
            return "The record has more than 64 columns.";
        case CsvProblem::unterminated_quote:
            return "A quote is opened and not closed before the file ends.";
        case CsvProblem::misplaced_quote:
            return "A quote stands where none can: put the field in quotes and double those inside.";
        case CsvProblem::nul_byte:
            return "There is a NUL byte, which is no text.";
    }
    return {};
}

}  // namespace klout7
