#pragma once

#include <optional>
#include <string_view>

namespace klout7::cases {

/// Why somebody has a right to ZW benefit from a self-insured employer. There are these three and no
/// more: pregnancy, organ donation and no-risk stay with UWV and can be said nowhere in a sick report,
/// since the employer may not tell which safety-net rule applies.
/// Source: ZW (BWBR0001888) art. 29(2)a, b and c, art. 63a(1).
enum class Ground {
    fictitious_employment,  // a: such as an agency worker whose contract ends with the sick report
    after_insurance,        // b: ill within four weeks after the insurance ended (nawerking)
    contract_ended,         // c: the contract ends during the illness
};

inline constexpr Ground all_grounds[] = {Ground::fictitious_employment, Ground::after_insurance,
                                         Ground::contract_ended};

/// The stable code: "fictitious_employment".
std::string_view name_of(Ground ground);
/// Reads the code, the letter of the article (a, b, c) or the Dutch name: fictieve_dienstbetrekking,
/// nawerking, einde_dienstverband. Case, and a space or hyphen for an underscore, make no difference.
std::optional<Ground> parse_ground(std::string_view text);

}  // namespace klout7::cases
