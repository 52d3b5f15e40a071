#include "cases/report_file.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "words.h"

namespace klout7::cases {
namespace {

constexpr auto all_fields = [] {
    std::array<Field, field_count> fields{};
    for (std::size_t i = 0; i < field_count; ++i) fields[i] = static_cast<Field>(i);
    return fields;
}();

std::optional<Field> field_named(std::string_view column) {
    for (auto const field : all_fields) {
        for (auto const language : {Language::dutch, Language::english})
            if (is_the_word(column, column_name(field, language))) return field;
    }
    return std::nullopt;
}

/// The name of a column, if it looks like one: letters and few digits, as no name, number or date of a
/// person's row does. Else its place.
std::string name_to_show(std::string_view column, std::size_t index) {
    std::size_t digits = 0;
    bool plain = !column.empty() && column.size() <= 40;
    for (auto const c : column) {
        bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool const digit = c >= '0' && c <= '9';
        digits += digit ? 1U : 0U;
        plain = plain && (letter || digit || c == '_' || c == '-' || c == ' ');
    }
    return plain && digits <= 2 ? std::string{column} : "column " + std::to_string(index + 1);
}

Problem problem_for(CsvProblem problem) {
    switch (problem) {
        case CsvProblem::field_too_long:
            return Problem::field_too_long;
        case CsvProblem::record_too_long:
            return Problem::record_too_long;
        case CsvProblem::too_many_columns:
            return Problem::too_many_columns;
        case CsvProblem::unterminated_quote:
            return Problem::unclosed_quote;
        case CsvProblem::misplaced_quote:
            return Problem::misplaced_quote;
        case CsvProblem::nul_byte:
            return Problem::nul_byte;
    }
    return Problem::not_text;
}

struct FaultText {
    std::string_view code;
    std::string_view dutch;
    std::string_view english;
};

FaultText fault_text(HeaderFault fault) {
    switch (fault) {
        case HeaderFault::empty_file:
            return {"empty_file", "Het bestand is leeg.", "The file is empty."};
        case HeaderFault::unreadable:
            return {"unreadable", "De kopregel is geen CSV-tekst.", "The header row is no CSV text."};
        case HeaderFault::no_header:
            return {"no_header", "De eerste regel is geen kopregel: zet daar de namen van de kolommen.",
                    "The first row is no header: put the names of the columns there."};
        case HeaderFault::unknown_columns:
            return {
                "unknown_columns",
                "Het bestand heeft kolommen die niet in een ziekmelding horen. Verwijder ze; vermeld nooit "
                "een oorzaak van ziekte.",
                "The file has columns that do not belong in a sick report. Remove them; never give a cause "
                "of illness."};
        case HeaderFault::missing_columns:
            return {"missing_columns", "Het bestand mist kolommen die nodig zijn.",
                    "The file lacks columns that are needed."};
        case HeaderFault::duplicate_columns:
            return {"duplicate_columns", "Een kolom staat er meer dan een keer in.",
                    "A column stands there more than once."};
    }
    return {};
}

}  // namespace

std::array<std::string_view, field_count> template_header(Language language) {
    std::array<std::string_view, field_count> header;
    std::ranges::transform(all_fields, header.begin(),
                           [&](Field field) { return column_name(field, language); });
    return header;
}

std::string_view name_of(HeaderFault fault) { return fault_text(fault).code; }

std::string_view text_for(HeaderFault fault, Language language) {
    auto const text = fault_text(fault);
    return language == Language::dutch ? text.dutch : text.english;
}

std::vector<ReportRow> ReportFile::feed(std::string_view piece) {
    if (piece.empty()) return {};
    last_was_break_ = piece.back() == '\n' || piece.back() == '\r';
    if (!header_problems_.empty()) return {};
    if (encoding_) return take(reader_.feed(piece));
    // The encoding is told by the first 64 KiB, in however many pieces they come.
    auto const lacking = encoding_sniffed_bytes - first_part_.size();
    first_part_ += piece.substr(0, lacking);
    if (first_part_.size() < encoding_sniffed_bytes) return {};
    encoding_.emplace(first_part_);
    auto rows = take(reader_.feed(std::exchange(first_part_, {})));
    auto more = feed(piece.substr(std::min(lacking, piece.size())));
    std::ranges::move(more, std::back_inserter(rows));
    return rows;
}

std::vector<ReportRow> ReportFile::finish() {
    std::vector<ReportRow> rows;
    if (!encoding_) {
        encoding_.emplace(first_part_);
        rows = take(reader_.feed(std::exchange(first_part_, {})));
    }
    auto last = take(reader_.finish());
    std::ranges::move(last, std::back_inserter(rows));
    if (!has_header_) header_problems_.push_back({HeaderFault::empty_file, {}});
    has_header_ = true;
    return rows;
}

std::vector<ReportRow> ReportFile::take(std::vector<CsvRecord>&& records) {
    std::vector<ReportRow> rows;
    rows.reserve(records.size());
    for (auto& record : records) {
        if (!std::exchange(has_header_, true)) {
            read_header(record);
        } else if (header_problems_.empty()) {
            if (auto row = read_row(record)) rows.push_back(std::move(*row));
        }
    }
    return rows;
}

void ReportFile::read_header(CsvRecord const& record) {
    if (record.problem) {
        header_problems_.push_back({HeaderFault::unreadable, {}});
        return;
    }
    std::vector<std::string> names;
    for (auto const& bytes : record.fields) {
        auto const text = encoding_->decode(bytes);
        names.emplace_back(text ? trim(*text) : std::string_view{"?"});
    }
    // Spreadsheets write empty columns behind the last one.
    while (!names.empty() && names.back().empty()) names.pop_back();

    std::vector<std::string> unknown;
    std::vector<std::string> twice;
    for (std::size_t i = 0; i < names.size(); ++i) {
        auto const field = field_named(names[i]);
        if (!field) {
            unknown.push_back(name_to_show(names[i], i));
        } else if (std::ranges::find(fields_, *field) != fields_.end()) {
            twice.push_back(names[i]);
        } else {
            fields_.push_back(*field);
        }
    }
    if (fields_.empty()) {
        header_problems_.push_back({HeaderFault::no_header, {}});
        return;
    }
    std::vector<std::string> missing;
    bool const is_dutch = std::ranges::any_of(names, [](std::string const& name) {
        auto const field = field_named(name);
        return field && *field != Field::bsn && is_the_word(name, column_name(*field, Language::dutch));
    });
    for (auto const field : all_fields) {
        if (is_required(field) && std::ranges::find(fields_, field) == fields_.end())
            missing.emplace_back(column_name(field, is_dutch ? Language::dutch : Language::english));
    }
    if (!unknown.empty()) header_problems_.push_back({HeaderFault::unknown_columns, std::move(unknown)});
    if (!missing.empty()) header_problems_.push_back({HeaderFault::missing_columns, std::move(missing)});
    if (!twice.empty()) header_problems_.push_back({HeaderFault::duplicate_columns, std::move(twice)});
    column_names_ = std::move(names);
}

/// Nothing for a row that says nothing.
std::optional<ReportRow> ReportFile::read_row(CsvRecord& record) {
    auto const refused = [&](std::vector<RowProblem> problems, std::vector<std::string> texts) {
        return ReportRow{record.line, std::unexpected(std::move(problems)), std::move(texts)};
    };
    if (record.problem) return refused({{{}, problem_for(*record.problem)}}, {});
    if (std::ranges::all_of(record.fields, [](auto const& each) { return trim(each).empty(); }))
        return std::nullopt;

    std::vector<RowProblem> problems;
    std::vector<std::string> texts;
    texts.reserve(record.fields.size());
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
        auto text = encoding_->decode(record.fields[i]);
        if (!text)
            problems.push_back({i < fields_.size() ? column_names_[i] : "", Problem::unknown_characters});
        texts.push_back(text ? std::move(*text) : std::string{});
    }
    bool const only_empty_behind =
        texts.size() > fields_.size() &&
        std::all_of(texts.begin() + static_cast<std::ptrdiff_t>(fields_.size()), texts.end(),
                    [](std::string const& text) { return text.empty(); });
    if (only_empty_behind) texts.resize(fields_.size());
    if (texts.size() != fields_.size())
        return refused({{{}, Problem::wrong_number_of_fields}}, std::move(texts));
    if (!problems.empty()) return refused(std::move(problems), std::move(texts));

    SickReportInput input;
    for (std::size_t i = 0; i < fields_.size(); ++i) input[fields_[i]] = std::move(texts[i]);
    auto report = check(input, today_);
    if (report) return ReportRow{record.line, std::move(*report), {}};
    for (auto const& each : report.error()) {
        auto const at = std::ranges::find(fields_, each.field);
        problems.push_back({at == fields_.end()
                                ? std::string{name_of(each.field)}
                                : column_names_[static_cast<std::size_t>(at - fields_.begin())],
                            each.problem});
    }
    for (std::size_t i = 0; i < fields_.size(); ++i) texts[i] = std::move(input[fields_[i]]);
    return refused(std::move(problems), std::move(texts));
}

RejectsFile::RejectsFile(Language language) : language_(language) {
    bool const dutch = language == Language::dutch;
    std::string const header[] = {dutch ? "regel" : "line", dutch ? "kolom" : "column", "code",
                                  dutch ? "reden" : "reason"};
    writer_.record(header);
}

RejectsFile& RejectsFile::add(std::size_t line, std::span<RowProblem const> problems) {
    for (auto const& each : problems) {
        std::string const fields[] = {std::to_string(line), each.column, std::string{name_of(each.problem)},
                                      std::string{text_for(each.problem, language_)}};
        writer_.record(fields);
    }
    return *this;
}

}  // namespace klout7::cases
