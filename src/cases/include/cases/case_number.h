#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace klout7::cases {

/// What people call a case by, on the telephone and in letters: "Z001234". The last digit is a check digit,
/// so that a digit that was misheard names no other case. It says nothing of whose case it is.
class CaseNumber {
public:
    /// The n-th case of an installation, from 1.
    static std::optional<CaseNumber> of(std::int64_t sequence);
    /// With or without spaces, points and hyphens; the Z may be small. Without it, digits are no case number:
    /// they could be a BSN.
    /// Source of the check digit: ISO/IEC 7812-1, annex B (Luhn).
    static std::optional<CaseNumber> parse(std::string_view text);

    std::int64_t sequence() const { return sequence_; }
    /// At least six digits behind the Z.
    std::string text() const;
    friend bool operator==(CaseNumber, CaseNumber) = default;

private:
    explicit CaseNumber(std::int64_t sequence) : sequence_(sequence) {}
    std::int64_t sequence_;
};

}  // namespace klout7::cases
