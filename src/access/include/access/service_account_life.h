#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/service_accounts.h"

namespace klout7::access {

/// A service account that one functional administrator wants, as it was typed: the certificate in PEM, or
/// whom it names; not both.
struct NewServiceProposal {
    std::string employer;     ///< the code of the employer
    std::string certificate;  ///< PEM
    std::string subject;      ///< as RFC 4514 writes it, and `klout7 service-account list`
    std::string networks;
};

inline constexpr Duration service_proposal_lasts = Duration::days(7);

/// A proposal as who must approve it sees it. Its id is the one that the account will have.
struct ServiceProposalView {
    UserId account;
    EmployerId employer;
    std::string employer_code;
    std::string subject;
    Networks networks;
    UserId proposed_by;
    Instant proposed_at;
};

/// A service account as its administrators see it.
struct ServiceAccountView {
    ServiceAccount account;
    std::string employer_code;
};

/// What functional administrators do with service accounts, which let a machine of an employer in: one
/// proposes, another approves; closing one does alone. Each attempt is a line in the log. Many threads.
/// Source: NEN 7510 (5.3, 5.18).
class ServiceAccountLife {
public:
    /// What `access` does not know: employers, and how a certificate is read.
    struct Outside {
        std::function<std::optional<EmployerId>(store::Transaction&, std::string_view code)> find_employer;
        std::function<std::string(store::Transaction&, EmployerId)> code_of;
        /// Whom a certificate in PEM names; nothing when it is none.
        std::function<std::optional<std::string>(std::string_view pem)> subject_of;
    };

    ServiceAccountLife(Frame<OfficeZone> const& frame, Outside outside)
        : frame_(frame), outside_(std::move(outside)) {}

    /// Closed ones too, by id.
    std::expected<std::vector<ServiceAccountView>, Failure> list(Actor const& actor) const;
    /// From the next request on. Errors: not_found, not_now (it is closed).
    std::expected<void, Failure> close(Actor const& actor, UserId account) const;

    /// Errors: invalid.
    std::expected<ServiceProposalView, Failure> propose(Actor const& actor,
                                                        Given<NewServiceProposal> const& given) const;
    /// Those that wait for an answer, oldest first.
    std::expected<std::vector<ServiceProposalView>, Failure> proposals(Actor const& actor) const;
    /// Makes the account. Errors: not_found; not_allowed for who proposed it; not_now when it was decided,
    /// when it is over, or when an open account has this subject by now.
    std::expected<void, Failure> approve(Actor const& actor, UserId proposal) const;
    /// Withdraws it, or says no. Errors: not_found, not_now.
    std::expected<void, Failure> end(Actor const& actor, UserId proposal) const;

private:
    Frame<OfficeZone> frame_;
    Outside outside_;
};

}  // namespace klout7::access
