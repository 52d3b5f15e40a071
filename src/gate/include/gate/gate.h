#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "base/content.h"
#include "base/side.h"

namespace klout7::gate {

/// What is taken in. A type is told by the content, never by a name or by what the sender says.
enum class FileType { pdf, jpeg, png, heic, tiff, docx, odt, xlsx, eml, text };
inline constexpr FileType all_types[] = {FileType::pdf,  FileType::jpeg, FileType::png, FileType::heic,
                                         FileType::tiff, FileType::docx, FileType::odt, FileType::xlsx,
                                         FileType::eml,  FileType::text};
/// A number that stays, for the sealed cell of a document (docs/data-formats.md).
std::uint8_t number_of(FileType type);
std::optional<FileType> type_of_number(std::uint8_t number);
/// As the header Content-Type says it.
std::string_view media_type(FileType type);
/// False for a name that ends as that of another kind of file, which a computer would open as such. A name
/// without an ending fits every type.
bool fits_name(FileType type, std::string_view file_name);
/// Whether documents of a side may be of this type.
bool is_taken_by(Side side, FileType type);

/// Why a content is not taken in.
enum class Refusal {
    unknown_type,    ///< none of the types that the side takes
    malformed,       ///< cut off, or not built as its type is, so that it cannot be looked into
    disguised,       ///< another file is in it or behind it, which other programs would see instead
    encrypted,       ///< what is in it cannot be looked at
    macros,          ///< it carries a program of an office suite
    scripts,         ///< it carries a script, or an action that runs by itself
    external_links,  ///< opening it would fetch something from elsewhere
    embedded_files,  ///< it carries files of other kinds, which were not looked at
    limit,           ///< larger or deeper inside than is looked at
    not_examined,    ///< it could not be read, or looking at it did not come to an end
};
inline constexpr Refusal all_refusals[] = {
    Refusal::unknown_type,   Refusal::malformed,   Refusal::disguised, Refusal::encrypted,
    Refusal::macros,         Refusal::scripts,     Refusal::limit,     Refusal::external_links,
    Refusal::embedded_files, Refusal::not_examined};
std::string_view name_of(Refusal refusal);

/// False as soon as the first bytes, up to 512 of them, are of nothing that is taken in.
bool may_be_taken(BytesView first_bytes);

/// The type of a content that `side` takes in and in which nothing was found that acts by itself, reaches
/// out, or hides; else the first reason why not. What it does not understand it refuses. It says nothing of
/// malware: that is the scanner's part. Takes at most 8 MiB of memory, and time in proportion to the content
/// and to what is packed in it, of which it looks at 100 MiB. Which rules: docs/gate.md.
std::expected<FileType, Refusal> examine(Content const& content, Side side);

}  // namespace klout7::gate
