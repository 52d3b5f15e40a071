#include "access/service_accounts.h"

#include <fmt/format.h>

#include "arguments.h"
#include "people/employers.h"
#include "program/program.h"
#include "transport/client_certificate.h"

namespace klout7::server {
namespace {

using Program = program::Program<OfficeZone>;

constexpr auto usage =
    "usage: klout7 service-account add --employer CODE --certificate FILE --networks LIST\n"
    "       klout7 service-account close ID\n"
    "       klout7 service-account list";

Done add(Program& program, Arguments const& arguments) {
    if (program.keyring().identity().environment != Environment::development) {
        return Done::fail(
            "only in a development environment the operator adds a service account; here a functional "
            "administrator proposes it, and another one approves");
    }
    auto const code = arguments.option("--employer");
    auto const certificate = arguments.option("--certificate");
    auto const listed = arguments.option("--networks");
    if (!code || !certificate || !listed) return Done::fail(usage);
    auto const subject = transport::subject_of(*certificate);
    if (!subject || subject->size() > access::subject_longest) {
        return Done::fail(
            fmt::format("{} is no PEM file with a certificate that names somebody, in at most {} bytes",
                        *certificate, access::subject_longest));
    }
    auto const networks = access::Networks::parse(*listed);
    if (!networks || networks->text().size() > access::networks_longest) {
        return Done::fail(
            "--networks is a list like \"192.0.2.0/24,2001:db8::/32\": addresses, or networks "
            "with nothing but zeros behind the prefix");
    }
    auto const& frame = program.frame();
    bool employer_is_known = false;
    auto const added = frame.database.transact([&](store::Transaction& tx) -> std::optional<UserId> {
        auto const employer = people::find_employer(tx, program.keyring(), *code);
        employer_is_known = employer.has_value();
        if (!employer) return std::nullopt;
        auto const now = frame.clock.now();
        auto const id = access::add_service_account(tx, program.keyring(),
                                                    {employer->id, *subject, *networks}, now, frame.random);
        if (!id) return std::nullopt;
        auto line = operator_line("create", "service_account", id->uuid(), *subject, now);
        line.organisation = employer->id;
        frame.recorder.record(tx, {&line, 1});
        return id;
    });
    if (!added) return Done::fail(no_database);
    if (!employer_is_known) return Done::fail("no employer has this code");
    if (!*added) {
        return Done::fail(
            fmt::format("an open service account has the subject {}; close that one first, or give "
                        "this machine a certificate of its own",
                        *subject));
    }
    fmt::print("{}  {}\n", (*added)->to_string(), *subject);
    return {};
}

Done close(Program& program, std::string_view text) {
    auto const id = UserId::parse(text);
    auto const& frame = program.frame();
    auto const closed = frame.database.transact([&](store::Transaction& tx) {
        auto const now = frame.clock.now();
        if (!id || !access::close_service_account(tx, program.keyring(), *id, now)) return false;
        auto const line = operator_line("end", "service_account", id->uuid(), {}, now);
        frame.recorder.record(tx, {&line, 1});
        return true;
    });
    if (!closed) return Done::fail(no_database);
    if (!*closed) return Done::fail("no open service account has this id; see klout7 service-account list");
    return {};
}

Done list(Program& program) {
    struct Shown {
        access::ServiceAccount account;
        std::string employer;
    };
    auto const listed = program.frame().database.transact([&](store::Transaction& tx) {
        std::vector<Shown> shown;
        for (auto& one : access::list_service_accounts(tx, program.keyring())) {
            auto const employer = people::find_employer(tx, program.keyring(), one.employer);
            shown.push_back({std::move(one), employer ? employer->code : std::string{}});
        }
        return shown;
    });
    if (!listed) return Done::fail(no_database);
    for (auto const& [account, employer] : *listed) {
        fmt::print("{}  {:<6}  {:<10}  {}  {}\n", account.id.to_string(),
                   account.closed_at ? "closed" : "open", employer, account.subject, account.networks.text());
    }
    return {};
}

}  // namespace

Done manage_service_accounts(program::DataFolder const& folder, Arguments const& arguments) {
    auto const& words = arguments.words;
    bool const is_right = words.size() == 2 ? words[1] == "add" || words[1] == "list"
                                            : words.size() == 3 && words[1] == "close";
    if (!is_right) return Done::fail(usage);
    auto program = Program::open(folder, "klout7");
    if (!program) return Done::fail(program.error());
    if (words[1] == "add") return add(**program, arguments);
    if (words[1] == "close") return close(**program, words[2]);
    return list(**program);
}

}  // namespace klout7::server
