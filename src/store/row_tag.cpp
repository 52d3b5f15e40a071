#include "store/row_tag.h"

#include "base/log.h"
#include "failure.h"

namespace klout7::store {
namespace {

enum class Kind : std::uint8_t { null = 0, integer = 1, bytes = 2, date = 3 };

struct AddValue {
    Fields& fields;
    void operator()(std::monostate) const { add(Kind::null, {}); }
    void operator()(std::int64_t number) const {
        Bytes bytes;
        append_u64(bytes, static_cast<std::uint64_t>(number));
        add(Kind::integer, bytes);
    }
    void operator()(std::string_view text) const { add(Kind::bytes, bytes_of(text)); }
    void operator()(BytesView bytes) const { add(Kind::bytes, bytes); }
    void operator()(LocalDate date) const {
        Bytes bytes;
        append_u64(bytes, static_cast<std::uint64_t>(std::int64_t{date.days_since_1970()}));
        add(Kind::date, bytes);
    }

private:
    void add(Kind kind, BytesView content) const {
        Bytes part{static_cast<std::uint8_t>(kind)};
        append(part, content);
        fields.add(part);
    }
};

}  // namespace

template <class Zone>
crypto::Sha256 row_tag(crypto::Keyring<Zone> const& keyring, std::string_view table,
                       std::span<Value const> values) {
    Fields fields;
    fields.add("klout7/row/1").add(table);
    for (auto const& value : values) std::visit(AddValue{fields}, value.data());
    return keyring.row_tag(fields.view());
}

void require_row_tag(crypto::Sha256 const& found, crypto::Sha256 const& expected) {
    if (equal_in_constant_time(found, expected)) return;
    write_log(LogLevel::error, "a row that decides who may do what was not written by this program");
    throw Failure{StoreError::broken, false, false, 0};
}

template crypto::Sha256 row_tag(crypto::Keyring<OfficeZone> const&, std::string_view, std::span<Value const>);
template crypto::Sha256 row_tag(crypto::Keyring<MedicalZone> const&, std::string_view,
                                std::span<Value const>);

}  // namespace klout7::store
