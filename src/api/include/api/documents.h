#pragma once

#include <vector>

#include "api/site.h"
#include "api/subject.h"
#include "documents/documents.h"
#include "handover/feedback_letter.h"

namespace klout7::api {

/// What documents are taken in with, and where they lie. Store and scanner outlive the routes.
struct DocumentParts {
    documents::Store const& store;
    documents::Scanner const& scanner;
    documents::Limits limits = {};
};

/// The documents of a case: list, add (the file as the body, its name in the header K7-File-Name,
/// percent-encoded), replace by another version, download of what may be read, its pages as
/// pictures, withdraw, move to another
/// case, and release from quarantine.
template <class Zone>
std::vector<Route<Zone>> document_routes(DocumentParts const& parts, FindSubject const& find_subject);

/// A feedback letter with its one text in both languages.
json::object letter_json(handover::FeedbackLetter const& letter);

extern template std::vector<Route<OfficeZone>> document_routes(DocumentParts const&, FindSubject const&);
extern template std::vector<Route<MedicalZone>> document_routes(DocumentParts const&, FindSubject const&);

}  // namespace klout7::api
