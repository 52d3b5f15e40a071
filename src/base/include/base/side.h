#pragma once

#include <optional>
#include <string_view>

namespace klout7 {

/// The two worlds that share nothing but sealed messages.
enum class Side { office, medical };

inline constexpr Side all_sides[] = {Side::office, Side::medical};

constexpr std::string_view name_of(Side side) { return side == Side::office ? "office" : "medical"; }
constexpr Side other(Side side) { return side == Side::office ? Side::medical : Side::office; }

/// Zones are only names: a key of one zone cannot be given where the other's is asked for.
struct OfficeZone {
    static constexpr Side side = Side::office;
};
struct MedicalZone {
    static constexpr Side side = Side::medical;
};

/// Where a data folder lives (OTAP). Fixed at `klout7 init`, part of every key derivation.
enum class Environment { development, test, acceptance, production };

constexpr std::string_view name_of(Environment environment) {
    switch (environment) {
        case Environment::development:
            return "development";
        case Environment::test:
            return "test";
        case Environment::acceptance:
            return "acceptance";
        case Environment::production:
            return "production";
    }
    return {};
}
constexpr std::optional<Environment> parse_environment(std::string_view name) {
    for (auto const environment :
         {Environment::development, Environment::test, Environment::acceptance, Environment::production}) {
        if (name_of(environment) == name) return environment;
    }
    return std::nullopt;
}

}  // namespace klout7
