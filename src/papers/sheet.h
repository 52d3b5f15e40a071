#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "papers/paper.h"
#include "tagged_pdf.h"
#include "wording.h"

namespace klout7::papers {

/// A paper from top to bottom: what is put on it goes below what is there, on as many pages as it takes. The
/// first fault is remembered, and `bytes` tells it. Texts are UTF-8 as they came.
class Sheet {
public:
    struct Facts {
        std::string title;
        LocalDate date;
        std::string below = {};  ///< behind the title at the foot of each page
    };
    Sheet(Wording say, Facts const& facts);

    /// Name and address of who sends it, and of whom it goes to, where a window envelope shows it.
    void letterhead(Sender const& sender, Recipient const& recipient);
    void heading(std::string_view text);     ///< of the paper; one
    void subheading(std::string_view text);  ///< of a part
    void paragraph(std::string_view text);
    void small_print(std::string_view text);
    void list(std::vector<std::string> const& points);
    /// What matters most, in a box of its own.
    void highlight(std::string_view label, std::string_view value, std::string_view explanation);

    struct Fact {
        std::string label;
        std::string value;
    };
    /// What is so, line by line. Those without a value are left out.
    void facts(std::vector<Fact> const& facts);

    struct Column {
        std::string heading;
        int share = 1;  ///< of the width
        bool is_amount = false;
    };
    struct Row {
        std::vector<std::string> cells;
        bool is_total = false;
    };
    /// Its headings stand on each page that it is on. Without any, the first cell of a row is its heading.
    void table(std::vector<Column> const& columns, std::vector<Row> const& rows);

    /// Two columns: what, and how much.
    void sums(std::vector<Row> const& rows) { table({{"", 7}, {"", 3, true}}, rows); }

    /// Says that a text that is needed is empty.
    void needs(std::string_view text);
    void fail(PaperFault fault);
    std::expected<std::string, PaperFault> bytes();

private:
    struct Line {
        std::u32string text;
        Length width = 0;
    };
    struct Type {
        Style style;
        Length leading = 0;
    };
    struct Cell {
        TaggedPdf::Element element = 0;
        std::vector<Line> lines;
    };

    std::u32string readable(std::string_view text);
    std::vector<Line> lines_of(std::string_view text, Type type, Length width);
    void write_lines(TaggedPdf::Element element, std::vector<Line> const& lines, Type type, Length x);
    void text(Tag tag, std::string_view text, Type type, Length space_above);
    void skip(Length height) { y_ += height; }
    /// Goes on on the next page unless there is so much room.
    void need(Length height);
    void next_page();
    void draw_headings(std::vector<Column> const& columns, TaggedPdf::Element table, bool is_repeated);
    void draw_row(std::vector<Column> const& columns, std::vector<Cell> const& cells, Type type,
                  bool is_total);
    void write_feet();

    Wording say_;
    std::string foot_;
    std::optional<PaperFault> fault_;
    TaggedPdf pdf_;
    Length y_ = 0;
};

}  // namespace klout7::papers
