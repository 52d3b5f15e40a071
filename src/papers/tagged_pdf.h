#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/local_date.h"
#include "font.h"

namespace klout7::papers {

/// What a part of a paper is, for who cannot see it. Source: ISO 32000-1, 14.8.4.
enum class Tag {
    document,
    h1,
    h2,
    paragraph,
    list,
    item,
    label,
    body,
    table,
    table_head,
    table_body,
    row,
    column_heading,
    row_heading,
    cell,
};

enum class Colour { ink, grey, accent, line, band };

struct Style {
    Weight weight = Weight::regular;
    Length size = 0;
    Colour colour = Colour::ink;
};

/// From the top left corner of an A4.
struct Point {
    Length x = 0;
    Length y = 0;
};
inline constexpr Length page_width = 595'276;
inline constexpr Length page_height = 841'890;

/// What is told of a paper besides its pages; nothing of a person.
struct PaperFacts {
    std::u32string title;
    std::string_view language;  ///< "nl-NL"
    LocalDate date;
};

/// Pages of text, lines and areas, of which each is a part of something with a tag or said to be decoration.
/// Source: ISO 32000-1, 14.6 to 14.8; written so that ISO 14289-1 (PDF/UA-1) can hold.
class TaggedPdf {
public:
    using Element = std::size_t;

    explicit TaggedPdf(PaperFacts facts);

    void set_title(std::u32string title) { facts_.title = std::move(title); }
    Element document() const { return 0; }
    Element add(Element parent, Tag tag);

    void add_page();
    std::size_t pages() const { return pages_.size(); }
    /// What follows goes on this page; the first is 0.
    void turn_to(std::size_t page) { page_ = page; }

    /// What follows, until `end`, is a part of the element.
    void begin(Element element);
    /// What follows, until `end`, means nothing: a line, the number of a page.
    void begin_decoration();
    void end();

    void write(Point baseline, Style style, std::u32string_view text);
    void draw_line(Point from, Point to, Length width, Colour colour);
    void fill(Point top_left, Length width, Length height, Colour colour);

    std::string bytes() const;

private:
    // A stretch of a page that is part of an element, or an element in it.
    struct Kid {
        bool is_element = false;
        std::size_t number = 0;  // of the element, or of the stretch on its page
        std::size_t page = 0;
    };
    struct Node {
        Tag tag = Tag::document;
        Element parent = 0;
        std::vector<Kid> kids = {};
    };
    struct Page {
        std::string content = {};
        std::vector<Element> stretches = {};
    };

    FontSubset& subset(Weight weight) { return weight == Weight::bold ? bold_ : regular_; }

    PaperFacts facts_;
    std::vector<Node> nodes_;
    std::vector<Page> pages_;
    std::size_t page_ = 0;
    FontSubset regular_{font_of(Weight::regular)};
    FontSubset bold_{font_of(Weight::bold)};
};

}  // namespace klout7::papers
