#include "inflate.h"

#include <zlib.h>

#include <algorithm>

namespace klout7::gate {
namespace {

constexpr std::size_t piece_bytes = 32 * 1024;

struct Inflater {
    z_stream stream{};
    bool is_ready;
    explicit Inflater(DeflateForm form)
        : is_ready(inflateInit2(&stream, form == DeflateForm::bare ? -MAX_WBITS : MAX_WBITS) == Z_OK) {}
    Inflater(Inflater const&) = delete;
    Inflater& operator=(Inflater const&) = delete;
    ~Inflater() {
        if (is_ready) inflateEnd(&stream);
    }
};

}  // namespace

std::expected<std::uint64_t, Refusal> inflate_pieces(Window& window, Packed packed, DeflateForm form,
                                                     std::function<Fault(BytesView)> const& take) {
    Inflater inflater{form};
    if (!inflater.is_ready) return std::unexpected(Refusal::not_examined);
    auto& stream = inflater.stream;
    SecretBytes in{piece_bytes};
    SecretBytes out{piece_bytes};
    std::uint64_t used = 0;
    for (;;) {
        auto const part =
            static_cast<std::size_t>(std::min<std::uint64_t>(piece_bytes, packed.size_bytes - used));
        if (part == 0 || !window.read(packed.offset + used, in.span().first(part)))
            return std::unexpected(Refusal::malformed);
        stream.next_in = in.span().data();
        stream.avail_in = static_cast<uInt>(part);
        int state = Z_OK;
        do {
            stream.next_out = out.span().data();
            stream.avail_out = static_cast<uInt>(piece_bytes);
            state = inflate(&stream, Z_NO_FLUSH);
            if (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR)
                return std::unexpected(Refusal::malformed);
            if (auto const fault = take(out.view().first(piece_bytes - stream.avail_out)))
                return std::unexpected(*fault);
        } while (state == Z_OK && (stream.avail_in > 0 || stream.avail_out == 0));
        used += part - stream.avail_in;
        if (state == Z_STREAM_END) return used;
    }
}

}  // namespace klout7::gate
