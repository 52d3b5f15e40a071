#include "reason.h"

#include "base/text.h"

namespace klout7::medical {

std::optional<std::string> checked_reason(std::string_view given) {
    if (!is_valid_utf8(given)) return std::nullopt;
    auto const reason = to_nfc(trim(given));
    if (!reason) return std::nullopt;
    auto const length = count_code_points(*reason);
    if (length < reason_shortest || length > reason_longest) return std::nullopt;
    return reason;
}

}  // namespace klout7::medical
