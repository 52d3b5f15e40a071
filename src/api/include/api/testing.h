#pragma once

#include <compare>
#include <filesystem>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "api/site.h"
#include "base/clock.h"
#include "base/embedded_text.h"

namespace klout7::api {

/// What one side needs before anything can be asked of it: to look at its routes. No database answers.
template <class Zone>
struct UnconnectedSide {
    FixedClock clock{Instant::from_microseconds(1'795'000'000'000'000)};
    SystemRandom random;
    crypto::Keyring<Zone> keyring =
        crypto::Keyring<Zone>::create({Uuid::version_7(clock.now(), random), Environment::test}, random);
    store::Database database{{.side = Zone::side, .logins = store::fixed_login({}, {}), .user = {}}};
    vault::PersonKeys<Zone> keys{keyring, random, clock};
    audit::Recorder<Zone> recorder{keyring, random, "test"};
    audit::GroupRecorder<Zone> reads{recorder, database};
    access::Frame<Zone> frame{database, database, keys, recorder, reads, clock, random};
    std::filesystem::path folder;  ///< empty, for documents

    UnconnectedSide();
    ~UnconnectedSide();
    UnconnectedSide(UnconnectedSide const&) = delete;
    UnconnectedSide& operator=(UnconnectedSide const&) = delete;
};

/// One method of one path and the cell of the authorisation table that decides; no cell when anybody may.
struct Operation {
    std::string path;
    std::string method;
    std::string thing = {};
    std::string action = {};
    friend auto operator<=>(Operation const&, Operation const&) = default;
};

/// All that the site serves.
template <class Zone>
std::set<Operation> served(Site<Zone> const& site);
/// All that a description describes: the file of a side, then what both sides have. They are read line by
/// line, so this stops the program where they are laid out otherwise than ours.
std::set<Operation> described(std::span<EmbeddedText const> description);

/// What is only in one of the two, as text: empty when they are the same.
std::string difference(std::set<Operation> const& served, std::set<Operation> const& described);

}  // namespace klout7::api
