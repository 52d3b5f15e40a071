#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "crypto/keyring.h"
#include "store/value.h"

/// Some rows decide who may do what: accounts, sessions, whose case it is. They carry a tag under a key of
/// the keyring, so that whoever may write to the database, but holds no keyring, cannot make or change one.
/// What a tag does not show: that a row was removed, or put back as it once was (docs/threat-model.md).
namespace klout7::store {

/// The tag of a row of `table` with these values, always in the same order. Each value goes in with its kind,
/// so NULL is not the empty text and a number is not its bytes. Format: docs/data-formats.md, "Row tag".
template <class Zone>
crypto::Sha256 row_tag(crypto::Keyring<Zone> const& keyring, std::string_view table,
                       std::span<Value const> values);
template <class Zone>
crypto::Sha256 row_tag(crypto::Keyring<Zone> const& keyring, std::string_view table,
                       std::initializer_list<Value> values) {
    return row_tag(keyring, table, std::span{values.begin(), values.size()});
}

/// Ends the unit of work (`broken`) when a row does not carry the tag it should, and says so in the operating
/// log: nothing may be decided on such a row.
void require_row_tag(crypto::Sha256 const& found, crypto::Sha256 const& expected);

extern template crypto::Sha256 row_tag(crypto::Keyring<OfficeZone> const&, std::string_view,
                                       std::span<Value const>);
extern template crypto::Sha256 row_tag(crypto::Keyring<MedicalZone> const&, std::string_view,
                                       std::span<Value const>);

}  // namespace klout7::store
