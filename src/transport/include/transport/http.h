#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/instant.h"
#include "transport/client_certificate.h"

/// HTTP as the rest of Klout7 sees it: plain structs, blocking, without a library in sight.
namespace klout7::transport {

enum class Method { get, head, post, put, patch, del, other };

std::string_view name_of(Method method);

/// Header fields in the order in which they came. Names compare without case.
/// Source: RFC 9110, 5.
class Headers {
public:
    Headers() = default;
    Headers(std::initializer_list<std::pair<std::string, std::string>> fields) : fields_(fields) {}
    /// The first field of this name.
    std::optional<std::string_view> find(std::string_view name) const;
    Headers& add(std::string name, std::string value);
    /// Replaces all fields of this name.
    Headers& set(std::string name, std::string value);
    std::vector<std::pair<std::string, std::string>> const& all() const { return fields_; }

private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

/// What stands before the body.
struct RequestHead {
    Method method = Method::other;
    /// The path, split at `/` and percent-decoded: valid UTF-8 without NUL, no "." or "..", no empty parts
    /// (one trailing slash is kept as an empty last part, so that it is another path).
    std::vector<std::string> path;
    /// Decoded names and values, valid UTF-8 without NUL, in order.
    std::vector<std::pair<std::string, std::string>> query;
    Headers headers;
    /// The peer's network address, without port. Personal data.
    std::string source;
    /// Checked at this very request.
    ShownCertificate certificate;

    std::optional<std::string_view> query_value(std::string_view name) const;
};

/// Why the rest of a body does not come.
enum class BodyError {
    too_large,  ///< more than the rule allows
    too_slow,   ///< the client stopped sending, or sends slower than the least rate
    cut_off,    ///< the connection ended half-way
};

/// A body that arrives while it is read. Blocks; for one worker.
class BodySource {
public:
    virtual ~BodySource() = default;
    /// The next bytes, at least one; zero at the end.
    virtual std::expected<std::size_t, BodyError> read(BytesSpan out) = 0;
};

struct Request {
    RequestHead head;
    std::string body;              ///< whole, when the rule said so
    BodySource* stream = nullptr;  ///< otherwise; valid while the request is handled
};

/// A body of known size that is made while it is sent. `fill` writes the next bytes into the whole span
/// and returns false when it cannot: then the connection is cut, so that half a body never looks whole.
struct StreamedBody {
    std::uint64_t size_bytes = 0;
    std::function<bool(BytesSpan)> fill;
};

struct Answer {
    int status = 200;
    Headers headers;  ///< Content-Length, Date and Connection are the transport's
    std::variant<std::string, StreamedBody> body;
    /// After the request arrived: then how long it took tells nothing. Nobody works while it waits.
    Duration no_sooner_than = {};
};

/// What a request may send, decided before a byte of its body is read.
struct BodyRule {
    std::uint64_t largest_bytes = 0;
    bool streamed = false;
    /// Costs so much that few may run at once: these have workers of their own, so that many of them keep
    /// nobody else waiting. Not for streamed bodies.
    bool is_heavy = false;
};

/// What the transport refuses by itself.
enum class TransportFault {
    bad_request,        ///< 400: not HTTP, or a target that is no path
    body_too_large,     ///< 413
    headers_too_large,  ///< 431
    too_slow,           ///< 408
    overloaded,         ///< 503: too many connections or requests waiting
    handler_failed,     ///< 500: the service threw
};

int status_of(TransportFault fault);

/// What a program does with requests.
class Service {
public:
    virtual ~Service() = default;
    /// On the thread of the network: must not block.
    virtual BodyRule body_rule(RequestHead const& head) const = 0;
    /// On a worker: may block.
    virtual Answer handle(Request& request) = 0;
    /// The answer to a fault. `head` is null when the request could not be read. Must not block.
    virtual Answer answer_fault(TransportFault fault, RequestHead const* head) const = 0;
};

}  // namespace klout7::transport
