#pragma once

#include "api/documents.h"
#include "preview/preview.h"

namespace klout7::api {

/// A document as the file that it is, whole or in part.
template <class Zone>
Result download(Call<Zone>& call, documents::Store const& store, FindSubject const& find_subject);
/// A page of a document as a picture, so that a browser shows it without running what is in it. Who asks
/// needs what a download needs, and leaves the same line in the log.
template <class Zone>
Result show_page(Call<Zone>& call, documents::Store const& store, FindSubject const& find_subject,
                 preview::Previews& previews);

#define KLOUT7_FOR(Zone)                                                                       \
    extern template Result download(Call<Zone>&, documents::Store const&, FindSubject const&); \
    extern template Result show_page(Call<Zone>&, documents::Store const&, FindSubject const&, \
                                     preview::Previews&);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::api
