#include "password_words.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <ranges>
#include <string>

#include "access/password_rules.h"
#include "base/text.h"
#include "password_letters.h"
#include "password_list.h"

namespace klout7::access {
namespace {

/// Names of fewer letters stand in too much.
constexpr std::size_t fewest_letters_of_name = 4;
/// A listed word that saves a guesser less than 2^9 tries over its letters stands in random signs by chance,
/// and so does a shortened month.
constexpr int fewest_bits_saved = 9;
constexpr std::size_t longest_month_by_chance = 4;
constexpr std::size_t longest_said_again = password_longest / 2;
constexpr std::size_t fewest_digits_in_a_row = 3;
constexpr std::size_t digits_of_a_year = 4;
constexpr int bits_of_a_letter = 5;  // of 26, and of the signs of a keyboard
constexpr int bits_of_a_digit = 3;   // of 10
constexpr int bits_of_a_month = 5;   // of 42 names
constexpr int bits_of_known_digits = 5;
constexpr int bits_of_a_choice = 1;  // once more; turned round; behind another word

/// What tops every list of passwords that leaked, in Dutch and English: rows of keys, words of sign-in pages,
/// pets and clubs. Source: the yearly lists of NordPass and of the UK National Cyber Security Centre, as
/// letters only.
constexpr std::u32string_view own_words[] = {U"abcdefghijklmnopqrstuvwxyz",
                                             U"abcdefghij",
                                             U"abcdefgh",
                                             U"abcdef",
                                             U"klmnopqrstuvwxyz",
                                             U"klmnop",
                                             U"klmn",
                                             U"abcd",
                                             U"abc",
                                             U"qwertyuiop",
                                             U"qwertyui",
                                             U"qwerty",
                                             U"qwert",
                                             U"azertyuiop",
                                             U"azerty",
                                             U"qwertz",
                                             U"asdfghjkl",
                                             U"asdfgh",
                                             U"asdf",
                                             U"zxcvbnm",
                                             U"zxcvbn",
                                             U"zxcv",
                                             U"qazwsx",
                                             U"qwaszx",
                                             U"password",
                                             U"passwort",
                                             U"passw",
                                             U"pass",
                                             U"wachtwoord",
                                             U"wachtwrd",
                                             U"geheim",
                                             U"secret",
                                             U"toegang",
                                             U"access",
                                             U"inloggen",
                                             U"login",
                                             U"logon",
                                             U"signin",
                                             U"admin",
                                             U"administrator",
                                             U"beheer",
                                             U"beheerder",
                                             U"root",
                                             U"user",
                                             U"gebruiker",
                                             U"guest",
                                             U"gast",
                                             U"test",
                                             U"testing",
                                             U"default",
                                             U"temp",
                                             U"tijdelijk",
                                             U"change",
                                             U"changeme",
                                             U"letmein",
                                             U"welkom",
                                             U"welcome",
                                             U"hallo",
                                             U"hello",
                                             U"goedemorgen",
                                             U"iloveyou",
                                             U"ikhouvanjou",
                                             U"lovely",
                                             U"love",
                                             U"liefde",
                                             U"schatje",
                                             U"lieverd",
                                             U"liefje",
                                             U"darling",
                                             U"princess",
                                             U"prinses",
                                             U"sunshine",
                                             U"zonnetje",
                                             U"dragon",
                                             U"draak",
                                             U"monkey",
                                             U"aapje",
                                             U"tiger",
                                             U"tijger",
                                             U"football",
                                             U"voetbal",
                                             U"baseball",
                                             U"hockey",
                                             U"soccer",
                                             U"superman",
                                             U"batman",
                                             U"pokemon",
                                             U"starwars",
                                             U"master",
                                             U"shadow",
                                             U"killer",
                                             U"trustno",
                                             U"freedom",
                                             U"vrijheid",
                                             U"whatever",
                                             U"nothing",
                                             U"computer",
                                             U"laptop",
                                             U"internet",
                                             U"google",
                                             U"facebook",
                                             U"microsoft",
                                             U"windows",
                                             U"samsung",
                                             U"android",
                                             U"iphone",
                                             U"ajax",
                                             U"feyenoord",
                                             U"feijenoord",
                                             U"psv",
                                             U"amsterdam",
                                             U"rotterdam",
                                             U"utrecht",
                                             U"nederland",
                                             U"holland",
                                             U"oranje",
                                             U"michael",
                                             U"jennifer",
                                             U"jordan",
                                             U"charlie",
                                             U"ashley",
                                             U"daniel",
                                             U"thomas",
                                             U"andrew",
                                             U"joshua",
                                             U"maandag",
                                             U"dinsdag",
                                             U"woensdag",
                                             U"donderdag",
                                             U"vrijdag",
                                             U"zaterdag",
                                             U"zondag",
                                             U"monday",
                                             U"tuesday",
                                             U"wednesday",
                                             U"thursday",
                                             U"friday",
                                             U"saturday",
                                             U"sunday",
                                             U"vakantie",
                                             U"holiday",
                                             U"kerstmis",
                                             U"christmas",
                                             U"kantoor",
                                             U"office",
                                             U"werk",
                                             U"bedrijf",
                                             U"company",
                                             U"zomaar",
                                             U"niets",
                                             U"mijn",
                                             U"klout",
                                             U"ziektewet"};

/// What a guesser needs for some signs, as a power of two, and whether a listed word is among them.
struct Guess {
    int bits = 0;
    bool has_word = false;
};

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

/// How long a year is with which this begins, or digits of which each is one more, or one less, than the one
/// before ("4321"); 0 if there is neither.
std::size_t size_of_known_digits(std::u32string_view text) {
    std::size_t size = 1;
    auto const step = [&](std::size_t at) {
        return static_cast<int>(text[at]) - static_cast<int>(text[at - 1]);
    };
    while (size < text.size() && is_digit(text[size - 1]) && is_digit(text[size]) &&
           std::abs(step(size)) == 1 && step(size) == step(1))
        ++size;
    if (size >= fewest_digits_in_a_row) return size;
    auto const year = text.substr(0, digits_of_a_year);
    bool const is_year = year.size() == digits_of_a_year && std::ranges::all_of(year, is_digit) &&
                         (year.starts_with(U"19") || year.starts_with(U"20"));
    return is_year ? digits_of_a_year : 0;
}

/// The cheapest way to put a text together from listed words, months, years, single signs, and what was just
/// said again. Source: the way of D. L. Wheeler, "zxcvbn: Low-Budget Password Strength Estimation" (USENIX
/// Security 2016), with whole bits.
class Guesser {
public:
    explicit Guesser(std::u32string_view text)
        : text_(text),
          read_(as_letters(text)),
          reversed_(std::u32string{read_.view().rbegin(), read_.view().rend()}),
          best_(text.size() + 1, Guess{std::numeric_limits<int>::max(), false}) {
        best_.front() = {};
        for (at_ = 0; at_ < text_.size(); ++at_) step();
    }
    Guess whole() const { return best_.back(); }

private:
    static std::u32string as_letters(std::u32string_view text) {
        std::u32string letters{text};
        std::ranges::transform(letters, letters.begin(), read_as_letter);
        return letters;
    }

    void step() {
        auto const rest = text_.substr(at_);
        reach(1, is_digit(rest.front()) ? bits_of_a_digit : bits_of_a_letter, false);
        if (auto const size = size_of_known_digits(rest)) reach(size, bits_of_known_digits, false);
        if (auto const size = calendar_name_at_front(rest))
            reach(size, bits_of_a_month, size > longest_month_by_chance);
        reach_words(read_.view().substr(at_));
        for (std::size_t size = 1; size <= std::min({at_, rest.size(), longest_said_again}); ++size) {
            auto const before = text_.substr(at_ - size, size);
            if (before == rest.substr(0, size) ||
                std::ranges::equal(before | std::views::reverse, rest.substr(0, size)))
                reach(size, bits_of_a_choice, false);
        }
    }
    void reach_words(std::u32string_view rest) {
        // A guesser also tries words in another order.
        auto const order = best_[at_].has_word ? bits_of_a_choice : 0;
        for (auto const word : own_words) {
            if (rest.starts_with(word)) reach(word.size(), 0, true);
        }
        for (auto size = shortest_common; size <= std::min(longest_common, rest.size()); ++size) {
            auto const backwards = reversed_.view().substr(rest.size() - size, size);
            if (auto const bits = bits_of_common(rest.substr(0, size))) reach(size, *bits + order, true);
            if (auto const bits = bits_of_common(backwards))
                reach(size, *bits + order + bits_of_a_choice, true);
        }
    }
    void reach(std::size_t size, int bits, bool is_word) {
        auto const saved = bits_of_a_letter * static_cast<int>(size) - bits;
        bool const tells = is_word && saved >= fewest_bits_saved;
        Guess const made{best_[at_].bits + bits, best_[at_].has_word || tells};
        auto& there = best_[at_ + size];
        if (made.bits < there.bits || (made.bits == there.bits && made.has_word)) there = made;
    }

    std::u32string_view text_;
    Letters read_;      ///< with look-alikes as letters
    Letters reversed_;  ///< the same, the last sign first
    std::size_t at_ = 0;
    std::vector<Guess> best_;
};

}  // namespace

bool is_of_common_words(std::string_view password) {
    // All of it is little: digits and signs are those that everybody puts behind.
    Letters const whole{fold_compatible(password)};
    if (!whole.view().empty() && Guesser{whole.view()}.whole().bits < fewest_bits) return true;
    // Beside words that everybody tries, digits and signs count for nothing.
    return std::ranges::any_of(letters_of(password), [](Letters const& letters) {
        auto const guess = Guesser{letters.view()}.whole();
        return guess.has_word && guess.bits < fewest_bits;
    });
}

bool holds_a_name(std::string_view password, std::vector<std::string> const& names) {
    auto const readings = letters_of(password);
    return std::ranges::any_of(names, [&](std::string const& name) {
        auto const letters = letters_of(name).front();
        return letters.view().size() >= fewest_letters_of_name &&
               std::ranges::any_of(readings, [&](Letters const& reading) {
                   return reading.view().find(letters.view()) != std::u32string_view::npos;
               });
    });
}

}  // namespace klout7::access
