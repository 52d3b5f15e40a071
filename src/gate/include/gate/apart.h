#pragma once

#include "gate/gate.h"

namespace klout7::gate {

/// `examine` in a process of its own: klout7-gate, which lies beside this program. It has no key, opens no
/// file, reaches nobody, and gets the content over one socket; a flaw in what reads hostile bytes ends there.
/// It may take 20 seconds of processor time, a minute in all, and 8 MiB of memory besides its own. Errors: as
/// `examine`; and not_examined when it cannot be started, falls, or does not end in time.
std::expected<FileType, Refusal> examine_apart(Content const& content, Side side);

/// What klout7-gate does: confines itself, examines the one content it is given over this socket, and says
/// what it found. Returns how the process should end.
int serve_one(int socket);

}  // namespace klout7::gate
