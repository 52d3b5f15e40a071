#include "messages/faults.h"

#include <array>

#include "base/check.h"

namespace klout7::messages {
namespace {

template <class Of>
struct Words {
    Of of;
    std::string_view code;
    Sentence sentence;
};

constexpr std::array<Words<Problem>, problem_count> problems{{
    {Problem::missing, "missing", {"Dit veld is nodig en ontbreekt.", "This field is needed and missing."}},
    {Problem::empty,
     "empty",
     {"Dit veld is leeg. Laat het weg, geef een waarde of wis het met een teken dat zegt dat u dat wilt.",
      "This field is empty. Leave it out, give a value, or clear it with the mark that says so."}},
    {Problem::twice,
     "twice",
     {"Dit veld staat er meer dan een keer.", "This field stands there more than once."}},
    {Problem::unknown_field,
     "unknown_field",
     {"Dit veld hoort niet in een bericht. Haal het weg; vermeld nooit een oorzaak van ziekte.",
      "This field does not belong in a message. Take it out; never give a cause of illness."}},
    {Problem::unknown_kind,
     "unknown_kind",
     {"Deze soort bericht bestaat niet.", "There is no such kind of message."}},
    {Problem::misplaced_text,
     "misplaced_text",
     {"Er staat tekst buiten de velden. Haal die weg.", "There is text outside of the fields. Take it out."}},
    {Problem::wrong_type,
     "wrong_type",
     {"Deze waarde is van een andere soort dan het veld.", "This value is of another type than the field."}},
    {Problem::clear_unusable,
     "clear_unusable",
     {"Het teken voor wissen is clear=\"true\", zonder waarde erbij.",
      "The mark for clearing is clear=\"true\", without a value beside it."}},
    {Problem::cannot_be_cleared,
     "cannot_be_cleared",
     {"Dit veld kan niet worden gewist. Laat het weg als er niets verandert.",
      "This field cannot be cleared. Leave it out when nothing changes."}},
    {Problem::not_text,
     "not_text",
     {"Er staan tekens in die niet in een tekst horen.",
      "There are characters that do not belong in a text."}},
    {Problem::too_long, "too_long", {"Deze tekst is te lang.", "This text is too long."}},
    {Problem::not_an_identifier,
     "not_an_identifier",
     {"Gebruik letters, cijfers en . _ -, te beginnen met een letter of cijfer; in een kenmerk van een "
      "bericht "
      "of bestand ook een dubbele punt.",
      "Use letters, digits and . _ -, beginning with a letter or digit; in an id of a message or file a "
      "colon "
      "too."}},
    {Problem::not_a_bsn,
     "not_a_bsn",
     {"Dit is geen BSN: negen cijfers die de elfproef doorstaan.",
      "This is no BSN: nine digits that pass the eleven-test."}},
    {Problem::not_a_loonheffingennummer,
     "not_a_loonheffingennummer",
     {"Dit is geen loonheffingennummer: negen cijfers, L, en twee cijfers vanaf 01.",
      "This is no loonheffingennummer: nine digits, L, and two digits from 01."}},
    {Problem::not_a_date,
     "not_a_date",
     {"Dit is geen bestaande datum. Schrijf JJJJ-MM-DD.", "This is no existing date. Write YYYY-MM-DD."}},
    {Problem::not_a_number,
     "not_a_number",
     {"Dit is geen getal zoals het hier hoort: alleen cijfers, bij uren hooguit twee decimalen achter een "
      "punt.",
      "This is no number as it belongs here: digits only, for hours at most two decimals behind a dot."}},
    {Problem::not_a_choice,
     "not_a_choice",
     {"Deze code staat niet op de lijst.", "This code is not on the list."}},
    {Problem::not_yes_or_no, "not_yes_or_no", {"Schrijf true of false.", "Write true or false."}},
    {Problem::not_a_phone_number,
     "not_a_phone_number",
     {"Dit is geen telefoonnummer: gebruik cijfers, spaties, streepjes, haakjes en een plus vooraan.",
      "This is not a phone number: use digits, spaces, hyphens, brackets and a plus in front."}},
    {Problem::not_a_postcode,
     "not_a_postcode",
     {"Dit is geen postcode; in Nederland zijn het vier cijfers en twee hoofdletters.",
      "This is no postcode; in the Netherlands it has four digits and two capitals."}},
    {Problem::not_a_country,
     "not_a_country",
     {"Dit is geen landcode van twee hoofdletters, zoals NL.",
      "This is no country code of two capitals, such as NL."}},
    {Problem::not_a_digest,
     "not_a_digest",
     {"Dit is geen SHA-256: 64 cijfers en letters a tot en met f.",
      "This is no SHA-256: 64 digits and letters a to f."}},
    {Problem::not_a_file_name,
     "not_a_file_name",
     {"Gebruik in een bestandsnaam letters, cijfers en . _ -, te beginnen met een letter of cijfer.",
      "Use letters, digits and . _ - in a file name, beginning with a letter or digit."}},
    {Problem::name_not_of_type,
     "name_not_of_type",
     {"De extensie van de naam hoort niet bij het type.",
      "The extension of the name is not one of the type."}},
    {Problem::out_of_range,
     "out_of_range",
     {"Deze waarde kan niet: zij is te klein of te groot.",
      "This value cannot be right: it is too small or too large."}},
    {Problem::in_the_future,
     "in_the_future",
     {"Deze dag ligt na de dag waarop het bestand is gemaakt.",
      "This day is after the day on which the file was made."}},
    {Problem::too_far_ahead,
     "too_far_ahead",
     {"Deze dag ligt te ver vooruit.", "This day is too far ahead."}},
    {Problem::too_long_ago, "too_long_ago", {"Deze dag is te lang geleden.", "This day is too long ago."}},
    {Problem::before_birth,
     "before_birth",
     {"Deze dag ligt niet na de geboortedatum.", "This day is not after the date of birth."}},
    {Problem::end_before_start,
     "end_before_start",
     {"Het dienstverband eindigt voor het begint.", "The employment ends before it starts."}},
    {Problem::fit_not_after_sick,
     "fit_not_after_sick",
     {"De eerste dag van herstel ligt niet na de eerste ziektedag.",
      "The first fit day is not after the first sick day."}},
    {Problem::says_nothing,
     "says_nothing",
     {"Dit bericht verandert niets.", "This message changes nothing."}},
    {Problem::refers_ahead,
     "refers_ahead",
     {"Dit verwijst naar het bericht zelf of naar een dat er pas achter staat.",
      "This refers to the message itself, or to one that stands behind it."}},
    {Problem::refers_to_other_kind,
     "refers_to_other_kind",
     {"Dit verwijst naar een bericht van een soort die hier niet past.",
      "This refers to a message of a kind that does not fit here."}},
}};

constexpr std::array<Words<FileProblem>, file_problem_count> file_problems{{
    {FileProblem::empty, "empty", {"Het bestand is leeg.", "The file is empty."}},
    {FileProblem::too_large,
     "too_large",
     {"Het bestand is groter dan 2 MiB. Verdeel de berichten over meer bestanden.",
      "The file is larger than 2 MiB. Divide the messages over more files."}},
    {FileProblem::not_utf8,
     "not_utf8",
     {"Het bestand is geen tekst in UTF-8.", "The file is no text in UTF-8."}},
    {FileProblem::not_xml, "not_xml", {"Dit is geen welgevormde XML.", "This is no well-formed XML."}},
    {FileProblem::not_json, "not_json", {"Dit is geen JSON.", "This is no JSON."}},
    {FileProblem::has_dtd,
     "has_dtd",
     {"Een documenttype, eigen entiteiten en verwerkingsopdrachten worden niet aangenomen.",
      "A document type, entities of its own and processing instructions are not taken."}},
    {FileProblem::too_deep,
     "too_deep",
     {"Er staat te veel in elkaar.", "Too much stands inside of each other."}},
    {FileProblem::too_many_parts,
     "too_many_parts",
     {"Het bestand heeft meer velden dan duizend berichten kunnen hebben.",
      "The file has more fields than a thousand messages can have."}},
    {FileProblem::too_many_messages,
     "too_many_messages",
     {"Er staan meer dan duizend berichten in. Verdeel ze over meer bestanden.",
      "There are more than a thousand messages. Divide them over more files."}},
    {FileProblem::other_document,
     "other_document",
     {"Dit is geen bestand van berichten.", "This is no file of messages."}},
    {FileProblem::wrong_version,
     "wrong_version",
     {"Deze versie wordt niet gelezen. Maak het bestand in versie 1.",
      "This version is not read. Make the file in version 1."}},
    {FileProblem::part_missing,
     "part_missing",
     {"Een deel van de envelop ontbreekt.", "A part of the envelope is missing."}},
    {FileProblem::part_unusable,
     "part_unusable",
     {"Een deel van de envelop is onbruikbaar.", "A part of the envelope cannot be used."}},
    {FileProblem::part_twice,
     "part_twice",
     {"Een deel van de envelop staat er meer dan een keer.",
      "A part of the envelope stands there more than once."}},
    {FileProblem::unknown_part,
     "unknown_part",
     {"De envelop heeft een deel dat er niet in hoort. Haal het weg; vermeld nooit een oorzaak van ziekte.",
      "The envelope has a part that does not belong there. Take it out; never give a cause of illness."}},
    {FileProblem::message_id_twice,
     "message_id_twice",
     {"Twee berichten hebben hetzelfde kenmerk.", "Two messages have the same id."}},
    {FileProblem::message_unusable,
     "message_unusable",
     {"Een bericht doorstaat de controle niet.", "A message does not pass the check."}},
}};

template <class Of>
Words<Of> const& words_for(Of of, auto const& all) {
    for (auto const& one : all)
        if (one.of == of) return one;
    stop_program("every problem has its words", std::source_location::current());
}

}  // namespace

std::string_view name_of(Problem problem) { return words_for(problem, problems).code; }
std::string_view name_of(FileProblem problem) { return words_for(problem, file_problems).code; }
Sentence sentence_for(Problem problem) { return words_for(problem, problems).sentence; }
Sentence sentence_for(FileProblem problem) { return words_for(problem, file_problems).sentence; }

}  // namespace klout7::messages
