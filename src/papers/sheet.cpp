#include "sheet.h"

#include <algorithm>

#include "base/text.h"

namespace klout7::papers {
namespace {

constexpr Length left = 68'000;
constexpr Length right = page_width - left;
constexpr Length body_width = right - left;
constexpr Length top = 58'000;
constexpr Length bottom = page_height - 78'000;
constexpr Length gap = 14'000;  // between columns

constexpr Style body_style{Weight::regular, 10'000, Colour::ink};
constexpr Length body_leading = 14'500;
constexpr Style table_style{Weight::regular, 9'500, Colour::ink};
constexpr Length table_leading = 13'000;
constexpr Length row_padding = 3'500;  // above and below

Length width_of(std::u32string_view text, Style style) {
    auto const& font = font_of(style.weight);
    std::int64_t units = 0;
    for (char32_t const character : text) {
        if (auto const glyph = font.glyph_of(character)) units += font.advance_of(*glyph);
    }
    return static_cast<Length>(units * style.size / font.units_per_em());
}

// The code points of valid UTF-8.
std::u32string code_points_of(std::string_view text) {
    std::u32string out;
    for (std::size_t at = 0; at < text.size();) {
        auto const first = static_cast<unsigned char>(text[at]);
        std::size_t const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        auto code = static_cast<std::uint32_t>(length == 1 ? first : first & (0x7fu >> length));
        for (std::size_t i = 1; i < length; ++i) {
            code = code << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3fu);
        }
        out += static_cast<char32_t>(code);
        at += length;
    }
    return out;
}

// Of a script that runs from right to left, which is not laid out here, or a mark that turns the direction.
// Source: Unicode 15, blocks and Bidi_Class.
bool turns_around(char32_t c) {
    return (c >= 0x0590 && c <= 0x08ff) || (c >= 0xfb1d && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xfeff) ||
           (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

bool is_control(char32_t c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x2028 || c == 0x2029;
}

}  // namespace

Sheet::Sheet(Wording say, Facts const& facts)
    : say_(say),
      foot_(facts.title + (facts.below.empty() ? "" : " · ") + facts.below),
      pdf_({.title = {}, .language = say.language_tag(), .date = facts.date}) {
    pdf_.set_title(readable(facts.title));
    next_page();
}

void Sheet::fail(PaperFault fault) {
    if (!fault_) fault_ = fault;
}

void Sheet::needs(std::string_view text) {
    if (trim(text).empty()) fail(PaperFault::part_missing);
}

std::u32string Sheet::readable(std::string_view text) {
    auto const normal = to_nfc(text);
    if (!normal) {
        fail(PaperFault::not_text);
        return {};
    }
    auto points = code_points_of(*normal);
    if (points.size() > longest_text) {
        fail(PaperFault::too_long);
        return {};
    }
    for (char32_t const c : points) {
        if (is_control(c))
            fail(PaperFault::not_text);
        else if (turns_around(c) || !font_of(Weight::regular).glyph_of(c) ||
                 !font_of(Weight::bold).glyph_of(c)) {
            fail(PaperFault::character_missing);
        }
    }
    return fault_ ? std::u32string{} : points;
}

// Breaks at spaces, and within a word only if it is wider than a line.
std::vector<Sheet::Line> Sheet::lines_of(std::string_view text, Type type, Length width) {
    auto const points = readable(text);
    std::vector<Line> lines;
    std::u32string line;
    Length line_width = 0;
    auto const end_line = [&] {
        lines.push_back({line, width_of(std::u32string_view{line}.substr(0, line.find_last_not_of(U' ') + 1),
                                        type.style)});
        line.clear();
        line_width = 0;
    };
    for (std::size_t at = 0; at < points.size();) {
        auto const space = std::min(points.find(U' ', at), points.size());
        auto const word = points.substr(at, space - at);
        if (line_width + width_of(word, type.style) > width && !line.empty()) end_line();
        for (char32_t const c : word) {
            auto const more = width_of({&c, 1}, type.style);
            if (line_width + more > width && !line.empty()) end_line();
            line += c;
            line_width += more;
        }
        if (space < points.size()) {
            // Also at the end of a line, where nobody sees it: a reader takes the words apart by it.
            line += U' ';
            line_width += width_of(U" ", type.style);
        }
        at = space + 1;
    }
    if (!line.empty()) end_line();
    return lines;
}

void Sheet::next_page() {
    pdf_.add_page();
    y_ = top;
}

void Sheet::need(Length height) {
    if (y_ + height > bottom) next_page();
}

void Sheet::write_lines(TaggedPdf::Element element, std::vector<Line> const& lines, Type type, Length x) {
    for (std::size_t i = 0; i < lines.size();) {
        need(type.leading);
        pdf_.begin(element);
        for (; i < lines.size() && y_ + type.leading <= bottom; ++i) {
            pdf_.write({x, y_ + type.style.size}, type.style, lines[i].text);
            skip(type.leading);
        }
        pdf_.end();
    }
}

void Sheet::text(Tag tag, std::string_view text, Type type, Length space_above) {
    auto const lines = lines_of(text, type, body_width);
    if (lines.empty()) return;
    skip(space_above);
    // No first line alone at the foot of a page.
    need(type.leading * static_cast<Length>(std::min<std::size_t>(lines.size(), 2)));
    write_lines(pdf_.add(pdf_.document(), tag), lines, type, left);
}

void Sheet::letterhead(Sender const& sender, Recipient const& recipient) {
    needs(sender.name);
    needs(recipient.name);
    text(Tag::paragraph, sender.name, {{Weight::bold, 13'000, Colour::accent}, 17'000}, 0);
    std::string where;
    for (auto const& line : sender.address) where += (where.empty() ? "" : " · ") + line;
    text(Tag::paragraph, where, {{Weight::regular, 8'500, Colour::grey}, 12'000}, 0);
    skip(6'000);
    pdf_.begin_decoration();
    pdf_.draw_line({left, y_}, {right, y_}, 1'200, Colour::accent);
    pdf_.end();

    constexpr Length window = 130'000;
    y_ = std::max(y_ + 24'000, window);
    auto const address = pdf_.add(pdf_.document(), Tag::paragraph);
    Type const type{body_style, body_leading};
    std::vector<Line> lines = lines_of(recipient.name, type, body_width * 6 / 10);
    for (auto const& line : recipient.address) {
        // A space where the eye sees a new line: a reader takes the words apart by it.
        if (!lines.empty()) lines.back().text += U' ';
        for (auto& more : lines_of(line, type, body_width * 6 / 10)) lines.push_back(std::move(more));
    }
    write_lines(address, lines, type, left);
    constexpr Length below_window = 212'000;
    y_ = std::max(y_ + 20'000, below_window);
}

void Sheet::heading(std::string_view words) {
    needs(words);
    text(Tag::h1, words, {{Weight::bold, 19'000, Colour::accent}, 24'000}, 14'000);
    skip(8'000);
}

void Sheet::subheading(std::string_view words) {
    constexpr Length with_what_follows = 70'000;
    need(with_what_follows);
    text(Tag::h2, words, {{Weight::bold, 12'000, Colour::accent}, 16'000}, y_ == top ? 0 : 16'000);
    skip(3'000);
}

void Sheet::paragraph(std::string_view words) {
    text(Tag::paragraph, words, {body_style, body_leading}, 0);
    skip(6'000);
}

void Sheet::small_print(std::string_view words) {
    skip(4'000);
    text(Tag::paragraph, words, {{Weight::regular, 8'500, Colour::grey}, 12'000}, 0);
    skip(8'000);
}

void Sheet::list(std::vector<std::string> const& points) {
    if (points.empty()) return;
    if (points.size() > most_rows) return fail(PaperFault::too_long);
    constexpr Length indent = 14'000;
    Type const type{body_style, body_leading};
    auto const list = pdf_.add(pdf_.document(), Tag::list);
    for (auto const& point : points) {
        auto const lines = lines_of(point, type, body_width - indent);
        if (lines.empty()) continue;
        need(type.leading * static_cast<Length>(std::min<std::size_t>(lines.size(), 2)));
        auto const item = pdf_.add(list, Tag::item);
        pdf_.begin(pdf_.add(item, Tag::label));
        pdf_.write({left + 2'000, y_ + type.style.size}, {Weight::regular, 10'000, Colour::accent}, U"•");
        pdf_.end();
        write_lines(pdf_.add(item, Tag::body), lines, type, left + indent);
        skip(3'000);
    }
    skip(3'000);
}

void Sheet::highlight(std::string_view label, std::string_view value, std::string_view explanation) {
    constexpr Length padding = 12'000;
    Type const small{{Weight::regular, 9'500, Colour::grey}, 13'000};
    Type const large{{Weight::bold, 18'000, Colour::ink}, 23'000};
    auto const width = body_width - 2 * padding;
    auto above = lines_of(label, small, width);
    auto middle = lines_of(value, large, width);
    auto const below = lines_of(explanation, small, width);
    for (auto* const lines : {&above, &middle}) {
        if (!lines->empty()) lines->back().text += U' ';
    }
    auto const height_of = [](auto const& of, Type type) {
        return type.leading * static_cast<Length>(of.size());
    };
    auto const height =
        height_of(above, small) + height_of(middle, large) + height_of(below, small) + 2 * padding;
    need(height);
    pdf_.begin_decoration();
    pdf_.fill({left, y_}, body_width, height, Colour::band);
    pdf_.fill({left, y_}, 3'000, height, Colour::accent);
    pdf_.end();
    skip(padding);
    auto const element = pdf_.add(pdf_.document(), Tag::paragraph);
    write_lines(element, above, small, left + padding);
    write_lines(element, middle, large, left + padding);
    write_lines(element, below, small, left + padding);
    skip(padding);
}

void Sheet::facts(std::vector<Fact> const& facts) {
    std::vector<Row> rows;
    for (auto const& fact : facts) {
        if (!trim(fact.value).empty()) rows.push_back({{fact.label, fact.value}});
    }
    if (!rows.empty()) table({{"", 4}, {"", 6}}, rows);
}

namespace {

/// Where the columns of a table stand.
struct Place {
    Length x = 0;
    Length width = 0;
};
std::vector<Place> places_of(std::vector<Sheet::Column> const& columns) {
    int shares = 0;
    for (auto const& column : columns) shares += column.share;
    auto const room = body_width - gap * (static_cast<Length>(columns.size()) - 1);
    std::vector<Place> places;
    Length x = left;
    for (auto const& column : columns) {
        auto const width = static_cast<Length>(std::int64_t{room} * column.share / shares);
        places.push_back({x, width});
        x += width + gap;
    }
    places.back().width = right - places.back().x;
    return places;
}

}  // namespace

void Sheet::draw_row(std::vector<Column> const& columns, std::vector<Cell> const& cells, Type type,
                     bool is_total) {
    auto const places = places_of(columns);
    std::size_t most = 1;
    for (auto const& cell : cells) most = std::max(most, cell.lines.size());
    if (is_total) {
        pdf_.begin_decoration();
        pdf_.draw_line({left, y_}, {right, y_}, 900, Colour::ink);
        pdf_.end();
    }
    // In stretches as long as the pages allow: most often one.
    for (std::size_t from = 0; from < most;) {
        if (from > 0) next_page();
        skip(row_padding);
        auto const room = static_cast<std::size_t>(std::max(1, (bottom - row_padding - y_) / type.leading));
        auto const to = std::min(most, from + room);
        for (std::size_t column = 0; column < cells.size(); ++column) {
            auto const& [element, lines] = cells[column];
            if (from >= lines.size()) continue;
            pdf_.begin(element);
            for (std::size_t i = from; i < std::min(to, lines.size()); ++i) {
                auto const indent = columns[column].is_amount ? places[column].width - lines[i].width : 0;
                pdf_.write({places[column].x + indent,
                            y_ + type.style.size + static_cast<Length>(i - from) * type.leading},
                           type.style, lines[i].text);
            }
            pdf_.end();
        }
        skip(type.leading * static_cast<Length>(to - from) + row_padding);
        from = to;
    }
}

void Sheet::draw_headings(std::vector<Column> const& columns, TaggedPdf::Element table, bool is_repeated) {
    Type const type{{Weight::bold, 9'000, Colour::grey}, 12'000};
    auto const places = places_of(columns);
    std::vector<Cell> cells;
    std::size_t most = 1;
    auto const row = is_repeated ? table : pdf_.add(pdf_.add(table, Tag::table_head), Tag::row);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        cells.push_back({is_repeated ? 0 : pdf_.add(row, Tag::column_heading),
                         lines_of(columns[i].heading, type, places[i].width)});
        most = std::max(most, cells.back().lines.size());
    }
    // On the pages behind the first they are for the eye alone.
    for (std::size_t column = 0; column < cells.size(); ++column) {
        auto const& lines = cells[column].lines;
        if (lines.empty()) continue;
        if (is_repeated)
            pdf_.begin_decoration();
        else
            pdf_.begin(cells[column].element);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            auto const down = static_cast<Length>(most - lines.size() + i) * type.leading;
            auto const indent = columns[column].is_amount ? places[column].width - lines[i].width : 0;
            pdf_.write({places[column].x + indent, y_ + type.style.size + down}, type.style, lines[i].text);
        }
        pdf_.end();
    }
    skip(type.leading * static_cast<Length>(most) + 2'000);
    pdf_.begin_decoration();
    pdf_.draw_line({left, y_}, {right, y_}, 900, Colour::accent);
    pdf_.end();
}

void Sheet::table(std::vector<Column> const& columns, std::vector<Row> const& rows) {
    if (rows.size() > most_rows) return fail(PaperFault::too_long);
    bool const has_headings =
        std::ranges::any_of(columns, [](auto const& column) { return !column.heading.empty(); });
    auto const places = places_of(columns);
    auto const element = pdf_.add(pdf_.document(), Tag::table);
    constexpr Length smallest_row = table_leading + 2 * row_padding;
    need(smallest_row + (has_headings ? 32'000 : 0));
    if (has_headings) draw_headings(columns, element, false);
    auto const body = pdf_.add(element, Tag::table_body);
    for (std::size_t i = 0; i < rows.size() && !fault_; ++i) {
        auto const& row = rows[i];
        Type const type{{row.is_total ? Weight::bold : Weight::regular, table_style.size, Colour::ink},
                        table_leading};
        auto const row_element = pdf_.add(body, Tag::row);
        std::vector<Cell> cells;
        std::size_t most = 1;
        for (std::size_t column = 0; column < columns.size(); ++column) {
            bool const heads = !has_headings && column == 0;
            cells.push_back({pdf_.add(row_element, heads ? Tag::row_heading : Tag::cell),
                             lines_of(row.cells.at(column), type, places[column].width)});
            most = std::max(most, cells.back().lines.size());
        }
        auto const height = table_leading * static_cast<Length>(most) + 2 * row_padding;
        bool const total_follows = i + 1 < rows.size() && rows[i + 1].is_total;
        auto const wanted = height + (total_follows ? smallest_row : 0);
        // What no page could hold begins where it is.
        if (y_ + wanted > bottom && wanted < bottom - top) {
            next_page();
            if (has_headings) draw_headings(columns, element, true);
        }
        draw_row(columns, cells, type, row.is_total);
        if (!row.is_total && i + 1 < rows.size() && !total_follows) {
            pdf_.begin_decoration();
            pdf_.draw_line({left, y_}, {right, y_}, 400, Colour::line);
            pdf_.end();
        }
    }
    skip(6'000);
}

void Sheet::write_feet() {
    Type const type{{Weight::regular, 8'000, Colour::grey}, 11'000};
    constexpr Length baseline = page_height - 40'000;
    for (std::size_t page = 0; page < pdf_.pages(); ++page) {
        auto const number = lines_of(say_.page_of(page + 1, pdf_.pages()), type, body_width);
        // One line: what does not fit stands at the head of the paper.
        auto const left_foot = lines_of(foot_, type, body_width - 110'000);
        if (fault_) return;
        pdf_.turn_to(page);
        pdf_.begin_decoration();
        pdf_.draw_line({left, baseline - 14'000}, {right, baseline - 14'000}, 400, Colour::line);
        pdf_.write({left, baseline}, type.style, left_foot.front().text);
        pdf_.write({right - number.front().width, baseline}, type.style, number.front().text);
        pdf_.end();
    }
}

std::expected<std::string, PaperFault> Sheet::bytes() {
    write_feet();
    if (fault_) return std::unexpected(*fault_);
    return pdf_.bytes();
}

}  // namespace klout7::papers
