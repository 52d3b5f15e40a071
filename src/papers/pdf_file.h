#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace klout7::papers {

/// The objects of a PDF and the file that they make. Source: ISO 32000-1 (PDF 1.7), 7.3 and 7.5.
class PdfFile {
public:
    /// A number for an object that is put later.
    int reserve();
    void put(int number, std::string body);
    int add(std::string body);
    /// Compressed, unless a reader of files that knows no PDF should find it.
    int add_stream(std::string_view entries, std::string_view data, bool is_compressed = true);
    /// The file. Its identifier is reckoned from its content.
    std::string bytes(int catalog, int information) const;

private:
    std::vector<std::string> objects_;
};

/// "12 0 R".
std::string reference_to(int object);
/// A number of thousandths: "12.5".
std::string pdf_number(int thousandths);
/// A text string in UTF-16, as hexadecimal digits.
std::string pdf_text(std::u32string_view text);
/// The UTF-16 of a text in hexadecimal digits.
std::string utf16_hex(std::u32string_view text);

}  // namespace klout7::papers
