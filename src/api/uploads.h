#pragma once

#include "api/documents.h"

namespace klout7::api {

/// What arrives for a case becomes a document of it.
template <class Zone>
Result add_document(Call<Zone>& call, DocumentParts const& parts, FindSubject const& find_subject);
/// What arrives takes the place of a document, which stays as an earlier version.
template <class Zone>
Result add_version(Call<Zone>& call, DocumentParts const& parts, FindSubject const& find_subject);
/// A document of one case, sealed anew for the person of another; the first is withdrawn.
template <class Zone>
Result move_document(Call<Zone>& call, DocumentParts const& parts, FindSubject const& find_subject);

#define KLOUT7_FOR(Zone)                                                                        \
    extern template Result add_document(Call<Zone>&, DocumentParts const&, FindSubject const&); \
    extern template Result add_version(Call<Zone>&, DocumentParts const&, FindSubject const&);  \
    extern template Result move_document(Call<Zone>&, DocumentParts const&, FindSubject const&);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::api
