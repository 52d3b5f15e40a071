#pragma once

#include "base/local_date.h"

namespace klout7::payments {

/// A day on which banks in the euro area settle: Monday to Friday, but 1 January, Good Friday, Easter Monday,
/// 1 May, 25 and 26 December. Source: ECB, long-term calendar for T2 (TARGET) closing days, since 2002.
bool is_bank_day(LocalDate day);
/// The last one on or before a day.
LocalDate bank_day_on_or_before(LocalDate day);
LocalDate bank_day_on_or_after(LocalDate day);
/// Source: the Gregorian computus (Meeus, Jones, Butcher).
LocalDate easter_sunday(int year);

/// The week of a day. Source: ISO 8601: weeks begin on Monday, and week 1 has the first Thursday of its year.
struct IsoWeek {
    int year = 0;
    int week = 0;
    friend bool operator==(IsoWeek const&, IsoWeek const&) = default;
};
IsoWeek iso_week_of(LocalDate day);

/// When the benefit of a calendar week is closed, reckoned, shown, approved and paid. Each is no later than
/// the one behind it; what is paid is approved on a bank day before. Product decision: domain rules 3.7.
struct PayWeek {
    Period week;            ///< Monday to Sunday, what is paid for
    LocalDate facts_close;  ///< Friday, by the end of the day
    LocalDate calculated;   ///< Monday
    LocalDate visible;      ///< Tuesday: the client sees the specification
    LocalDate approved;     ///< Wednesday: by two, at the latest
    LocalDate paid;         ///< Thursday, or the last bank day before it
    friend bool operator==(PayWeek const&, PayWeek const&) = default;
};
PayWeek pay_week_of(LocalDate day);

}  // namespace klout7::payments
