#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace klout7::documents {

/// What a person calls a file: one line of text in normal form C, 1 to 200 code points, no slash of either
/// kind, no control character, nothing that turns the direction of writing ("fdp.exe" must not look like
/// "exe.pdf"), not "." or "..". Personal data: it has no way into a log line.
class DocumentName {
public:
    static constexpr std::size_t most_code_points = 200;

    /// White space at the ends is left out.
    static std::optional<DocumentName> parse(std::string_view text);
    std::string const& text() const { return text_; }
    friend bool operator==(DocumentName const&, DocumentName const&) = default;

private:
    explicit DocumentName(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace klout7::documents
