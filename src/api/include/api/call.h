#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <string>

#include "access/actor.h"
#include "access/frame.h"
#include "api/json.h"
#include "api/language.h"
#include "transport/http.h"

namespace klout7::api {

using Result = std::expected<transport::Answer, access::Failure>;

/// The content of a request: whole, or as it arrives.
struct Body {
    std::string_view text;
    transport::BodySource* stream = nullptr;
};

/// One request as its route sees it.
template <class Zone>
struct Call {
    transport::RequestHead const& head;
    access::Given<Body> body;  ///< missing when it is of another kind than the route takes
    access::Frame<Zone> const& frame;
    access::Actor const& actor;
    bool must_change_password;
    Language language;
    std::map<std::string, std::string, std::less<>> parameters;  ///< of the path

    /// The id in the path; one that is no id names nothing.
    template <class AnyId>
    AnyId id(std::string_view name) const {
        auto const found = parameters.find(name);
        auto const parsed = found == parameters.end() ? std::nullopt : AnyId::parse(found->second);
        return parsed.value_or(AnyId{});
    }
    /// The body, one JSON object of these fields, made into what the action takes.
    template <class T, class Make>
    access::Given<T> json(std::initializer_list<std::string_view> known, Make make) const {
        return json<T>(std::span{known.begin(), known.size()}, make);
    }
    template <class T, class Make>
    access::Given<T> json(std::span<std::string_view const> known, Make make) const {
        if (!body) return std::unexpected(body.error());
        auto const input = JsonInput::parse(body->text, known);
        if (!input) return std::unexpected(input.error());
        return make(*input);
    }
    /// The id that the client made for what it creates, so that a repeat makes nothing twice: the header
    /// Idempotency-Key, a UUID. Errors: invalid.
    access::Given<Uuid> idempotency_key() const;
    /// Which version of a thing was seen by who changes it now: the header If-Match with the ETag of the
    /// answer in which it was read. Errors: invalid.
    access::Given<std::int64_t> seen_version() const;
    /// Whose cases are asked for; from the query `of`. Nothing: the own. What is no id is nobody's.
    std::optional<UserId> of() const {
        auto const named = head.query_value("of");
        return named ? std::optional{UserId::parse(*named).value_or(UserId{})} : std::nullopt;
    }
    /// A page of a list starts behind this; from the query `after`.
    std::string_view after() const { return head.query_value("after").value_or(std::string_view{}); }
};

extern template struct Call<OfficeZone>;
extern template struct Call<MedicalZone>;

}  // namespace klout7::api
