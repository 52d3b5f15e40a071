#pragma once

#include <memory>
#include <string>

#include "window.h"

struct magic_set;

namespace klout7::gate {

/// libmagic with its table of types. One thread at a time.
class Magic {
public:
    /// Nothing when the table is not there.
    static std::optional<Magic> load();
    /// The media type that it gives the first 64 KiB; nothing when they cannot be read.
    std::optional<std::string> type_of(Window& window) const;

private:
    using Handle = std::unique_ptr<magic_set, void (*)(magic_set*)>;
    explicit Magic(Handle handle) : handle_(std::move(handle)) {}
    Handle handle_;
};

}  // namespace klout7::gate
