#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "base/iban.h"
#include "base/local_date.h"
#include "base/money.h"
#include "papers/paper.h"

namespace klout7::papers {

enum class WageTaxTable { white, green, anonymous };

/// What a payment to a client is made of.
struct WeeklySpecification {
    struct Week {
        LocalDate monday;
        int days = 0;  ///< that are paid
        Money gross;
    };
    /// A week that was paid otherwise than it is due now.
    struct Correction {
        LocalDate monday;
        Money paid;
        Money due;
        Money difference() const { return due - paid; }
    };
    /// What else is in the payment, as it was worded for the client: below zero it is taken off.
    struct OtherPart {
        std::string text;
        Money amount;
    };

    Sender payer;
    Recipient client;
    LocalDate date;
    std::string reference;
    std::vector<Week> weeks;
    std::vector<Correction> corrections = {};
    std::vector<OtherPart> other_parts = {};
    WageTaxTable table = WageTaxTable::green;
    bool has_tax_credit = false;
    Money wage_tax;  ///< taken off
    Money net;
    Iban account;
    LocalDate paid_on;
    std::vector<std::string> why = {};  ///< sentences in the language of the paper
};
/// Errors: `sums_differ` unless weeks, corrections and other parts less the tax are the net amount.
std::expected<std::string, PaperFault> to_pdf(WeeklySpecification const& specification, Language language);

}  // namespace klout7::papers
