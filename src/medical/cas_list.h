#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/embedded_text.h"
#include "base/local_date.h"

namespace klout7::medical {

/// A code that a doctor can choose, with its words.
struct CasEntry {
    std::string code;
    std::string dutch;
    std::string english;
    std::optional<LocalDate> valid_from = {};   ///< first day
    std::optional<LocalDate> valid_until = {};  ///< last day
    /// Codes whose first digit is 1 name a complaint, all others a disease.
    bool is_complaint() const { return code[1] == '1'; }
};

/// The codes of complaints and diseases that this installation knows.
class CasList {
public:
    /// Reads cas_codes.tsv, which says at its top what stands in it. Nothing when a line is not so, or a code
    /// is there twice.
    static std::optional<CasList> parse(std::string_view tsv);
    /// What was built in.
    static CasList const& built_in();

    static constexpr std::size_t most_hits = 20;
    /// The codes that count on this day and in which each of these words, in either language, is found: as
    /// the begin of the code, or folded as names are (fold_name) as a part of the words. In the order of the
    /// codes.
    std::vector<CasEntry> find(std::string_view words, LocalDate on) const;

private:
    struct Folded {
        CasEntry entry;
        std::string dutch;
        std::string english;
    };
    std::vector<Folded> entries_;
};

/// cas_codes.tsv. Made by the build.
std::span<EmbeddedText const> cas_codes_file();

}  // namespace klout7::medical
