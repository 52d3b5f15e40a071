#include "base/made_up.h"

#include <fmt/format.h>

#include <array>

#include "base/check.h"

namespace klout7 {
namespace {

using Words = std::string_view;

constexpr auto last_names = std::to_array<Words>(
    {"Jansen",   "Janssen",  "Bakker",     "Visser",   "Meijer",     "Meyer",   "IJzerman",  "Yzerman",
     "Müller",   "Citroën",  "Daniëls",    "Groß",     "Mulder",     "Bos",     "Vos",       "Dijkstra",
     "Hoekstra", "Kuijper",  "Kuiper",     "Çelik",    "Öztürk",     "Yılmaz",  "El Amrani", "Núñez",
     "Nguyễn",   "Kowalska", "Wiśniewski", "Sørensen", "O'Brien",    "Postma",  "Prins",     "Schouten",
     "Verbeek",  "Willems",  "Zijlstra",   "Molenaar", "Smit-Brûlé", "Peeters", "Coëlho",    "Andrè"});
constexpr auto prefixed_names = std::to_array<Words>(
    {"Berg", "Dijk", "Hoek", "Veen", "Meer", "Linden", "Heuvel", "Wijk", "IJssel", "Brink", "Broek", "Hoën"});
constexpr auto prefixes = std::to_array<Words>(
    {"van", "de", "van den", "van der", "van de", "ten", "ter", "in 't", "op den", "d'"});
constexpr auto streets =
    std::to_array<Words>({"Dorpsstraat", "Kerkstraat", "Molenweg", "Prinses Irenelaan", "Stationsplein",
                          "'s-Gravenweg", "Curaçaostraat", "Burgemeester van Oldenborghlaan"});
constexpr auto towns = std::to_array<Words>({"Voorbeelddam", "Proefwijk", "Testerveen", "Nergenshuizen",
                                             "IJzerloo", "'s-Verzonnenbosch", "Fictiezijl", "Schijndrecht"});
constexpr auto trades = std::to_array<Words>({"Uitzendbureau", "Bouwbedrijf", "Schoonmaak", "Transport",
                                              "Zorggroep", "Kwekerij", "Bakkerij", "Techniek"});
constexpr Words capitals = "ABCDEFGHIJKLMNOPRSTVWXYZ";

}  // namespace

MadeUpPerson MadeUpPeople::next_person(MadeUpEmployer const& employer) {
    require(people_ < max_people, "no more made-up people than their limit");
    ++people_;
    bool const prefixed = random_.below(3) == 0;
    std::string const prefix{prefixed ? one_of(prefixes) : Words{}};
    std::string last_name{prefixed ? one_of(prefixed_names) : one_of(last_names)};
    std::string initials;
    for (auto left = 1 + random_.below(3); left > 0; --left)
        initials += fmt::format("{}.", capitals[random_.below(capitals.size())]);
    // From 1956 to 2007, so that in 2026 everybody could be at work.
    auto const born = LocalDate::from(1956, 1, 1).value().plus_days(static_cast<int>(random_.below(19'000)));
    auto const bsn = next_bsn();
    auto iban = next_iban();
    auto phone = fmt::format("06-00{:06}", random_.below(1'000'000));
    MadeUpAddress address;
    address.street = one_of(streets);
    address.number = static_cast<std::uint32_t>(1 + random_.below(250));
    address.postcode = fmt::format("{} {}{}", 1000 + random_.below(9000), capitals[random_.below(16)],
                                   capitals[random_.below(16)]);
    address.town = one_of(towns);
    return {std::move(last_name),
            prefix,
            std::move(initials),
            born,
            bsn,
            std::move(iban),
            std::move(phone),
            std::move(address),
            fmt::format("{}{:07}", employer.code, people_)};
}

MadeUpEmployer MadeUpPeople::next_employer() {
    auto const serial = employers_++;
    require(serial < 26 * 26 * 26, "no more made-up employers than their codes");
    auto const letter = [](std::uint32_t of) { return static_cast<char>('A' + of % 26); };
    std::string const code{letter(serial / 676), letter(serial / 26), letter(serial)};
    return {fmt::format("{} {} {}", one_of(trades), one_of(towns), code), code};
}

/// Upward through the range; about one number in eleven passes the eleven-test.
Bsn MadeUpPeople::next_bsn() {
    for (;;) {
        if (in_test_range_ && next_bsn_ == 1'000'000'000) {
            in_test_range_ = false;
            next_bsn_ = 900'000'000;
        }
        if (auto const bsn = Bsn::from_number(next_bsn_++)) return *bsn;
    }
}

/// An account of the bank TEST, which does not exist.
Iban MadeUpPeople::next_iban() {
    auto const account = fmt::format("TEST{:010}", random_.below(10'000'000'000));
    auto iban = Iban::parse(fmt::format("NL{}{}", iban_check_digits("NL", account), account));
    require(iban.has_value(), "a made-up IBAN with right check digits");
    return std::move(*iban);
}

}  // namespace klout7
