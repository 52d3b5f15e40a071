#include "cas_list.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "medical_text.h"

namespace klout7::medical {
namespace {

constexpr std::string_view header = "code\tdutch\tenglish\tvalid_from\tvalid_until\tsource";

/// A day or none; nothing when it is no day.
std::optional<std::optional<LocalDate>> day_of(std::string_view text) {
    if (text.empty()) return std::optional<LocalDate>{};
    auto const day = LocalDate::parse_iso(text);
    if (!day) return std::nullopt;
    return day;
}

std::optional<CasEntry> entry_of(std::string_view line) {
    auto const parts = split(line, '\t');
    if (parts.size() != 6 || parts[1].empty() || parts[2].empty() || parts[5].empty()) return std::nullopt;
    auto const code = CasCode::parse(parts[0]);
    auto const from = day_of(parts[3]);
    auto const until = day_of(parts[4]);
    if (!code || !from || !until || !is_valid_utf8(line)) return std::nullopt;
    return CasEntry{code->text(), std::string{parts[1]}, std::string{parts[2]}, *from, *until};
}

}  // namespace

std::optional<CasList> CasList::parse(std::string_view tsv) {
    CasList list;
    bool has_header = false;
    for (auto const line : split(tsv, '\n')) {
        if (line.empty() || line.front() == '#') continue;
        if (!has_header) {
            if (line != header) return std::nullopt;
            has_header = true;
            continue;
        }
        auto entry = entry_of(line);
        if (!entry) return std::nullopt;
        auto dutch = fold_name(entry->dutch);
        auto english = fold_name(entry->english);
        list.entries_.push_back({std::move(*entry), std::move(dutch), std::move(english)});
    }
    if (!has_header) return std::nullopt;
    auto const code = [](Folded const& one) -> std::string const& { return one.entry.code; };
    std::ranges::sort(list.entries_, {}, code);
    if (std::ranges::adjacent_find(list.entries_, {}, code) != list.entries_.end()) return std::nullopt;
    return list;
}

CasList const& CasList::built_in() {
    static CasList const list = [] {
        auto parsed = parse(cas_codes_file().front().text);
        require(parsed.has_value(), "cas_codes.tsv has the form that it describes");
        return std::move(*parsed);
    }();
    return list;
}

std::vector<CasEntry> CasList::find(std::string_view words, LocalDate on) const {
    struct Sought {
        std::string code;
        std::string folded;
    };
    std::vector<Sought> all;
    for (auto const word : split(words, ' ')) {
        if (word.empty()) continue;
        // "R60" is the begin of a code and no word: folded it would be every word with an r.
        bool const is_code = word.size() > 1 && '0' <= word[1] && word[1] <= '9';
        all.push_back({ascii_lower(word), is_code ? std::string{} : fold_name(word)});
    }
    std::vector<CasEntry> found;
    if (all.empty()) return found;
    for (auto const& [entry, dutch, english] : entries_) {
        if ((entry.valid_from && on < *entry.valid_from) || (entry.valid_until && *entry.valid_until < on))
            continue;
        auto const code = ascii_lower(entry.code);
        auto const is_hit = [&](Sought const& one) {
            return code.starts_with(one.code) ||
                   (!one.folded.empty() && (dutch.find(one.folded) != std::string::npos ||
                                            english.find(one.folded) != std::string::npos));
        };
        if (std::ranges::all_of(all, is_hit)) found.push_back(entry);
        if (found.size() == most_hits) break;
    }
    return found;
}

}  // namespace klout7::medical
