#include "preview/preview.h"

#include <doctest/doctest.h>
#include <png.h>
#include <signal.h>
#include <sys/resource.h>
#include <tiffio.h>
#include <turbojpeg.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <memory>
#include <thread>

#include "confine/limits.h"
#include "testing/made_up_pdf.h"

using namespace klout7;
using namespace klout7::preview;
using namespace klout7::preview::testing;
using gate::FileType;

namespace {

using Colour = std::array<std::uint8_t, 3>;
constexpr Colour white{255, 255, 255};
constexpr Colour red{255, 0, 0};
constexpr Colour blue{0, 0, 255};

/// A picture, as who gets it sees it.
struct Picture {
    std::size_t width = 0;
    std::size_t height = 0;
    Bytes rgb;
    Colour at(std::size_t x, std::size_t y) const {
        auto const from = 3 * (y * width + x);
        return {rgb.at(from), rgb.at(from + 1), rgb.at(from + 2)};
    }
    bool is_near(std::size_t x, std::size_t y, Colour colour) const {
        auto const found = at(x, y);
        return std::ranges::equal(found, colour, [](int a, int b) { return std::abs(a - b) <= 8; });
    }
    /// How many of its pixels are dark.
    std::size_t dark_pixels() const {
        std::size_t count = 0;
        for (std::size_t i = 0; i < rgb.size(); i += 3) count += rgb[i] < 100 ? 1U : 0U;
        return count;
    }
};

Picture picture_in(BytesView png) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    REQUIRE(png_image_begin_read_from_memory(&image, png.data(), png.size()) != 0);
    image.format = PNG_FORMAT_RGB;
    Picture picture{image.width, image.height, Bytes(PNG_IMAGE_SIZE(image))};
    REQUIRE(png_image_finish_read(&image, nullptr, picture.rgb.data(), 0, nullptr) != 0);
    return picture;
}

Content content_of(BytesView bytes) {
    return {bytes.size(), [bytes](std::uint64_t offset, BytesSpan out) {
                std::ranges::copy(bytes.subspan(static_cast<std::size_t>(offset), out.size()), out.begin());
                return true;
            }};
}

std::expected<Page, NoPreview> page_of(BytesView bytes, FileType type, std::uint32_t number = 1) {
    return Previews{1}.page_of(content_of(bytes), type, number);
}
Picture picture_of(BytesView bytes, FileType type, std::uint32_t number = 1) {
    auto const page = page_of(bytes, type, number);
    REQUIRE(page);
    return picture_in(page->png.view());
}
std::optional<NoPreview> refusal_of(BytesView bytes, FileType type, std::uint32_t number = 1) {
    auto const page = page_of(bytes, type, number);
    return page ? std::nullopt : std::optional{page.error()};
}

Bytes vector_named(std::string const& name) {
    std::ifstream in{std::filesystem::path{KLOUT7_VECTORS} / name, std::ios::binary};
    REQUIRE(in);
    return {std::istreambuf_iterator<char>{in}, {}};
}

std::optional<FileType> type_by_ending(std::string_view ending) {
    if (ending == ".pdf") return FileType::pdf;
    if (ending == ".jpg") return FileType::jpeg;
    if (ending == ".png") return FileType::png;
    if (ending == ".heic") return FileType::heic;
    if (ending == ".tiff") return FileType::tiff;
    return std::nullopt;
}

/// Red on the left, blue on the right.
Bytes red_and_blue(std::size_t width, std::size_t height) {
    Bytes rgb;
    rgb.reserve(3 * width * height);
    for (std::size_t i = 0; i < width * height; ++i) append(rgb, i % width < width / 2 ? red : blue);
    return rgb;
}

Bytes jpeg_of(std::size_t width, std::size_t height) {
    auto const rgb = red_and_blue(width, height);
    std::unique_ptr<void, int (*)(tjhandle)> const writer{tjInitCompress(), &tjDestroy};
    unsigned char* made = nullptr;
    unsigned long size = 0;
    REQUIRE(tjCompress2(writer.get(), rgb.data(), static_cast<int>(width), 0, static_cast<int>(height),
                        TJPF_RGB, &made, &size, TJSAMP_444, 95, 0) == 0);
    Bytes bytes{made, made + size};
    tjFree(made);
    return bytes;
}

/// The same with what a camera writes of how it was held.
Bytes held_as(BytesView jpeg, std::uint8_t orientation) {
    Bytes made{jpeg.begin(), jpeg.begin() + 2};
    append(made, bytes_of({"\xff\xe1\0\x22"
                           "Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0",
                           29}));
    append(made, Bytes{orientation, 0, 0, 0, 0, 0, 0});
    append(made, jpeg.subspan(2));
    return made;
}

Bytes png_of_size(std::uint32_t width, std::uint32_t height, bool see_through = false) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = width;
    image.height = height;
    image.format = see_through ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB;
    auto const pixels = see_through ? Bytes(std::size_t{4} * width * height) : red_and_blue(width, height);
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
    Bytes made(size);
    REQUIRE(png_image_write_to_memory(&image, made.data(), &size, 0, pixels.data(), 0, nullptr) != 0);
    made.resize(size);
    return made;
}

/// A TIFF of so many pages: the first is red and blue, the others are white.
Bytes tiff_of(std::uint32_t pages) {
    auto pattern = (std::filesystem::temp_directory_path() / "klout7-preview-XXXXXX").string();
    close(mkstemp(pattern.data()));
    auto* const file = TIFFOpen(pattern.c_str(), "w");
    REQUIRE(file != nullptr);
    for (std::uint32_t page = 0; page < pages; ++page) {
        auto rgb = page == 0 ? red_and_blue(40, 20) : Bytes(std::size_t{3} * 40 * 20, 255);
        TIFFSetField(file, TIFFTAG_IMAGEWIDTH, 40);
        TIFFSetField(file, TIFFTAG_IMAGELENGTH, 20);
        TIFFSetField(file, TIFFTAG_BITSPERSAMPLE, 8);
        TIFFSetField(file, TIFFTAG_SAMPLESPERPIXEL, 3);
        TIFFSetField(file, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
        TIFFSetField(file, TIFFTAG_ROWSPERSTRIP, 20);
        TIFFSetField(file, TIFFTAG_COMPRESSION, COMPRESSION_LZW);
        TIFFWriteEncodedStrip(file, 0, rgb.data(), static_cast<tmsize_t>(rgb.size()));
        TIFFWriteDirectory(file);
    }
    TIFFClose(file);
    std::ifstream in{pattern, std::ios::binary};
    Bytes const made{std::istreambuf_iterator<char>{in}, {}};
    std::filesystem::remove(pattern);
    return made;
}

/// The klout7-preview that this process started.
pid_t started_process() {
    for (auto const& task : std::filesystem::directory_iterator{"/proc/self/task"}) {
        std::ifstream children{task.path() / "children"};
        pid_t process = 0;
        if (children >> process) return process;
    }
    return -1;
}

std::string status_of(pid_t process) {
    std::ifstream in{"/proc/" + std::to_string(process) + "/status"};
    return {std::istreambuf_iterator<char>{in}, {}};
}

}  // namespace

TEST_CASE("a page of a PDF is a picture of it, and says how many there are") {
    auto const pdf = pdf_of_pages({"1 0 0 rg 0 0 595 421 re f", "0 0 1 rg 0 0 595 842 re f"});
    auto const first = page_of(pdf, FileType::pdf);
    REQUIRE(first);
    CHECK(first->pages == 2);
    auto const picture = picture_in(first->png.view());
    CHECK(picture.height == most_side_pixels);
    CHECK(picture.width >= 1130);
    CHECK(picture.width <= 1132);
    CHECK(picture.at(500, 100) == white);
    CHECK(picture.at(500, 1500) == red);
    CHECK(picture_of(pdf, FileType::pdf, 2).at(500, 100) == blue);
    CHECK(refusal_of(pdf, FileType::pdf, 3) == NoPreview::no_page);
    CHECK(refusal_of(pdf, FileType::pdf, 0) == NoPreview::no_page);
    CHECK(refusal_of(pdf, FileType::pdf, UINT32_MAX) == NoPreview::no_page);
}

TEST_CASE("letters of a font that is not in the PDF are drawn") {
    auto const with = pdf_of_pages({"BT /F 200 Tf 20 400 Td (Klout) Tj ET"});
    CHECK(picture_of(with, FileType::pdf).dark_pixels() > 20'000);
    CHECK(picture_of(pdf_of_pages({" "}), FileType::pdf).dark_pixels() == 0);
}

TEST_CASE("a page of any size gives a picture that is no larger than it may be") {
    auto const long_side = [](std::string const& size) {
        auto const picture = picture_of(pdf_of_pages({"0 0 1 rg 0 0 1 1 re f"}, size), FileType::pdf);
        return std::max(picture.width, picture.height);
    };
    CHECK(long_side("14400 14400") == most_side_pixels);
    CHECK(long_side("1000000 1000") == most_side_pixels);
    CHECK(long_side("72 72") == 200);
}

TEST_CASE("a picture is shown small enough, upright and on paper") {
    auto const jpeg = jpeg_of(4000, 2000);
    auto const shown = picture_of(jpeg, FileType::jpeg);
    CHECK(shown.width == 1600);
    CHECK(shown.height == 800);
    CHECK(shown.is_near(100, 400, red));
    CHECK(shown.is_near(1500, 400, blue));
    CHECK(picture_of(jpeg_of(30, 20), FileType::jpeg).width == 30);
    auto const png = picture_of(png_of_size(3200, 100), FileType::png);
    CHECK(png.width == 1600);
    CHECK(png.height == 50);
    CHECK(png.at(0, 0) == red);
    CHECK(png.at(1599, 49) == blue);
    CHECK(picture_of(png_of_size(5, 5, true), FileType::png).at(2, 2) == white);
    auto const heic = picture_of(vector_named("preview/red_and_blue.heic"), FileType::heic);
    CHECK(heic.width == 1600);
    CHECK(heic.height == 800);
    CHECK(heic.is_near(100, 400, red));
    CHECK(heic.is_near(1500, 400, blue));
    CHECK(refusal_of(vector_named("preview/red_and_blue.heic"), FileType::heic, 2) == NoPreview::no_page);
    CHECK(refusal_of(jpeg, FileType::jpeg, 2) == NoPreview::no_page);
    CHECK(refusal_of(png_of_size(5, 5), FileType::png, 2) == NoPreview::no_page);
}

TEST_CASE("a photo is turned as the camera was held") {
    auto const jpeg = jpeg_of(40, 20);
    struct Held {
        std::uint8_t orientation;
        bool is_turned;
        Colour first;  // the colour of the pixel at the top left
    };
    // Red is on the left of what the camera kept.
    for (auto const& [orientation, is_turned, first] :
         {Held{1, false, red}, Held{2, false, blue}, Held{3, false, blue}, Held{4, false, red},
          Held{5, true, red}, Held{6, true, red}, Held{7, true, blue}, Held{8, true, blue},
          Held{9, false, red}, Held{0, false, red}}) {
        CAPTURE(int{orientation});
        auto const picture = picture_of(held_as(jpeg, orientation), FileType::jpeg);
        CHECK(picture.width == (is_turned ? 20 : 40));
        CHECK(picture.height == (is_turned ? 40 : 20));
        CHECK(picture.is_near(1, 1, first));
    }
}

TEST_CASE("every page of a TIFF is shown") {
    auto const tiff = tiff_of(3);
    auto const first = page_of(tiff, FileType::tiff);
    REQUIRE(first);
    CHECK(first->pages == 3);
    CHECK(picture_in(first->png.view()).at(2, 2) == red);
    CHECK(picture_of(tiff, FileType::tiff, 3).at(2, 2) == white);
    CHECK(refusal_of(tiff, FileType::tiff, 4) == NoPreview::no_page);
}

TEST_CASE("of other types there is no picture") {
    auto const text = to_bytes("a text");
    for (auto const type : gate::all_types) {
        auto const refusal = refusal_of(text, type);
        CHECK(refusal == (can_show(type) ? NoPreview::not_shown : NoPreview::other_type));
    }
}

TEST_CASE("what would be too large in memory is refused before it is unpacked") {
    auto png = png_of_size(2, 2);
    // The width and height, and the checksum behind them.
    std::ranges::copy(Bytes{0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30}, png.begin() + 16);
    std::ranges::copy(Bytes{0xe9, 0x45, 0x6f, 0xed}, png.begin() + 29);
    auto jpeg = jpeg_of(16, 16);
    auto const frame = std::ranges::search(jpeg, Bytes{0xff, 0xc0}).begin();
    std::ranges::copy(Bytes{0xff, 0, 0xff, 0}, frame + 5);
    auto tiff = tiff_of(1);
    auto const width = std::ranges::search(tiff, Bytes{0, 1, 3, 0, 1, 0, 0, 0, 40, 0}).begin();
    auto const height = std::ranges::search(tiff, Bytes{1, 1, 3, 0, 1, 0, 0, 0, 20, 0}).begin();
    std::ranges::copy(Bytes{0, 0xff}, width + 8);
    std::ranges::copy(Bytes{0, 0xff}, height + 8);
    auto heic = vector_named("preview/red_and_blue.heic");
    auto const extent = std::ranges::search(heic, bytes_of("ispe")).begin();
    // Behind its name and 4 bytes of flags: 12,000 by 12,000.
    std::ranges::copy(Bytes{0, 0, 0x2e, 0xe0, 0, 0, 0x2e, 0xe0}, extent + 8);
    CHECK(refusal_of(heic, FileType::heic) == NoPreview::too_large);
    CHECK(refusal_of(png, FileType::png) == NoPreview::too_large);
    CHECK(refusal_of(jpeg, FileType::jpeg) == NoPreview::too_large);
    CHECK(refusal_of(tiff, FileType::tiff) == NoPreview::too_large);
    bool is_read = false;
    Content const long_one{std::uint64_t{257} << 20U,
                           [&](std::uint64_t, BytesSpan) { return is_read = true; }};
    CHECK(Previews{1}.page_of(long_one, FileType::pdf, 1).error() == NoPreview::too_large);
    CHECK_FALSE(is_read);
}

TEST_CASE("what is broken, closed or empty is not shown") {
    CHECK(refusal_of({}, FileType::pdf) == NoPreview::not_shown);
    CHECK(refusal_of(to_bytes("%PDF-1.7\nnothing\n%%EOF\n"), FileType::pdf) == NoPreview::not_shown);
    std::vector<std::string> const no_page{"<< /Type /Catalog /Pages 2 0 R >>",
                                           "<< /Type /Pages /Kids [] /Count 0 >>"};
    auto const empty = pdf_of(no_page);
    CHECK(refusal_of(empty, FileType::pdf) == NoPreview::no_page);
    std::string const any(64, '5');
    auto const password = fmt::format(
        "/ID [<{0}> <{0}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{0}> /U <{0}> >>", any);
    CHECK(refusal_of(pdf_of(no_page, password), FileType::pdf) == NoPreview::not_shown);
    auto const jpeg = jpeg_of(64, 64);
    CHECK(refusal_of(BytesView{jpeg}.first(40), FileType::jpeg) == NoPreview::not_shown);
    auto const png = png_of_size(64, 64);
    CHECK(refusal_of(BytesView{png}.first(40), FileType::png) == NoPreview::not_shown);
    CHECK(refusal_of(vector_named("gate/cut_off.tiff"), FileType::tiff) == NoPreview::not_shown);
    auto content = content_of(png);
    content.read = [](std::uint64_t, BytesSpan) { return false; };
    CHECK(Previews{1}.page_of(content, FileType::png, 1).error() == NoPreview::not_shown);
}

TEST_CASE("whatever a document is, it is shown or not, and the next one is") {
    int tried = 0;
    for (auto const& entry :
         std::filesystem::directory_iterator{std::filesystem::path{KLOUT7_VECTORS} / "gate"}) {
        auto const name = entry.path().filename().string();
        auto const type = type_by_ending(entry.path().extension().string());
        if (!type) continue;
        CAPTURE(name);
        auto const refusal = refusal_of(vector_named("gate/" + name), *type);
        if (name.starts_with("good.") && *type != FileType::tiff && *type != FileType::heic)
            CHECK_FALSE(refusal);
        CHECK(refusal != NoPreview::too_many);
        CHECK(refusal != NoPreview::other_type);
        ++tried;
    }
    CHECK(tried > 40);
}

TEST_CASE("a page that takes for ever is given up, and so is one that takes all memory") {
    // Each form draws the one behind it ten times: 10^20 in all.
    std::vector<std::string> objects{"<< /Type /Catalog /Pages 2 0 R >>",
                                     "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                                     "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R "
                                     "/Resources << /XObject << /X 5 0 R >> >> >>",
                                     stream_of("/X Do")};
    std::string ten;
    for (int i = 0; i < 10; ++i) ten += "/X Do ";
    for (int level = 0; level < 20; ++level) {
        auto const next = fmt::format("/Resources << /XObject << /X {} 0 R >> >>", objects.size() + 2);
        objects.push_back(stream_of(ten, "/Type /XObject /Subtype /Form /BBox [0 0 9 9] " + next));
    }
    objects.push_back(stream_of("0 0 5 5 re f", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"));
    auto const began = std::chrono::steady_clock::now();
    CHECK(refusal_of(pdf_of(objects), FileType::pdf) == NoPreview::not_shown);
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds{40});
}

TEST_CASE("no more are made at once than may be, and then there is room again") {
    Previews previews{1};
    auto const png = png_of_size(4, 4);
    std::promise<void> asked;
    std::promise<void> go_on;
    auto content = content_of(png);
    content.read = [&, read = content.read, is_first = true](std::uint64_t offset, BytesSpan out) mutable {
        if (std::exchange(is_first, false)) {
            asked.set_value();
            go_on.get_future().wait();
        }
        return read(offset, out);
    };
    auto slow = std::async(std::launch::async, [&] { return previews.page_of(content, FileType::png, 1); });
    asked.get_future().wait();
    CHECK(previews.page_of(content_of(png), FileType::png, 1).error() == NoPreview::too_many);
    CHECK(previews.page_of(content_of(png), FileType::text, 1).error() == NoPreview::other_type);
    go_on.set_value();
    CHECK(slow.get());
    CHECK(previews.page_of(content_of(png), FileType::png, 1));
}

TEST_CASE("who draws is confined before it gets a byte of the document, and is gone behind it") {
    auto const png = png_of_size(4, 4);
    auto content = content_of(png);
    pid_t process = -1;
    std::string status;
    rlimit memory{};
    rlimit processor{};
    content.read = [&, read = content.read](std::uint64_t offset, BytesSpan out) {
        process = started_process();
        status = status_of(process);
        prlimit(process, RLIMIT_AS, nullptr, &memory);
        prlimit(process, RLIMIT_CPU, nullptr, &processor);
        return read(offset, out);
    };
    CHECK(Previews{1}.page_of(content, FileType::png, 1));
    REQUIRE(process > 0);
    CHECK(status.contains("Name:\tklout7-preview"));
    if constexpr (confine::can_be_limited) {
        CHECK(status.contains("Seccomp:\t2"));
        CHECK(status.contains("NoNewPrivs:\t1"));
        CHECK(memory.rlim_max < rlim_t{1} << 30U);
        CHECK(processor.rlim_max == 20);
    }
    CHECK(kill(process, 0) != 0);
}
