#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "access/gate.h"
#include "base/check.h"
#include "base/log.h"
#include "base/secret_bytes.h"
#include "base/text.h"

namespace klout7::medical {

/// Words of a medical file: they can be held and moved, not printed, logged, compared or sent. Reading takes
/// the proof that the reader was cleared for this very case.
class MedicalText {
public:
    MedicalText(CaseId case_id, SecretBytes words) : case_id_(case_id), words_(std::move(words)) {}
    /// Each call is a place to review. The words live as long as this.
    std::string_view reveal(access::Access const& access) const {
        require(access.covers(case_id_), "medical words are revealed for their own case only");
        return words_.text();
    }
    CaseId case_id() const { return case_id_; }

private:
    CaseId case_id_;
    SecretBytes words_;
};
static_assert(!Loggable<MedicalText> && !std::is_copy_constructible_v<MedicalText>);
static_assert(!std::is_constructible_v<access::Access, CaseId>);

/// Whether this is text for a file: not only white space, at most so many code points, and no control
/// characters but line breaks and tabs.
inline bool is_readable_text(std::string_view text, std::size_t longest) {
    if (!is_valid_utf8(text) || trim(text).empty() || count_code_points(text) > longest) return false;
    return std::ranges::none_of(text, [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r';
    });
}

/// A code of the Dutch classification of conditions for company and insurance doctors (CAS): a letter and
/// three digits.
class CasCode {
public:
    static std::optional<CasCode> parse(std::string_view text) {
        auto const digit = [](char c) { return c >= '0' && c <= '9'; };
        if (text.size() != 4 || text[0] < 'A' || text[0] > 'Z' || !digit(text[1]) || !digit(text[2]) ||
            !digit(text[3]))
            return std::nullopt;
        return CasCode{std::string{text}};
    }
    std::string const& text() const { return text_; }

private:
    explicit CasCode(std::string text) : text_(std::move(text)) {}
    std::string text_;
};
static_assert(!Loggable<CasCode>);

}  // namespace klout7::medical
