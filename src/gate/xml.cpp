#include "xml.h"

#include <algorithm>
#include <array>

namespace klout7::gate {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t longest_tag = std::size_t{1} << 20U;
constexpr std::size_t longest_text_piece = 16 * 1024;
constexpr std::size_t deepest = 256;
constexpr std::size_t most_attributes = 1000;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_of_a_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == ':' || c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

void skip_spaces(std::string_view& text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
}

std::string_view take_name(std::string_view& text) {
    auto const end = std::ranges::find_if_not(text, is_of_a_name) - text.begin();
    auto const name = text.substr(0, static_cast<std::size_t>(end));
    text.remove_prefix(name.size());
    return name;
}

std::string_view without_prefix(std::string_view name) {
    auto const colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// What stands between & and ;, as far as it matters here: what is not ASCII becomes a question mark.
std::optional<char> resolved(std::string_view reference) {
    constexpr std::array<std::pair<std::string_view, char>, 5> known{
        {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}}};
    for (auto const& [name, c] : known) {
        if (reference == name) return c;
    }
    if (reference.size() < 2 || reference.size() > 9 || reference.front() != '#') return std::nullopt;
    reference.remove_prefix(1);
    bool const is_hexadecimal = reference.front() == 'x';
    if (is_hexadecimal) reference.remove_prefix(1);
    std::uint32_t value = 0;
    for (auto const c : reference) {
        auto const digit = c >= '0' && c <= '9'   ? c - '0'
                           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                  : 16;
        if (digit >= (is_hexadecimal ? 16 : 10)) return std::nullopt;
        value = value * (is_hexadecimal ? 16 : 10) + static_cast<std::uint32_t>(digit);
    }
    if (reference.empty() || value == 0) return std::nullopt;
    return value < 0x80 ? static_cast<char>(value) : '?';
}

std::optional<std::string> value_of(std::string_view text) {
    std::string value;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '<') return std::nullopt;
        if (text[i] != '&') {
            value += text[i];
            continue;
        }
        auto const end = text.find(';', i);
        auto const c =
            end == std::string_view::npos ? std::nullopt : resolved(text.substr(i + 1, end - i - 1));
        if (!c) return std::nullopt;
        value += *c;
        i = end;
    }
    return value;
}

/// One attribute, taken off the front.
std::optional<XmlAttribute> take_attribute(std::string_view& text) {
    auto const name = take_name(text);
    skip_spaces(text);
    if (name.empty() || !text.starts_with('=')) return std::nullopt;
    text.remove_prefix(1);
    skip_spaces(text);
    if (text.empty() || (text.front() != '"' && text.front() != '\'')) return std::nullopt;
    auto const end = text.find(text.front(), 1);
    if (end == std::string_view::npos) return std::nullopt;
    auto value = value_of(text.substr(1, end - 1));
    text.remove_prefix(end + 1);
    if (!value) return std::nullopt;
    return XmlAttribute{without_prefix(name), std::move(*value)};
}

std::optional<XmlTag> read_tag(std::string_view text) {
    XmlTag tag;
    tag.is_end = text.starts_with('/');
    if (tag.is_end) text.remove_prefix(1);
    tag.is_empty = !tag.is_end && text.ends_with('/');
    if (tag.is_empty) text.remove_suffix(1);
    tag.name = without_prefix(take_name(text));
    if (tag.name.empty()) return std::nullopt;
    while (!text.empty()) {
        if (!is_space(text.front())) return std::nullopt;
        skip_spaces(text);
        if (text.empty()) break;
        auto attribute = take_attribute(text);
        if (!attribute || tag.is_end || tag.attributes.size() == most_attributes) return std::nullopt;
        tag.attributes.push_back(std::move(*attribute));
    }
    return tag;
}

bool equals_without_case(std::string_view a, std::string_view lower) {
    return std::ranges::equal(a, lower,
                              [](char x, char y) { return (x >= 'A' && x <= 'Z' ? x + 32 : x) == y; });
}

}  // namespace

std::string_view XmlTag::attribute(std::string_view of) const {
    auto const found = std::ranges::find(attributes, of, &XmlAttribute::name);
    return found == attributes.end() ? std::string_view{} : found->value;
}

Fault XmlReader::add(BytesView piece) {
    for (auto const byte : piece) {
        if (auto fault = add(static_cast<char>(byte))) return fault;
    }
    return {};
}

Fault XmlReader::finish() const {
    if (state_ != State::text || depth_ != 0 || !had_element_) return Refusal::malformed;
    return {};
}

Fault XmlReader::add(char c) {
    if (c == 0) return Refusal::malformed;
    switch (state_) {
        case State::start:
            return in_start(c);
        case State::text:
            if (c == '<') {
                if (auto fault = flush()) return fault;
                state_ = State::tag;
                return {};
            }
            if (depth_ == 0 && !is_space(c)) return Refusal::malformed;
            if (depth_ == 0) return {};
            kept_ += c;
            return kept_.size() < longest_text_piece ? Fault{} : flush();
        case State::tag:
            return in_tag(c);
        case State::comment:
            kept_ += c;
            if (kept_.size() > 3) kept_.erase(0, kept_.size() - 3);
            if (kept_ == "-->") {
                kept_.clear();
                state_ = State::text;
            }
            return {};
        case State::cdata:
            kept_ += c;
            if (kept_.ends_with("]]>")) {
                kept_.resize(kept_.size() - 3);
                state_ = State::text;
                return flush();
            }
            return kept_.size() > longest_tag ? Fault{Refusal::limit} : Fault{};
    }
    return {};
}

/// A byte order mark of UTF-8 may stand before the first tag. Those of other encodings are no tag.
Fault XmlReader::in_start(char c) {
    constexpr auto mark = "\xEF\xBB\xBF"sv;
    if (kept_.size() < mark.size() && c == mark[kept_.size()]) {
        kept_ += c;
        return {};
    }
    if (!kept_.empty() && kept_ != mark) return Refusal::malformed;
    if (is_space(c)) return {};
    if (c != '<') return Refusal::malformed;
    kept_.clear();
    state_ = State::tag;
    return {};
}

Fault XmlReader::flush() {
    if (kept_.empty()) return {};
    auto fault = events_.text ? events_.text(kept_) : Fault{};
    kept_.clear();
    return fault;
}

Fault XmlReader::in_tag(char c) {
    bool const is_special = !kept_.empty() && (kept_.front() == '!' || kept_.front() == '?');
    if (quote_ != 0) {
        if (c == quote_) quote_ = 0;
    } else if (!is_special && (c == '"' || c == '\'')) {
        quote_ = c;
    } else if (c == '>' && (!kept_.starts_with('?') || (kept_.size() > 1 && kept_.back() == '?'))) {
        return end_of_tag();
    }
    kept_ += c;
    if (kept_ == "!--" || kept_ == "![CDATA[") {
        if (kept_ == "![CDATA[" && depth_ == 0) return Refusal::malformed;
        state_ = kept_ == "!--" ? State::comment : State::cdata;
        kept_.clear();
        return {};
    }
    // What begins so and is neither of them is a document type, with which entities come.
    if (kept_.starts_with('!') && !"!--"sv.starts_with(kept_) && !"![CDATA["sv.starts_with(kept_))
        return Refusal::malformed;
    return kept_.size() > longest_tag ? Fault{Refusal::limit} : Fault{};
}

/// `<?xml ...?>` says the encoding; a style sheet can be a script.
Fault XmlReader::instruction() const {
    auto text = std::string_view{kept_}.substr(1, kept_.size() - 2);
    auto const name = take_name(text);
    if (equals_without_case(name, "xml-stylesheet")) return Refusal::scripts;
    if (name != "xml") return {};
    while (!text.empty()) {
        skip_spaces(text);
        if (text.empty()) break;
        auto const attribute = take_attribute(text);
        if (!attribute) return Refusal::malformed;
        if (attribute->name == "encoding" && !equals_without_case(attribute->value, "utf-8") &&
            !equals_without_case(attribute->value, "us-ascii"))
            return Refusal::malformed;
    }
    return {};
}

Fault XmlReader::end_of_tag() {
    state_ = State::text;
    if (kept_.starts_with('?')) {
        auto fault = instruction();
        kept_.clear();
        return fault;
    }
    auto const tag = read_tag(kept_);
    if (!tag || (depth_ == 0 && (tag->is_end || had_element_))) return Refusal::malformed;
    had_element_ = true;
    if (tag->is_end) --depth_;
    if (!tag->is_end && !tag->is_empty && ++depth_ > deepest) return Refusal::limit;
    auto fault = events_.tag(*tag);
    kept_.clear();
    return fault;
}

}  // namespace klout7::gate
