#include "cases/sick_report.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <utility>

#include "base/text.h"
#include "words.h"

namespace klout7::cases {
namespace {

struct Column {
    std::string_view dutch;
    std::string_view english;
    std::string SickReportInput::*text;
    bool required = false;
};

// In the order of `Field`.
constexpr std::array<Column, field_count> columns{{
    {"werkgever", "employer", &SickReportInput::employer, true},
    {"personeelsnummer", "staff_number", &SickReportInput::staff_number},
    {"bsn", "bsn", &SickReportInput::bsn, true},
    {"achternaam", "last_name", &SickReportInput::last_name, true},
    {"tussenvoegsel", "prefix", &SickReportInput::prefix},
    {"voorletters", "initials", &SickReportInput::initials},
    {"geboortedatum", "birth_date", &SickReportInput::birth_date, true},
    {"eerste_ziektedag", "first_sick_day", &SickReportInput::first_sick_day, true},
    {"einde_dienstverband", "employment_end", &SickReportInput::employment_end},
    {"grond", "ground", &SickReportInput::ground, true},
    {"telefoon", "phone", &SickReportInput::phone},
    {"verpleegadres", "nursing_address", &SickReportInput::nursing_address},
    {"verwachte_duur_dagen", "expected_days", &SickReportInput::expected_days},
    {"vangnet", "safety_net", &SickReportInput::safety_net},
    {"arbeidsongeval", "work_accident", &SickReportInput::work_accident},
    {"verkeersongeval_derde", "traffic_accident_third_party", &SickReportInput::traffic_accident_third_party},
    {"lopende_werkzaamheden", "running_work", &SickReportInput::running_work},
}};

Column const& column_of(Field field) { return columns[static_cast<std::size_t>(field)]; }

struct Sentence {
    Problem problem;
    std::string_view code;
    std::string_view dutch;
    std::string_view english;
};

constexpr std::array<Sentence, problem_count> sentences{{
    {Problem::missing, "missing", "Vul dit veld in.", "Fill in this field."},
    {Problem::not_text, "not_text", "Hier staan tekens die geen leesbare tekst zijn. Typ de tekst opnieuw.",
     "There are characters here that are not readable text. Type the text again."},
    {Problem::too_long, "too_long", "Deze tekst is te lang. Maak hem korter.",
     "This text is too long. Make it shorter."},
    {Problem::not_a_bsn, "not_a_bsn",
     "Dit is geen burgerservicenummer: controleer de cijfers, negen op een rij.",
     "This is not a citizen service number (BSN): check the digits, nine in a row."},
    {Problem::not_a_date, "not_a_date",
     "Deze datum bestaat niet. Schrijf een datum als 31-12-2026 of 2026-12-31.",
     "This date does not exist. Write a date like 31-12-2026 or 2026-12-31."},
    {Problem::not_a_number, "not_a_number", "Vul een heel getal in, alleen met cijfers.",
     "Fill in a whole number, in digits only."},
    {Problem::not_a_choice, "not_a_choice",
     "Kies a, b of c: fictieve dienstbetrekking, nawerking of einde dienstverband.",
     "Choose a, b or c: fictitious employment, after insurance or contract ended."},
    {Problem::not_yes_or_no, "not_yes_or_no", "Vul ja of nee in, of laat dit veld leeg.",
     "Fill in yes or no, or leave this field empty."},
    {Problem::not_a_phone_number, "not_a_phone_number",
     "Dit is geen telefoonnummer: gebruik cijfers, spaties, streepjes, haakjes en een plus vooraan.",
     "This is not a phone number: use digits, spaces, hyphens, brackets and a plus in front."},
    {Problem::out_of_range, "out_of_range", "Deze waarde kan niet: zij is te klein of te groot.",
     "This value cannot be right: it is too small or too large."},
    {Problem::in_the_future, "in_the_future", "Deze dag ligt in de toekomst. Kies vandaag of een dag ervoor.",
     "This day is in the future. Choose today or a day before."},
    {Problem::too_long_ago, "too_long_ago", "Deze dag is te lang geleden.", "This day is too long ago."},
    {Problem::before_birth, "before_birth", "Deze dag ligt niet na de geboortedatum.",
     "This day is not after the date of birth."},
    {Problem::end_not_before_sick_day, "end_not_before_sick_day",
     "Bij nawerking (b) eindigt het dienstverband voor de eerste ziektedag.",
     "After insurance (b) the employment ends before the first sick day."},
    {Problem::end_before_sick_day, "end_before_sick_day",
     "Bij einde dienstverband tijdens ziekte (c) eindigt het dienstverband niet voor de eerste ziektedag.",
     "With a contract that ends during the illness (c) the employment does not end before the first sick "
     "day."},
    {Problem::wrong_number_of_fields, "wrong_number_of_fields",
     "Deze regel heeft niet zoveel velden als de kopregel.",
     "This line has not as many fields as the header."},
    {Problem::unknown_characters, "unknown_characters",
     "Dit veld heeft tekens die niet passen bij de codering van het bestand.",
     "This field has characters that do not fit the encoding of the file."},
    {Problem::field_too_long, "field_too_long", "Een veld is langer dan 4096 bytes.",
     "A field is longer than 4096 bytes."},
    {Problem::record_too_long, "record_too_long",
     "Deze regel is langer dan 65536 bytes; misschien is een aanhalingsteken niet gesloten.",
     "The record is longer than 65536 bytes; perhaps a quote is not closed."},
    {Problem::too_many_columns, "too_many_columns", "Deze regel heeft meer dan 64 kolommen.",
     "The record has more than 64 columns."},
    {Problem::unclosed_quote, "unclosed_quote",
     "Een aanhalingsteken is geopend en niet gesloten voor het einde van het bestand.",
     "A quote is opened and not closed before the file ends."},
    {Problem::misplaced_quote, "misplaced_quote",
     "Een aanhalingsteken staat waar het niet kan: zet het veld tussen aanhalingstekens en verdubbel die "
     "erin.",
     "A quote stands where none can: put the field in quotes and double those inside."},
    {Problem::nul_byte, "nul_byte", "Er staat een NUL-byte in, dat is geen tekst.",
     "There is a NUL byte, which is no text."},
}};

constexpr bool sentences_stand_in_order() {
    for (std::size_t i = 0; i < sentences.size(); ++i)
        if (static_cast<std::size_t>(sentences[i].problem) != i || sentences[i].english.empty()) return false;
    return true;
}
static_assert(sentences_stand_in_order());

/// Reads the fields of one report and keeps what is wrong with them.
class Checker {
public:
    Checker(SickReportInput const& input, LocalDate today) : input_(input), today_(today) {}

    std::expected<SickReport, std::vector<FieldProblem>> report() {
        using enum Field;
        auto employer_name = text(employer, longest_name);
        auto staff = text(staff_number, longest_staff_number);
        auto const number = citizen_number();
        auto name = text(last_name, longest_name);
        auto before_name = text(prefix, longest_prefix);
        auto letters = text(initials, longest_initials);
        auto const born = birth();
        auto const sick = sick_day(born);
        auto const why = ground_given();
        auto const end = end_of_employment(sick, why);
        auto telephone = phone_number();
        auto address = text(nursing_address, longest_address, LineBreaks::become_spaces);
        auto const days = days_expected();
        auto const net = yes_or_no(safety_net);
        auto const at_work = yes_or_no(work_accident);
        auto const in_traffic = yes_or_no(traffic_accident_third_party);
        auto const running = yes_or_no(running_work);
        if (!problems_.empty()) {
            std::ranges::stable_sort(problems_, {}, &FieldProblem::field);
            return std::unexpected(std::move(problems_));
        }
        return SickReport{std::move(employer_name),
                          std::move(staff),
                          *number,
                          std::move(name),
                          std::move(before_name),
                          std::move(letters),
                          *born,
                          *sick,
                          end,
                          *why,
                          std::move(telephone),
                          std::move(address),
                          days,
                          net,
                          at_work,
                          in_traffic,
                          running};
    }

private:
    enum class LineBreaks { are_refused, become_spaces };

    void refuse(Field field, Problem problem) { problems_.push_back({field, problem}); }

    /// What was given, without white space around it. A required field that is empty is refused here.
    std::string_view given(Field field) {
        std::string_view const raw = input_[field];
        auto const trimmed = is_valid_utf8(raw) ? trim(raw) : raw;
        if (trimmed.empty() && is_required(field)) refuse(field, Problem::missing);
        return trimmed;
    }

    std::string text(Field field, std::size_t longest, LineBreaks line_breaks = LineBreaks::are_refused) {
        auto const raw = given(field);
        if (raw.empty()) return {};
        std::string kept;
        kept.reserve(raw.size());
        bool is_ascii = true;
        for (std::size_t i = 0; i < raw.size(); ++i) {
            auto const c = raw[i];
            is_ascii = is_ascii && static_cast<unsigned char>(c) < 0x80;
            bool const breaks = c == '\n' || c == '\r';
            if (!breaks || line_breaks == LineBreaks::are_refused) {
                kept += c;
            } else if (!kept.ends_with(' ')) {
                kept += ' ';
            }
        }
        if (has_control_character(kept)) return refuse(field, Problem::not_text), std::string{};
        if (!is_ascii) {
            auto normal = to_nfc(kept);
            if (!normal) return refuse(field, Problem::not_text), std::string{};
            kept = std::move(*normal);
        }
        if (count_code_points(kept) > longest) return refuse(field, Problem::too_long), std::string{};
        return kept;
    }

    /// C0, DEL, C1, and those that turn the direction of a text or end a line unseen.
    static bool has_control_character(std::string_view text) {
        for (std::size_t i = 0; i < text.size(); ++i) {
            auto const at = [&](std::size_t offset) {
                return i + offset < text.size() ? static_cast<unsigned char>(text[i + offset]) : 0U;
            };
            if (at(0) < 0x20 || at(0) == 0x7F) return true;
            if (at(0) == 0xC2 && at(1) >= 0x80 && at(1) < 0xA0) return true;  // U+0080 to U+009F
            if (at(0) != 0xE2) continue;
            if (at(1) == 0x80 && at(2) >= 0xA8 && at(2) <= 0xAE) return true;  // U+2028 to U+202E
            if (at(1) == 0x81 && at(2) >= 0xA6 && at(2) <= 0xA9) return true;  // U+2066 to U+2069
        }
        return false;
    }

    std::optional<Bsn> citizen_number() {
        auto const raw = given(Field::bsn);
        if (raw.empty()) return std::nullopt;
        auto const number = Bsn::parse(raw);
        if (!number) refuse(Field::bsn, Problem::not_a_bsn);
        return number;
    }

    std::optional<LocalDate> date(Field field) {
        auto const raw = given(field);
        if (raw.empty()) return std::nullopt;
        auto const day = parse_date(raw);
        if (!day) refuse(field, Problem::not_a_date);
        return day;
    }

    std::optional<LocalDate> birth() {
        auto const day = date(Field::birth_date);
        if (!day) return day;
        constexpr int oldest_days = 120 * 366;
        if (*day > today_) refuse(Field::birth_date, Problem::in_the_future);
        if (days_between(*day, today_) > oldest_days) refuse(Field::birth_date, Problem::too_long_ago);
        return day;
    }

    std::optional<LocalDate> sick_day(std::optional<LocalDate> born) {
        auto const day = date(Field::first_sick_day);
        if (!day) return day;
        if (*day > today_) {
            refuse(Field::first_sick_day, Problem::in_the_future);
        } else if (born && *day <= *born) {
            refuse(Field::first_sick_day, Problem::before_birth);
        } else if (days_between(*day, today_) > oldest_sick_day_days) {
            refuse(Field::first_sick_day, Problem::too_long_ago);
        }
        return day;
    }

    std::optional<Ground> ground_given() {
        auto const raw = given(Field::ground);
        if (raw.empty()) return std::nullopt;
        auto const ground = parse_ground(raw);
        if (!ground) refuse(Field::ground, Problem::not_a_choice);
        return ground;
    }

    std::optional<LocalDate> end_of_employment(std::optional<LocalDate> sick, std::optional<Ground> why) {
        constexpr auto field = Field::employment_end;
        auto const end = date(field);
        if (!end) {
            bool const asked = why == Ground::after_insurance || why == Ground::contract_ended;
            if (asked && trim_is_empty(field)) refuse(field, Problem::missing);
            return end;
        }
        if (!sick) return end;
        // Whether ground b came within its four weeks is a decision with reasons, not a typing error.
        if (why == Ground::after_insurance && *end >= *sick) {
            refuse(field, Problem::end_not_before_sick_day);
        } else if (why == Ground::contract_ended && *end < *sick) {
            refuse(field, Problem::end_before_sick_day);
        } else if (std::abs(days_between(*sick, *end)) > oldest_sick_day_days) {
            refuse(field, Problem::out_of_range);
        }
        return end;
    }

    bool trim_is_empty(Field field) const { return trim(input_[field]).empty(); }

    std::string phone_number() {
        auto number = text(Field::phone, longest_phone);
        if (number.empty()) return number;
        bool const has_digit = number.find_first_of("0123456789") != std::string::npos;
        auto const behind_plus = std::string_view{number}.substr(number.front() == '+' ? 1 : 0);
        if (!has_digit || behind_plus.find_first_not_of("0123456789 -()/.") != std::string_view::npos)
            refuse(Field::phone, Problem::not_a_phone_number);
        return number;
    }

    std::optional<std::uint16_t> days_expected() {
        constexpr auto field = Field::expected_days;
        auto const raw = given(field);
        if (raw.empty()) return std::nullopt;
        bool const digits = raw.find_first_not_of("0123456789") == std::string_view::npos;
        if (!digits) return refuse(field, Problem::not_a_number), std::nullopt;
        std::uint16_t days = 0;
        auto const [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), days);
        if (error != std::errc{} || days < 1 || days > longest_expected_days)
            return refuse(field, Problem::out_of_range), std::nullopt;
        return days;
    }

    std::optional<bool> yes_or_no(Field field) {
        auto const raw = given(field);
        if (raw.empty()) return std::nullopt;
        for (std::string_view const yes : {"ja", "yes", "true", "1", "j", "y"})
            if (is_the_word(raw, yes)) return true;
        for (std::string_view const no : {"nee", "no", "false", "0", "n"})
            if (is_the_word(raw, no)) return false;
        refuse(field, Problem::not_yes_or_no);
        return std::nullopt;
    }

    SickReportInput const& input_;
    LocalDate today_;
    std::vector<FieldProblem> problems_;
};

/// A whole number of `least` to `most` digits.
std::optional<unsigned> digits(std::string_view text, std::size_t least, std::size_t most) {
    if (text.size() < least || text.size() > most) return std::nullopt;
    unsigned value = 0;
    for (auto const c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return value;
}

}  // namespace

std::string_view column_name(Field field, Language language) {
    return language == Language::dutch ? column_of(field).dutch : column_of(field).english;
}

bool is_required(Field field) { return column_of(field).required; }

std::string& SickReportInput::operator[](Field field) { return this->*column_of(field).text; }
std::string const& SickReportInput::operator[](Field field) const { return this->*column_of(field).text; }

std::string_view name_of(Problem problem) { return sentences[static_cast<std::size_t>(problem)].code; }

std::string_view text_for(Problem problem, Language language) {
    auto const& sentence = sentences[static_cast<std::size_t>(problem)];
    return language == Language::dutch ? sentence.dutch : sentence.english;
}

std::expected<SickReport, std::vector<FieldProblem>> check(SickReportInput const& input, LocalDate today) {
    return Checker{input, today}.report();
}

std::optional<LocalDate> parse_date(std::string_view text) {
    if (auto const iso = LocalDate::parse_iso(text)) return iso;
    auto const first = text.find_first_of("-/");
    if (first == std::string_view::npos) return std::nullopt;
    auto const second = text.find(text[first], first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    auto const day = digits(text.substr(0, first), 1, 2);
    auto const month = digits(text.substr(first + 1, second - first - 1), 1, 2);
    auto const year = digits(text.substr(second + 1), 4, 4);
    if (!day || !month || !year) return std::nullopt;
    return LocalDate::from(static_cast<int>(*year), *month, *day);
}

}  // namespace klout7::cases
