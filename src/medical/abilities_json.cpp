#include "abilities_json.h"

#include <algorithm>
#include <charconv>

namespace klout7::medical {
namespace {

using api::JsonInput;
using api::to_json;
namespace json = api::json;

constexpr auto fields = [] {
    std::array<std::string_view, 5 + ability_items.size() + 2 * section_names.size()> all{
        "replaces", "valid_from", "hours_per_day", "hours_per_week", "nights_possible"};
    std::size_t at = 5;
    for (auto const& item : ability_items) all[at++] = item.code;
    for (auto const& section : section_names) {
        all[at++] = section.explanation;
        all[at++] = section.for_work;
    }
    return all;
}();

std::optional<int> number_of(std::string_view text) {
    int number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// Reads the fields of a request; what is wrong with any of them is kept.
class Reader {
public:
    explicit Reader(JsonInput const& input) : input_(input) {}
    std::vector<access::FieldFault> faults;

    int version(std::string_view field) {
        auto const number = number_of(input_.text(field));
        if (!number || *number < 0) wrong_number(field);
        return number.value_or(0);
    }
    std::optional<int> hours(std::string_view field) {
        auto const text = input_.text(field);
        if (text.empty()) return std::nullopt;
        auto const number = number_of(text);
        if (!number) wrong_number(field);
        return number;
    }
    LocalDate date(std::string_view field) {
        auto const day = LocalDate::parse_iso(input_.text(field));
        if (!day) faults.push_back({field, "not_a_date", "Dit is geen datum.", "This is not a date."});
        return day.value_or(LocalDate{});
    }
    bool yes_unless_said(std::string_view field) {
        auto const text = input_.text(field);
        if (!text.empty() && text != "true" && text != "false")
            faults.push_back({field, "not_true_or_false", "Geef true of false.", "Give true or false."});
        return text != "false";
    }
    Level level(std::string_view field) {
        auto const text = input_.text(field);
        if (text.empty()) return Level::normal;
        auto const found = std::ranges::find(level_names, text);
        if (found == level_names.end()) {
            faults.push_back(
                {field, "not_a_choice", "Kies uit de vaste lijst.", "Choose from the fixed list."});
            return Level::normal;
        }
        return static_cast<Level>(found - level_names.begin());
    }

private:
    void wrong_number(std::string_view field) {
        faults.push_back({field, "not_a_number", "Geef een heel getal.", "Give a whole number."});
    }
    JsonInput const& input_;
};

json::value text_or_nothing(std::string_view text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}
json::value number_or_nothing(std::optional<int> number) {
    return number ? json::value(*number) : json::value(nullptr);
}

json::array sections_json() {
    json::array sections;
    for (std::size_t i = 0; i < section_names.size(); ++i) {
        json::array items;
        for (auto const& item : ability_items) {
            if (item.section != static_cast<Section>(i)) continue;
            items.push_back(json::object{{"item", item.code},
                                         {"words_nl", item.dutch},
                                         {"words_en", item.english},
                                         {"normal_nl", text_or_nothing(item.normal_dutch)},
                                         {"normal_en", text_or_nothing(item.normal_english)}});
        }
        sections.push_back(json::object{{"section", section_names[i].code},
                                        {"words_nl", section_names[i].dutch},
                                        {"words_en", section_names[i].english},
                                        {"items", std::move(items)}});
    }
    return sections;
}

json::object version_json(SignedAbilities const& version, ReadAbilities const& read) {
    auto const& row = version.row();
    auto const& [abilities, signer] = version.reveal(read.access);
    json::array levels;
    for (std::size_t i = 0; i < ability_items.size(); ++i) {
        auto const level = abilities.levels[i];
        if (level == Level::normal) continue;
        levels.push_back(json::object{{"item", ability_items[i].code},
                                      {"level", level_names[static_cast<std::size_t>(level)]}});
    }
    json::array sections;
    for (std::size_t i = 0; i < section_names.size(); ++i) {
        json::object section{{"section", section_names[i].code}, {"for_work", abilities.words[i].for_work}};
        if (read.has_explanations) section["explanation"] = abilities.words[i].explanation;
        sections.push_back(std::move(section));
    }
    return {{"id", row.id.to_string()},
            {"version", row.version},
            {"valid_from", to_json(abilities.valid_from)},
            {"signed_by", to_json(row.signed_by)},
            {"signed_at", to_json(row.signed_at)},
            {"signer", signer},
            {"levels", std::move(levels)},
            {"hours_per_day", number_or_nothing(abilities.hours_per_day)},
            {"hours_per_week", number_or_nothing(abilities.hours_per_week)},
            {"nights_possible", abilities.nights_possible},
            {"sections", std::move(sections)}};
}

}  // namespace

std::span<std::string_view const> ability_fields() { return fields; }

Given<NewAbilities> abilities_of(Uuid id, JsonInput const& input) {
    Reader reader{input};
    NewAbilities given{.id = id,
                       .replaces = reader.version("replaces"),
                       .abilities = {.valid_from = reader.date("valid_from"),
                                     .hours_per_day = reader.hours("hours_per_day"),
                                     .hours_per_week = reader.hours("hours_per_week"),
                                     .nights_possible = reader.yes_unless_said("nights_possible")}};
    for (std::size_t i = 0; i < ability_items.size(); ++i)
        given.abilities.levels[i] = reader.level(ability_items[i].code);
    for (std::size_t i = 0; i < section_names.size(); ++i) {
        given.abilities.words[i] = {input.text(section_names[i].explanation),
                                    input.text(section_names[i].for_work)};
    }
    if (!reader.faults.empty())
        return std::unexpected(Failure{access::FailureKind::invalid, std::move(reader.faults)});
    return given;
}

json::object to_json_object(ReadAbilities const& read) {
    json::array versions;
    for (auto const& version : read.versions) versions.push_back(version_json(version, read));
    return {{"functional_abilities", std::move(versions)}, {"sections", sections_json()}};
}

}  // namespace klout7::medical
