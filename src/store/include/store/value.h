#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/bytes.h"
#include "base/id.h"
#include "base/instant.h"
#include "base/local_date.h"

namespace klout7::store {

/// One parameter of a statement. Views must live until the statement ran. Text must be UTF-8.
class Value {
public:
    Value(std::nullptr_t) {}
    Value(std::int64_t number) : data_(number) {}
    Value(int number) : data_(std::int64_t{number}) {}
    Value(std::uint32_t number) : data_(std::int64_t{number}) {}
    Value(bool yes) : data_(std::int64_t{yes ? 1 : 0}) {}
    Value(std::string_view text) : data_(text) {}
    Value(std::string const& text) : data_(std::string_view{text}) {}
    Value(char const* text) : data_(std::string_view{text}) {}
    Value(BytesView bytes) : data_(bytes) {}
    Value(Bytes const& bytes) : data_(BytesView{bytes}) {}
    template <std::size_t n>
    Value(std::array<std::uint8_t, n> const& bytes) : data_(BytesView{bytes}) {}
    Value(Uuid const& uuid) : data_(uuid.bytes()) {}
    template <class Kind>
    Value(Id<Kind> const& id) : data_(id.bytes()) {}
    Value(Instant at) : data_(at.microseconds()) {}
    Value(LocalDate date) : data_(date) {}
    template <class T>
    Value(std::optional<T> const& maybe) {
        if (maybe) data_ = Value{*maybe}.data_;
    }

    using Data = std::variant<std::monostate, std::int64_t, std::string_view, BytesView, LocalDate>;
    Data const& data() const { return data_; }

private:
    Data data_;
};

}  // namespace klout7::store
