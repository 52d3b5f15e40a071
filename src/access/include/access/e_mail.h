#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace klout7::access {

/// A work e-mail address, in lower case: who a user is, whatever the user name and on either side. Source:
/// RFC 5321, 4.1.2 and 4.5.3.1, without quoted local parts, addresses between brackets and what is not ASCII.
class EMail {
public:
    static std::optional<EMail> parse(std::string_view text);
    std::string const& text() const { return text_; }
    /// Its words, for what a password may not hold: "jan.jansen@wegenbouw.example" has jan, jansen and
    /// wegenbouw.
    std::vector<std::string> words() const;
    friend bool operator==(EMail const&, EMail const&) = default;

private:
    explicit EMail(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace klout7::access
