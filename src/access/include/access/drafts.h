#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "access/frame.h"
#include "base/secret_bytes.h"

namespace klout7::access {

/// A form of which what was typed and not sent yet is kept.
struct DraftForm {
    std::string_view name;
    Side side;
    bool is_about_case;
};
inline constexpr std::array draft_forms{
    DraftForm{"sick_report", Side::office, false},
    DraftForm{"consult", Side::medical, true},
    DraftForm{"letter", Side::medical, true},
    DraftForm{"functional_abilities", Side::medical, true},
};

/// Which draft of a user: there is one of each form, and of each form and case.
struct DraftPlace {
    std::string form;  ///< as it was asked for
    std::optional<CaseId> case_id = {};
};

struct Draft {
    SecretBytes content;  ///< as the page made it: nobody looks into it here
    Instant saved_at;
};
inline constexpr std::size_t largest_draft_bytes = 64 * 1024;
inline constexpr std::int64_t most_drafts = 50;              ///< of one user
inline constexpr Duration draft_lasts = Duration::days(14);  ///< after it was saved last

/// What a user typed in a form and has not sent yet: nobody else's to read, and of a case only as long as the
/// user works on it. Sealed under the key of whom the case is about. Each attempt is a line in the log. Many
/// threads.
template <class Zone>
class Drafts {
public:
    /// Whose case it is, for the gate: of no case when there is none.
    using FindSubject = std::function<ObjectFacts(store::Transaction&, CaseId)>;
    Drafts(Frame<Zone> const& frame, FindSubject find_subject)
        : frame_(frame), find_subject_(std::move(find_subject)) {}

    /// In the place of what was saved there before. When. Errors: not_found for no such form, invalid.
    std::expected<Instant, Failure> save(Actor const& actor, DraftPlace const& place,
                                         Given<std::string> const& content) const;
    /// Errors: not_found.
    std::expected<Draft, Failure> read(Actor const& actor, DraftPlace const& place) const;
    /// It was sent, or thrown away. Errors: not_found.
    std::expected<void, Failure> end(Actor const& actor, DraftPlace const& place) const;

private:
    std::expected<std::optional<PersonId>, Failure> clear(Unit<Zone>& unit, Action action,
                                                          DraftPlace const& place) const;
    std::expected<Instant, Failure> save_once(Actor const& actor, DraftPlace const& place,
                                              Given<std::string> const& content) const;

    Frame<Zone> frame_;
    FindSubject find_subject_;
};

/// All drafts of this user are gone: the account is closed.
void end_drafts_of(store::Transaction& tx, UserId user);

/// Removes drafts that were not saved for too long. How many.
std::int64_t remove_old_drafts(store::Transaction& tx, Instant now);

extern template class Drafts<OfficeZone>;
extern template class Drafts<MedicalZone>;

}  // namespace klout7::access
