#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace klout7 {

enum class TextEncoding { utf8, windows_1252 };

enum class EncodingError {
    not_utf8,             // in a file that is UTF-8
    not_in_windows_1252,  // one of the five bytes that Windows-1252 leaves open
};

/// A fixed sentence without anything of the data.
std::string_view text_for(EncodingError error);

inline constexpr std::size_t encoding_sniffed_bytes = 64 * 1024;

/// Which of the two encodings a file from outside has: UTF-8 if its first 64 KiB are valid as that, with
/// a byte order mark or a letter outside ASCII; Windows-1252 if they are not valid; open while they are
/// plain ASCII. Then the first text outside ASCII decides. Decided once, it stays: a later text that does
/// not fit is an error of that text.
class FileEncoding {
public:
    /// Looks at the start of the file; `first_part` may end in the middle of a character.
    explicit FileEncoding(std::string_view first_part);

    /// One field or line of the file as UTF-8.
    std::expected<std::string, EncodingError> decode(std::string_view bytes);
    std::optional<TextEncoding> decided() const { return decided_; }

private:
    std::optional<TextEncoding> decided_;
};

/// Source: Unicode mapping file CP1252. Errors: `not_in_windows_1252` for 81, 8D, 8F, 90 and 9D.
std::expected<std::string, EncodingError> utf8_from_windows_1252(std::string_view bytes);

}  // namespace klout7
