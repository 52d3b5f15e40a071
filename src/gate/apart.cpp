#include "gate/apart.h"

#include <chrono>

#include "base/big_endian.h"
#include "confine/apart.h"
#include "exchange.h"

namespace klout7::gate {
namespace {

constexpr auto most_time = std::chrono::seconds{60};

std::expected<FileType, Refusal> read_answer(std::uint64_t answer) {
    for (auto const refusal : all_refusals) {
        if (answer == refusals_from + static_cast<std::uint64_t>(refusal)) return std::unexpected(refusal);
    }
    auto const type =
        answer < refusals_from ? type_of_number(static_cast<std::uint8_t>(answer)) : std::nullopt;
    if (!type) return std::unexpected(Refusal::not_examined);
    return *type;
}

}  // namespace

std::expected<FileType, Refusal> examine_apart(Content const& content, Side side) {
    Bytes opening(opening_bytes);
    opening.back() = side == Side::office ? 0 : 1;
    auto const answer = confine::ask_apart("klout7-gate", opening, content, answer_bytes,
                                           std::chrono::steady_clock::now() + most_time);
    if (!answer || answer->size() != answer_bytes) return std::unexpected(Refusal::not_examined);
    return read_answer(big_endian(answer->view()));
}

}  // namespace klout7::gate
