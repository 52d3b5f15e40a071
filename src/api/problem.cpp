#include "api/problem.h"

namespace klout7::api {

namespace problems {
Problem const malformed_request{
    400, "malformed_request", "Dit verzoek kan niet worden gelezen. Controleer het adres en de opbouw ervan.",
    "This request cannot be read. Check its address and its form."};
Problem const not_signed_in{401, "not_signed_in",
                            "U bent niet aangemeld of uw sessie is verlopen. Meld u aan om verder te gaan.",
                            "You are not signed in, or your session is over. Sign in to go on."};
Problem const sign_in_wrong{
    401, "sign_in_wrong", "De naam, het wachtwoord of de tweede factor klopt niet. Gebruik een nieuwe code.",
    "The name, the password or the second factor is not right. Use a new code."};
Problem const too_many_guesses{429, "too_many_guesses",
                               "Er is te vaak geprobeerd. Probeer het later opnieuw.",
                               "There were too many tries. Try again later."};
Problem const change_password_first{403, "change_password_first", "Kies eerst een eigen wachtwoord.",
                                    "Choose your own password first."};
Problem const add_factor_first{403, "add_factor_first", "Stel eerst een tweede factor in.",
                               "Set up a second factor first."};
Problem const not_same_origin{
    403, "not_same_origin", "Dit verzoek kwam niet van deze website. Open de website zelf en doe het daar.",
    "This request did not come from this site. Open the site itself and do it there."};
Problem const not_found{404, "not_found", "Dit is er niet, of niet voor u. Kies uit uw eigen lijst.",
                        "This is not there, or not for you. Choose from your own list."};
Problem const not_allowed{403, "not_allowed",
                          "U mag dit bekijken, maar dit niet doen. Vraag het iemand die dat wel mag.",
                          "You may see this, but not do this. Ask someone who may."};
Problem const not_fresh{403, "not_fresh", "Toon eerst opnieuw uw tweede factor; doe het daarna nog eens.",
                        "Show your second factor again first; then do this once more."};
Problem const method_not_allowed{405, "method_not_allowed",
                                 "Dit kan hier niet. De kop Allow noemt wat hier wel kan.",
                                 "This cannot be done here. The header Allow names what can."};
Problem const wrong_content_type{415, "wrong_content_type",
                                 "Dit soort inhoud kan hier niet. Controleer de kop Content-Type.",
                                 "This kind of content is not taken here. Check the header Content-Type."};
Problem const invalid{422, "invalid", "Enkele velden kloppen niet. Verbeter ze en verstuur het opnieuw.",
                      "Some fields are not right. Correct them and send it again."};
Problem const already_there{409, "already_there",
                            "Dit is er al. Er is niets gewijzigd; kijk in uw eigen lijst.",
                            "This is already there. Nothing was changed; look in your own list."};
Problem const not_now{409, "not_now", "Dit kan in deze stand niet. Ververs en kijk wat wel kan.",
                      "This cannot be done in this state. Refresh and see what can."};
Problem const withdrawn{
    410, "withdrawn",
    "Dit document is ingetrokken en kan niet meer worden geopend. Kijk in de lijst wanneer dat "
    "is gedaan.",
    "This document was withdrawn and cannot be opened any more. See in the list when that "
    "was done."};
Problem const not_clean{409, "not_clean",
                        "Dit bestand is niet veilig bevonden, of nog niet gecontroleerd, en blijft daarom "
                        "dicht. Kijk in de lijst "
                        "hoe het ermee staat.",
                        "This file was not found to be safe, or was not checked yet, and therefore stays "
                        "closed. See in the list how "
                        "it stands."};
Problem const no_preview{422, "no_preview",
                         "Van dit bestand kan hier geen pagina worden getoond. Download het om het te lezen.",
                         "No page of this file can be shown here. Download it to read it."};
Problem const changed_meanwhile{412, "changed_meanwhile",
                                "Iemand anders heeft dit intussen gewijzigd. Ververs en doe het opnieuw.",
                                "Someone else changed this meanwhile. Refresh and do it again."};
Problem const body_too_large{413, "body_too_large",
                             "Dit is te groot. Er is niets bewaard; verstuur minder ineens.",
                             "This is too large. Nothing was kept; send less at once."};
Problem const headers_too_large{
    431, "headers_too_large",
    "De kop van dit verzoek is te groot. Verwijder de cookies van deze website en probeer "
    "het opnieuw.",
    "The head of this request is too large. Remove the cookies of this site and try again."};
Problem const too_slow{
    408, "too_slow",
    "Het verzoek kwam te langzaam binnen. Er is niets bewaard; controleer de verbinding en "
    "probeer het opnieuw.",
    "The request came in too slowly. Nothing was kept; check the connection and try again."};
Problem const overloaded{503, "overloaded", "Het is te druk. Probeer het zo opnieuw.",
                         "It is too busy. Try again in a moment."};
Problem const unavailable{503, "unavailable",
                          "De opslag antwoordt niet. Er is niets gewijzigd; probeer het zo opnieuw.",
                          "The store does not answer. Nothing was changed; try again in a moment."};
Problem const uncertain{
    503, "uncertain",
    "De opslag viel weg terwijl dit werd bewaard. Kijk eerst of het gelukt is; doe het anders "
    "opnieuw.",
    "The store went away while this was being saved. See whether it worked; if not, do it again."};
Problem const full{
    507, "full",
    "De opslag is vol. Er is niets gewijzigd; waarschuw de beheerder en probeer het daarna opnieuw.",
    "The store is full. Nothing was changed; warn the operator, then try again."};
Problem const stopped_half_way{
    503, "stopped_half_way",
    "De opslag nam niet alles op. Wat al bewaard is, blijft; verstuur hetzelfde later opnieuw.",
    "The store did not take all of it. What was kept stays; send the same again later."};
Problem const failed{
    500, "failed",
    "Er ging iets mis aan onze kant. Probeer het later opnieuw; blijft het zo, waarschuw de beheerder.",
    "Something went wrong on our side. Try again later; if it stays so, warn the operator."};
}  // namespace problems

namespace {

Problem const& problem_of(access::FailureKind kind) {
    using enum access::FailureKind;
    switch (kind) {
        case not_found:
            return problems::not_found;
        case not_allowed:
            return problems::not_allowed;
        case not_fresh:
            return problems::not_fresh;
        case too_often:
            return problems::too_many_guesses;
        case invalid:
            return problems::invalid;
        case already_there:
            return problems::already_there;
        case not_now:
            return problems::not_now;
        case withdrawn:
            return problems::withdrawn;
        case not_clean:
            return problems::not_clean;
        case changed_meanwhile:
            return problems::changed_meanwhile;
        case too_large:
            return problems::body_too_large;
        case too_slow:
            return problems::too_slow;
        case wrong_content:
            return problems::wrong_content_type;
        case unavailable:
            return problems::unavailable;
        case uncertain:
            return problems::uncertain;
        case full:
            return problems::full;
        case stopped_half_way:
            return problems::stopped_half_way;
    }
    return problems::failed;
}

}  // namespace

transport::Answer answer(Problem const& problem, Language language, json::object const& more) {
    auto const in_dutch = language == Language::dutch;
    json::object body{{"type", "about:blank"},
                      {"status", problem.status},
                      {"code", problem.code},
                      {"title", in_dutch ? problem.dutch : problem.english}};
    for (auto const& [name, value] : more) body[name] = value;
    auto made = json_answer(body, problem.status);
    made.headers.set("Content-Type", "application/problem+json");
    made.headers.set("Content-Language", in_dutch ? "nl" : "en");
    if (problem.status == 503) made.headers.set("Retry-After", "2");
    return made;
}

transport::Answer answer(access::Failure const& failure, Language language) {
    json::array faults;
    for (auto const& fault : failure.fields) {
        faults.push_back(json::object{{"field", fault.field},
                                      {"code", fault.code},
                                      {"detail", language == Language::dutch ? fault.dutch : fault.english}});
    }
    auto const& problem = problem_of(failure.kind);
    if (faults.empty()) return answer(problem, language);
    return answer(problem, language, {{"fields", std::move(faults)}});
}

}  // namespace klout7::api
