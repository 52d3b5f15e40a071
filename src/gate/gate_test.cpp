#include "gate/gate.h"

#include <doctest/doctest.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <vector>

#include "base/text.h"

using namespace klout7;
using namespace klout7::gate;

namespace {

std::filesystem::path const folder = std::filesystem::path{KLOUT7_VECTORS} / "gate";

Bytes file(std::string_view name) {
    std::ifstream in{folder / name, std::ios::binary};
    REQUIRE(in.good());
    return Bytes{std::istreambuf_iterator<char>{in}, {}};
}

struct Row {
    std::string file, says, why;
};
/// The rows of expected.tsv.
std::vector<Row> rows() {
    std::ifstream in{folder / "expected.tsv"};
    std::vector<Row> found;
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        auto const cells = split(line, '\t');
        REQUIRE(cells.size() == 3);
        found.push_back({std::string{cells[0]}, std::string{cells[1]}, std::string{cells[2]}});
    }
    return found;
}

Content content_of(Bytes const& bytes) {
    return {bytes.size(), [&bytes](std::uint64_t offset, BytesSpan out) {
                std::ranges::copy(BytesView{bytes}.subspan(static_cast<std::size_t>(offset), out.size()),
                                  out.begin());
                return true;
            }};
}

std::string type_name(FileType type) {
    constexpr std::string_view names[] = {"pdf",  "jpeg", "png",  "heic", "tiff",
                                          "docx", "odt",  "xlsx", "eml",  "text"};
    return std::string{names[static_cast<std::size_t>(type)]};
}
/// The type, or the reason why not.
std::string says(Bytes const& bytes, Side side = Side::office) {
    auto const found = examine(content_of(bytes), side);
    return found ? type_name(*found) : std::string{name_of(found.error())};
}

/// The same numbers each time.
struct Numbers {
    std::uint64_t state;
    std::uint64_t next() {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return state >> 33U;
    }
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(next() % limit); }
};

Bytes mutated(Bytes bytes, Bytes const& other, Numbers& numbers) {
    if (bytes.empty()) return bytes;
    for (auto times = 1 + numbers.below(4); times > 0 && !bytes.empty(); --times) {
        auto const at = numbers.below(bytes.size());
        switch (numbers.below(5)) {
            case 0:
                bytes[at] ^= static_cast<std::uint8_t>(1U << numbers.below(8));
                break;
            case 1:
                bytes[at] = static_cast<std::uint8_t>(numbers.below(2) == 0 ? 0xff : numbers.below(256));
                break;
            case 2:
                bytes.resize(at);
                break;
            case 3: {
                auto const length = numbers.below(bytes.size() - at) + 1;
                Bytes const part(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                                 bytes.begin() + static_cast<std::ptrdiff_t>(at + length));
                append(bytes, part);
                break;
            }
            default:
                if (other.empty()) break;
                auto const from = numbers.below(other.size());
                for (std::size_t i = 0; i < 64 && at + i < bytes.size() && from + i < other.size(); ++i)
                    bytes[at + i] = other[from + i];
        }
    }
    return bytes;
}

}  // namespace

TEST_CASE("every file is of the type, or refused for the reason, that the table says") {
    auto const table = rows();
    CHECK(table.size() > 140);
    std::map<std::string, int> seen;
    for (auto const& row : table) {
        CAPTURE(row.file);
        CAPTURE(row.why);
        auto const bytes = file(row.file);
        CHECK(says(bytes) == row.says);
        CHECK(says(bytes, Side::medical) == row.says);
        ++seen[row.says];
    }
    for (auto const type : all_types) CHECK_MESSAGE(seen[type_name(type)] > 0, type_name(type));
    for (auto const refusal : all_refusals)
        CHECK_MESSAGE((seen[std::string{name_of(refusal)}] > 0 || refusal == Refusal::not_examined),
                      name_of(refusal));
}

TEST_CASE("what is taken in may be taken by its first bytes, however few of them are there") {
    for (auto const& row : rows()) {
        if (!row.file.starts_with("good.")) continue;
        CAPTURE(row.file);
        auto const bytes = file(row.file);
        for (std::size_t count = 0; count <= std::min<std::size_t>(bytes.size(), 600); ++count)
            REQUIRE(may_be_taken(BytesView{bytes}.first(count)));
    }
    for (auto const* name :
         {"program.exe", "archive.rar", "picture.gif", "password_office.docx", "before.docx"}) {
        CAPTURE(name);
        CHECK(!may_be_taken(file(name)));
    }
}

TEST_CASE("a content that cannot be read is not examined, wherever that begins") {
    for (auto const* name :
         {"good.pdf", "good.docx", "good.jpg", "good.txt", "good.eml", "good.heic", "object_stream.pdf"}) {
        auto const bytes = file(name);
        int left = 0;
        auto content = content_of(bytes);
        auto const read = content.read;
        content.read = [&](std::uint64_t offset, BytesSpan out) { return left-- > 0 && read(offset, out); };
        bool was_refused = false;
        for (int reads = 0; reads < 500; ++reads) {
            left = reads;
            auto const found = examine(content, Side::office);
            CAPTURE(name);
            CAPTURE(reads);
            if (found) break;
            was_refused = true;
            CHECK(found.error() == Refusal::not_examined);
        }
        CHECK(was_refused);
    }
}

TEST_CASE("a name fits a type when a computer would open it as one, or as nothing") {
    CHECK(fits_name(FileType::pdf, "Brief.pdf"));
    CHECK(fits_name(FileType::pdf, "Brief.PDF"));
    CHECK(fits_name(FileType::pdf, "Brief"));
    CHECK(fits_name(FileType::pdf, "Brief van dr. Jansen"));
    CHECK(fits_name(FileType::text, "Gesprek 12.11.2026"));
    CHECK(fits_name(FileType::jpeg, "foto.jpeg"));
    for (auto const type : all_types) {
        CHECK(!fits_name(type, "Brief.exe"));
        CHECK(!fits_name(type, "Brief.pdf.html"));
        CHECK(!fits_name(type, "Brief.bat. ."));
    }
    CHECK(!fits_name(FileType::docx, "Brief.docm"));
    CHECK(!fits_name(FileType::text, "Brief.pdf"));
}

TEST_CASE("each type has a number of its own, which gives it back") {
    for (auto const type : all_types) CHECK(type_of_number(number_of(type)) == type);
    CHECK(!type_of_number(0));
    CHECK(!type_of_number(11));
}

TEST_CASE("altered files end in a type or a reason, in time") {
    std::vector<Bytes> files;
    for (auto const& row : rows()) {
        auto bytes = file(row.file);
        if (bytes.size() < 64 * 1024) files.push_back(std::move(bytes));
    }
    Numbers numbers{20261127};
    std::map<std::string, int> seen;
    auto const begin = std::chrono::steady_clock::now();
    for (int i = 0; i < 20'000; ++i) {
        auto const& from = files[numbers.below(files.size())];
        ++seen[says(mutated(from, files[numbers.below(files.size())], numbers))];
    }
    std::chrono::duration<double> const took = std::chrono::steady_clock::now() - begin;
    CHECK(took.count() < 120);
    // It did look: not all of them end at their first bytes.
    for (auto const* what : {"malformed", "disguised", "unknown_type", "pdf", "scripts"})
        CHECK_MESSAGE(seen[what] > 0, what);
}
