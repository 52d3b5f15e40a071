// Makes the two lists of passwords that everybody tries, and shows what they refuse. Run by
// script/common-passwords.
#include <fmt/core.h>

#include <algorithm>
#include <bit>
#include <fstream>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "access/password_rules.h"
#include "base/text.h"
#include "password_letters.h"
#include "password_list.h"
#include "password_words.h"

using namespace klout7;
using namespace klout7::access;

namespace {

constexpr std::size_t most_words = 11'000;
constexpr int bits_of_a_letter = 5;
constexpr int bits_of_a_walk = 8;
constexpr int bits_of_dutch = 10;

/// Dutch words of many passwords, which lists of the world have too far down: for the house, towns and clubs,
/// and what stands on desks of an office like this one.
constexpr std::string_view dutch[] = {
    "hallo",   "doei",          "schat",       "knuffel",    "kusje",        "kusjes",       "poepie",
    "konijn",  "vlinder",       "paard",       "paarden",    "hond",         "honden",       "katten",
    "poes",    "poezen",        "dolfijn",     "olifant",    "appeltaart",   "stroopwafel",  "kaas",
    "lekker",  "gezellig",      "bloem",       "bloemen",    "appel",        "aardbei",      "banaan",
    "chocola", "chocolade",     "sinterklaas", "koningsdag", "familie",      "vrienden",     "geluk",
    "leven",   "muziek",        "gitaar",      "fiets",      "mama",         "papa",         "oma",
    "opa",     "groningen",     "eindhoven",   "arnhem",     "nijmegen",     "denhaag",      "maastricht",
    "twente",  "vitesse",       "heerenveen",  "friesland",  "zeeland",      "limburg",      "brabant",
    "belgie",  "antwerpen",     "brussel",     "hetismijn",  "geenidee",     "weetniet",     "onbekend",
    "nieuw",   "nieuwe",        "veranderen",  "wijzigen",   "wachtwoorden", "wachtwoordje", "welkomterug",
    "systeem", "administratie", "salaris",     "personeel",  "directie",     "receptie",     "klant",
    "verzuim", "uwv",           "arbodienst",  "ziek",       "ziekmelding",  "hersteld",     "dokter",
    "zorg",    "ziekenhuis",    "uitkering"};

auto const user = *UserName::parse("j.devries");

std::vector<std::string> lines_of(char const* path) {
    std::ifstream file{path};
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) {
        if (line.ends_with('\r')) line.pop_back();
        if (!line.empty() && is_valid_utf8(line)) lines.push_back(line);
    }
    if (lines.empty()) {
        fmt::print(stderr, "{}: nothing to read\n", path);
        std::exit(1);
    }
    return lines;
}

bool is_plain(std::string_view word) {
    return word.size() >= shortest_common && word.size() <= longest_common &&
           std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

/// Runs of neighbouring keys of the keyboards of the Netherlands, Belgium and Germany, and of the alphabet:
/// of four letters and more along a row, of six and more down the columns or zigzag.
std::set<std::string> walks() {
    constexpr std::string_view rows[] = {"qwertyuiop", "asdfghjkl",  "zxcvbnm",
                                         "azertyuiop", "qsdfghjklm", "wxcvbn",
                                         "qwertzuiop", "yxcvbnm",    "abcdefghijklmnopqrstuvwxyz"};
    constexpr std::string_view columns[] = {"qazwsxedcrfvtgbyhnujm", "qazxswedcvfrtgbnhyujm",
                                            "aqwzsxedcrfvtgbyhnuj",  "qawsedrftgyhujikolp",
                                            "aqswdefrgthyjukilop",   "azsxdcfvgbhnjm"};
    std::set<std::string> found;
    auto const add = [&](std::string_view line, std::size_t shortest) {
        for (std::size_t size = shortest; size <= line.size(); ++size) {
            for (std::size_t at = 0; at + size <= line.size(); ++at) found.emplace(line.substr(at, size));
        }
    };
    for (auto const row : rows) add(row, 4);
    for (auto const column : columns) add(column, 6);
    return found;
}

/// The letters of ranked passwords, the most used first: of each the shares of all passwords that have these
/// letters, with Zipf's law for how often the n-th is used.
std::vector<std::string> words_of(std::vector<std::string> const& ranked) {
    std::unordered_map<std::string, double> share;
    for (std::size_t rank = 1; rank <= ranked.size(); ++rank) {
        for (auto const& reading : letters_of(ranked[rank - 1])) {
            auto const word = to_utf8(reading.view());
            if (is_plain(word)) share[word] += 1.0 / static_cast<double>(rank);
        }
    }
    std::vector<std::pair<double, std::string>> sorted;
    for (auto const& [word, part] : share) sorted.emplace_back(-part, word);
    std::ranges::sort(sorted);
    std::vector<std::string> words;
    for (auto& [part, word] : sorted) words.push_back(std::move(word));
    return words;
}

class Words {
public:
    void add(std::string const& word, int bits) {
        // What the letters alone, or two words before it, tell as cheaply needs no line.
        if (bits >= bits_of_a_letter * static_cast<int>(word.size())) return;
        for (std::size_t at = shortest_common; at + shortest_common <= word.size(); ++at) {
            auto const front = bits_.find(word.substr(0, at));
            auto const back = bits_.find(word.substr(at));
            if (front == bits_.end() || back == bits_.end()) continue;
            if (front->second + back->second <= bits) return;
        }
        bits_.emplace(word, bits);
    }
    std::size_t size() const { return bits_.size(); }
    void print() const {
        std::set<std::string> lines;
        for (auto const& [word, bits] : bits_) lines.insert(word + static_cast<char>('A' + bits));
        for (auto const& line : lines) fmt::print("{}\n", line);
    }

private:
    std::unordered_map<std::string, int> bits_;
};

int make_words(char const* ranked) {
    Words words;
    unsigned rank = 0;
    for (auto const& word : words_of(lines_of(ranked))) {
        if (words.size() == most_words) break;
        words.add(word, static_cast<int>(std::bit_width(rank++)));
    }
    for (auto const& walk : walks()) words.add(walk, bits_of_a_walk);
    for (auto const word : dutch) words.add(std::string{word}, bits_of_dutch);
    words.print();
    return 0;
}

int make_marks(char const* leaked) {
    std::set<std::string> marks;
    for (auto const& password : lines_of(leaked)) {
        auto const normal = normal_password(password);
        if (!normal || count_code_points(normal->text()) < password_shortest) continue;
        if (is_of_common_words(normal->text())) continue;
        auto const own = marks_of(normal->text());
        // The first is of the whole text; it is told by the letters where these are enough.
        marks.insert(own.begin() + (own.size() > 1 ? 1 : 0), own.end());
    }
    for (auto const& mark : marks) fmt::print("{}\n", mark);
    return 0;
}

std::optional<PasswordFault> fault(std::string_view password) {
    auto const checked = check_new_password(password, user);
    return checked ? std::nullopt : std::optional{checked.error().front()};
}

bool is_shown(std::string_view what, std::size_t refused, std::size_t tried, double least,
              std::string const& example) {
    auto const share = 100.0 * static_cast<double>(refused) / static_cast<double>(tried);
    fmt::print("{:<52}{:>7} of {:>6}{:>9.2f} %   {}\n", what, refused, tried, share, example);
    return share >= least;
}

std::string capital(std::string word) {
    if (word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 'a' + 'A');
    return word;
}

struct Way {
    std::string_view name;
    std::function<std::string(std::string const&)> make;
};

/// How people make a short password fit for the rules.
Way const ways[] = {
    {"a capital, the year and signs",
     [](std::string const& word) {
         auto const made = capital(word) + "2026";
         return made + std::string(made.size() < 18 ? 18 - made.size() : 1, '!');
     }},
    {"a capital and digits in a row",
     [](std::string const& word) { return capital(word) + "-1234567890123"; }},
    {"said until it is long enough",
     [](std::string const& word) {
         auto made = capital(word);
         while (made.size() < 14) made += word;
         return made + "1!";
     }},
    {"turned round",
     [](std::string const& word) {
         auto const made = capital(word);
         return std::string{made.rbegin(), made.rend()} + "2026!!!!!!!!!!!!";
     }},
    {"look-alikes",
     [](std::string const& word) {
         auto made = capital(word);
         for (auto& c : made) {
             if (auto const at = std::string_view{"oeasit"}.find(c); at != std::string_view::npos)
                 c = "03@$!7"[at];
         }
         return made + "2026!!!!!!!!!!!!";
     }},
    {"a month and a year", [](std::string const& word) { return capital(word) + "-November-2026!"; }},
    {"letter by letter",
     [](std::string const& word) {
         std::string made;
         for (auto const c : capital(word)) made += std::string(1, c) + "-";
         return made + "2026-!!!!!!!!!!!";
     }},
};

/// What is refused of a list of leaked passwords, the most used first. Source: OWASP ASVS 5.0.0, 6.2.4
/// and 6.2.12.
int measure(char const* leaked) {
    constexpr std::size_t most_used = 3'000;
    auto const passwords = lines_of(leaked);
    std::size_t fit = 0;
    std::size_t refused = 0;
    std::string example;
    for (auto const& password : passwords) {
        auto const found = fault(password);
        if (found == PasswordFault::too_short || found == PasswordFault::too_long ||
            found == PasswordFault::too_few_classes)
            continue;
        ++fit;
        refused += found ? 1U : 0U;
        if (!found) example = password;
    }
    fmt::print("{} leaked passwords; {} have the length and the classes ({})\n\n", passwords.size(), fit,
               fit < most_used ? "all are tried, as there are fewer than 3,000" : "all are tried");
    bool good = is_shown("leaked, with length and classes", refused, fit, 100, example);
    for (auto const& way : ways) {
        std::size_t tried = 0;
        refused = 0;
        example.clear();
        for (std::size_t i = 0; i < most_used; ++i) {
            auto const password = way.make(passwords[i]);
            auto const found = fault(password);
            if (found == PasswordFault::too_short || found == PasswordFault::too_few_classes) continue;
            ++tried;
            refused += found ? 1U : 0U;
            if (!found) example = password;
        }
        good &= is_shown(fmt::format("3,000 most used: {}", way.name), refused, tried, 95, example);
    }
    fmt::print("\nall leaked ones refused, and 95 % of each way to lengthen the most used: {}\n",
               good ? "so" : "NOT SO");
    return good ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    std::string_view const what = argc > 1 ? argv[1] : "";
    if (what == "words" && argc == 3) return make_words(argv[2]);
    if (what == "marks" && argc == 3) return make_marks(argv[2]);
    if (what == "measure" && argc == 3) return measure(argv[2]);
    fmt::print(stderr, "usage: proof-common-passwords words RANKED | marks LEAKED | measure LEAKED\n");
    return 2;
}
