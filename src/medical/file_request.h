#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/local_date.h"
#include "file.h"

namespace klout7::medical {

using FileRequestId = Id<struct FileRequestIdKind>;

/// What a doctor says to a client who asks for the own medical file. Refusing is for the privacy of others
/// only. Source: BW 7:456.
enum class FileDecision { given, refused };
inline constexpr std::array all_file_decisions{FileDecision::given, FileDecision::refused};
/// The stable code: "given".
std::string_view name_of(FileDecision decision);
std::optional<FileDecision> parse_file_decision(std::string_view name);

/// That a client asked for the own medical file of one case, and what came of it.
struct FileRequest {
    FileRequestId id;
    CaseId case_id;
    std::int64_t number = 0;  ///< the how manieth of this case, from 1
    Instant asked_at;
    std::optional<UserId> decided_by = {};
    std::optional<Instant> decided_at = {};
    std::optional<FileDecision> decision = {};
};

/// The last day on which the doctor answers: a month later, on the last day of that month when it has no such
/// day. Not moved for weekends or holidays. Source: AVG art. 12(3); Regulation (EEC) 1182/71 art. 3(2)(c).
LocalDate answer_by(LocalDate asked);

inline constexpr int file_readable_days = 90;  ///< behind the day on which it was given
/// The last day on which the client reads what was given; nothing when it was not.
std::optional<LocalDate> readable_until(FileRequest const& request);

/// A request with what the doctor wrote to who is refused.
struct FileRequestWithReason {
    FileRequest request;
    std::optional<MedicalText> reason;
};

// The rows carry a tag, and the reason is a sealed cell: one that was not written by a program with this
// keyring ends the work (broken).

/// Of the case, the newest first; at most 100.
std::vector<FileRequestWithReason> file_requests_of(store::Transaction& tx, Keyring const& keyring,
                                                    Key const& key, CaseId id, access::Access const& access);
std::optional<FileRequest> find_file_request(store::Transaction& tx, Keyring const& keyring,
                                             FileRequestId id);
/// Errors (of the store): already_there when there is one of this id, or meanwhile one of this number.
void add_file_request(store::Transaction& tx, Keyring const& keyring, FileRequest const& request);
/// Keeps a decision with its reason, empty for none. False when somebody decided meanwhile.
bool keep_file_decision(store::Transaction& tx, Keyring const& keyring, Key const& key,
                        FileRequest const& decided, std::string_view reason, Random& random);

}  // namespace klout7::medical
