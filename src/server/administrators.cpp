#include "access/administrators.h"

#include <fmt/format.h>

#include "arguments.h"
#include "program/program.h"

namespace klout7::server {
namespace {

using access::AdministratorFault;

constexpr auto usage =
    "usage: klout7 administrator add USER --name NAME --e-mail ADDRESS --side office|medical\n"
    "       klout7 administrator new-factors USER --side office|medical\n"
    "       klout7 administrator welcome-password USER --side office|medical\n"
    "       klout7 administrator close USER --side office|medical\n"
    "       klout7 administrator list --side office|medical";

std::string_view sentence_for(AdministratorFault fault) {
    switch (fault) {
        case AdministratorFault::bad_e_mail:
            return "--e-mail is the work e-mail address of the administrator";
        case AdministratorFault::conflict:
            return "this person has another account on this side; nobody has two";
        case AdministratorFault::bad_name:
            return "--name is how the administrator is called: text, at most 100 characters";
        case AdministratorFault::unknown:
            return "no account of this side has this user name; see klout7 administrator list";
        case AdministratorFault::other_role:
            return "this account is not an administrator's; the administrators of its side manage it, two of "
                   "them together";
        case AdministratorFault::closed:
            return "this account is closed; make a new one";
        case AdministratorFault::taken:
            return "an account of this side has this user name";
        case AdministratorFault::waits:
            return "this was proposed already, and waits for another administrator of this side to approve "
                   "it";
        case AdministratorFault::store:
            return no_database;
    }
    return {};
}

void show(std::string_view what, std::string_view secret) { fmt::print("{:<18} {}\n", what, secret); }

/// What is told this once, and what comes next.
void show(std::string_view user_name, access::HandedOut const& out) {
    show("user name", user_name);
    if (out.welcome_password) show("welcome password", out.welcome_password->text());
    if (out.code) show(out.is_half ? "half of the code" : "code", out.code->text());
    show("until", out.until.to_string());
    if (out.is_half) {
        fmt::print(
            "\nAnother administrator of this side approves it (proposals of accounts) and gets the other "
            "half of\n"
            "the code. The user signs in with both halves, one behind the other.\n");
    } else if (out.code) {
        fmt::print("\nThe user signs in with the code in the place of a second factor, and adds one.\n");
    }
    fmt::print("This is shown once. Hand it over in person.\n");
}

template <class Zone>
Done manage(program::DataFolder const& folder, Arguments const& arguments) {
    auto const& what = arguments.words[1];
    auto const name = what == "list" ? std::nullopt : access::UserName::parse(arguments.words[2]);
    auto const shown = arguments.option("--name").value_or("");
    if (what != "list" && !name)
        return Done::fail("a user name is 3 to 64 small letters, digits, dots and hyphens");
    auto program = program::Program<Zone>::open(folder, "klout7");
    if (!program) return Done::fail(program.error());
    access::Administrators<Zone> const administrators{(*program)->frame()};
    if (what == "list") {
        auto const listed = administrators.list();
        if (!listed) return Done::fail(std::string{sentence_for(listed.error())});
        for (auto const& one : *listed) fmt::print("{:<20} {}\n", one.user_name, one.display_name);
        return {};
    }
    auto const by = operator_name();
    if (what == "close") {
        auto const closed = administrators.close(*name, by);
        return closed ? Done{} : Done::fail(std::string{sentence_for(closed.error())});
    }
    auto const out = what == "add"
                         ? administrators.add(*name, shown, arguments.option("--e-mail").value_or(""), by)
                     : what == "new-factors" ? administrators.new_factors(*name, by)
                                             : administrators.new_welcome(*name, by);
    if (!out) return Done::fail(std::string{sentence_for(out.error())});
    show(name->text(), *out);
    return {};
}

}  // namespace

Done manage_administrators(program::DataFolder const& folder, Arguments const& arguments) {
    auto const& words = arguments.words;
    auto const side = arguments.option("--side");
    bool const takes_user = words.size() == 3 && (words[1] == "add" || words[1] == "new-factors" ||
                                                  words[1] == "welcome-password" || words[1] == "close");
    if (!takes_user && !(words.size() == 2 && words[1] == "list")) return Done::fail(usage);
    if (side == "office") return manage<OfficeZone>(folder, arguments);
    if (side == "medical") return manage<MedicalZone>(folder, arguments);
    return Done::fail(usage);
}

}  // namespace klout7::server
