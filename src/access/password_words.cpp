#include "password_words.h"

#include <algorithm>
#include <string>

#include "password_letters.h"

namespace klout7::access {
namespace {

constexpr std::size_t fewest_letters_of_name = 4;

/// What tops every list of passwords that leaked, in Dutch and English: rows of keys, words of sign-in pages,
/// pets and clubs. Source: the yearly lists of NordPass and of the UK National Cyber Security Centre, as
/// letters only.
constexpr std::u32string_view common_words[] = {U"abcdefghijklmnopqrstuvwxyz",
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

/// Without every listed word, the longest that fits first; how many there were goes into `found`.
std::u32string without_common_words(std::u32string_view letters, std::size_t& found) {
    std::u32string left;
    while (!letters.empty()) {
        std::size_t longest = 0;
        for (auto const word : common_words) {
            if (word.size() > longest && letters.starts_with(word)) longest = word.size();
        }
        if (longest == 0) left += letters.front();
        found += longest == 0 ? 0U : 1U;
        letters.remove_prefix(std::max<std::size_t>(longest, 1));
    }
    return left;
}

}  // namespace

bool is_of_common_words(std::string_view password) {
    return std::ranges::any_of(letters_of(password), [](Letters const& letters) {
        std::size_t found = 0;
        Letters const left{without_common_words(letters.view(), found)};
        return found > 0 && left.view().size() < fewest_letters_of_its_own;
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
