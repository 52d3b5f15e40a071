#include <pwd.h>
#include <unistd.h>

#include <cstdlib>

#include "arguments.h"

namespace klout7::server {

std::string operator_name() {
    if (auto const* caller = std::getenv("SUDO_USER"); caller != nullptr) return caller;
    auto const* own = getpwuid(getuid());
    return own != nullptr ? own->pw_name : std::to_string(getuid());
}

audit::Event operator_line(std::string action, std::string_view object_class, Uuid object,
                           std::string_view detail, Instant now) {
    audit::Event line;
    line.at = now;
    line.action = std::move(action);
    line.object_class = object_class;
    line.object = object;
    line.role = "operator";
    line.ground = "operator";
    line.detail = operator_name().append("\n").append(detail);
    return line;
}

}  // namespace klout7::server
