#include "api/call.h"

namespace klout7::api {

template <class Zone>
access::Given<Uuid> Call<Zone>::idempotency_key() const {
    auto const header = head.headers.find("idempotency-key");
    auto const key = header ? Uuid::parse(*header) : std::nullopt;
    if (key) return *key;
    return std::unexpected(
        access::Failure{access::FailureKind::invalid,
                        {{"Idempotency-Key", "missing", "De kop Idempotency-Key met een UUID ontbreekt.",
                          "The header Idempotency-Key with a UUID is missing."}}});
}

template struct Call<OfficeZone>;
template struct Call<MedicalZone>;

}  // namespace klout7::api
