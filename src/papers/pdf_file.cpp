#include "pdf_file.h"

#include <fmt/format.h>
#include <zlib.h>

#include <cstdint>

#include "base/check.h"

namespace klout7::papers {
namespace {

std::string compressed(std::string_view data) {
    auto size = compressBound(data.size());
    std::string out(size, '\0');
    auto const result =
        compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<Bytef const*>(data.data()),
                  data.size(), Z_BEST_COMPRESSION);
    require(result == Z_OK, "room for what zlib makes of a stream");
    out.resize(size);
    return out;
}

// FNV-1a, from two starting points. It tells files apart and protects nothing.
std::string identifier_of(std::string_view bytes) {
    std::string identifier;
    for (std::uint64_t hash : {0xcbf29ce484222325u, 0x84222325cbf29ce4u}) {
        for (char const byte : bytes) {
            hash ^= static_cast<unsigned char>(byte);
            hash *= 0x100000001b3u;
        }
        identifier += fmt::format("{:016x}", hash);
    }
    return identifier;
}

}  // namespace

int PdfFile::reserve() {
    objects_.emplace_back();
    return static_cast<int>(objects_.size());
}

void PdfFile::put(int number, std::string body) {
    objects_.at(static_cast<std::size_t>(number) - 1) = std::move(body);
}

int PdfFile::add(std::string body) {
    auto const number = reserve();
    put(number, std::move(body));
    return number;
}

int PdfFile::add_stream(std::string_view entries, std::string_view data, bool is_compressed) {
    auto const content = is_compressed ? compressed(data) : std::string{data};
    return add(fmt::format("<<{}{}/Length {}>>\nstream\n{}\nendstream", entries,
                           is_compressed ? "/Filter/FlateDecode" : "", content.size(), content));
}

std::string PdfFile::bytes(int catalog, int information) const {
    std::string file = "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";
    std::string table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects_.size() + 1);
    for (std::size_t i = 0; i < objects_.size(); ++i) {
        require(!objects_[i].empty(), "every reserved object was put");
        table += fmt::format("{:010} 00000 n \n", file.size());
        file += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects_[i]);
    }
    auto const identifier = identifier_of(file);
    auto const table_at = file.size();
    file += table;
    file += fmt::format("trailer\n<</Size {}/Root {}/Info {}/ID[<{}><{}>]>>\nstartxref\n{}\n%%EOF\n",
                        objects_.size() + 1, reference_to(catalog), reference_to(information), identifier,
                        identifier, table_at);
    return file;
}

std::string reference_to(int object) { return fmt::format("{} 0 R", object); }

std::string pdf_number(int thousandths) {
    auto text = fmt::format("{}{}.{:03}", thousandths < 0 ? "-" : "", std::abs(thousandths) / 1000,
                            std::abs(thousandths) % 1000);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
}

std::string utf16_hex(std::u32string_view text) {
    std::string digits;
    for (char32_t const character : text) {
        auto const code = static_cast<std::uint32_t>(character);
        if (code > 0xffff)
            digits += fmt::format("{:04X}{:04X}", 0xd7c0 + (code >> 10), 0xdc00 + (code & 0x3ff));
        else
            digits += fmt::format("{:04X}", code);
    }
    return digits;
}

std::string pdf_text(std::u32string_view text) { return "<FEFF" + utf16_hex(text) + ">"; }

}  // namespace klout7::papers
