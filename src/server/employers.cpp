#include "people/employers.h"

#include <fmt/format.h>

#include "arguments.h"
#include "program/program.h"

namespace klout7::server {
namespace {

using Program = program::Program<OfficeZone>;

constexpr auto usage =
    "usage: klout7 employer networks CODE --networks LIST\n"
    "       klout7 employer list";

Done set_networks(Program& program, std::string_view code, std::string_view listed) {
    auto const networks = access::Networks::parse(listed);
    bool const is_empty = listed.find_first_not_of(" ,\t\n") == std::string_view::npos;
    if ((!networks && !is_empty) ||
        (networks && networks->text().size() > people::employer_networks_longest)) {
        return Done::fail(fmt::format(
            "--networks is a list like \"192.0.2.0/24,2001:db8::/32\": addresses, or networks with "
            "nothing but zeros behind the prefix, in at most {} bytes; \"\" is from everywhere",
            people::employer_networks_longest));
    }
    auto const& frame = program.frame();
    auto const done = frame.database.transact([&](store::Transaction& tx) {
        auto const employer = people::find_employer(tx, program.keyring(), code);
        if (!employer) return false;
        people::set_networks(tx, program.keyring(), employer->id, networks);
        auto line =
            operator_line("change", "employer", employer->id.uuid(),
                          "networks: " + (networks ? networks->text() : std::string{}), frame.clock.now());
        line.organisation = employer->id;
        frame.recorder.record(tx, {&line, 1});
        return true;
    });
    if (!done) return Done::fail(no_database);
    if (!*done) return Done::fail("no employer has this code; see klout7 employer list");
    return {};
}

Done list(Program& program) {
    auto const listed = program.frame().database.transact(
        [&](store::Transaction& tx) { return people::list_employers(tx, program.keyring()); });
    if (!listed) return Done::fail(no_database);
    for (auto const& one : *listed)
        fmt::print("{:<10}  {}\n", one.code, one.networks ? one.networks->text() : "from everywhere");
    return {};
}

}  // namespace

Done manage_employers(program::DataFolder const& folder, Arguments const& arguments) {
    auto const& words = arguments.words;
    auto const listed = arguments.option("--networks");
    bool const sets = words.size() == 3 && words[1] == "networks" && listed;
    if (!sets && !(words.size() == 2 && words[1] == "list")) return Done::fail(usage);
    auto program = Program::open(folder, "klout7");
    if (!program) return Done::fail(program.error());
    return sets ? set_networks(**program, words[2], *listed) : list(**program);
}

}  // namespace klout7::server
