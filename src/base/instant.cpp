#include "base/instant.h"

#include <fmt/format.h>

#include <chrono>

#include "base/clock.h"

namespace klout7 {

std::string Instant::to_string() const {
    using namespace std::chrono;
    sys_time<std::chrono::microseconds> const at{std::chrono::microseconds{count_}};
    auto const day = floor<std::chrono::days>(at);
    year_month_day const date{day};
    hh_mm_ss const time{at - day};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       time.hours().count(), time.minutes().count(), time.seconds().count(),
                       time.subseconds().count());
}

Instant SystemClock::now() const {
    using namespace std::chrono;
    return Instant::from_microseconds(
        duration_cast<std::chrono::microseconds>(system_clock::now().time_since_epoch()).count());
}

}  // namespace klout7
