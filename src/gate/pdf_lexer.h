#pragma once

#include <string>

#include "window.h"

namespace klout7::gate {

enum class PdfTokenKind {
    end,
    name,
    integer,
    text,
    keyword,
    dictionary_begin,
    dictionary_end,
    array_begin,
    array_end
};
struct PdfToken {
    PdfTokenKind kind = PdfTokenKind::end;
    std::string text = {};     ///< of a name (resolved, without /), text or keyword: its first 64 bytes
    std::uint64_t number = 0;  ///< of an integer without a sign
    std::uint64_t offset = 0;
};

bool is_pdf_space(int c);
bool is_pdf_delimiter(int c);

/// The tokens of a PDF, one after the other. Source: ISO 32000-1, 7.2, 7.3.
class PdfLexer {
public:
    PdfLexer(Window& window, std::uint64_t begin) : window_(window), at_(begin) {}
    PdfToken next();
    std::uint64_t offset() const { return at_; }
    void go_to(std::uint64_t offset) { at_ = offset; }

private:
    void skip_spaces();
    PdfToken name();
    PdfToken text();
    PdfToken hexadecimal_text();
    PdfToken regular();
    Window& window_;
    std::uint64_t at_;
};

}  // namespace klout7::gate
