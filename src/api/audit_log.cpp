#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

#include "api/site.h"
#include "audit/reader.h"

namespace klout7::api {
namespace {

/// "1795000000000000~klout7-office~17": the last line of the page before.
std::optional<audit::LineCursor> parse_cursor(std::string_view text) {
    auto const first = text.find('~');
    auto const second = text.rfind('~');
    if (first == std::string_view::npos || second == first) return std::nullopt;
    std::int64_t at = 0;
    std::int64_t number = 0;
    auto const a = text.substr(0, first);
    auto const n = text.substr(second + 1);
    if (std::from_chars(a.data(), a.data() + a.size(), at).ec != std::errc{}) return std::nullopt;
    if (std::from_chars(n.data(), n.data() + n.size(), number).ec != std::errc{}) return std::nullopt;
    return audit::LineCursor{Instant::from_microseconds(at),
                             std::string{text.substr(first + 1, second - first - 1)}, number};
}

json::object line_json(audit::Line const& line) {
    auto const& event = line.entry.event;
    return {{"program", line.entry.program},
            {"number", line.entry.number},
            {"at", to_json(event.at)},
            {"action", event.action},
            {"thing", event.object_class},
            {"object", event.object ? json::value(event.object->to_string()) : json::value(nullptr)},
            {"person", to_json(event.person)},
            {"user", to_json(event.user)},
            {"role", event.role},
            {"responsible", to_json(event.responsible)},
            {"organisation", to_json(event.organisation)},
            {"ground", event.ground},
            {"outcome", audit::name_of(event.outcome)},
            {"session", to_json(event.session)},
            {"version", line.entry.version},
            {"detail", line.detail}};
}

template <class Zone>
Result read_log(Call<Zone>& call) {
    auto const person = call.head.query_value("person");
    // What is no id names nobody: it must not widen the question to everybody.
    auto const about = person ? std::optional{PersonId::parse(*person).value_or(PersonId{})} : std::nullopt;
    auto const cleared = access::look(
        call.frame, call.actor, [&](access::Unit<Zone>& unit) -> std::expected<void, access::Failure> {
            auto const access = unit.gate.ask(access::Action::read,
                                              {.resource = access::Resource::audit_log, .person = about});
            if (!access) return std::unexpected(access.error());
            return {};
        });
    if (!cleared) return std::unexpected(cleared.error());
    // The events are read by the account that may; the programs' own account cannot.
    auto const lines = call.frame.log_database.transact([&](store::Transaction& tx) {
        return audit::read_lines(tx, call.frame.keys.keyring(), about, parse_cursor(call.after()));
    });
    if (!lines) return std::unexpected(access::Failure{access::failure_of_reading(lines.error())});
    json::array shown;
    for (auto const& line : *lines) shown.push_back(line_json(line));
    json::value next = nullptr;
    if (static_cast<std::int64_t>(lines->size()) == audit::lines_per_page) {
        auto const& last = lines->back().entry;
        next = fmt::format("{}~{}~{}", last.event.at.microseconds(), last.program, last.number);
    }
    return json_answer(json::object{{"lines", std::move(shown)}, {"next", next}});
}

struct Words {
    std::string_view code, dutch, english;
};
std::string_view worded(std::span<Words const> words, std::string_view code, Language language) {
    for (auto const& one : words) {
        if (one.code == code) return language == Language::dutch ? one.dutch : one.english;
    }
    return language == Language::dutch ? "iemand" : "somebody";
}

constexpr auto who = std::to_array<Words>({
    {"client", "U zelf", "You yourself"},
    {"employer", "Uw werkgever", "Your employer"},
    {"case_manager", "Een casemanager", "A case manager"},
    {"benefit_specialist", "Een uitkeringsdeskundige", "A benefit specialist"},
    {"payments", "Een medewerker betalingen", "Somebody of payments"},
    {"company_doctor", "Een bedrijfsarts", "A company doctor"},
    {"insurance_doctor", "Een verzekeringsarts", "An insurance doctor"},
    {"delegated_staff", "Een medewerker namens de bedrijfsarts", "Staff on behalf of the company doctor"},
    {"privacy_officer", "De functionaris gegevensbescherming", "The privacy officer"},
    {"security_officer", "De beveiligingsfunctionaris", "The security officer"},
    {"auditor", "Een auditor", "An auditor"},
    {"operator", "Het beheer, bij het inlezen van een bestand", "Operations, when reading in a file"},
    {"scanner", "De virusscanner van Klout7", "The virus scanner of Klout7"},
    {"", "De andere kant van Klout7", "The other side of Klout7"},
});
constexpr auto did = std::to_array<Words>({
    {"read", "bekeek", "looked at"},
    {"list", "bekeek", "looked at"},
    {"search", "zocht naar", "searched for"},
    {"create", "voegde toe", "added"},
    {"change", "wijzigde", "changed"},
    {"write", "schreef in", "wrote in"},
    {"sign", "ondertekende", "signed"},
    {"assign", "wees toe", "assigned"},
    {"scan", "controleerde", "checked"},
    {"end", "beëindigde", "ended"},
    {"approve", "besliste over inzage in", "decided about the reading of"},
    // Of one thing only: it is asked for or reported, and nothing is added to it.
    {"create recovery", "meldde", "reported"},
    {"create medical_file", "vroeg inzage in", "asked to read"},
    {"write benefit_facts", "legde vast", "recorded"},
    {"create payment", "berekende", "reckoned"},
    {"change payment", "zette opnieuw klaar", "made ready again"},
    {"create payment_batch", "verwerkte", "put into a batch"},
    {"create bank_answer", "verwerkte", "read"},
    {"create payee_account", "voerde in", "entered"},
    {"approve payee_account", "keurde goed", "approved"},
    {"end payee_account", "keurde af", "refused"},
});
constexpr auto what = std::to_array<Words>({
    {"sick_report", "uw ziekmelding", "your sick report"},
    {"case_file", "uw dossier", "your case file"},
    {"case_list", "een lijst met uw dossier", "a list with your case"},
    {"person_card", "uw persoonsgegevens", "your personal data"},
    {"recovery", "uw herstelmelding", "your recovery"},
    {"letter", "een terugkoppeling van de bedrijfsarts", "a feedback letter of the company doctor"},
    {"document", "een document over u", "a document about you"},
    {"consult", "uw spreekuurverslagen", "the notes of your consults"},
    {"medical_file", "uw medisch dossier", "your medical file"},
    {"functional_abilities", "de lijst van uw mogelijkheden", "the list of what you can do"},
    {"benefit_facts", "de gegevens voor uw uitkering", "the facts of your benefit"},
    {"benefit", "de berekening van uw uitkering", "how your benefit is reckoned"},
    {"payment", "uw betaling", "your payment"},
    {"payment_batch", "uw betaling in een batch voor de bank", "your payment"},
    {"bank_answer", "een antwoord van de bank over uw betaling", "an answer of the bank about your payment"},
    {"payee_account", "uw rekeningnummer", "your account number"},
    {"emergency_access", "een noodtoegang tot uw medisch dossier",
     "an emergency access to your medical file"},
    {"own_access_log", "dit overzicht", "this overview"},
    {"audit_log", "het logboek over u", "the log about you"},
});

/// What was done, in the words of the thing it was done with when there are such.
std::string_view deed_of(audit::Event const& event, Language language) {
    auto const with_thing = event.action + " " + event.object_class;
    bool const has_own = std::ranges::find(did, with_thing, &Words::code) != did.end();
    return worded(did, has_own ? with_thing : event.action, language);
}

/// The log of the own file, in words. Reading it is a line in it.
template <class Zone>
Result read_own_log(Call<Zone>& call) {
    auto const person = call.actor.person;
    auto const cleared = access::look(
        call.frame, call.actor, [&](access::Unit<Zone>& unit) -> std::expected<void, access::Failure> {
            auto const access = unit.gate.ask(
                access::Action::read, {.resource = access::Resource::own_access_log, .person = person});
            if (!access) return std::unexpected(access.error());
            return {};
        });
    if (!cleared) return std::unexpected(cleared.error());
    auto const lines = call.frame.log_database.transact([&](store::Transaction& tx) {
        return audit::read_lines(tx, call.frame.keys.keyring(), person, parse_cursor(call.after()));
    });
    if (!lines) return std::unexpected(access::Failure{access::failure_of_reading(lines.error())});
    bool const dutch = call.language == Language::dutch;
    json::array shown;
    for (auto const& line : *lines) {
        auto const& event = line.entry.event;
        auto text =
            fmt::format("{} {} {}", worded(who, event.role, call.language), deed_of(event, call.language),
                        worded(what, event.object_class, call.language));
        // In the words of the table of who may do what.
        if (event.ground == access::name_of(access::Relation::emergency))
            text += dutch ? ", in een noodgeval" : ", in an emergency";
        if (event.ground == access::name_of(access::Relation::standing_in))
            text += dutch ? ", namens een collega" : ", in the place of a colleague";
        if (event.outcome == audit::Outcome::refused)
            text += dutch ? ": dit is geweigerd" : ": this was refused";
        if (event.outcome == audit::Outcome::failed) text += dutch ? ": dit is niet gelukt" : ": this failed";
        shown.push_back(json::object{{"at", to_json(event.at)}, {"text", text + "."}});
    }
    json::value next = nullptr;
    if (static_cast<std::int64_t>(lines->size()) == audit::lines_per_page) {
        auto const& last = lines->back().entry;
        next = fmt::format("{}~{}~{}", last.event.at.microseconds(), last.program, last.number);
    }
    return json_answer(json::object{{"lines", std::move(shown)}, {"next", next}});
}

}  // namespace

template <class Zone>
std::vector<Route<Zone>> audit_log_routes() {
    return {{transport::Method::get, "/api/v1/audit-log", access::Resource::audit_log, access::Action::read,
             read_log<Zone>},
            {transport::Method::get, "/api/v1/own-access-log", access::Resource::own_access_log,
             access::Action::read, read_own_log<Zone>}};
}

template std::vector<Route<OfficeZone>> audit_log_routes();
template std::vector<Route<MedicalZone>> audit_log_routes();

}  // namespace klout7::api
