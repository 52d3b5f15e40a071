#include "check.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "base/text.h"
#include "fields.h"

namespace klout7::messages {
namespace {

/// Each field by its own rule.
class FieldChecker {
public:
    explicit FieldChecker(std::vector<Fault>& faults, std::string path = {})
        : faults_(faults), path_(std::move(path)) {}

    template <class T, class... Rule>
    void operator()(std::string_view name, T const& field, Rule const&... rule) {
        check_value(name, field, rule...);
    }
    template <class T, class... Rule>
    void operator()(std::string_view name, std::optional<T> const& field, Rule const&... rule) {
        if (field) check_value(name, *field, rule...);
    }
    template <class T, class... Rule>
    void operator()(std::string_view name, Told<T> const& field, Rule const&... rule) {
        if (auto const* value = field.value()) check_value(name, *value, rule...);
    }

private:
    template <class T, class Rule>
    void check_value(std::string_view name, T const& value, Rule const& rule) {
        if (auto const problem = problem_in(value, rule))
            faults_.push_back({path_ + std::string{name}, *problem});
    }
    void check_value(std::string_view name, NursingAddress const& address) {
        fields_of(address, FieldChecker{faults_, path_ + std::string{name} + '.'});
    }
    /// What cannot be wrong once it exists.
    template <class T>
    void check_value(std::string_view, T const&) {}

    std::vector<Fault>& faults_;
    std::string path_;
};

/// Whether a message says anything that it may leave out.
class Says {
public:
    bool anything = false;
    template <class T, class... Rule>
    void operator()(std::string_view, std::optional<T> const& field, Rule const&...) {
        anything = anything || field.has_value();
    }
    template <class T, class... Rule>
    void operator()(std::string_view, Told<T> const& field, Rule const&...) {
        anything = anything || field.says_something();
    }
    template <class T, class... Rule>
    void operator()(std::string_view, T const&, Rule const&...) {}
};

/// The extensions of a type, in lower case.
std::array<std::string_view, 2> extensions_of(FileType type) {
    switch (type) {
        case FileType::pdf:
            return {".pdf", ".pdf"};
        case FileType::jpeg:
            return {".jpg", ".jpeg"};
        case FileType::png:
            return {".png", ".png"};
        case FileType::heic:
            return {".heic", ".heif"};
        case FileType::tiff:
            return {".tif", ".tiff"};
        case FileType::docx:
            return {".docx", ".docx"};
        case FileType::odt:
            return {".odt", ".odt"};
        case FileType::xlsx:
            return {".xlsx", ".xlsx"};
    }
    return {};
}

bool has_name_of_type(std::string_view name, FileType type) {
    auto const lower = ascii_lower(name);
    return std::ranges::any_of(extensions_of(type), [&](auto const extension) {
        return lower.size() > extension.size() && lower.ends_with(extension);
    });
}

/// 1234 AB, or without the space. A foreign one has the form that its country likes.
bool is_dutch_postcode(std::string_view text) {
    if (text.size() == 7 && text[4] == ' ') {
        return is_dutch_postcode(std::string{text.substr(0, 4)} + std::string{text.substr(5)});
    }
    auto const is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    return text.size() == 6 && text[0] != '0' && std::ranges::all_of(text.substr(0, 4), is_digit) &&
           std::ranges::all_of(text.substr(4), is_capital);
}

class Comparison {
public:
    Comparison(LocalDate made_on, std::vector<Fault>& faults) : made_on_(made_on), faults_(faults) {}

    void of(Employer const&) {}
    void of(Employment const& employment) {
        refuse_if(employment.birth_date > made_on_, "birth_date", Problem::in_the_future);
        refuse_if(employment.birth_date < made_on_.plus_days(-oldest_person_days), "birth_date",
                  Problem::too_long_ago);
        refuse_if(employment.start <= employment.birth_date, "start", Problem::before_birth, {"birth_date"});
        refuse_if(employment.start > made_on_.plus_days(furthest_start_days), "start",
                  Problem::too_far_ahead);
        if (auto const* end = employment.end.value())
            refuse_if(*end < employment.start, "end", Problem::end_before_start, {"start"});
    }
    void of(AbsenceStart const& start) {
        first_sick_day(start.first_sick_day);
        if (start.nursing_address) address(*start.nursing_address);
    }
    void of(AbsenceChange const& change) {
        if (auto const* where = change.nursing_address.value()) address(*where);
        says_anything(change);
    }
    void of(AbsenceEnd const& end) {
        first_sick_day(end.first_sick_day);
        first_fit_day(end.first_fit_day);
        fit_after_sick(end.first_sick_day, end.first_fit_day);
    }
    void of(AbsenceCorrect const& correction) {
        if (correction.first_sick_day) first_sick_day(*correction.first_sick_day);
        if (correction.first_fit_day) first_fit_day(*correction.first_fit_day);
        if (correction.first_sick_day && correction.first_fit_day)
            fit_after_sick(*correction.first_sick_day, *correction.first_fit_day);
        if (auto const* where = correction.nursing_address.value()) address(*where);
        says_anything(correction);
    }
    void of(AbsenceDelete const&) {}
    void of(DocumentReference const& document) {
        refuse_if(!has_name_of_type(document.name, document.type), "name", Problem::name_not_of_type,
                  {"type"});
    }
    void of(Appointment const& appointment) {
        refuse_if(appointment.day < made_on_.plus_days(-oldest_sick_day_days), "day", Problem::too_long_ago);
        refuse_if(appointment.day > made_on_.plus_days(furthest_appointment_days), "day",
                  Problem::too_far_ahead);
    }

private:
    bool is_faulted(std::string_view field) const {
        return std::ranges::any_of(faults_, [&](Fault const& one) { return one.field == field; });
    }
    void refuse_if(bool bad, std::string_view field, Problem problem,
                   std::initializer_list<std::string_view> compared_with = {}) {
        if (!bad || is_faulted(field)) return;
        if (std::ranges::any_of(compared_with, [&](auto const other) { return is_faulted(other); })) return;
        faults_.push_back({std::string{field}, problem});
    }
    void first_sick_day(LocalDate day) {
        refuse_if(day > made_on_, "first_sick_day", Problem::in_the_future);
        refuse_if(day < made_on_.plus_days(-oldest_sick_day_days), "first_sick_day", Problem::too_long_ago);
    }
    void first_fit_day(LocalDate day) {
        refuse_if(day > made_on_.plus_days(furthest_fit_day_days), "first_fit_day", Problem::too_far_ahead);
        refuse_if(day < made_on_.plus_days(-oldest_sick_day_days), "first_fit_day", Problem::too_long_ago);
    }
    void fit_after_sick(LocalDate sick, LocalDate fit) {
        refuse_if(fit <= sick, "first_fit_day", Problem::fit_not_after_sick, {"first_sick_day"});
    }
    void address(NursingAddress const& where) {
        refuse_if(where.country == "NL" && !is_dutch_postcode(where.postcode), "nursing_address.postcode",
                  Problem::not_a_postcode, {"nursing_address", "nursing_address.country"});
    }
    /// Of a message with another fault nobody can tell.
    void says_anything(auto const& content) {
        Says says;
        fields_of(content, says);
        if (!says.anything && faults_.empty()) faults_.push_back({{}, Problem::says_nothing});
    }

    LocalDate made_on_;
    std::vector<Fault>& faults_;
};

}  // namespace

void compare_fields(Content const& content, LocalDate made_on, std::vector<Fault>& faults) {
    Comparison comparison{made_on, faults};
    std::visit([&](auto const& one) { comparison.of(one); }, content);
}

std::vector<Fault> check(Message const& message, LocalDate made_on) {
    std::vector<Fault> faults;
    std::visit([&](auto const& one) { fields_of(one, FieldChecker{faults}); }, message.content);
    compare_fields(message.content, made_on, faults);
    return faults;
}

}  // namespace klout7::messages
