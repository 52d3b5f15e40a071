#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>

#include "actions/office.h"
#include "base/settings.h"

namespace klout7::office {

/// Takes steps of the pay run and of the batch that are not finished; how long until it looks again.
std::chrono::milliseconds work_on_payments(actions::Office const& office);

/// From which account is paid, by the settings: payments.debtor_name, debtor_iban, debtor_bic, and pain_001,
/// which is 09 or 03. Nothing when none of them is there. Errors: a sentence for the operator.
std::expected<std::optional<payments::BankSide>, std::string> bank_side(Settings const& settings);

}  // namespace klout7::office
