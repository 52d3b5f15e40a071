#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/bytes.h"

namespace klout7::preview::testing {

/// A PDF of these objects, numbered from 1, the first of them its catalog, and with this in its trailer.
inline Bytes pdf_of(std::vector<std::string> const& objects, std::string const& more = {}) {
    std::string made = "%PDF-1.7\n";
    std::string places;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        places += fmt::format("{:010} 00000 n \n", made.size());
        made += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
    }
    auto const table = made.size();
    made += fmt::format(
        "xref\n0 {0}\n0000000000 65535 f \n{1}trailer << /Size {0} /Root 1 0 R {3} "
        ">>\nstartxref\n{2}\n%%EOF\n",
        objects.size() + 1, places, table, more);
    return to_bytes(made);
}

inline std::string stream_of(std::string const& content, std::string const& more = {}) {
    return fmt::format("<< /Length {} {} >>\nstream\n{}\nendstream", content.size(), more, content);
}

/// A PDF of one page for each of these contents, of this size in points, in the font /F, Helvetica.
inline Bytes pdf_of_pages(std::vector<std::string> const& contents, std::string const& size = "595 842",
                          std::string const& more = {}) {
    std::string kids;
    std::vector<std::string> objects{
        "<< /Type /Catalog /Pages 2 0 R >>", {}, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
    for (auto const& content : contents) {
        auto const page = objects.size() + 1;
        kids += fmt::format("{} 0 R ", page);
        objects.push_back(
            fmt::format("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {}] /Contents {} 0 R /Resources << "
                        "/Font << /F 3 0 R >> {} >> >>",
                        size, page + 1, more));
        objects.push_back(stream_of(content));
    }
    objects[1] = fmt::format("<< /Type /Pages /Kids [{}] /Count {} >>", kids, contents.size());
    return pdf_of(objects);
}

}  // namespace klout7::preview::testing
