#include "api/call.h"

#include <charconv>

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

template <class Zone>
access::Given<std::int64_t> Call<Zone>::seen_version() const {
    auto const header = head.headers.find("if-match");
    auto const wrong = [](std::string_view code, std::string_view dutch, std::string_view english) {
        return std::unexpected(
            access::Failure{access::FailureKind::invalid, {{"If-Match", code, dutch, english}}});
    };
    if (!header)
        return wrong("missing", "De kop If-Match met de versie die u zag, ontbreekt.",
                     "The header If-Match with the version that you saw is missing.");
    auto const text = *header;
    std::int64_t version = 0;
    bool const is_quoted = text.size() > 2 && text.front() == '"' && text.back() == '"';
    auto const* const end = text.data() + text.size() - 1;
    auto const read = is_quoted ? std::from_chars(text.data() + 1, end, version)
                                : std::from_chars_result{text.data(), std::errc::invalid_argument};
    if (read.ec != std::errc{} || read.ptr != end)
        return wrong("not_a_version", "De kop If-Match is geen versie. Neem de ETag over van wat u zag.",
                     "The header If-Match is no version. Take the ETag of what you saw.");
    return version;
}

template struct Call<OfficeZone>;
template struct Call<MedicalZone>;

}  // namespace klout7::api
