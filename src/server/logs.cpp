#include <fmt/format.h>
#include <unistd.h>

#include "arguments.h"
#include "audit/checkpoint.h"
#include "audit/verify.h"
#include "program/program.h"

namespace klout7::server {
namespace {

/// Prints the verdict of one side. False when the log is not whole or cannot be read.
template <class Zone>
std::expected<bool, std::string> verify_side(program::DataFolder const& folder) {
    auto program = program::Program<Zone>::open(folder, "klout7");
    if (!program) return std::unexpected(program.error());
    bool const shows_progress = isatty(STDERR_FILENO) != 0;
    auto const progress = [&](std::uint64_t events) {
        if (shows_progress) fmt::print(stderr, "\r{} log: {} events checked", name_of(Zone::side), events);
    };
    auto const verdict =
        audit::verify((*program)->keyring(), (*program)->log_database(), folder.log(Zone::side), progress);
    if (shows_progress) fmt::print(stderr, "\r\033[K");
    if (!verdict) return std::unexpected(std::string{no_database});
    if (verdict->first_fault) {
        fmt::print("{} log: NOT WHOLE: {}\n", name_of(Zone::side), *verdict->first_fault);
        return false;
    }
    fmt::print("{} log: whole, {} events, {} of them under the signed checkpoint\n", name_of(Zone::side),
               verdict->events, verdict->under_checkpoint);
    return true;
}

template <class Zone>
std::expected<std::string, std::string> key_of_side(program::DataFolder const& folder) {
    auto program = program::Program<Zone>::open(folder, "klout7");
    if (!program) return std::unexpected(program.error());
    auto const& keyring = (*program)->keyring();
    return audit::verifier_key(audit::log_origin(keyring.identity().installation, Zone::side),
                               keyring.audit_signing_key().public_key());
}

}  // namespace

Done verify_log(program::DataFolder const& folder, Arguments const& arguments) {
    auto const side = arguments.option("--side");
    if (side && side != "office" && side != "medical") return Done::fail("--side is office or medical");
    bool whole = true;
    if (side != "medical") {
        auto const office = verify_side<OfficeZone>(folder);
        if (!office) return Done::fail(office.error());
        whole = *office;
    }
    if (side != "office") {
        auto const medical = verify_side<MedicalZone>(folder);
        if (!medical) return Done::fail(medical.error());
        whole = whole && *medical;
    }
    return {whole ? 0 : 1, {}};
}

Done show_log_key(program::DataFolder const& folder) {
    auto const office = key_of_side<OfficeZone>(folder);
    auto const medical = key_of_side<MedicalZone>(folder);
    if (!office || !medical) return Done::fail(office ? medical.error() : office.error());
    fmt::print("{}\n{}\n", *office, *medical);
    return {};
}

}  // namespace klout7::server
