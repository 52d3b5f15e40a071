#pragma once

#include <optional>
#include <string_view>

#include "base/content.h"
#include "base/secret_bytes.h"
#include "base/socket_io.h"

namespace klout7::confine {

/// What a process of its own says of one content. The program of that name, which lies beside this one, is
/// started with a socket as its only open file and nothing of the environment; it is told `opening`, gets the
/// parts of the content that it asks for, answers once, and is ended. Nothing when it cannot be started,
/// falls, does what it should not, answers more than that, or is not done by then.
std::optional<SecretBytes> ask_apart(std::string_view program, BytesView opening, Content const& content,
                                     std::size_t most_answer_bytes, Until until);

/// The other end of it: in the program that was started.
class Asked {
public:
    explicit Asked(int socket) : socket_(socket) {}
    /// Fills `opening`, and gives the content that is asked about, which can be read until the answer.
    std::optional<Content> receive(BytesSpan opening) const;
    bool answer(BytesView bytes) const;

private:
    int socket_;
};

}  // namespace klout7::confine
