// Thousands of variations of the passwords that a user had, and as many passwords that have nothing to do
// with them: the first must be refused, the second not. Run by script/proof passwords.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "access/password_history.h"
#include "access/password_rules.h"
#include "base/clock.h"

using namespace klout7;
using namespace klout7::access;

namespace {

constexpr std::string_view words[] = {
    "appel",       "bakker",     "balkon",       "bezem",     "bloem",     "boerderij", "boterham",
    "brievenbus",  "brommer",    "camera",       "citroen",   "dakgoot",   "deken",     "dolfijn",
    "douche",      "eekhoorn",   "emmer",        "envelop",   "fabriek",   "fiets",     "fluitketel",
    "gereedschap", "gitaar",     "glazenwasser", "gordijn",   "haven",     "heuvel",    "horloge",
    "ijsbeer",     "jachthaven", "kabouter",     "kachel",    "kapper",    "kasteel",   "kikker",
    "klaproos",    "koelkast",   "koffer",       "lantaarn",  "lepel",     "machine",   "mandarijn",
    "molen",       "muziek",     "naaimachine",  "olifant",   "ooievaar",  "paraplu",   "pannenkoek",
    "perron",      "piano",      "postzegel",    "potlood",   "regenboog", "rivier",    "rugzak",
    "schaar",      "schilderij", "schommel",     "slager",    "sleutel",   "spiegel",   "station",
    "stofzuiger",  "strand",     "tafel",        "telescoop", "tennis",    "toren",     "tractor",
    "trommel",     "tuinhek",    "uitzicht",     "vakantie",  "vergiet",   "vijver",    "vlieger",
    "voordeur",    "vulkaan",    "waterval",     "wekker",    "wijngaard", "zaklamp",   "zeilboot",
    "zolder",      "anchor",     "blanket",      "bridge",    "candle",    "compass",   "copper",
    "cricket",     "dolphin",    "engine",       "feather",   "garden",    "hammer",    "island",
    "jungle",      "kettle",     "ladder",       "lemon",     "marble",    "meadow",    "mirror",
    "needle",      "orchard",    "pepper",       "pillow",    "planet",    "rabbit",    "ribbon",
    "rocket",      "saddle",     "shadow",       "silver",    "thunder",   "tunnel",    "velvet",
    "window"};
constexpr std::string_view months[] = {"januari", "Feb",   "maart",     "Apr",    "mei",      "June",
                                       "juli",    "Aug",   "september", "okt",    "November", "dec",
                                       "lente",   "Zomer", "herfst",    "Winter", "spring",   "Summer"};
constexpr std::string_view separators[] = {"-", " ", ".", "_", "", "+", ", "};
constexpr std::string_view printable =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!@#$%^&*()-_=+[]{};:,.?/ ";

struct LookAlike {
    char sign;
    char letter;
};
constexpr LookAlike look_alikes[] = {{'0', 'o'}, {'1', 'l'}, {'3', 'e'}, {'4', 'a'}, {'5', 's'},
                                     {'7', 't'}, {'@', 'a'}, {'$', 's'}, {'!', 'i'}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// Draws what people choose. A seed, so that a run can be repeated.
class Draw {
public:
    explicit Draw(std::uint64_t seed) : random_(seed) {}
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_.below(limit)); }
    std::size_t between(std::size_t least, std::size_t most) { return least + below(most - least + 1); }
    bool half() { return below(2) == 0; }
    auto const& one_of(auto const& list) { return list[below(std::size(list))]; }
    std::string digits(std::size_t count) {
        std::string text;
        while (text.size() < count) text += static_cast<char>('0' + below(10));
        return text;
    }
    std::string year() { return std::to_string(between(1950, 2049)); }
    std::string any(std::size_t count) {
        std::string text;
        while (text.size() < count) text += one_of(printable);
        return text;
    }
    std::string word() {
        std::string text{one_of(words)};
        if (half()) text += one_of(words);  // Dutch is fond of that
        if (half()) text.front() = upper(text.front());
        return text;
    }

private:
    SeededRandom random_;
};

/// As people make them: words with a number, a year or a month between or behind, letters changed for signs;
/// or what a password manager draws.
std::string chosen(Draw& draw) {
    std::string const between{draw.one_of(separators)};
    std::string text;
    switch (draw.below(5)) {
        case 0:
            text =
                draw.word() + between + draw.word() + between + draw.word() + draw.digits(draw.between(1, 3));
            break;
        case 1:
            text = draw.word() + between + draw.word() + between + draw.year() + "!";
            break;
        case 2:
            text = draw.word() + between + std::string{draw.one_of(months)} + between + draw.word() +
                   draw.year();
            break;
        case 3:
            text = draw.digits(2) + draw.word() + between + draw.word() + between + draw.word();
            for (auto& c : text) {
                auto const* const found = std::ranges::find(look_alikes, c, &LookAlike::letter);
                if (found != std::end(look_alikes) && draw.below(3) == 0) c = found->sign;
            }
            break;
        default:
            text = draw.any(20);
    }
    return text;
}

/// Four different words, as a passphrase is recommended everywhere.
std::string passphrase(Draw& draw) {
    std::vector<std::string_view> chosen_words;
    while (chosen_words.size() < 4) {
        auto const word = draw.one_of(words);
        if (std::ranges::find(chosen_words, word) == chosen_words.end()) chosen_words.push_back(word);
    }
    std::string text;
    for (auto const word : chosen_words) text += (text.empty() ? "" : " ") + std::string{word};
    text.front() = upper(text.front());
    return text + draw.digits(draw.between(1, 2));
}

struct Kind {
    std::string_view name;
    std::function<std::string(Draw&, std::string)> vary;
};

std::string other_digits(Draw& draw, std::string text) {
    std::string made;
    bool had_some = false;
    for (std::size_t at = 0; at < text.size();) {
        // A digit between letters may be meant as one; that is another kind.
        bool const inside =
            at > 0 && at + 1 < text.size() && is_letter(text[at - 1]) && is_letter(text[at + 1]);
        if (!is_digit(text[at]) || inside) {
            made += text[at++];
            continue;
        }
        while (at < text.size() && is_digit(text[at])) ++at;
        made += draw.digits(draw.between(1, 4));
        had_some = true;
    }
    return had_some ? made : made + draw.digits(draw.between(1, 4));
}

std::string other_year(Draw& draw, std::string text) {
    for (std::size_t at = 0; at + 4 <= text.size(); ++at) {
        if (std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at),
                        text.begin() + static_cast<std::ptrdiff_t>(at + 4), is_digit))
            return text.replace(at, 4, draw.year());
    }
    return draw.half() ? text + draw.year() : draw.year() + text;
}

std::string other_month(Draw& draw, std::string text) {
    std::string folded = text;
    std::ranges::transform(folded, folded.begin(), lower);
    for (auto const month : months) {
        std::string name{month};
        std::ranges::transform(name, name.begin(), lower);
        if (auto const at = folded.find(name); at != std::string::npos)
            return text.replace(at, name.size(), draw.one_of(months));
    }
    return draw.half() ? text + std::string{draw.one_of(months)} : std::string{draw.one_of(months)} + text;
}

std::string other_case(Draw& draw, std::string text) {
    for (auto& c : text) c = draw.half() ? upper(c) : lower(c);
    return text;
}

/// Letters between letters become signs, and signs letters.
std::string other_look_alikes(Draw& draw, std::string text) {
    for (std::size_t at = 1; at + 1 < text.size(); ++at) {
        if (!is_letter(text[at - 1]) || !is_letter(text[at + 1]) || draw.below(3) != 0) continue;
        auto const* const letter = std::ranges::find(look_alikes, lower(text[at]), &LookAlike::letter);
        auto const* const sign = std::ranges::find(look_alikes, text[at], &LookAlike::sign);
        if (letter != std::end(look_alikes))
            text[at] = letter->sign;
        else if (sign != std::end(look_alikes))
            text[at] = sign->letter;
        else
            continue;
        ++at;  // its neighbours stay letters
    }
    return text;
}

std::string other_separators(Draw& draw, std::string text) {
    std::string const between{draw.one_of(separators)};
    std::string made;
    for (auto const c : text) {
        bool const separates = c == '-' || c == ' ' || c == '.' || c == '_' || c == '+' || c == ',';
        made += separates ? between : std::string(1, c);
    }
    return made;
}

std::string reversed(Draw&, std::string text) { return {text.rbegin(), text.rend()}; }
std::string twice(Draw& draw, std::string text) { return text + std::string{draw.one_of(separators)} + text; }

std::string with_at_ends(Draw& draw, std::string text) {
    auto const before = draw.between(1, 3);
    return draw.any(before) + text + draw.any(draw.between(1, 4 - before));
}

std::string without_an_end(Draw& draw, std::string text) {
    auto const count = draw.between(1, 4);
    return draw.half() ? text.substr(count) : text.substr(0, text.size() - count);
}

Kind const kinds[] = {
    {"digits", other_digits},
    {"year", other_year},
    {"month or season", other_month},
    {"capitals", other_case},
    {"look-alikes", other_look_alikes},
    {"separators", other_separators},
    {"added in front", [](Draw& draw, std::string text) { return draw.any(draw.between(1, 4)) + text; }},
    {"added behind", [](Draw& draw, std::string text) { return text + draw.any(draw.between(1, 4)); }},
    {"added at both ends", with_at_ends},
    {"dropped at an end", without_an_end},
    {"turned round", reversed},
    {"said twice", twice},
    {"digits and capitals",
     [](Draw& draw, std::string text) { return other_digits(draw, other_case(draw, std::move(text))); }},
};

auto const user = *UserName::parse("j.devries");

bool keeps_the_rules(std::string_view password) { return check_new_password(password, user).has_value(); }

struct Counted {
    std::size_t tried = 0;
    std::size_t refused = 0;
    std::string example;  ///< one that went the wrong way
};

/// Runs `count` tries on both cores; try(i) gives whether it was refused and the password.
struct Tried {
    std::string password;
    std::string from;
    bool refused;
};
Counted count(std::size_t tries, bool shall_refuse, std::function<Tried(std::size_t)> const& attempt) {
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;
    Counted counted;
    counted.tried = tries;
    std::vector<std::jthread> workers;
    for (unsigned worker = 0; worker < std::max(1U, std::thread::hardware_concurrency()); ++worker) {
        workers.emplace_back([&] {
            for (std::size_t i = next++; i < tries; i = next++) {
                auto const tried = attempt(i);
                std::lock_guard const lock{mutex};
                counted.refused += tried.refused ? 1U : 0U;
                if (tried.refused != shall_refuse)
                    counted.example =
                        tried.from.empty() ? tried.password : tried.from + "  ->  " + tried.password;
            }
        });
    }
    workers.clear();
    return counted;
}

void print(std::string_view kind, Counted const& counted) {
    fmt::print("{:<22}{:>8}{:>9}{:>9.2f} %   {}\n", kind, counted.tried, counted.refused,
               100.0 * static_cast<double>(counted.refused) / static_cast<double>(counted.tried),
               counted.example);
}

}  // namespace

int main(int argc, char** argv) {
    bool const quick = argc == 2 && std::string_view{argv[1]} == "--quick";
    std::size_t const each = quick ? 100 : 1'600;  // of 13 kinds
    std::size_t const unrelated = quick ? 1'000 : 20'000;
    SystemRandom random;
    auto const keyring = crypto::Keyring<OfficeZone>::create(
        {Uuid::version_7(SystemClock{}.now(), random), Environment::test}, random);

    Draw draw{7};
    PasswordHistory history{random};
    std::vector<std::string> earlier;
    while (earlier.size() < PasswordHistory::kept) {
        auto password = chosen(draw);
        if (!keeps_the_rules(password)) continue;
        history.add(history.tags_of(keyring, password));
        earlier.push_back(std::move(password));
    }
    auto const is_refused = [&](std::string const& password) {
        auto const normal = normal_password(password);
        return history.is_too_like_an_earlier_one(history.tags_of(keyring, normal->text()));
    };

    fmt::print("{} earlier passwords of one user; what is tried keeps the other rules\n\n", earlier.size());
    fmt::print("{:<22}{:>8}{:>9}{:>11}   one that went wrong\n", "variation of one", "tried", "refused",
               "share");
    Counted all;
    for (auto const& kind : kinds) {
        auto const seed = 1000 + static_cast<std::uint64_t>(&kind - kinds) * 1'000'000;
        auto const counted = count(each, true, [&](std::size_t i) {
            Draw own{seed + i};
            for (;;) {
                auto const& from = own.one_of(earlier);
                auto password = kind.vary(own, from);
                if (password == from || !keeps_the_rules(password)) continue;
                bool const refused = is_refused(password);
                return Tried{std::move(password), from, refused};
            }
        });
        print(kind.name, counted);
        all.tried += counted.tried;
        all.refused += counted.refused;
    }
    print("all variations", all);
    auto const others = count(unrelated, false, [&](std::size_t i) {
        Draw own{500'000'000 + i};
        for (;;) {
            auto password = chosen(own);
            if (!keeps_the_rules(password)) continue;
            bool const refused = is_refused(password);
            return Tried{std::move(password), {}, refused};
        }
    });
    print("unrelated", others);

    // Not what is like an earlier one, but what the rules alone refuse.
    auto const phrases = count(unrelated, false, [&](std::size_t i) {
        Draw own{700'000'000 + i};
        auto password = passphrase(own);
        bool const refused = !keeps_the_rules(password);
        return Tried{std::move(password), {}, refused};
    });
    print("four words, by rules", phrases);

    bool const bites = all.refused * 1000 >= all.tried * 999;
    bool const lets_pass = others.refused * 1000 <= others.tried && phrases.refused * 1000 <= phrases.tried;
    fmt::print("\nat least 99.9 % of the variations refused: {}; at most 0.1 % of the unrelated: {}\n",
               bites ? "so" : "NOT SO", lets_pass ? "so" : "NOT SO");
    return bites && lets_pass ? 0 : 1;
}
