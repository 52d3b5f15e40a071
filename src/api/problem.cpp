#include "api/problem.h"

namespace klout7::api {

namespace problems {
Problem const malformed_request{400, "malformed_request", "Dit verzoek kan niet worden gelezen.",
                                "This request cannot be read."};
Problem const not_signed_in{401, "not_signed_in", "Meld u aan om verder te gaan.", "Sign in to go on."};
Problem const sign_in_wrong{401, "sign_in_wrong",
                            "De naam, het wachtwoord of de code klopt niet. Gebruik een nieuwe code.",
                            "The name, the password or the code is not right. Use a new code."};
Problem const too_many_guesses{429, "too_many_guesses",
                               "Er is te vaak geprobeerd. Probeer het later opnieuw.",
                               "There were too many tries. Try again later."};
Problem const change_password_first{403, "change_password_first", "Kies eerst een eigen wachtwoord.",
                                    "Choose your own password first."};
Problem const not_same_origin{403, "not_same_origin", "Dit verzoek kwam niet van deze website.",
                              "This request did not come from this site."};
Problem const not_found{404, "not_found", "Dit is er niet, of niet voor u.",
                        "This is not there, or not for you."};
Problem const not_allowed{403, "not_allowed", "U mag dit bekijken, maar dit niet doen.",
                          "You may see this, but not do this."};
Problem const method_not_allowed{405, "method_not_allowed", "Dit kan hier niet.",
                                 "This cannot be done here."};
Problem const wrong_content_type{415, "wrong_content_type", "Dit soort inhoud kan hier niet.",
                                 "This kind of content is not taken here."};
Problem const invalid{422, "invalid", "Enkele velden kloppen niet.", "Some fields are not right."};
Problem const already_there{409, "already_there", "Dit is al gemeld.", "This is already there."};
Problem const not_now{409, "not_now", "Dit kan in deze stand niet.", "This cannot be done in this state."};
Problem const changed_meanwhile{412, "changed_meanwhile", "Iemand anders heeft dit intussen gewijzigd.",
                                "Someone else changed this meanwhile."};
Problem const body_too_large{413, "body_too_large", "Dit is te groot.", "This is too large."};
Problem const headers_too_large{431, "headers_too_large", "De kop van dit verzoek is te groot.",
                                "The head of this request is too large."};
Problem const too_slow{408, "too_slow", "Het verzoek kwam te langzaam binnen.",
                       "The request came in too slowly."};
Problem const overloaded{503, "overloaded", "Het is te druk. Probeer het zo opnieuw.",
                         "It is too busy. Try again in a moment."};
Problem const unavailable{503, "unavailable",
                          "De opslag antwoordt niet. Er is niets gewijzigd; probeer het zo opnieuw.",
                          "The store does not answer. Nothing was changed; try again in a moment."};
Problem const full{507, "full", "De opslag is vol. Er is niets gewijzigd; waarschuw de beheerder.",
                   "The store is full. Nothing was changed; warn the operator."};
Problem const failed{500, "failed", "Er ging iets mis aan onze kant. Er is niets gewijzigd.",
                     "Something went wrong on our side. Nothing was changed."};
}  // namespace problems

namespace {

Problem const& problem_of(access::FailureKind kind) {
    using enum access::FailureKind;
    switch (kind) {
        case not_found:
            return problems::not_found;
        case not_allowed:
            return problems::not_allowed;
        case invalid:
            return problems::invalid;
        case already_there:
            return problems::already_there;
        case not_now:
            return problems::not_now;
        case changed_meanwhile:
            return problems::changed_meanwhile;
        case wrong_content:
            return problems::wrong_content_type;
        case unavailable:
            return problems::unavailable;
        case full:
            return problems::full;
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
