#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/csv.h"
#include "base/local_date.h"
#include "base/made_up.h"

namespace klout7::cases {

/// A file of sick reports of people who do not exist, for tests, the demo and `klout7 generate`: Dutch
/// header, semicolons, UTF-8. The first sick days lie in the year up to `today`. The same arguments make
/// the same file, and every row passes `check` on that day.
class MadeUpReports {
public:
    static constexpr std::uint32_t most = MadeUpPeople::max_people;

    /// At least one employer; their codes go into the column "werkgever". At most `most` reports.
    MadeUpReports(std::uint64_t seed, std::uint32_t count, LocalDate today,
                  std::vector<MadeUpEmployer> employers);

    /// The next part of the file, some 64 KiB; empty when it is all there.
    std::string next_piece();

private:
    void write_report();

    MadeUpPeople people_;
    std::uint32_t left_;
    LocalDate today_;
    std::vector<MadeUpEmployer> employers_;
    CsvWriter writer_{';', CsvFor::programs};
    bool has_header_ = false;
};

}  // namespace klout7::cases
