#include "image.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <set>

namespace klout7::gate {
namespace {

using namespace std::string_view_literals;

constexpr std::uint64_t most_pixels = 400'000'000;
constexpr std::uint64_t longest_note = 64 * 1024;

std::uint32_t number_at(Window& window, std::uint64_t at, std::size_t bytes) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < bytes; ++i)
        number = number << 8U | static_cast<std::uint32_t>(window.at(at + i));
    return number;
}

/// From behind a start of scan to the next marker that is none of a restart. T.81 B.1.1.5
std::uint64_t end_of_scan(Window& window, std::uint64_t at) {
    for (; at + 1 < window.size(); ++at) {
        auto const next = window.at(at) == 0xff ? window.at(at + 1) : 0;
        if (next > 0 && next != 0xff && (next < 0xd0 || next > 0xd7)) return at;
        if (window.failed()) break;
    }
    return window.size();
}

/// Where the picture that begins here ends; nothing when it does not.
std::optional<std::uint64_t> end_of_jpeg(Window& window, std::uint64_t at) {
    if (!window.holds(at, "\xff\xd8\xff")) return std::nullopt;
    at += 2;
    bool has_scan = false;
    while (at + 1 < window.size()) {
        if (window.at(at) != 0xff) return std::nullopt;
        auto const marker = window.at(at + 1);
        if (marker == 0xff) {  // fill
            ++at;
            continue;
        }
        at += 2;
        if (marker == 0xd9) return has_scan ? std::optional{at} : std::nullopt;
        if (marker == 0x01) continue;
        if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8)) return std::nullopt;
        auto const length = window.at(at + 1) < 0 ? 0 : number_at(window, at, 2);
        if (length < 2) return std::nullopt;
        at += length;
        if (marker == 0xda) {
            has_scan = true;
            at = end_of_scan(window, at);
        }
    }
    return std::nullopt;
}

/// The notes of Samsung's cameras: short, and known by their end.
bool is_camera_note(Window& window, std::uint64_t at) {
    auto const left = window.size() - at;
    return left >= 24 && left <= longest_note && window.holds(window.size() - 4, "SEFT") &&
           window.find("SEFH", at) < window.size();
}

}  // namespace

Fault examine_jpeg(Window& window) {
    auto end = end_of_jpeg(window, 0);
    if (!end) return Refusal::malformed;
    for (;;) {
        while (*end < window.size() && window.at(*end) == 0) ++*end;
        if (*end == window.size() || is_camera_note(window, *end)) return {};
        auto const next = end_of_jpeg(window, *end);
        if (!next) return Refusal::disguised;
        end = next;
    }
}

Fault examine_png(Window& window) {
    std::uint64_t at = 8;
    bool has_data = false;
    for (;;) {
        if (at > window.size() || window.size() - at < 12) return Refusal::malformed;
        auto const length = number_at(window, at, 4);
        auto const end = at + 12 + length;
        if (end > window.size()) return Refusal::malformed;
        auto crc = crc32(0, nullptr, 0);
        for (auto i = at + 4; i < end - 4; ++i) {
            auto const byte = static_cast<Bytef>(window.at(i));
            crc = crc32_z(crc, &byte, 1);
        }
        if (window.failed() || number_at(window, end - 4, 4) != crc) return Refusal::malformed;
        bool const is_header = window.holds(at + 4, "IHDR");
        if (is_header != (at == 8) || (is_header && length != 13)) return Refusal::malformed;
        if (is_header &&
            std::uint64_t{number_at(window, at + 8, 4)} * number_at(window, at + 12, 4) > most_pixels)
            return Refusal::limit;
        has_data |= window.holds(at + 4, "IDAT");
        if (window.holds(at + 4, "IEND")) {
            if (!has_data || length != 0) return Refusal::malformed;
            return end == window.size() ? Fault{} : Refusal::disguised;
        }
        at = end;
    }
}

Fault examine_tiff(Window& window) {
    constexpr std::size_t most_directories = 2000;
    bool const is_little = window.at(0) == 'I';
    auto const u16 = [&](BytesView bytes, std::size_t at) {
        return is_little ? u16_little(bytes, at) : u16_big(bytes, at);
    };
    auto const u32 = [&](BytesView bytes, std::size_t at) {
        return is_little ? u32_little(bytes, at) : u32_big(bytes, at);
    };
    Bytes header(8);
    if (!window.read(0, header)) return Refusal::malformed;
    std::set<std::uint32_t> seen;
    auto at = u32(header, 4);
    if (at == 0) return Refusal::malformed;
    while (at != 0) {
        if (at < 8 || !seen.insert(at).second) return Refusal::malformed;
        if (seen.size() > most_directories) return Refusal::limit;
        Bytes count(2);
        if (!window.read(at, count)) return Refusal::malformed;
        Bytes entries(std::size_t{u16(count, 0)} * 12 + 4);
        if (!window.read(at + 2, entries)) return Refusal::malformed;
        for (std::size_t i = 0; i + 12 <= entries.size(); i += 12) {
            // Sizes of the field types of TIFF 6.0, section 2, and of the IFD of its supplement.
            constexpr std::array<std::uint64_t, 14> sizes{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
            auto const type = u16(entries, i + 2);
            auto const bytes = type < sizes.size() ? sizes[type] * u32(entries, i + 4) : 0;
            if (bytes > 4 && u32(entries, i + 8) + bytes > window.size()) return Refusal::malformed;
        }
        at = u32(entries, entries.size() - 4);
    }
    return {};
}

Fault examine_heic(Window& window) {
    // sefd and mpvd are notes and films of cameras; the second is not taken.
    constexpr std::array known{"ftyp"sv, "meta"sv, "mdat"sv, "free"sv,
                               "skip"sv, "wide"sv, "uuid"sv, "sefd"sv};
    bool has_meta = false;
    bool has_data = false;
    std::uint64_t at = 0;
    while (at < window.size()) {
        if (window.size() - at < 8) return Refusal::disguised;
        std::uint64_t length = number_at(window, at, 4);
        if (length == 0) length = window.size() - at;
        if (length == 1 && window.size() - at >= 16)
            length = std::uint64_t{number_at(window, at + 8, 4)} << 32U | number_at(window, at + 12, 4);
        bool const is_known =
            std::ranges::any_of(known, [&](auto name) { return window.holds(at + 4, name); });
        if (!is_known || window.failed()) return at == 0 ? Refusal::malformed : Refusal::disguised;
        if (length < 8 || length > window.size() - at) return Refusal::malformed;
        bool const is_note = window.holds(at + 4, "free") || window.holds(at + 4, "skip") ||
                             window.holds(at + 4, "uuid") || window.holds(at + 4, "sefd");
        if (is_note && length > longest_note) return Refusal::disguised;
        has_meta |= window.holds(at + 4, "meta");
        has_data |= window.holds(at + 4, "mdat");
        at += length;
    }
    return has_meta && has_data ? Fault{} : Refusal::malformed;
}

}  // namespace klout7::gate
