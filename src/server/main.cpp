#include <fmt/format.h>

#include <cstdio>
#include <set>

#include "arguments.h"
#include "crypto/key.h"

using namespace klout7;
using namespace klout7::server;

namespace {

constexpr auto help = R"(usage: klout7 COMMAND [--data FOLDER]

  init --environment NAME --office-port N --medical-port N
                             makes a new data folder: keys, certificates, database, accounts of the programs;
                             with a database elsewhere: --database-host NAME --database-ca FILE [--database-port N]
  serve                      starts the database and both programs, and what falls over again, until SIGTERM
  import sick-reports FILE   takes a file of sick reports; [--dry-run] [--rejects FILE] [--language nl|en]
  generate sick-reports      writes a file of made-up reports; --count N --seed N [--employers CODE,CODE]
  generate world             adds made-up people with a case, facts and an account; --people N --seed N, while `serve` runs
  administrator add USER     makes an account of who manages accounts, the first ones too;
                             --name NAME --e-mail ADDRESS --side office|medical
  administrator new-factors|welcome-password|close USER
                             helps an administrator who lost those, or closes the account; --side office|medical
  administrator list         shows them; --side office|medical
  audit verify               recomputes both logs and names the first line that is not as it was written;
                             [--side office|medical]
  audit key                  prints what an auditor's own program needs to check the signed checkpoints
  documents check            reads every document to its last byte and names what is missing, altered or too much;
                             [--side office|medical] [--pace MIB] [--repair]
  documents rescan           shows how far scanning again with new signatures has come; `pause` holds it up, `continue` lets it go on
  employer networks CODE     names the networks from which users of an employer come; --networks 192.0.2.0/24,2001:db8::/32,
                             or --networks "" for everywhere
  employer list              shows the employers and those networks
  service-account add        of a development environment: lets the HR system of an employer in by its certificate (PEM), from
                             listed networks; elsewhere two functional administrators do;
                             --employer CODE --certificate FILE --networks 192.0.2.0/24,2001:db8::/32
  service-account close ID   ends that at its next request
  service-account list       shows them, closed ones too
  database check             compares the database with what was agreed: encryption, TLS, rights, schema
  database bundle            writes what the administrator of a database elsewhere runs and sets;
                             --hosts ADDRESS,... --to FOLDER [--since CHANGE]
  database certificate       takes a certificate for an account of the programs, and seals its key;
                             --account NAME --certificate FILE --private-key FILE
  database new-passwords     renews the passwords of those accounts, while the programs serve; [--finish]
  dba-shell                  opens the database client with every right; [-- arguments of mariadb]
  settings seal KEY          seals a secret from standard input for a settings file; --side office|medical
  demo world                 fills a development environment with made-up people and accounts

The data folder is --data, or ./data. Run it as the user who owns the folder.
)";

/// Options without a value.
std::set<std::string, std::less<>> const flags{"--dry-run", "--finish", "--help",
                                               "--quiet",   "--repair", "--without-encryption"};

std::optional<Arguments> parse(int argc, char** argv, std::string& problem) {
    Arguments arguments;
    for (int i = 1; i < argc; ++i) {
        std::string const word = argv[i];
        if (word == "--") {
            arguments.rest.assign(argv + i + 1, argv + argc);
            break;
        }
        if (!word.starts_with("--")) {
            arguments.words.push_back(word);
        } else if (flags.contains(word)) {
            arguments.options[word] = "";
        } else if (i + 1 < argc) {
            arguments.options[word] = argv[++i];
        } else {
            problem = fmt::format("{} wants a value", word);
            return std::nullopt;
        }
    }
    return arguments;
}

Done dispatch(Arguments const& arguments) {
    program::DataFolder const folder{std::filesystem::absolute(arguments.option("--data").value_or("data"))};
    if constexpr (is_protected) {
        if (arguments.has("--without-encryption"))
            return Done::fail("this program always encrypts; only the build without-encryption does not");
    }
    auto const& words = arguments.words;
    auto const is = [&](std::string_view first, std::string_view second = {}) {
        return !words.empty() && words[0] == first &&
               (second.empty() || (words.size() > 1 && words[1] == second));
    };
    if (is("generate", "sick-reports")) return generate_sick_reports(arguments);
    if (is("init")) return initialise(folder, arguments);
    if (!std::filesystem::exists(folder.keyring(Side::office)))
        return Done::fail(fmt::format("{} is no data folder of Klout7; make one with `klout7 init --data {}`",
                                      folder.root.string(), folder.root.string()));
    if (is("serve")) return serve(folder, arguments);
    if (is("generate", "world")) return generate_world(folder, arguments);
    if (is("import", "sick-reports")) return import_sick_reports(folder, arguments);
    if (is("audit", "verify")) return verify_log(folder, arguments);
    if (is("audit", "key")) return show_log_key(folder);
    if (is("administrator")) return manage_administrators(folder, arguments);
    if (is("database")) return manage_database(folder, arguments);
    if (is("documents")) return manage_documents(folder, arguments);
    if (is("employer")) return manage_employers(folder, arguments);
    if (is("service-account")) return manage_service_accounts(folder, arguments);
    if (is("dba-shell")) return dba_shell(folder, arguments);
    if (is("settings", "seal")) return seal_setting(folder, arguments);
    if (is("demo", "world")) return make_demo_world(folder, arguments);
    return {2, "no such command; see `klout7 --help`"};
}

}  // namespace

int main(int argc, char** argv) {
    std::string problem;
    auto const arguments = parse(argc, argv, problem);
    if (!arguments) {
        fmt::print(stderr, "klout7: {}\n", problem);
        return 2;
    }
    if (arguments->has("--help") || arguments->words.empty() || arguments->words[0] == "help") {
        fmt::print("{}", help);
        return arguments->words.empty() && !arguments->has("--help") ? 2 : 0;
    }
    if (!crypto::protect_process_memory()) {
        fmt::print(stderr,
                   "klout7: the system does not let this program lock its memory; raise RLIMIT_MEMLOCK "
                   "(ulimit -l)\n");
        return 1;
    }
    auto const done = dispatch(*arguments);
    if (!done.problem.empty()) fmt::print(stderr, "klout7: {}\n", done.problem);
    return done.code;
}
