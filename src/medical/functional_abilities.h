#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/failure.h"
#include "access/gate.h"
#include "base/bytes.h"
#include "base/check.h"
#include "base/local_date.h"
#include "base/log.h"

// The list of what somebody can still do (FML, functionele mogelijkhedenlijst): six sections, of each item
// how far it is limited. No diagnosis. Source: domain reference 5.3.
namespace klout7::medical {

/// The sections I to VI.
enum class Section {
    personal_functioning,
    social_functioning,
    physical_environment,
    dynamic_actions,
    static_postures,
    working_hours  ///< numbers, no items
};
struct SectionNames {
    std::string_view code;
    std::string_view explanation;  ///< the field of its explanation for the file
    std::string_view for_work;     ///< the field of what work may know
    std::string_view dutch;
    std::string_view english;
};
/// By Section.
inline constexpr std::array section_names{
    SectionNames{"personal_functioning", "explanation_personal_functioning", "for_work_personal_functioning",
                 "Persoonlijk functioneren", "Personal functioning"},
    SectionNames{"social_functioning", "explanation_social_functioning", "for_work_social_functioning",
                 "Sociaal functioneren", "Social functioning"},
    SectionNames{"physical_environment", "explanation_physical_environment", "for_work_physical_environment",
                 "Aanpassing aan fysieke omgevingseisen", "Adaptation to the physical environment"},
    SectionNames{"dynamic_actions", "explanation_dynamic_actions", "for_work_dynamic_actions",
                 "Dynamische handelingen", "Dynamic actions"},
    SectionNames{"static_postures", "explanation_static_postures", "for_work_static_postures",
                 "Statische houdingen", "Static postures"},
    SectionNames{"working_hours", "explanation_working_hours", "for_work_working_hours", "Werktijden",
                 "Working hours"}};

/// Relative to the normal value of an item. In this order on the wire: a place never changes its meaning.
enum class Level : std::uint8_t { normal, limited, strongly_limited };
inline constexpr std::array<std::string_view, 3> level_names{"normal", "limited", "strongly_limited"};

struct AbilityItem {
    Section section;
    std::string_view code;  ///< the field of a request too
    std::string_view dutch;
    std::string_view english;
    std::string_view normal_dutch = {};  ///< what counts as normal; empty where we have no source for it
    std::string_view normal_english = {};
};

using enum Section;
// The items by their well-known names. Their numbering, their normal values and whether the list is complete
// MUST BE CONFIRMED BY AN INSURANCE DOCTOR before real use. Dominance and on which side a limit is are no
// levels: they are said in the words for work. The place of an item is its number on the wire: a new one goes
// to the end, and none changes its meaning.
inline constexpr std::array ability_items{
    AbilityItem{personal_functioning, "concentration", "concentreren van de aandacht", "concentration",
                "minstens 30 minuten de aandacht bij één bron",
                "attention to one source for at least 30 minutes"},
    AbilityItem{personal_functioning, "divided_attention", "verdelen van de aandacht", "dividing attention"},
    AbilityItem{personal_functioning, "remembering", "herinneren", "remembering"},
    AbilityItem{personal_functioning, "insight", "inzicht in eigen kunnen", "insight into own ability"},
    AbilityItem{personal_functioning, "purposeful_action", "doelmatig handelen", "acting with a purpose"},
    AbilityItem{personal_functioning, "independent_action", "zelfstandig handelen", "acting independently"},
    AbilityItem{personal_functioning, "pace", "handelingstempo", "pace of acting"},
    AbilityItem{social_functioning, "seeing", "zien", "seeing"},
    AbilityItem{social_functioning, "hearing", "horen", "hearing"},
    AbilityItem{social_functioning, "speaking", "spreken", "speaking"},
    AbilityItem{social_functioning, "writing", "schrijven", "writing"},
    AbilityItem{social_functioning, "reading", "lezen", "reading"},
    AbilityItem{social_functioning, "problems_of_others", "emotionele problemen van anderen hanteren",
                "handling emotional problems of others"},
    AbilityItem{social_functioning, "own_feelings", "eigen gevoelens uiten", "expressing own feelings"},
    AbilityItem{social_functioning, "conflicts", "omgaan met conflicten", "handling conflicts"},
    AbilityItem{social_functioning, "cooperation", "samenwerken", "working together"},
    AbilityItem{social_functioning, "transport", "vervoer", "transport"},
    AbilityItem{physical_environment, "heat", "hitte", "heat"},
    AbilityItem{physical_environment, "cold", "koude", "cold"},
    AbilityItem{physical_environment, "draught", "tocht", "draught"},
    AbilityItem{physical_environment, "skin_contact", "huidcontact", "skin contact"},
    AbilityItem{physical_environment, "protective_equipment", "beschermende middelen",
                "protective equipment"},
    AbilityItem{physical_environment, "dust_smoke_fumes", "stof, rook, gassen en dampen",
                "dust, smoke, gases and fumes"},
    AbilityItem{physical_environment, "noise", "geluidsbelasting", "noise"},
    AbilityItem{physical_environment, "vibration", "trillingsbelasting", "vibration"},
    AbilityItem{physical_environment, "allergy", "allergie", "allergy"},
    AbilityItem{dynamic_actions, "hand_and_finger_use", "hand- en vingergebruik", "use of hands and fingers"},
    AbilityItem{dynamic_actions, "touch", "tastzin", "sense of touch"},
    AbilityItem{dynamic_actions, "keyboard_and_mouse", "werken met toetsenbord en muis",
                "working with keyboard and mouse"},
    AbilityItem{dynamic_actions, "screw_movements", "schroefbewegingen met hand en arm",
                "screwing movements of hand and arm"},
    AbilityItem{dynamic_actions, "reaching", "reiken", "reaching"},
    AbilityItem{dynamic_actions, "bending", "buigen", "bending"},
    AbilityItem{dynamic_actions, "twisting", "torderen", "twisting"},
    AbilityItem{dynamic_actions, "pushing_pulling", "duwen of trekken", "pushing or pulling"},
    AbilityItem{dynamic_actions, "lifting_carrying", "tillen of dragen", "lifting or carrying"},
    AbilityItem{dynamic_actions, "head_movements", "hoofdbewegingen maken", "movements of the head"},
    AbilityItem{dynamic_actions, "walking", "lopen", "walking"},
    AbilityItem{dynamic_actions, "stairs", "traplopen", "stairs"},
    AbilityItem{dynamic_actions, "climbing", "klimmen", "climbing"},
    AbilityItem{dynamic_actions, "kneeling_squatting", "knielen of hurken", "kneeling or squatting"},
    AbilityItem{static_postures, "sitting", "zitten", "sitting"},
    AbilityItem{static_postures, "standing", "staan", "standing"},
    AbilityItem{static_postures, "active_kneeling", "geknield of gehurkt actief zijn",
                "active while kneeling or squatting"},
    AbilityItem{static_postures, "active_bent", "gebogen of getordeerd actief zijn",
                "active while bent or twisted"},
    AbilityItem{static_postures, "above_shoulder", "boven schouderhoogte actief zijn",
                "active above shoulder height"}};

inline constexpr int most_hours_per_day = 24;
inline constexpr int most_hours_per_week = 60;
inline constexpr std::size_t longest_explanation = 4'000;  ///< code points
/// How far ahead a list may begin to count.
inline constexpr int most_days_ahead = 366;

/// What a doctor says of one section.
struct SectionWords {
    std::string explanation;  ///< for the file: medical, never leaves it
    std::string for_work;     ///< what work may know: what one can and cannot do
    friend bool operator==(SectionWords const&, SectionWords const&) = default;
};

struct FunctionalAbilities {
    LocalDate valid_from;
    std::array<Level, ability_items.size()> levels{};  ///< by item
    std::optional<int> hours_per_day = {};             ///< none: no limit
    std::optional<int> hours_per_week = {};
    bool nights_possible = true;
    std::array<SectionWords, section_names.size()> words = {};  ///< by Section
    friend bool operator==(FunctionalAbilities const&, FunctionalAbilities const&) = default;
};
static_assert(!Loggable<FunctionalAbilities>);

/// What keeps these from being written today in a case that began on `first_sick_day`: all of it at once.
/// Pure.
std::vector<access::FieldFault> faults_of(FunctionalAbilities const& abilities, LocalDate first_sick_day,
                                          LocalDate today);

/// A list with the name of who signed it, as its cell holds it. Format: docs/data-formats.md.
Bytes encode(FunctionalAbilities const& abilities, std::string_view signer);
struct DecodedAbilities {
    FunctionalAbilities abilities;
    std::string signer;
};
/// Nothing when the bytes are no such list.
std::optional<DecodedAbilities> decode_abilities(BytesView bytes);

/// A version as it was signed. What it says is revealed to who was cleared for its case.
class SignedAbilities {
public:
    struct Row {
        Uuid id;
        CaseId case_id;
        std::int64_t version;  ///< from 1, without gaps
        UserId signed_by;
        Instant signed_at;
    };
    SignedAbilities(Row row, DecodedAbilities content) : row_(row), content_(std::move(content)) {}
    Row const& row() const { return row_; }
    /// Each call is a place to review.
    DecodedAbilities const& reveal(access::Access const& access) const {
        require(access.covers(row_.case_id), "medical words are revealed for their own case only");
        return content_;
    }
    /// Drops what is for the file only.
    void forget_explanations() {
        for (auto& words : content_.abilities.words) words.explanation.clear();
    }

private:
    Row row_;
    DecodedAbilities content_;
};
static_assert(!Loggable<SignedAbilities>);

}  // namespace klout7::medical
