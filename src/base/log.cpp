#include "base/log.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

#include "base/clock.h"

namespace klout7 {
namespace {

std::atomic<LogLevel> least_level{LogLevel::info};

std::string_view name_of(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return "debug";
        case LogLevel::info:
            return "info";
        case LogLevel::warning:
            return "warning";
        case LogLevel::error:
            return "error";
    }
    return {};
}

}  // namespace

void set_log_level(LogLevel least) { least_level = least; }

namespace log_detail {

std::string json_of(std::string_view safe_text) {
    std::string json = "\"";
    for (auto const c : safe_text) {
        if (c == '"' || c == '\\') {
            json += '\\';
            json += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            json += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
            json += c;
        }
    }
    return json + "\"";
}

std::string json_of(std::int64_t number) { return fmt::format("{}", number); }

bool is_wanted(LogLevel level) { return level >= least_level.load(); }

std::string line(Instant at, LogLevel level, LogMessage message, std::string_view members) {
    return fmt::format(R"({{"time":{},"level":"{}","message":{}{}}})"
                       "\n",
                       json_of(at), name_of(level), json_of(message.text), members);
}

void write(LogLevel level, LogMessage message, std::string_view members) {
    auto const text = line(SystemClock{}.now(), level, message, members);
    for (std::string_view rest = text; !rest.empty();) {
        auto const written = ::write(STDERR_FILENO, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace log_detail
}  // namespace klout7
