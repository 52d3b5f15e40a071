#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/text.h"
#include "text.h"

namespace klout7::gate {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t longest_line = 64 * 1024;
constexpr std::size_t longest_headers = 256 * 1024;
constexpr std::size_t deepest = 8;
constexpr std::size_t most_parts = 200;

bool is_one_of(std::string_view text, auto const& words) {
    return std::ranges::find(words, text) != words.end();
}

/// What the headers of a part say that matters here, in lower case.
struct PartHeaders {
    std::string type = "text/plain";
    std::string parameters = {};  ///< of the type, as they are
    std::string disposition = {};
    std::string encoding = "7bit";
};

/// The value of a parameter, quoted or not; nothing when it is not there. A form that programs read in
/// different ways (RFC 2231, RFC 2047, twice) gives a value that fits nothing.
std::optional<std::string> parameter(std::string_view text, std::string_view name) {
    constexpr auto unclear = "\n"sv;
    std::optional<std::string> found;
    while (!text.empty()) {
        text = trim(text);
        if (text.starts_with(';')) text.remove_prefix(1);
        text = trim(text);
        auto const equals = text.find('=');
        if (equals == std::string_view::npos) break;
        auto const key = ascii_lower(trim(text.substr(0, equals)));
        text = trim(text.substr(equals + 1));
        std::string value;
        if (text.starts_with('"')) {
            auto const end = text.find('"', 1);
            if (end == std::string_view::npos) return std::string{unclear};
            value = text.substr(1, end - 1);
            text.remove_prefix(end + 1);
        } else {
            value = trim(text.substr(0, text.find(';')));
            text.remove_prefix(std::min(text.size(), text.find(';')));
        }
        if (key.starts_with(name) && key != name && key[name.size()] == '*') return std::string{unclear};
        if (key != name) continue;
        if (found || value.find_first_of("\\(") != std::string::npos || value.starts_with("=?"))
            return std::string{unclear};
        found = std::move(value);
    }
    return found;
}

/// A name that a mail program would save a part under.
bool is_harmless_name(std::string_view name) {
    constexpr std::array endings{".txt"sv, ".ics"sv, ".jpg"sv, ".jpeg"sv,
                                 ".png"sv, ".gif"sv, ".p7s"sv, ".asc"sv};
    auto const lower = ascii_lower(trim(name));
    return std::ranges::any_of(endings, [&](auto ending) { return lower.ends_with(ending); });
}

std::optional<std::string_view> beginning_of(std::string_view image_type) {
    if (image_type == "image/jpeg" || image_type == "image/jpg") return "\xff\xd8\xff"sv;
    if (image_type == "image/png") return "\x89PNG\r\n\x1a\n"sv;
    if (image_type == "image/gif") return "GIF8"sv;
    return std::nullopt;
}

class Mail {
public:
    explicit Mail(Window& window) : window_(window) {}
    Fault run();

private:
    bool next_line();
    Fault take_header_line();
    Fault keep_header();
    Fault end_of_headers();
    Fault take_body_line();
    Fault begin_multipart();
    bool take_boundary();
    Window& window_;
    std::uint64_t at_ = 0;
    std::string line_;
    bool is_too_long_ = false;
    bool in_headers_ = true;
    bool is_first_line_of_body_ = false;
    std::string header_;
    std::size_t header_bytes_ = 0;
    std::vector<std::string> seen_;  ///< names of the headers of this part
    PartHeaders part_;
    std::vector<std::string> boundaries_;
    std::size_t parts_ = 1;
};

/// Without its end. A lone carriage return ends a line for some programs, and so it does here.
bool Mail::next_line() {
    line_.clear();
    if (at_ >= window_.size()) return false;
    for (; at_ < window_.size(); ++at_) {
        auto const c = window_.at(at_);
        if (c < 0 || line_.size() == longest_line) {
            is_too_long_ = true;
            return false;
        }
        if (c == '\n' || c == '\r') {
            at_ += c == '\r' && window_.at(at_ + 1) == '\n' ? 2U : 1U;
            return true;
        }
        line_ += static_cast<char>(c);
    }
    return true;
}

Fault Mail::keep_header() {
    auto const colon = header_.find(':');
    auto const name = ascii_lower(trim(std::string_view{header_}.substr(0, colon)));
    auto const value = colon == std::string::npos
                           ? std::string{}
                           : std::string{trim(std::string_view{header_}.substr(colon + 1))};
    header_.clear();
    if (colon == std::string::npos) return name.empty() ? Fault{} : Refusal::malformed;
    if (!name.starts_with("content-")) return {};
    if (is_one_of(name, seen_)) return Refusal::malformed;
    seen_.push_back(name);
    auto const first = ascii_lower(trim(std::string_view{value}.substr(0, value.find(';'))));
    auto const rest = value.substr(std::min(value.size(), value.find(';')));
    if (name == "content-type") {
        part_.type = first;
        part_.parameters = rest;
    }
    if (name == "content-disposition") part_.disposition = rest;
    if (name == "content-transfer-encoding") part_.encoding = first;
    return {};
}

Fault Mail::take_header_line() {
    header_bytes_ += line_.size();
    if (header_bytes_ > longest_headers) return Refusal::limit;
    if (!line_.empty() && (line_.front() == ' ' || line_.front() == '\t')) {
        header_ += line_;
        return {};
    }
    if (auto fault = keep_header()) return fault;
    header_ = line_;
    return line_.empty() ? end_of_headers() : Fault{};
}

Fault Mail::begin_multipart() {
    auto const boundary = parameter(part_.parameters, "boundary");
    // One that begins as another would be read in two ways.
    if (!boundary || boundary->empty() || boundary->size() > 70 ||
        boundary->find('\n') != std::string::npos || std::ranges::any_of(boundaries_, [&](auto const& other) {
            return other.starts_with(*boundary) || boundary->starts_with(other);
        }))
        return Refusal::malformed;
    if (boundaries_.size() == deepest) return Refusal::limit;
    boundaries_.push_back(*boundary);
    return {};
}

Fault Mail::end_of_headers() {
    in_headers_ = false;
    is_first_line_of_body_ = true;
    auto const& type = part_.type;
    constexpr std::array texts{"text/plain"sv, "text/html"sv, "text/calendar"sv, "text/enriched"sv};
    constexpr std::array signatures{"application/pkcs7-signature"sv, "application/x-pkcs7-signature"sv,
                                    "application/pgp-signature"sv};
    constexpr std::array groups{"multipart/mixed"sv, "multipart/alternative"sv, "multipart/related"sv,
                                "multipart/signed"sv};
    constexpr std::array encodings{"7bit"sv, "8bit"sv, "base64"sv, "quoted-printable"sv};
    if (!is_one_of(part_.encoding, encodings)) return Refusal::malformed;
    if (type == "multipart/encrypted" || type == "application/pkcs7-mime" ||
        type == "application/x-pkcs7-mime")
        return Refusal::encrypted;
    if (is_one_of(type, groups)) {
        if (part_.encoding == "base64" || part_.encoding == "quoted-printable") return Refusal::malformed;
        return begin_multipart();
    }
    if (!is_one_of(type, texts) && !is_one_of(type, signatures) && !beginning_of(type))
        return Refusal::embedded_files;
    for (auto const& name : {parameter(part_.parameters, "name"), parameter(part_.disposition, "filename")}) {
        if (name && !is_harmless_name(*name)) return Refusal::embedded_files;
    }
    return {};
}

/// Whether the line divides two parts, or ends them.
bool Mail::take_boundary() {
    if (!line_.starts_with("--")) return false;
    auto const said = std::string_view{line_}.substr(2);
    for (auto i = boundaries_.size(); i-- > 0;) {
        if (!said.starts_with(boundaries_[i])) continue;
        auto const rest = said.substr(boundaries_[i].size());
        bool const is_end = rest.starts_with("--");
        boundaries_.resize(is_end ? i : i + 1);
        part_ = {};
        // What stands behind the end of a group belongs to no part; programs that show it show text.
        in_headers_ = !is_end;
        is_first_line_of_body_ = false;
        seen_.clear();
        header_.clear();
        header_bytes_ = 0;
        parts_ += is_end ? 0 : 1;
        return true;
    }
    return false;
}

Fault Mail::take_body_line() {
    // A file in the text, as programs wrote it before there was MIME.
    constexpr auto begin = "begin "sv;
    if (line_.starts_with(begin) && line_.size() > begin.size() + 4 && line_[begin.size()] >= '0' &&
        line_[begin.size()] <= '7')
        return Refusal::embedded_files;
    if (!is_first_line_of_body_ || trim(line_).empty()) return {};
    is_first_line_of_body_ = false;
    auto const start = beginning_of(part_.type);
    if (!start) return {};
    if (part_.encoding != "base64" || line_.size() < 12) return Refusal::malformed;
    auto const first = from_base64(std::string_view{line_}.substr(0, 12));
    return first && text_of(*first).starts_with(*start) ? Fault{} : Refusal::embedded_files;
}

Fault Mail::run() {
    if (auto fault = examine_text(window_)) return fault;
    while (next_line()) {
        if (take_boundary()) {
            if (parts_ > most_parts) return Refusal::limit;
            continue;
        }
        if (auto fault = in_headers_ ? take_header_line() : take_body_line()) return fault;
    }
    if (is_too_long_) return window_.failed() ? Refusal::not_examined : Refusal::malformed;
    // Cut off: a mail program would show what is there, and nobody knows what is missing.
    return in_headers_ || !boundaries_.empty() ? Fault{Refusal::malformed} : Fault{};
}

}  // namespace

Fault examine_mail(Window& window) { return Mail{window}.run(); }

bool begins_as_mail(BytesView first_bytes) {
    auto const lines = split(text_of(first_bytes), '\n');
    bool has_from = false;
    bool has_another = false;
    for (auto const line : lines) {
        if (trim(line).empty()) break;
        if (line.front() == ' ' || line.front() == '\t') continue;
        auto const colon = line.find(':');
        // The last may be cut off.
        if (colon == std::string_view::npos)
            return line.data() == lines.back().data() && has_from && has_another;
        auto const name = ascii_lower(line.substr(0, colon));
        if (name.empty() ||
            name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") != std::string::npos)
            return false;
        has_from |= name == "from";
        has_another |= is_one_of(name, std::array{"date"sv, "message-id"sv, "mime-version"sv, "received"sv});
    }
    return has_from && has_another;
}

}  // namespace klout7::gate
