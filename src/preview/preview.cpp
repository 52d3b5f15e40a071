#include "preview/preview.h"

#include <chrono>

#include "base/big_endian.h"
#include "confine/apart.h"
#include "exchange.h"

namespace klout7::preview {
namespace {

constexpr auto most_time = std::chrono::seconds{30};

/// One of those that may be made at once, until this goes.
class Turn {
public:
    explicit Turn(std::atomic<int>& left) : left_(left), is_given_(left.fetch_sub(1) > 0) {}
    Turn(Turn const&) = delete;
    Turn& operator=(Turn const&) = delete;
    ~Turn() { left_.fetch_add(1); }
    bool is_given() const { return is_given_; }

private:
    std::atomic<int>& left_;
    bool is_given_;
};

NoPreview reason_of(std::uint8_t number) {
    for (auto const reason : {NoPreview::other_type, NoPreview::no_page, NoPreview::too_large}) {
        if (number == 1 + static_cast<std::uint8_t>(reason)) return reason;
    }
    return NoPreview::not_shown;
}

std::expected<Page, NoPreview> read_answer(BytesView answer) {
    if (answer.empty()) return std::unexpected(NoPreview::not_shown);
    if (answer[0] != 0) return std::unexpected(reason_of(answer[0]));
    if (answer.size() <= head_bytes) return std::unexpected(NoPreview::not_shown);
    return Page{static_cast<std::uint32_t>(big_endian(answer.subspan(1, 4))),
                SecretBytes{answer.subspan(head_bytes)}};
}

}  // namespace

bool can_show(gate::FileType type) {
    switch (type) {
        case gate::FileType::pdf:
        case gate::FileType::jpeg:
        case gate::FileType::png:
        case gate::FileType::heic:
        case gate::FileType::tiff:
            return true;
        case gate::FileType::docx:
        case gate::FileType::odt:
        case gate::FileType::xlsx:
        case gate::FileType::eml:
        case gate::FileType::text:
            return false;
    }
    return false;
}

std::expected<Page, NoPreview> Previews::page_of(Content const& content, gate::FileType type,
                                                 std::uint32_t number) {
    if (!can_show(type)) return std::unexpected(NoPreview::other_type);
    if (number == 0) return std::unexpected(NoPreview::no_page);
    if (content.size_bytes > most_content_bytes) return std::unexpected(NoPreview::too_large);
    Turn const turn{left_};
    if (!turn.is_given()) return std::unexpected(NoPreview::too_many);
    Bytes opening{gate::number_of(type)};
    append_u32(opening, number);
    auto const answer = confine::ask_apart("klout7-preview", opening, content, most_answer_bytes,
                                           std::chrono::steady_clock::now() + most_time);
    return read_answer(answer ? answer->view() : BytesView{});
}

}  // namespace klout7::preview
