#include "tagged_pdf.h"

#include <fmt/format.h>

#include "base/check.h"
#include "base/text.h"
#include "pdf_file.h"

namespace klout7::papers {
namespace {

// Colours that are the same on each device, by an RGB with the white and the primaries of sRGB.
constexpr std::string_view colour_space =
    "[/CalRGB<</WhitePoint[0.9505 1 1.089]/Gamma[2.2 2.2 2.2]"
    "/Matrix[0.4124 0.2126 0.0193 0.3576 0.7152 0.1192 0.1805 0.0722 0.9505]>>]";

std::string_view parts_of(Colour colour) {
    switch (colour) {
        case Colour::ink:
            return "0.12 0.14 0.16";
        case Colour::grey:
            return "0.36 0.39 0.43";
        case Colour::accent:
            return "0.06 0.3 0.4";
        case Colour::line:
            return "0.78 0.81 0.84";
        case Colour::band:
            return "0.93 0.955 0.965";
    }
    return {};
}

// With its attributes. Source: ISO 32000-1, 14.8.5.
std::string_view entries_of(Tag tag) {
    switch (tag) {
        case Tag::document:
            return "/S/Document";
        case Tag::h1:
            return "/S/H1";
        case Tag::h2:
            return "/S/H2";
        case Tag::paragraph:
            return "/S/P";
        case Tag::list:
            return "/S/L/A<</O/List/ListNumbering/Disc>>";
        case Tag::item:
            return "/S/LI";
        case Tag::label:
            return "/S/Lbl";
        case Tag::body:
            return "/S/LBody";
        case Tag::table:
            return "/S/Table";
        case Tag::table_head:
            return "/S/THead";
        case Tag::table_body:
            return "/S/TBody";
        case Tag::row:
            return "/S/TR";
        case Tag::column_heading:
            return "/S/TH/A<</O/Table/Scope/Column>>";
        case Tag::row_heading:
            return "/S/TH/A<</O/Table/Scope/Row>>";
        case Tag::cell:
            return "/S/TD";
    }
    return {};
}

std::string xml_escaped(std::string_view text) {
    std::string out;
    for (char const c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else
            out += c;
    }
    return out;
}

// Says nothing of PDF/A or PDF/UA: no judge of those looked at it.
std::string xmp_of(PaperFacts const& facts) {
    return fmt::format(
        "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
        "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" "
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" "
        "xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">"
        "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:title>"
        "<dc:language><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language>"
        "<xmp:CreateDate>{}T00:00:00Z</xmp:CreateDate><pdf:Producer>Klout7</pdf:Producer>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>",
        xml_escaped(to_utf8(facts.title)), facts.language, facts.date.to_string());
}

// Six capitals that tell subsets of one font apart. Source: ISO 32000-1, 9.6.4.
std::string subset_tag(FontSubset const& subset) {
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (auto const& [number, character] : subset.characters()) {
        hash = (hash ^ (std::uint64_t{number} << 32 | std::uint64_t{character})) * 0x100000001b3u;
    }
    std::string tag;
    for (int i = 0; i < 6; ++i, hash /= 26) tag += static_cast<char>('A' + hash % 26);
    return tag;
}

// What its glyphs mean, so that text can be searched, copied and read aloud. Source: ISO 32000-1, 9.10.3.
std::string character_map(FontSubset const& subset) {
    std::string map =
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
    std::vector<std::string> lines;
    for (auto const& [number, character] : subset.characters()) {
        lines.push_back(fmt::format("<{:04X}> <{}>\n", number, utf16_hex({&character, 1})));
    }
    constexpr std::size_t most_lines = 100;  // in one block
    for (std::size_t from = 0; from < lines.size(); from += most_lines) {
        auto const count = std::min(most_lines, lines.size() - from);
        map += fmt::format("{} beginbfchar\n", count);
        for (std::size_t i = from; i < from + count; ++i) map += lines[i];
        map += "endbfchar\n";
    }
    return map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

// Source: ISO 32000-1, 9.7.4 (CIDFontType2) and 9.8; the measures are those of the font.
int add_font(PdfFile& file, FontSubset const& subset, Weight weight) {
    auto const name =
        subset_tag(subset) + (weight == Weight::bold ? "+LiberationSans-Bold" : "+LiberationSans");
    auto const data = subset.file();
    auto const font_file = file.add_stream(fmt::format("/Length1 {}", data.size()), data);
    // The box holds the glyphs of both weights.
    auto const descriptor = file.add(
        fmt::format("<</Type/FontDescriptor/FontName/{}/Flags 4/FontBBox[-544 -377 1305 1034]/ItalicAngle 0"
                    "/Ascent 905/Descent -212/CapHeight 688/StemV {}/FontFile2 {}>>",
                    name, weight == Weight::bold ? 140 : 80, reference_to(font_file)));
    std::string widths;
    for (std::uint16_t number = 0; number < subset.count(); ++number) {
        auto const thousandths =
            std::int64_t{subset.advance_of(number)} * 1'000'000 / subset.font().units_per_em();
        widths += pdf_number(static_cast<int>(thousandths)) + " ";
    }
    auto const descendant = file.add(
        fmt::format("<</Type/Font/Subtype/CIDFontType2/BaseFont/{}/CIDSystemInfo<</Registry(Adobe)"
                    "/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity/FontDescriptor {}/W[0[{}]]>>",
                    name, reference_to(descriptor), widths));
    auto const meaning = file.add_stream("", character_map(subset));
    return file.add(
        fmt::format("<</Type/Font/Subtype/Type0/BaseFont/{}/Encoding/Identity-H/DescendantFonts[{}]"
                    "/ToUnicode {}>>",
                    name, reference_to(descendant), reference_to(meaning)));
}

std::string place(Point point) { return pdf_number(point.x) + " " + pdf_number(page_height - point.y); }

}  // namespace

TaggedPdf::TaggedPdf(PaperFacts facts) : facts_(std::move(facts)), nodes_{Node{}} {}

TaggedPdf::Element TaggedPdf::add(Element parent, Tag tag) {
    nodes_.push_back({.tag = tag, .parent = parent});
    nodes_[parent].kids.push_back({.is_element = true, .number = nodes_.size() - 1});
    return nodes_.size() - 1;
}

void TaggedPdf::add_page() {
    pages_.emplace_back().content = "/RGB cs /RGB CS\n";
    page_ = pages_.size() - 1;
}

void TaggedPdf::begin(Element element) {
    auto& page = pages_[page_];
    auto const number = page.stretches.size();
    page.stretches.push_back(element);
    nodes_[element].kids.push_back({.number = number, .page = page_});
    // The name is of no consequence: the structure tells what it is.
    page.content += fmt::format("/Span<</MCID {}>>BDC\n", number);
}

void TaggedPdf::begin_decoration() { pages_[page_].content += "/Artifact BMC\n"; }

void TaggedPdf::end() { pages_[page_].content += "EMC\n"; }

void TaggedPdf::write(Point baseline, Style style, std::u32string_view text) {
    std::string glyphs;
    for (char32_t const character : text) {
        glyphs += fmt::format("{:04X}", subset(style.weight).use(character));
    }
    pages_[page_].content += fmt::format("{} sc BT /{} {} Tf {} Td <{}> Tj ET\n", parts_of(style.colour),
                                         style.weight == Weight::bold ? "B" : "R", pdf_number(style.size),
                                         place(baseline), glyphs);
}

void TaggedPdf::draw_line(Point from, Point to, Length width, Colour colour) {
    pages_[page_].content +=
        fmt::format("{} SC {} w {} m {} l S\n", parts_of(colour), pdf_number(width), place(from), place(to));
}

void TaggedPdf::fill(Point top_left, Length width, Length height, Colour colour) {
    Point const bottom_left{top_left.x, top_left.y + height};
    pages_[page_].content += fmt::format("{} sc {} {} {} re f\n", parts_of(colour), place(bottom_left),
                                         pdf_number(width), pdf_number(height));
}

std::string TaggedPdf::bytes() const {
    PdfFile file;
    auto const catalog = file.reserve();
    auto const page_tree = file.reserve();
    auto const structure = file.reserve();
    auto const regular = add_font(file, regular_, Weight::regular);
    auto const bold = add_font(file, bold_, Weight::bold);
    auto const resources = file.add(fmt::format("<</Font<</R {}/B {}>>/ColorSpace<</RGB {}>>>>",
                                                reference_to(regular), reference_to(bold), colour_space));

    std::vector<int> page_objects;
    std::string kids;
    for (auto const& page : pages_) {
        auto const content = file.add_stream("", page.content);
        page_objects.push_back(
            file.add(fmt::format("<</Type/Page/Parent {}/MediaBox[0 0 {} {}]/Resources {}/Contents {}/Tabs/S"
                                 "/StructParents {}>>",
                                 reference_to(page_tree), pdf_number(page_width), pdf_number(page_height),
                                 reference_to(resources), reference_to(content), page_objects.size())));
        kids += reference_to(page_objects.back()) + " ";
    }
    file.put(page_tree, fmt::format("<</Type/Pages/Count {}/Kids[{}]>>", pages_.size(), kids));

    std::vector<int> elements;
    for (std::size_t i = 0; i < nodes_.size(); ++i) elements.push_back(file.reserve());
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        std::string of_it;
        for (auto const& kid : nodes_[i].kids) {
            if (kid.is_element)
                of_it += reference_to(elements[kid.number]) + " ";
            else
                of_it += fmt::format("<</Type/MCR/Pg {}/MCID {}>>", reference_to(page_objects[kid.page]),
                                     kid.number);
        }
        file.put(elements[i],
                 fmt::format("<</Type/StructElem{}/P {}/K[{}]>>", entries_of(nodes_[i].tag),
                             reference_to(i == 0 ? structure : elements[nodes_[i].parent]), of_it));
    }
    std::string owners;
    for (std::size_t i = 0; i < pages_.size(); ++i) {
        owners += fmt::format("{}[", i);
        for (auto const element : pages_[i].stretches) owners += reference_to(elements[element]) + " ";
        owners += "]";
    }
    auto const parents = file.add(fmt::format("<</Nums[{}]>>", owners));
    file.put(structure, fmt::format("<</Type/StructTreeRoot/K {}/ParentTree {}/ParentTreeNextKey {}>>",
                                    reference_to(elements[0]), reference_to(parents), pages_.size()));

    auto const metadata = file.add_stream("/Type/Metadata/Subtype/XML", xmp_of(facts_), false);
    auto day = facts_.date.to_string();
    std::erase(day, '-');
    auto const information = file.add(
        fmt::format("<</Title{}/Producer(Klout7)/CreationDate(D:{}000000Z)>>", pdf_text(facts_.title), day));
    file.put(catalog,
             fmt::format("<</Type/Catalog/Pages {}/Lang({})/MarkInfo<</Marked true>>/StructTreeRoot {}"
                         "/ViewerPreferences<</DisplayDocTitle true>>/Metadata {}>>",
                         reference_to(page_tree), facts_.language, reference_to(structure),
                         reference_to(metadata)));
    return file.bytes(catalog, information);
}

}  // namespace klout7::papers
