#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/frame.h"
#include "access/networks.h"
#include "base/log.h"

namespace klout7::access {

/// A machine of an employer that sends sick reports by itself: its HR system. It shows a certificate and has
/// no password, no session and no right but that one (Role::employer_system).
struct NewServiceAccount {
    EmployerId employer;
    /// Whom the certificate names, as RFC 4514 writes it; at most `subject_longest` bytes.
    std::string subject;
    Networks networks;  ///< from where it may come
};
inline constexpr std::size_t subject_longest = 500;
inline constexpr std::size_t networks_longest = 1000;

/// A service account as the operator sees it. Its id is one of a user, because it stands where a user's
/// would: in the log and beside what came of a report.
struct ServiceAccount {
    UserId id;
    EmployerId employer;
    std::string subject;
    Networks networks;
    Instant created_at;
    std::optional<Instant> closed_at;
};

/// The rows carry a tag; one that was not written by a program with this keyring ends the work (broken).
/// Nothing when an open account has this subject: a certificate names one of them.
std::optional<UserId> add_service_account(store::Transaction& tx, crypto::Keyring<OfficeZone> const& keyring,
                                          NewServiceAccount const& account, Instant now, Random& random);
/// The same with an id that was promised before (service_account_life.h). False when an open account has this
/// subject.
bool add_service_account(store::Transaction& tx, crypto::Keyring<OfficeZone> const& keyring, UserId id,
                         NewServiceAccount const& account, Instant now, Random& random);
bool has_open_service_account(store::Transaction& tx, crypto::Keyring<OfficeZone> const& keyring,
                              std::string_view subject);
/// The account of this id, closed or not.
std::optional<ServiceAccount> find_service_account(store::Transaction& tx,
                                                   crypto::Keyring<OfficeZone> const& keyring, UserId id);
/// From the next request on. False when there is no open account of this id.
bool close_service_account(store::Transaction& tx, crypto::Keyring<OfficeZone> const& keyring, UserId id,
                           Instant now);
/// By id, closed ones too.
std::vector<ServiceAccount> list_service_accounts(store::Transaction& tx,
                                                  crypto::Keyring<OfficeZone> const& keyring);

/// Why a machine with a certificate that holds does not come in. For the log only.
enum class MachineRefusal {
    unknown_account,
    closed_account,
    other_network,   ///< asks from where it may not
    route_of_people  ///< asks for what machines may not
};
/// The code in the log. Never changes.
std::string_view name_of(MachineRefusal refusal);

/// For whom a machine asks. Looked up at each request, so what was closed is closed at the next one.
/// Many threads.
class Machines {
public:
    explicit Machines(Frame<OfficeZone> const& frame) : frame_(frame) {}

    /// The actor when the certificate that was shown names an open service account which may come from there.
    /// Whoever may not come in has a line in the log that says why; without that line it is an error.
    /// `shown` is the subject, or the code of what is wrong with the certificate.
    std::expected<std::optional<Actor>, store::StoreError> enter(
        std::expected<std::string_view, std::string_view> shown, std::string_view source) const;
    /// The line of a machine that came in and asked for what is not there for machines.
    std::expected<void, store::StoreError> turn_away(Actor const& machine) const;

private:
    std::expected<void, store::StoreError> write_refusal(std::optional<UserId> account, std::string_view why,
                                                         std::string_view source) const;
    Frame<OfficeZone> frame_;
};

}  // namespace klout7::access

template <>
inline constexpr bool klout7::may_be_logged<klout7::access::MachineRefusal> = true;
