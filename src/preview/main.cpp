#include <fontconfig/fontconfig.h>
#include <sys/resource.h>
#include <unistd.h>

#include <new>

#include "base/big_endian.h"
#include "confine/apart.h"
#include "confine/limits.h"
#include "drawn.h"
#include "exchange.h"

using namespace klout7;
using namespace klout7::preview;

namespace {

/// A PDF names the fonts that every reader has, without having them inside, and what draws it opens the file
/// of each when it meets it: which, nobody knows before. So the folders of fonts stay readable, and what a
/// document could find there is on every machine. The same goes for the tables of Asian encodings.
confine::Limits const limits{.memory_bytes = std::uint64_t{512} << 20U,
                             .processor_seconds = 20,
                             .reads = {"/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/poppler"}};

Drawing draw(gate::FileType type, BytesView content, std::uint32_t page) {
    switch (type) {
        case gate::FileType::pdf:
            return draw_pdf(content, page);
        case gate::FileType::jpeg:
            return draw_jpeg(content, page);
        case gate::FileType::png:
            return draw_png(content, page);
        case gate::FileType::heic:
            return draw_heic(content, page);
        case gate::FileType::tiff:
            return draw_tiff(content, page);
        case gate::FileType::docx:
        case gate::FileType::odt:
        case gate::FileType::xlsx:
        case gate::FileType::eml:
        case gate::FileType::text:
            return std::unexpected(NoPreview::other_type);
    }
    return std::unexpected(NoPreview::other_type);
}

/// What looks for fonts reads its settings, and who and where it is, when it is first asked.
bool find_fonts() {
    if (FcInit() == FcFalse) return false;
    auto* const wanted = FcPatternCreate();
    FcConfigSubstitute(nullptr, wanted, FcMatchPattern);
    FcDefaultSubstitute(wanted);
    FcPatternDestroy(wanted);
    return true;
}

Bytes refusal(NoPreview reason) { return {static_cast<std::uint8_t>(1 + static_cast<unsigned>(reason))}; }

Bytes answer_for(std::uint8_t type_number, Content const& content, std::uint32_t page) try {
    auto const type = gate::type_of_number(type_number);
    if (!type) return refusal(NoPreview::other_type);
    if (content.size_bytes > most_content_bytes) return refusal(NoPreview::too_large);
    Bytes all(static_cast<std::size_t>(content.size_bytes));
    if (!content.read(0, all)) return refusal(NoPreview::not_shown);
    auto drawn = draw(*type, all, page);
    if (!drawn) return refusal(drawn.error());
    auto const picture = png_of(shrunk(std::move(drawn->pixels)));
    if (picture.empty()) return refusal(NoPreview::not_shown);
    Bytes answer{0};
    append_u32(answer, drawn->pages);
    append(answer, picture);
    return answer;
} catch (std::bad_alloc const&) {
    return refusal(NoPreview::not_shown);
}

}  // namespace

int main() {
    // Who waits for a page waits a little longer; who does other work does not.
    setpriority(PRIO_PROCESS, 0, 10);
    // All that is not ours is read behind this.
    if (!find_fonts() || !confine::confine_to_what_is_open(limits)) return 1;
    confine::Asked const asked{STDIN_FILENO};
    Bytes opening(opening_bytes);
    auto const content = asked.receive(opening);
    if (!content) return 1;
    auto const page = static_cast<std::uint32_t>(big_endian(BytesView{opening}.subspan(1)));
    // What has drawn has nothing to tidy up: its objects lie in what was hostile.
    _exit(asked.answer(answer_for(opening[0], *content, page)) ? 0 : 1);
}
