#include "details.h"

#include <algorithm>

#include "base/cbor.h"

namespace klout7::documents {
namespace {

// The numbers stand in stored cells: never change one.
constexpr std::uint32_t case_key = 1;
constexpr std::uint32_t file_name_key = 2;
constexpr std::uint32_t content_type_key = 3;
constexpr std::uint32_t size_key = 4;
constexpr std::uint32_t sha256_key = 5;

constexpr std::uint64_t number_of(ContentType type) {
    switch (type) {
        case ContentType::pdf:
            return 1;
    }
    std::unreachable();
}
constexpr std::optional<ContentType> content_type_of(std::uint64_t number) {
    for (auto const type : {ContentType::pdf}) {
        if (number_of(type) == number) return type;
    }
    return std::nullopt;
}

}  // namespace

SecretBytes encode_details(CaseId case_id, DocumentDetails const& details) {
    CborWriter writer;
    writer.map(5);
    writer.key(case_key).bytes(case_id.bytes());
    writer.key(file_name_key).text(details.file_name.text());
    writer.key(content_type_key).uint(number_of(details.content_type));
    writer.key(size_key).uint(details.size_bytes);
    writer.key(sha256_key).bytes(details.sha256);
    auto bytes = writer.finish();
    SecretBytes encoded{bytes};
    wipe(bytes);
    return encoded;
}

std::optional<DocumentDetails> decode_details(CaseId case_id, BytesView bytes) {
    auto const value = CborValue::parse(bytes);
    if (!value) return std::nullopt;
    auto const map = value->map();
    if (!map || !map->has_only({case_key, file_name_key, content_type_key, size_key, sha256_key}))
        return std::nullopt;
    auto const in_case = map->bytes(case_key);
    auto const text = map->text(file_name_key);
    auto const type_number = map->uint(content_type_key);
    auto const size_bytes = map->uint(size_key);
    auto const sha256 = map->bytes(sha256_key);
    if (!in_case || !text || !type_number || !size_bytes || !sha256) return std::nullopt;
    auto file_name = DocumentName::parse(*text);
    auto const type = content_type_of(*type_number);
    crypto::Sha256 hash{};
    if (!std::ranges::equal(*in_case, case_id.bytes()) || !file_name || !type ||
        sha256->size() != hash.size())
        return std::nullopt;
    std::ranges::copy(*sha256, hash.begin());
    return DocumentDetails{std::move(*file_name), *type, *size_bytes, hash};
}

}  // namespace klout7::documents
