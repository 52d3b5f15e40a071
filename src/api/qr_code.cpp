#include "qr_code.h"

#include <qrencode.h>

#include <memory>

namespace klout7::api {

std::vector<std::string> qr_code(std::string_view text) {
    std::unique_ptr<QRcode, decltype(&QRcode_free)> const code{
        QRcode_encodeString8bit(std::string{text}.c_str(), 0, QR_ECLEVEL_M), QRcode_free};
    std::vector<std::string> rows;
    if (!code) return rows;
    auto const width = static_cast<std::size_t>(code->width);
    for (std::size_t row = 0; row < width; ++row) {
        auto& line = rows.emplace_back();
        // The lowest bit of a module is its colour.
        for (std::size_t column = 0; column < width; ++column)
            line += (code->data[row * width + column] & 1U) != 0 ? '1' : '0';
    }
    return rows;
}

}  // namespace klout7::api
