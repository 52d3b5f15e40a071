#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

/// The closed lists of the format. What is not on a list cannot be said: there is no "other" with a line of
/// text beside it.
namespace klout7::messages {

enum class MessageKind {
    employer,
    employment,
    absence_start,
    absence_change,
    absence_end,
    absence_correct,
    absence_delete,
    document,
    appointment,
};
inline constexpr std::size_t message_kind_count = 9;

/// Why somebody has a right to ZW benefit from a self-insured employer, as in cases/ground.h; there are no
/// others, since an employer may not tell which safety-net rule applies. Source: ZW (BWBR0001888) art.
/// 29(2)a, b and c, art. 63a(1).
enum class Ground { fictitious_employment, after_insurance, contract_ended };

/// Why a message is taken back. None of them says anything of an illness.
enum class WithdrawalReason { sent_twice, wrong_person, wrong_employment, reported_in_error };

/// What a document is about. What a doctor writes has no kind here: it never travels this way.
enum class DocumentKind {
    employment_contract,
    wage_statement,
    work_schedule,
    plan_of_action,
    evaluation,
    first_year_evaluation,
    final_evaluation,
};

enum class FileType { pdf, jpeg, png, heic, tiff, docx, odt, xlsx };

/// What people meet for. Whom somebody sees for an illness, and when, is nobody's business here.
enum class AppointmentKind {
    talk_with_manager,
    talk_with_case_manager,
    plan_of_action,
    evaluation,
    first_year_evaluation,
    final_evaluation,
    start_of_work,
};

/// The stable code, as both notations write it: "absence_start", "pdf".
std::string_view name_of(MessageKind kind);
std::string_view name_of(Ground ground);
std::string_view name_of(WithdrawalReason reason);
std::string_view name_of(DocumentKind kind);
std::string_view name_of(FileType type);
std::string_view name_of(AppointmentKind kind);

/// The one that is written exactly so.
template <class Code>
std::optional<Code> parse_code(std::string_view text);

}  // namespace klout7::messages
