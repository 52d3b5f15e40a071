#include "pdf_lexer.h"

namespace klout7::gate {
namespace {

constexpr std::size_t kept_bytes = 64;

int digit_of(int c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_regular(int c) { return c >= 0 && !is_pdf_space(c) && !is_pdf_delimiter(c); }

void keep(PdfToken& token, int c) {
    if (token.text.size() < kept_bytes) token.text += static_cast<char>(c);
}

}  // namespace

bool is_pdf_space(int c) { return c == 0 || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' '; }
bool is_pdf_delimiter(int c) {
    return c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']' || c == '{' || c == '}' ||
           c == '/' || c == '%';
}

void PdfLexer::skip_spaces() {
    for (;; ++at_) {
        auto const c = window_.at(at_);
        if (c == '%') {
            while (window_.at(at_) >= 0 && window_.at(at_) != '\n' && window_.at(at_) != '\r') ++at_;
        }
        if (!is_pdf_space(window_.at(at_))) return;
    }
}

PdfToken PdfLexer::next() {
    skip_spaces();
    auto const begin = at_;
    auto const c = window_.at(at_);
    PdfToken token{.kind = PdfTokenKind::keyword};
    if (c < 0) {
        token.kind = PdfTokenKind::end;
    } else if (c == '/') {
        token = name();
    } else if (c == '(') {
        token = text();
    } else if (c == '<' && window_.at(at_ + 1) != '<') {
        token = hexadecimal_text();
    } else if (is_pdf_delimiter(c)) {
        bool const is_double = (c == '<' || c == '>') && window_.at(at_ + 1) == c;
        at_ += is_double ? 2U : 1U;
        if (is_double) token.kind = c == '<' ? PdfTokenKind::dictionary_begin : PdfTokenKind::dictionary_end;
        if (c == '[') token.kind = PdfTokenKind::array_begin;
        if (c == ']') token.kind = PdfTokenKind::array_end;
    } else {
        token = regular();
    }
    token.offset = begin;
    return token;
}

/// 7.3.5: #xx stands for a byte.
PdfToken PdfLexer::name() {
    PdfToken token{.kind = PdfTokenKind::name};
    for (++at_; is_regular(window_.at(at_)); ++at_) {
        auto c = window_.at(at_);
        auto const high = c == '#' ? digit_of(window_.at(at_ + 1)) : -1;
        auto const low = high >= 0 ? digit_of(window_.at(at_ + 2)) : -1;
        if (low >= 0) {
            c = high * 16 + low;
            at_ += 2;
        }
        keep(token, c);
    }
    return token;
}

/// 7.3.4.2: brackets in pairs need no backslash.
PdfToken PdfLexer::text() {
    PdfToken token{.kind = PdfTokenKind::text};
    std::uint64_t depth = 1;
    for (++at_;; ++at_) {
        auto const c = window_.at(at_);
        if (c < 0) return token;
        if (c == '(') ++depth;
        if (c == ')' && --depth == 0) break;
        if (c == '\\') {
            ++at_;
            // The end of a line is left out, and what is written in octal is not worked out.
            keep(token, window_.at(at_) < ' ' ? ' ' : window_.at(at_));
            continue;
        }
        keep(token, c);
    }
    ++at_;
    return token;
}

PdfToken PdfLexer::hexadecimal_text() {
    PdfToken token{.kind = PdfTokenKind::text};
    int high = -1;
    for (++at_; window_.at(at_) >= 0 && window_.at(at_) != '>'; ++at_) {
        auto const digit = digit_of(window_.at(at_));
        if (digit < 0) continue;
        if (high < 0) {
            high = digit;
        } else {
            keep(token, high * 16 + digit);
            high = -1;
        }
    }
    if (high >= 0) keep(token, high * 16);
    ++at_;
    return token;
}

PdfToken PdfLexer::regular() {
    constexpr std::uint64_t most = 100'000'000'000;
    PdfToken token{.kind = PdfTokenKind::integer};
    for (; is_regular(window_.at(at_)); ++at_) {
        auto const c = window_.at(at_);
        // As programs read it that see "1 0obj" as three words.
        if ((c < '0' || c > '9') && token.kind == PdfTokenKind::integer) {
            if (!token.text.empty() && (c == 'o' || c == 'R')) return token;
            token.kind = PdfTokenKind::keyword;
        }
        if (token.kind == PdfTokenKind::integer && token.number < most)
            token.number = token.number * 10 + static_cast<std::uint64_t>(c - '0');
        keep(token, c);
    }
    return token;
}

}  // namespace klout7::gate
