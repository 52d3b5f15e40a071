#include "text.h"

namespace klout7::gate {
namespace {

bool is_allowed_control(int c) { return c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

/// Unicode 15, table 3-7, byte by byte.
class Utf8 {
public:
    bool add(std::uint8_t byte) {
        if (left_ == 0) return begin(byte);
        bool const fits = byte >= low_ && byte <= high_;
        low_ = 0x80;
        high_ = 0xbf;
        --left_;
        return fits;
    }
    bool is_whole() const { return left_ == 0; }

private:
    bool begin(std::uint8_t byte) {
        if (byte < 0x80) return true;
        if (byte < 0xc2 || byte > 0xf4) return false;
        left_ = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
        if (byte == 0xe0) low_ = 0xa0;
        if (byte == 0xed) high_ = 0x9f;
        if (byte == 0xf0) low_ = 0x90;
        if (byte == 0xf4) high_ = 0x8f;
        return true;
    }
    int left_ = 0;
    std::uint8_t low_ = 0x80, high_ = 0xbf;
};

bool is_open_in_windows_1252(int c) { return c == 0x81 || c == 0x8d || c == 0x8f || c == 0x90 || c == 0x9d; }

}  // namespace

Fault examine_text(Window& window) {
    Utf8 utf8;
    bool is_utf8 = true;
    bool is_windows_1252 = true;
    for (std::uint64_t at = 0; at < window.size(); ++at) {
        auto const c = window.at(at);
        if (c < 0) return Refusal::not_examined;
        if ((c < ' ' && !is_allowed_control(c)) || c == 0x7f) return Refusal::unknown_type;
        is_utf8 = is_utf8 && utf8.add(static_cast<std::uint8_t>(c));
        is_windows_1252 = is_windows_1252 && !is_open_in_windows_1252(c);
        if (!is_utf8 && !is_windows_1252) return Refusal::unknown_type;
    }
    return (is_utf8 && utf8.is_whole()) || is_windows_1252 ? Fault{} : Refusal::unknown_type;
}

}  // namespace klout7::gate
