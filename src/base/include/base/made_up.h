#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bsn.h"
#include "base/iban.h"
#include "base/local_date.h"
#include "base/random.h"

/// People who do not exist, for tests, the demo and `klout7 generate`. The same seed makes the same
/// people in the same order.
namespace klout7 {

struct MadeUpAddress {
    std::string street;
    std::uint32_t number = 0;
    std::string postcode;  // 1234 AB
    std::string town;
};

struct MadeUpPerson {
    std::string last_name;
    std::string prefix;    // "van der", or empty
    std::string initials;  // "J.M."
    LocalDate birth_date;
    Bsn bsn;
    Iban iban;
    std::string phone;  // 06-00xxxxxx: unlikely to be anybody's
    MadeUpAddress address;
    std::string staff_number;  // with the employer
};

struct MadeUpEmployer {
    std::string name;
    std::string code;  // three letters before its staff numbers
};

/// One run of made-up people. No two of its people share a BSN or a staff number. It stops the program
/// when asked for more than `max_people`.
class MadeUpPeople {
public:
    static constexpr std::uint32_t max_people = 1'000'000;

    explicit MadeUpPeople(std::uint64_t seed) : random_(seed) {}
    MadeUpPerson next_person(MadeUpEmployer const& employer);
    MadeUpEmployer next_employer();
    /// For what a caller makes up around them, from the same seed.
    Random& random() { return random_; }

private:
    Bsn next_bsn();
    Iban next_iban();
    std::string_view one_of(auto const& list) { return list[random_.below(list.size())]; }

    SeededRandom random_;
    // First 99999xxxx, known from public test data; it has 909 numbers that pass. Then upward from
    // 900000000: that nobody was ever given one of those is assumed, not shown, so a run of more people
    // stays on machines of tests and never goes to another party. The numbers are the same for each seed.
    std::uint32_t next_bsn_ = 999'990'000;
    bool in_test_range_ = true;
    std::uint32_t people_ = 0;
    std::uint32_t employers_ = 0;
};

}  // namespace klout7
