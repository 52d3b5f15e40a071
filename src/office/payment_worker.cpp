#include "payment_worker.h"

#include "actions/payment_batches.h"

namespace klout7::office {
namespace {

using actions::RunStep;
using namespace std::chrono_literals;

/// When this is still to be done; nothing when there is nothing to do.
std::optional<std::chrono::milliseconds> wait_behind(RunStep step) {
    switch (step) {
        case RunStep::nothing:
            return std::nullopt;
        case RunStep::done:
        case RunStep::finished:
        case RunStep::raced:
            return 0ms;
        case RunStep::failed:
            return 5s;
    }
    return 5s;
}

}  // namespace

std::chrono::milliseconds work_on_payments(actions::Office const& office) {
    if (auto const wait = wait_behind(actions::step_pay_run(office))) return *wait;
    return wait_behind(actions::step_batch(office)).value_or(500ms);
}

std::expected<std::optional<payments::BankSide>, std::string> bank_side(Settings const& settings) {
    auto const name = settings.optional_text("payments.debtor_name");
    auto const number = settings.optional_text("payments.debtor_iban");
    auto const version = settings.optional_text("payments.pain_001").value_or("09");
    if (!name && !number) return std::nullopt;
    if (!name || payments::sepa_text(*name, 70).empty())
        return std::unexpected("payments.debtor_name: give the name of the account that is paid from");
    auto iban = Iban::parse(number.value_or(""));
    if (!iban) return std::unexpected("payments.debtor_iban: this is no valid IBAN");
    if (version != "09" && version != "03") return std::unexpected("payments.pain_001: give 09 or 03");
    return payments::BankSide{
        .debtor = {*name, std::move(*iban), settings.optional_text("payments.debtor_bic")},
        .version = version == "03" ? payments::Pain001::version_03 : payments::Pain001::version_09};
}

}  // namespace klout7::office
