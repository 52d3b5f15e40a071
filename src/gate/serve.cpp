#include "confine/apart.h"
#include "confine/limits.h"
#include "examination.h"
#include "exchange.h"
#include "gate/apart.h"

namespace klout7::gate {

int serve_one(int socket) {
    // All that is not ours is read behind this.
    auto const magic = Magic::load();
    if (!magic ||
        !confine::confine_to_what_is_open({.memory_bytes = std::uint64_t{8} << 20U, .processor_seconds = 20}))
        return 1;
    confine::Asked const asked{socket};
    Bytes opening(opening_bytes);
    auto const content = asked.receive(opening);
    if (!content) return 1;
    auto const found = examine_with(*magic, *content, opening.back() == 0 ? Side::office : Side::medical);
    Bytes answer;
    append_u32(answer, found ? number_of(*found) : refusals_from + static_cast<std::uint32_t>(found.error()));
    return asked.answer(answer) ? 0 : 1;
}

}  // namespace klout7::gate
