#include "base/made_up.h"

#include <doctest/doctest.h>

#include <unordered_set>

#include "base/text.h"

namespace klout7 {

TEST_CASE("the same seed makes the same people, another seed others") {
    MadeUpPeople a{1};
    MadeUpPeople b{1};
    MadeUpPeople other{2};
    bool differs = false;
    for (int i = 0; i < 100; ++i) {
        auto const x = a.next_person(a.next_employer());
        auto const y = b.next_person(b.next_employer());
        auto const z = other.next_person(other.next_employer());
        CHECK(x.last_name == y.last_name);
        CHECK(x.birth_date == y.birth_date);
        CHECK(x.bsn == y.bsn);
        CHECK(x.iban == y.iban);
        CHECK(x.phone == y.phone);
        CHECK(x.address.postcode == y.address.postcode);
        CHECK(x.staff_number == y.staff_number);
        differs = differs || x.last_name != z.last_name || x.birth_date != z.birth_date;
    }
    CHECK(differs);
}

TEST_CASE("made-up people look like people, with the bank and the number ranges of made-up ones") {
    MadeUpPeople people{7};
    auto const employer = people.next_employer();
    bool any_prefix = false;
    bool any_diacritic = false;
    for (int i = 0; i < 1000; ++i) {
        auto const person = people.next_person(employer);
        CHECK(to_nfc(person.last_name) == person.last_name);
        CHECK_FALSE(fold_name(person.last_name).empty());
        CHECK(person.initials.ends_with('.'));
        CHECK(LocalDate::from(1956, 1, 1).value() <= person.birth_date);
        CHECK(person.birth_date < LocalDate::from(2008, 6, 1).value());
        CHECK(person.bsn.text().starts_with("9"));
        CHECK(person.iban.text().substr(4, 4) == "TEST");
        CHECK(person.phone.size() == 11);
        CHECK(person.phone.starts_with("06-00"));
        CHECK(person.address.postcode.size() == 7);
        CHECK(person.staff_number.starts_with(employer.code));
        any_prefix = any_prefix || !person.prefix.empty();
        any_diacritic = any_diacritic || count_code_points(person.last_name) < person.last_name.size();
    }
    CHECK(any_prefix);
    CHECK(any_diacritic);
}

TEST_CASE("the test range of numbers comes first") {
    MadeUpPeople people{3};
    auto const employer = people.next_employer();
    auto const first = people.next_person(employer).bsn.text();
    CHECK(first.starts_with("99999"));
    CHECK(Bsn::parse(first));
}

TEST_CASE("a million people have a million numbers") {
    MadeUpPeople people{4};
    auto const employer = people.next_employer();
    std::unordered_set<std::string> numbers;
    for (std::uint32_t i = 0; i < MadeUpPeople::max_people; ++i)
        numbers.insert(people.next_person(employer).bsn.text());
    CHECK(numbers.size() == MadeUpPeople::max_people);
    CHECK_FALSE(numbers.contains("000000000"));
}

TEST_CASE("employers have their own names and codes") {
    MadeUpPeople people{5};
    auto const first = people.next_employer();
    auto const second = people.next_employer();
    CHECK(first.code == "AAA");
    CHECK(second.code == "AAB");
    CHECK(first.name != second.name);
}

}  // namespace klout7
