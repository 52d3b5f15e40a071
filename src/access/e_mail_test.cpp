#include "access/e_mail.h"

#include <doctest/doctest.h>

using namespace klout7::access;

TEST_CASE("an address is one whatever its capitals and the blanks around it") {
    CHECK(EMail::parse(" Jan.Jansen@Wegenbouw.EXAMPLE ")->text() == "jan.jansen@wegenbouw.example");
    CHECK(EMail::parse("JAN@a.nl") == EMail::parse("jan@A.NL"));
    for (auto const* text : {"a@b.nl", "a+b@c-d.example.org", "o'neill@example.org", "x_y@1.example"}) {
        INFO(text);
        CHECK(EMail::parse(text));
    }
}

TEST_CASE("what is no address is refused") {
    for (auto const* text : {"",
                             "@",
                             "a@",
                             "@b.nl",
                             "a",
                             "a@b",
                             "a@b.nl@c.nl",
                             "a b@c.nl",
                             "a@b c.nl",
                             "a..b@c.nl",
                             ".a@c.nl",
                             "a.@c.nl",
                             "a@.nl",
                             "a@b..nl",
                             "a@-b.nl",
                             "a@b-.nl",
                             "a@b.nl.",
                             "\"a b\"@c.nl",
                             "a@[192.0.2.1]",
                             "j\xC3\xA9@b.nl",
                             "a\n@b.nl",
                             "a@b.nl\r\nBcc: c@d.nl"}) {
        INFO(text);
        CHECK_FALSE(EMail::parse(text));
    }
}

TEST_CASE("an address has its limits") {
    CHECK(EMail::parse(std::string(64, 'a') + "@b.nl"));
    CHECK_FALSE(EMail::parse(std::string(65, 'a') + "@b.nl"));
    CHECK(EMail::parse("a@" + std::string(63, 'b') + ".nl"));
    CHECK_FALSE(EMail::parse("a@" + std::string(64, 'b') + ".nl"));
    std::string const domain = std::string(63, 'b') + "." + std::string(63, 'c') + "." + std::string(58, 'd');
    CHECK(EMail::parse(std::string(64, 'a') + "@" + domain + ".nl"));  // 254
    CHECK_FALSE(EMail::parse(std::string(64, 'a') + "@" + domain + "d.nl"));
}

TEST_CASE("its words are those that a password may not hold") {
    CHECK(EMail::parse("jan.jansen-2@mail.wegenbouw.example")->words() ==
          std::vector<std::string>{"jan", "jansen", "2", "mail", "wegenbouw"});
}
