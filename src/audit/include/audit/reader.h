#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/event.h"
#include "crypto/keyring.h"
#include "store/database.h"

namespace klout7::audit {

/// A line of the log as its controllers see it.
struct Line {
    Entry entry;
    std::string detail;  ///< opened; empty when there is none
};

/// Where a page of lines goes on: newest first.
struct LineCursor {
    Instant at;
    std::string program;
    std::int64_t number = 0;
};

inline constexpr std::int64_t lines_per_page = 100;

/// The newest lines before `before`, about one person if asked.
template <class Zone>
std::vector<Line> read_lines(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                             std::optional<PersonId> person, std::optional<LineCursor> const& before);

/// Whether there is such a line, under a checkpoint or not yet.
bool has_line(store::Transaction& tx, std::string_view program, std::int64_t number);

extern template std::vector<Line> read_lines<OfficeZone>(store::Transaction&,
                                                         crypto::Keyring<OfficeZone> const&,
                                                         std::optional<PersonId>,
                                                         std::optional<LineCursor> const&);
extern template std::vector<Line> read_lines<MedicalZone>(store::Transaction&,
                                                          crypto::Keyring<MedicalZone> const&,
                                                          std::optional<PersonId>,
                                                          std::optional<LineCursor> const&);

}  // namespace klout7::audit
