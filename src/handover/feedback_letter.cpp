#include "handover/feedback_letter.h"

#include <fmt/format.h>

#include <utility>

namespace klout7::handover {
namespace {

/// A choice: its code and how a letter says it.
struct Words {
    std::string_view code;
    std::string_view dutch;
    std::string_view english;
};

Words words_of(Limit limit) {
    switch (limit) {
        case Limit::concentration:
            return {"concentration", "langdurig de aandacht bij het werk houden",
                    "keeping attention on work for long"};
        case Limit::time_pressure:
            return {"time_pressure", "werken onder tijdsdruk", "working under time pressure"};
        case Limit::contact_with_public:
            return {"contact_with_public", "veel contact met klanten of publiek",
                    "much contact with customers or the public"};
        case Limit::lifting:
            return {"lifting", "tillen en dragen", "lifting and carrying"};
        case Limit::standing:
            return {"standing", "lang staan", "standing for long"};
        case Limit::walking:
            return {"walking", "lang lopen", "walking for long"};
        case Limit::sitting:
            return {"sitting", "lang zitten", "sitting for long"};
        case Limit::hand_work:
            return {"hand_work", "werk met de handen", "work with the hands"};
        case Limit::screen_work:
            return {"screen_work", "beeldschermwerk", "work at a screen"};
        case Limit::driving:
            return {"driving", "voertuigen besturen", "driving vehicles"};
        case Limit::night_work:
            return {"night_work", "werken in de nacht", "working at night"};
    }
    std::unreachable();
}
Words words_of(Possibility possibility) {
    switch (possibility) {
        case Possibility::own_work:
            return {"own_work", "het eigen werk", "the own work"};
        case Possibility::own_work_fewer_hours:
            return {"own_work_fewer_hours", "het eigen werk in minder uren", "the own work in fewer hours"};
        case Possibility::own_tasks_in_part:
            return {"own_tasks_in_part", "een deel van de eigen taken", "a part of the own tasks"};
        case Possibility::adapted_work:
            return {"adapted_work", "aangepast werk", "adapted work"};
        case Possibility::other_work:
            return {"other_work", "ander werk", "other work"};
        case Possibility::work_from_home:
            return {"work_from_home", "thuiswerk", "work from home"};
        case Possibility::no_work_for_now:
            return {"no_work_for_now", "voorlopig geen werk", "no work for now"};
    }
    std::unreachable();
}
Words words_of(Advice advice) {
    switch (advice) {
        case Advice::adapt_workplace:
            return {"adapt_workplace", "pas de werkplek aan", "adapt the workplace"};
        case Advice::adapt_tasks:
            return {"adapt_tasks", "pas de taken aan", "adapt the tasks"};
        case Advice::adapt_hours:
            return {"adapt_hours", "pas de werktijden aan", "adapt the working hours"};
        case Advice::build_up_hours:
            return {"build_up_hours", "bouw de uren stap voor stap op", "build up the hours step by step"};
        case Advice::keep_contact:
            return {"keep_contact", "houd regelmatig contact", "keep in regular contact"};
        case Advice::talk_together:
            return {"talk_together", "ga samen in gesprek over de terugkeer",
                    "talk together about the return"};
        case Advice::labour_expert:
            return {"labour_expert", "vraag een arbeidsdeskundige om advies",
                    "ask a labour expert for advice"};
        case Advice::no_adjustment:
            return {"no_adjustment", "er is geen aanpassing nodig", "no adjustment is needed"};
    }
    std::unreachable();
}
Words words_of(ExpectedDuration duration) {
    switch (duration) {
        case ExpectedDuration::up_to_2_weeks:
            return {"up_to_2_weeks", "tot twee weken", "up to two weeks"};
        case ExpectedDuration::up_to_6_weeks:
            return {"up_to_6_weeks", "twee tot zes weken", "two to six weeks"};
        case ExpectedDuration::up_to_3_months:
            return {"up_to_3_months", "zes weken tot drie maanden", "six weeks to three months"};
        case ExpectedDuration::up_to_6_months:
            return {"up_to_6_months", "drie tot zes maanden", "three to six months"};
        case ExpectedDuration::longer_than_6_months:
            return {"longer_than_6_months", "langer dan zes maanden", "longer than six months"};
        case ExpectedDuration::not_to_say_yet:
            return {"not_to_say_yet", "nog niet te zeggen", "cannot be said yet"};
    }
    std::unreachable();
}

template <class Choice>
std::string listed(std::vector<Choice> const& choices, bool dutch) {
    if (choices.empty()) return dutch ? "geen" : "none";
    std::string text;
    for (auto const choice : choices) {
        auto const words = words_of(choice);
        text += fmt::format("{}{}", text.empty() ? "" : "; ", dutch ? words.dutch : words.english);
    }
    return text;
}

}  // namespace

std::string_view name_of(Limit limit) { return words_of(limit).code; }
std::string_view name_of(Possibility possibility) { return words_of(possibility).code; }
std::string_view name_of(Advice advice) { return words_of(advice).code; }
std::string_view name_of(ExpectedDuration duration) { return words_of(duration).code; }

std::string text_of(FeedbackLetter const& letter, LetterLanguage language) {
    bool const dutch = language == LetterLanguage::dutch;
    auto const duration = words_of(letter.fields.expected_duration);
    auto const line = [&](std::string_view in_dutch, std::string_view in_english, std::string_view value) {
        return fmt::format("{}: {}.\n", dutch ? in_dutch : in_english, value);
    };
    std::string text = dutch ? "Terugkoppeling van de bedrijfsarts\n" : "Feedback of the company doctor\n";
    text += line("Beperkt in", "Limited in", listed(letter.fields.limits, dutch));
    text += line("Mogelijk is", "Possible is", listed(letter.fields.possibilities, dutch));
    text += line("Uren per week", "Hours per week", std::to_string(letter.fields.hours_per_week));
    text += line("Verwachte duur", "Expected duration", dutch ? duration.dutch : duration.english);
    text += line("Advies", "Advice", listed(letter.fields.advice, dutch));
    if (letter.fields.next_contact)
        text += line("Volgend contact", "Next contact", letter.fields.next_contact->to_string());
    text += line("Ondertekend", "Signed",
                 fmt::format("{}, {}", letter.doctor_name,
                             LocalDate::in_the_netherlands(letter.signed_at).to_string()));
    return text;
}

}  // namespace klout7::handover
