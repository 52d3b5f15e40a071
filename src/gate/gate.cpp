#include "gate/gate.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "examination.h"
#include "image.h"
#include "office.h"
#include "pdf.h"
#include "text.h"
#include "window.h"
#include "zip.h"

namespace klout7::gate {
namespace {

using namespace std::string_view_literals;

/// What is known of a type, in one table: which sides take it, how it is called, and what libmagic says of
/// it.
struct TypeRow {
    FileType type;
    std::uint8_t number;
    std::string_view media_type;
    std::array<std::string_view, 5> endings;
    std::array<std::string_view, 4> second_opinions;  ///< one that ends with / stands for all below it
    bool office, medical;
};
constexpr std::array<TypeRow, 10> types{{
    {FileType::pdf, 1, "application/pdf", {"pdf"}, {"application/pdf"}, true, true},
    {FileType::jpeg, 2, "image/jpeg", {"jpg", "jpeg", "jpe", "jfif"}, {"image/jpeg"}, true, true},
    {FileType::png, 3, "image/png", {"png"}, {"image/png"}, true, true},
    {FileType::heic, 4, "image/heic", {"heic", "heif", "hif"}, {"image/heic", "image/heif"}, true, true},
    {FileType::tiff, 5, "image/tiff", {"tif", "tiff"}, {"image/tiff"}, true, true},
    {FileType::docx,
     6,
     "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
     {"docx"},
     {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/zip",
      "application/octet-stream"},
     true,
     true},
    {FileType::odt,
     7,
     "application/vnd.oasis.opendocument.text",
     {"odt"},
     {"application/vnd.oasis.opendocument.text"},
     true,
     true},
    {FileType::xlsx,
     8,
     "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
     {"xlsx"},
     {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/zip",
      "application/octet-stream"},
     true,
     true},
    {FileType::eml, 9, "message/rfc822", {"eml"}, {"message/rfc822", "text/"}, true, true},
    {FileType::text,
     10,
     "text/plain",
     {"txt", "csv", "tsv", "log", "asc"},
     {"text/", "application/json", "application/csv", "message/rfc822"},
     true,
     true},
}};

TypeRow const& row_of(FileType type) { return *std::ranges::find(types, type, &TypeRow::type); }

/// libmagic has no name for it.
constexpr std::array heic_brands{"heic"sv, "heix"sv, "heim"sv, "heis"sv, "mif1"sv};

/// By the first bytes. Text and e-mail have none of their own.
std::optional<FileType> type_by_signature(BytesView first) {
    auto const text = text_of(first);
    if (text.starts_with("%PDF-")) return FileType::pdf;
    if (text.starts_with("\xff\xd8\xff")) return FileType::jpeg;
    if (text.starts_with("\x89PNG\r\n\x1a\n")) return FileType::png;
    if (text.starts_with("II*\0"sv) || text.starts_with("MM\0*"sv)) return FileType::tiff;
    if (text.starts_with("PK\3\4")) return FileType::docx;  // or another in a ZIP file
    if (text.size() >= 12 && text.substr(4, 4) == "ftyp" &&
        std::ranges::find(heic_brands, text.substr(8, 4)) != heic_brands.end())
        return FileType::heic;
    return std::nullopt;
}

/// What could become one of them when more bytes come.
bool may_become_signature(std::string_view text) {
    constexpr std::array starts{"%PDF-"sv, "\xff\xd8\xff"sv, "\x89PNG\r\n\x1a\n"sv,
                                "II*\0"sv, "MM\0*"sv,        "PK\3\4"sv};
    return std::ranges::any_of(starts, [&](auto start) { return start.starts_with(text); }) ||
           (text.size() < 12 && (text.size() < 5 || "ftyp"sv.starts_with(text.substr(4, 4))));
}

bool is_text_so_far(BytesView first) {
    return std::ranges::all_of(first, [](auto byte) {
        return (byte >= ' ' && byte != 0x7f) || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f';
    });
}

bool agrees(FileType type, std::string_view second_opinion) {
    // A text that is a web page or a program is a text all the same, but not one that people send.
    constexpr std::array not_texts{"text/html"sv, "text/rtf"sv, "text/xml"sv, "text/x-shellscript"sv,
                                   "text/x-msdos-batch"sv};
    if (type == FileType::text && std::ranges::find(not_texts, second_opinion) != not_texts.end())
        return false;
    return std::ranges::any_of(row_of(type).second_opinions, [&](auto known) {
        return known.ends_with('/') ? second_opinion.starts_with(known)
                                    : second_opinion == known && !known.empty();
    });
}

std::expected<FileType, Refusal> examine_as(FileType type, Window& window) {
    Fault fault;
    switch (type) {
        case FileType::docx:
        case FileType::odt:
        case FileType::xlsx:
            return examine_office(window);
        case FileType::pdf:
            fault = examine_pdf(window);
            break;
        case FileType::jpeg:
            fault = examine_jpeg(window);
            break;
        case FileType::png:
            fault = examine_png(window);
            break;
        case FileType::heic:
            fault = examine_heic(window);
            break;
        case FileType::tiff:
            fault = examine_tiff(window);
            break;
        case FileType::eml:
            fault = examine_mail(window);
            break;
        case FileType::text:
            fault = examine_text(window);
            break;
    }
    if (fault) return std::unexpected(*fault);
    return type;
}

/// What programs that look further than the first bytes would see: a ZIP file by its end, a PDF within the
/// first 1024 bytes. ISO 32000-1 annex H.3
bool is_two_files(FileType type, Window& window) {
    constexpr std::uint64_t header_within = 1024;
    bool const is_zip = type == FileType::docx || type == FileType::odt || type == FileType::xlsx;
    if (!is_zip && ends_as_zip(window)) return true;
    return type != FileType::pdf && window.find("%PDF-", 0) < std::min(window.size(), header_within);
}

}  // namespace

std::uint8_t number_of(FileType type) { return row_of(type).number; }

std::optional<FileType> type_of_number(std::uint8_t number) {
    auto const row = std::ranges::find(types, number, &TypeRow::number);
    return row == types.end() ? std::nullopt : std::optional{row->type};
}

std::string_view media_type(FileType type) { return row_of(type).media_type; }

bool is_taken_by(Side side, FileType type) {
    return side == Side::office ? row_of(type).office : row_of(type).medical;
}

bool fits_name(FileType type, std::string_view file_name) {
    constexpr std::size_t longest_ending = 12;
    // Windows leaves them out.
    while (file_name.ends_with('.') || file_name.ends_with(' ')) file_name.remove_suffix(1);
    auto const dot = file_name.rfind('.');
    if (dot == std::string_view::npos) return true;
    auto const ending = ascii_lower(file_name.substr(dot + 1));
    // "Brief van dr. Jansen" and "van 12.11.2026" end as nothing that a computer opens.
    if (ending.empty() || ending.size() > longest_ending || ending.find(' ') != std::string::npos ||
        ending.find_first_not_of("0123456789") == std::string::npos)
        return true;
    auto const& endings = row_of(type).endings;
    return std::ranges::find(endings, ending) != endings.end();
}

std::string_view name_of(Refusal refusal) {
    switch (refusal) {
        case Refusal::unknown_type:
            return "unknown_type";
        case Refusal::malformed:
            return "malformed";
        case Refusal::disguised:
            return "disguised";
        case Refusal::encrypted:
            return "encrypted";
        case Refusal::macros:
            return "macros";
        case Refusal::scripts:
            return "scripts";
        case Refusal::external_links:
            return "external_links";
        case Refusal::embedded_files:
            return "embedded_files";
        case Refusal::limit:
            return "limit";
        case Refusal::not_examined:
            return "not_examined";
    }
    return {};
}

bool may_be_taken(BytesView first_bytes) {
    constexpr std::size_t looked_at = 512;
    auto const first = first_bytes.first(std::min(first_bytes.size(), looked_at));
    return type_by_signature(first) || may_become_signature(text_of(first)) || is_text_so_far(first);
}

std::expected<FileType, Refusal> examine_with(Magic const& magic, Content const& content, Side side) {
    constexpr std::size_t first_bytes = 4096;
    Window window{content};
    SecretBytes first{static_cast<std::size_t>(std::min<std::uint64_t>(first_bytes, content.size_bytes))};
    if (!window.read(0, first.span())) return std::unexpected(Refusal::not_examined);
    if (first.empty()) return std::unexpected(Refusal::unknown_type);
    auto type = type_by_signature(first.view());
    if (!type) {
        type = begins_as_mail(first.view()) ? FileType::eml : FileType::text;
    }
    auto found = examine_as(*type, window);
    if (window.failed()) return std::unexpected(Refusal::not_examined);
    if (!found) return found;
    if (!is_taken_by(side, *found)) return std::unexpected(Refusal::unknown_type);
    if (is_two_files(*found, window)) return std::unexpected(Refusal::disguised);
    auto const second_opinion = magic.type_of(window);
    if (window.failed() || !second_opinion) return std::unexpected(Refusal::not_examined);
    if (!agrees(*found, *second_opinion)) return std::unexpected(Refusal::unknown_type);
    return found;
}

std::expected<FileType, Refusal> examine(Content const& content, Side side) {
    auto const magic = Magic::load();
    if (!magic) return std::unexpected(Refusal::not_examined);
    return examine_with(*magic, content, side);
}

}  // namespace klout7::gate
