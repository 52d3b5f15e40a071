#pragma once

#include <optional>
#include <span>

#include "base/embedded_text.h"
#include "transport/http.h"

namespace klout7::api {

/// The pages of a side: files that anybody may have, since they hold nothing of anybody; what is in them
/// comes through routes.
class Pages {
public:
    explicit Pages(std::span<EmbeddedFile const> files) : files_(files) {}

    /// A file under assets/, whose name changes with its content, so that a browser keeps it for ever. Or the
    /// one document, to a browser that goes to any address that is not of the interface: its script shows
    /// the page that belongs there. Compressed as the browser takes it (RFC 9110, 12.5.3). Nothing when this
    /// asks for no page.
    std::optional<transport::Answer> answer(transport::RequestHead const& head) const;

private:
    std::span<EmbeddedFile const> files_;
};

}  // namespace klout7::api
