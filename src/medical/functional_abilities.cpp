#include "functional_abilities.h"

#include "base/cbor.h"
#include "medical_text.h"

namespace klout7::medical {
namespace {

constexpr auto first_date = *LocalDate::from(1900, 1, 1);
constexpr auto last_date = *LocalDate::from(2199, 12, 31);

constexpr bool is_hours(std::optional<int> hours, int most) {
    return !hours || (0 <= *hours && *hours <= most);
}

void write_hours(CborWriter& w, std::optional<int> hours) {
    if (hours)
        w.integer(*hours);
    else
        w.null();
}

/// Hours from 0 to `most`, or none; nothing when it is something else.
std::optional<std::optional<int>> read_hours(CborMap const& map, std::uint32_t key, int most) {
    auto const found = map.at(key);
    if (!found) return std::nullopt;
    if (found->is_null()) return std::optional<int>{};
    auto const hours = found->uint();
    if (!hours || *hours > static_cast<std::uint64_t>(most)) return std::nullopt;
    return static_cast<int>(*hours);
}

/// Of each item that is not normal its place and level.
bool read_levels(CborMap const& map, std::uint32_t key, FunctionalAbilities& abilities) {
    auto const levels = map.map(key);
    if (!levels) return false;
    for (auto const& [place, value] : levels->entries()) {
        auto const level = value.uint();
        if (place >= ability_items.size() || !level || *level == 0 || *level >= level_names.size())
            return false;
        abilities.levels[place] = static_cast<Level>(*level);
    }
    return true;
}

bool read_words(CborMap const& map, std::uint32_t key, FunctionalAbilities& abilities,
                std::string SectionWords::*what) {
    auto const texts = map.array(key);
    if (!texts || texts->size() != abilities.words.size()) return false;
    for (std::size_t i = 0; i < texts->size(); ++i) {
        auto const text = (*texts)[i].text();
        if (!text) return false;
        abilities.words[i].*what = *text;
    }
    return true;
}

}  // namespace

std::vector<access::FieldFault> faults_of(FunctionalAbilities const& abilities, LocalDate first_sick_day,
                                          LocalDate today) {
    std::vector<access::FieldFault> faults;
    if (abilities.valid_from < first_sick_day || today.plus_days(most_days_ahead) < abilities.valid_from) {
        faults.push_back({"valid_from", "out_of_range",
                          "Kies een dag vanaf de eerste ziektedag, hoogstens een jaar vooruit.",
                          "Choose a day from the first sick day on, at most a year ahead."});
    }
    bool const is_day = is_hours(abilities.hours_per_day, most_hours_per_day);
    bool const is_week = is_hours(abilities.hours_per_week, most_hours_per_week);
    if (!is_day)
        faults.push_back({"hours_per_day", "out_of_range", "Geef 0 tot en met 24 uren, of niets.",
                          "Give 0 to 24 hours, or nothing."});
    if (!is_week)
        faults.push_back({"hours_per_week", "out_of_range", "Geef 0 tot en met 60 uren, of niets.",
                          "Give 0 to 60 hours, or nothing."});
    if (is_day && is_week && abilities.hours_per_day && abilities.hours_per_week &&
        *abilities.hours_per_week > 7 * *abilities.hours_per_day) {
        faults.push_back({"hours_per_week", "more_than_the_days",
                          "Zoveel uren per week kan niet met dit aantal uren per dag.",
                          "So many hours a week do not fit in this number of hours a day."});
    }
    for (std::size_t i = 0; i < section_names.size(); ++i) {
        auto const& [explanation, for_work] = abilities.words[i];
        auto const check = [&](std::string_view field, std::string_view text) {
            if (text.empty() || is_readable_text(text, longest_explanation)) return;
            faults.push_back({field, "not_text", "Schrijf ten hoogste 4.000 tekens leesbare tekst, of niets.",
                              "Write at most 4,000 characters of readable text, or nothing."});
        };
        check(section_names[i].explanation, explanation);
        check(section_names[i].for_work, for_work);
    }
    return faults;
}

Bytes encode(FunctionalAbilities const& abilities, std::string_view signer) {
    std::size_t limited = 0;
    for (auto const level : abilities.levels) limited += level != Level::normal;
    CborWriter w;
    w.map(8).key(1).integer(abilities.valid_from.days_since_1970());
    w.key(2).text(signer);
    w.key(3).map(limited);
    for (std::size_t i = 0; i < abilities.levels.size(); ++i) {
        if (abilities.levels[i] == Level::normal) continue;
        w.key(static_cast<std::uint32_t>(i)).uint(static_cast<std::uint64_t>(abilities.levels[i]));
    }
    write_hours(w.key(4), abilities.hours_per_day);
    write_hours(w.key(5), abilities.hours_per_week);
    w.key(6).boolean(abilities.nights_possible);
    w.key(7).array(abilities.words.size());
    for (auto const& words : abilities.words) w.text(words.explanation);
    w.key(8).array(abilities.words.size());
    for (auto const& words : abilities.words) w.text(words.for_work);
    return w.finish();
}

std::optional<DecodedAbilities> decode_abilities(BytesView bytes) {
    auto const value = CborValue::parse(bytes);
    auto const map = value ? value->map() : std::unexpected(value.error());
    if (!map || !map->has_only({1, 2, 3, 4, 5, 6, 7, 8})) return std::nullopt;
    auto const days = map->integer(1);
    auto const signer = map->text(2);
    auto const per_day = read_hours(*map, 4, most_hours_per_day);
    auto const per_week = read_hours(*map, 5, most_hours_per_week);
    auto const nights = map->boolean(6);
    if (!days || !signer || !per_day || !per_week || !nights) return std::nullopt;
    if (*days < first_date.days_since_1970() || *days > last_date.days_since_1970()) return std::nullopt;
    FunctionalAbilities abilities{.valid_from = LocalDate::from_days_since_1970(static_cast<int>(*days)),
                                  .hours_per_day = *per_day,
                                  .hours_per_week = *per_week,
                                  .nights_possible = *nights};
    if (!read_levels(*map, 3, abilities) || !read_words(*map, 7, abilities, &SectionWords::explanation) ||
        !read_words(*map, 8, abilities, &SectionWords::for_work))
        return std::nullopt;
    return DecodedAbilities{std::move(abilities), std::string{*signer}};
}

}  // namespace klout7::medical
