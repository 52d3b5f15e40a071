#include "messages/codes.h"

namespace klout7::messages {
namespace {

/// How many values a list has; each is one more than the one before.
template <class Code>
constexpr std::size_t count_of = 0;
template <>
constexpr std::size_t count_of<MessageKind> = message_kind_count;
template <>
constexpr std::size_t count_of<Ground> = 3;
template <>
constexpr std::size_t count_of<WithdrawalReason> = 4;
template <>
constexpr std::size_t count_of<DocumentKind> = 7;
template <>
constexpr std::size_t count_of<FileType> = 8;
template <>
constexpr std::size_t count_of<AppointmentKind> = 7;

}  // namespace

std::string_view name_of(MessageKind kind) {
    switch (kind) {
        case MessageKind::employer:
            return "employer";
        case MessageKind::employment:
            return "employment";
        case MessageKind::absence_start:
            return "absence_start";
        case MessageKind::absence_change:
            return "absence_change";
        case MessageKind::absence_end:
            return "absence_end";
        case MessageKind::absence_correct:
            return "absence_correct";
        case MessageKind::absence_delete:
            return "absence_delete";
        case MessageKind::document:
            return "document";
        case MessageKind::appointment:
            return "appointment";
    }
    return {};
}

std::string_view name_of(Ground ground) {
    switch (ground) {
        case Ground::fictitious_employment:
            return "fictitious_employment";
        case Ground::after_insurance:
            return "after_insurance";
        case Ground::contract_ended:
            return "contract_ended";
    }
    return {};
}

std::string_view name_of(WithdrawalReason reason) {
    switch (reason) {
        case WithdrawalReason::sent_twice:
            return "sent_twice";
        case WithdrawalReason::wrong_person:
            return "wrong_person";
        case WithdrawalReason::wrong_employment:
            return "wrong_employment";
        case WithdrawalReason::reported_in_error:
            return "reported_in_error";
    }
    return {};
}

std::string_view name_of(DocumentKind kind) {
    switch (kind) {
        case DocumentKind::employment_contract:
            return "employment_contract";
        case DocumentKind::wage_statement:
            return "wage_statement";
        case DocumentKind::work_schedule:
            return "work_schedule";
        case DocumentKind::plan_of_action:
            return "plan_of_action";
        case DocumentKind::evaluation:
            return "evaluation";
        case DocumentKind::first_year_evaluation:
            return "first_year_evaluation";
        case DocumentKind::final_evaluation:
            return "final_evaluation";
    }
    return {};
}

std::string_view name_of(FileType type) {
    switch (type) {
        case FileType::pdf:
            return "pdf";
        case FileType::jpeg:
            return "jpeg";
        case FileType::png:
            return "png";
        case FileType::heic:
            return "heic";
        case FileType::tiff:
            return "tiff";
        case FileType::docx:
            return "docx";
        case FileType::odt:
            return "odt";
        case FileType::xlsx:
            return "xlsx";
    }
    return {};
}

std::string_view name_of(AppointmentKind kind) {
    switch (kind) {
        case AppointmentKind::talk_with_manager:
            return "talk_with_manager";
        case AppointmentKind::talk_with_case_manager:
            return "talk_with_case_manager";
        case AppointmentKind::plan_of_action:
            return "plan_of_action";
        case AppointmentKind::evaluation:
            return "evaluation";
        case AppointmentKind::first_year_evaluation:
            return "first_year_evaluation";
        case AppointmentKind::final_evaluation:
            return "final_evaluation";
        case AppointmentKind::start_of_work:
            return "start_of_work";
    }
    return {};
}

template <class Code>
std::optional<Code> parse_code(std::string_view text) {
    for (std::size_t i = 0; i < count_of<Code>; ++i)
        if (name_of(static_cast<Code>(i)) == text) return static_cast<Code>(i);
    return std::nullopt;
}
template std::optional<MessageKind> parse_code(std::string_view);
template std::optional<Ground> parse_code(std::string_view);
template std::optional<WithdrawalReason> parse_code(std::string_view);
template std::optional<DocumentKind> parse_code(std::string_view);
template std::optional<FileType> parse_code(std::string_view);
template std::optional<AppointmentKind> parse_code(std::string_view);

}  // namespace klout7::messages
