#pragma once

#include <cstdint>
#include <string_view>

#include "access/failure.h"
#include "api/json.h"
#include "api/language.h"
#include "transport/http.h"

namespace klout7::api {

/// An error as a client reads it: a fixed code and sentence, never anything of the request or of a case.
/// Source: RFC 9457.
struct Problem {
    int status;
    std::string_view code;
    std::string_view dutch;
    std::string_view english;
};

namespace problems {
extern Problem const malformed_request, not_signed_in, sign_in_wrong, too_many_guesses, change_password_first,
    add_factor_first, not_same_origin, not_found, not_allowed, not_fresh, method_not_allowed,
    wrong_content_type, invalid, already_there, not_now, withdrawn, not_clean, no_preview, changed_meanwhile,
    body_too_large, headers_too_large, too_slow, overloaded, unavailable, uncertain, full, stopped_half_way,
    failed;
}

/// `more` stands in the answer beside the code and the sentence.
transport::Answer answer(Problem const& problem, Language language, json::object const& more = {});
transport::Answer answer(access::Failure const& failure, Language language);

}  // namespace klout7::api
