#pragma once

#include "cleared.h"
#include "file_request.h"

namespace klout7::medical {

struct AskedFile {
    FileRequest request;
    bool is_new;  ///< false: one was open already, and this is it
};
/// The client asks for the own medical file; `given` is the id of the request. While one is open, asking
/// again gives that one. Errors: not_found, already_there when a request that was decided has this id.
std::expected<AskedFile, Failure> ask_for_file(Practice const& practice, Actor const& actor, CaseId case_id,
                                               Given<FileRequestId> const& given);

/// Requests with the proof that lets their reasons be read.
struct ReadFileRequests {
    std::vector<FileRequestWithReason> requests;  ///< the newest first
    access::Access access;
};
std::expected<ReadFileRequests, Failure> read_file_requests(Practice const& practice, Actor const& actor,
                                                            CaseId case_id);

struct NewFileDecision {
    std::string decision;
    std::string reason;
};
/// The doctor gives the file, or refuses it with a reason that the client reads; once.
/// Errors: not_found; invalid; not_now when it was decided.
std::expected<FileRequest, Failure> decide_file_request(Practice const& practice, Actor const& actor,
                                                        FileRequestId id,
                                                        Given<NewFileDecision> const& given);

/// The medical file as the client gets it: the consults up to the moment at which it was given last.
struct OwnFile {
    FileRequest request;
    std::vector<Consult> consults;  ///< the oldest first
    access::Access access;
};
/// Errors: not_found; not_now when none was given in the last 90 days.
std::expected<OwnFile, Failure> read_own_file(Practice const& practice, Actor const& actor, CaseId case_id);

}  // namespace klout7::medical
