#include "font_files.h"

#include <cstddef>

// The assembler puts the files in: as text of C++ they would be 3 MB to compile.
asm(R"(
    .section .rodata
    .global klout7_papers_regular, klout7_papers_regular_end, klout7_papers_bold, klout7_papers_bold_end
    .balign 16
klout7_papers_regular:
    .incbin ")" KLOUT7_FONT_REGULAR R"("
klout7_papers_regular_end:
    .balign 16
klout7_papers_bold:
    .incbin ")" KLOUT7_FONT_BOLD R"("
klout7_papers_bold_end:
    .previous
)");

extern "C" {
extern char const klout7_papers_regular[];
extern char const klout7_papers_regular_end[];
extern char const klout7_papers_bold[];
extern char const klout7_papers_bold_end[];
}

namespace klout7::papers {

std::string_view regular_font_file() {
    return {klout7_papers_regular,
            static_cast<std::size_t>(klout7_papers_regular_end - klout7_papers_regular)};
}

std::string_view bold_font_file() {
    return {klout7_papers_bold, static_cast<std::size_t>(klout7_papers_bold_end - klout7_papers_bold)};
}

}  // namespace klout7::papers
