#pragma once

#include <string_view>

namespace klout7 {

/// A sentence for the operator on standard error, in one write and with a line break behind it. Where it
/// cannot be written, as on a full disk, it is lost and the program goes on. For what has no place in the
/// operating log (base/log.h), which takes literal texts only.
void tell_operator(std::string_view sentence) noexcept;

}  // namespace klout7
