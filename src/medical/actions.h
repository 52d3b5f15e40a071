#pragma once

#include "access/frame.h"
#include "cas_list.h"
#include "exchange/exchange.h"
#include "file.h"

namespace klout7::medical {

using Actor = access::Actor;
using Failure = access::Failure;
using access::Given;
using Unit = access::Unit<MedicalZone>;

/// What the actions of the medical side stand on.
struct Practice {
    access::Frame<MedicalZone> const& frame;
    exchange::Exchange<MedicalZone> const& exchange;
};

struct ListedCase {
    CaseRow row;
    handover::PersonCard person;
};
/// The cases assigned to the doctor, or of a client those about the client, newest first, behind `after`;
/// from the start when that is none of them. The doctor is the actor, or for whom the actor works, or `of`,
/// who handed them over to the actor.
std::expected<std::vector<ListedCase>, Failure> list_cases(Practice const& practice, Actor const& actor,
                                                           std::optional<CaseId> after,
                                                           std::optional<UserId> of = {});
std::expected<ListedCase, Failure> open_case(Practice const& practice, Actor const& actor, CaseId id);

/// A note with its code, as it came.
struct NewConsult {
    Uuid id;
    std::string note;
    std::string cas_code;
};
/// Writes it. The same id again is already_there.
std::expected<void, Failure> write_consult(Practice const& practice, Actor const& actor, CaseId case_id,
                                           Given<NewConsult> const& given);
/// The consults with the proof that lets their words be read.
struct ReadConsults {
    std::vector<Consult> consults;
    access::Access access;
};
std::expected<ReadConsults, Failure> read_consults(Practice const& practice, Actor const& actor,
                                                   CaseId case_id);

inline constexpr std::size_t longest_cas_search = 100;  ///< code points
/// The codes that fit what was typed, for who may write consults of the own cases, or of those of the own
/// doctor.
std::expected<std::vector<CasEntry>, Failure> search_cas_codes(Practice const& practice, Actor const& actor,
                                                               Given<std::string> const& words);

/// A list as it came, to replace this version; 0 where there is none yet.
struct NewAbilities {
    Uuid id;
    std::int64_t replaces;
    FunctionalAbilities abilities;
};
/// Writes it as the next version, signed by the actor: its number. What is there stays. Errors:
/// changed_meanwhile when it is not the newest version that is replaced.
std::expected<std::int64_t, Failure> sign_abilities(Practice const& practice, Actor const& actor,
                                                    CaseId case_id, Given<NewAbilities> const& given);
/// All versions, newest first, with the proof that lets them be read.
struct ReadAbilities {
    std::vector<SignedAbilities> versions;
    access::Access access;
    bool has_explanations;
};
/// The client gets them without what is for the file only.
std::expected<ReadAbilities, Failure> read_abilities(Practice const& practice, Actor const& actor,
                                                     CaseId case_id);

struct NewLetter {
    LetterId id;
    handover::FeedbackFields fields;
};
/// Signs the feedback and sends it to the office in the same transaction: once signed it cannot be changed.
std::expected<handover::FeedbackLetter, Failure> sign_letter(Practice const& practice, Actor const& actor,
                                                             CaseId case_id, Given<NewLetter> const& given);
std::expected<std::vector<handover::FeedbackLetter>, Failure> read_letters(Practice const& practice,
                                                                           Actor const& actor,
                                                                           CaseId case_id);

/// The doctor reports that somebody is fit again from this day on, or (nothing) takes it back: sent to the
/// office, which keeps it and answers with the dates of the case; until then they stay as they were. Errors:
/// invalid when it cannot be reported so (handover/recovery.h).
std::expected<void, Failure> report_recovery(Practice const& practice, Actor const& actor, CaseId case_id,
                                             Given<std::optional<LocalDate>> const& first_fit_day);

/// What the medical side does with messages of the office.
exchange::Handler medical_handler(access::Frame<MedicalZone> const& frame);

}  // namespace klout7::medical
