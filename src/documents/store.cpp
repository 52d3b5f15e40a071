#include "documents/store.h"

#include <algorithm>
#include <array>

#include "base/check.h"

namespace klout7::documents {
namespace {

constexpr std::size_t name_characters = 32;

/// 0..31 for a character of base32hex in lower case, else -1.
int base32hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'v') return c - 'a' + 10;
    return -1;
}

}  // namespace

std::optional<StoreName> StoreName::parse(std::string_view text) {
    auto const fits = [](char c) { return base32hex_value(c) >= 0; };
    if (text.size() != name_characters || !std::all_of(text.begin(), text.end(), fits)) return std::nullopt;
    return StoreName{std::string{text}};
}

StoreName StoreName::make_random(Random& random) {
    std::array<std::uint8_t, 20> bytes{};
    random.fill(bytes);
    return StoreName{to_base32hex(bytes)};
}

std::string StoreName::folder() const {
    auto const bits = base32hex_value(text_[0]) << 5 | base32hex_value(text_[1]);  // ten, of which eight
    auto const first_byte = static_cast<std::uint8_t>(bits >> 2);
    return to_hex({&first_byte, 1});
}

std::vector<std::string> all_folders() {
    std::vector<std::string> names;
    for (unsigned i = 0; i < 256; ++i) {
        auto const byte = static_cast<std::uint8_t>(i);
        names.push_back(to_hex({&byte, 1}));
    }
    return names;
}

bool Store::Writer::write(BytesView bytes) {
    require(file_ != nullptr, "a file that is still arriving");
    auto const written = file_->write(bytes);
    if (!written) fault_ = written.error();
    return written.has_value();
}

auto Store::Writer::finish() -> std::expected<Reader, StoreFault> {
    require(file_ != nullptr, "a file that is still arriving");
    auto written = file_->finish();
    if (!written) file_.reset();
    return written;
}

std::expected<void, StoreFault> Store::Writer::keep() {
    require(file_ != nullptr, "a file that is still arriving");
    // Whatever came of it, it is not arriving any more.
    auto const file = std::move(file_);
    return file->keep();
}

}  // namespace klout7::documents
