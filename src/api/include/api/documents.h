#pragma once

#include <vector>

#include "api/site.h"
#include "api/subject.h"
#include "documents/documents.h"
#include "handover/feedback_letter.h"

namespace klout7::api {

/// The documents of a case: list, add (a PDF as the body, its name in the header K7-File-Name,
/// percent-encoded), download of what the scanner found clean. `store` and `scanner` outlive the routes.
template <class Zone>
std::vector<Route<Zone>> document_routes(documents::Store const& store, documents::Scanner const& scanner,
                                         FindSubject find_subject);

/// A feedback letter with its one text in both languages.
json::object letter_json(handover::FeedbackLetter const& letter);

extern template std::vector<Route<OfficeZone>> document_routes(documents::Store const&,
                                                               documents::Scanner const&, FindSubject);
extern template std::vector<Route<MedicalZone>> document_routes(documents::Store const&,
                                                                documents::Scanner const&, FindSubject);

}  // namespace klout7::api
