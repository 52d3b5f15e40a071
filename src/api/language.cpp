#include "api/language.h"

#include <charconv>

#include "base/text.h"

namespace klout7::api {

Language language_of(transport::Headers const& headers) {
    auto const accepted = headers.find("accept-language");
    if (!accepted) return Language::dutch;
    // Ranges with their quality: "en-GB;q=0.8, nl". The first of the highest quality that we speak.
    auto best = Language::dutch;
    int best_quality = -1;
    auto left = *accepted;
    while (!left.empty()) {
        auto const comma = left.find(',');
        auto range = trim(left.substr(0, comma));
        left = comma == std::string_view::npos ? std::string_view{} : left.substr(comma + 1);
        int quality = 1000;
        if (auto const semicolon = range.find(';'); semicolon != std::string_view::npos) {
            auto const q = trim(range.substr(semicolon + 1));
            if (q.starts_with("q=0.")) {
                int digits = 0;
                auto const text = q.substr(4, 3);
                std::from_chars(text.data(), text.data() + text.size(), digits);
                for (auto i = text.size(); i < 3; ++i) digits *= 10;
                quality = digits;
            } else if (q == "q=0") {
                quality = 0;
            }
            range = trim(range.substr(0, semicolon));
        }
        auto const tag = ascii_lower(range.substr(0, range.find('-')));
        if (quality <= best_quality || quality == 0) continue;
        if (tag == "en")
            best = Language::english;
        else if (tag == "nl")
            best = Language::dutch;
        else
            continue;
        best_quality = quality;
    }
    return best;
}

}  // namespace klout7::api
