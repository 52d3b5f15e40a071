#include "xml_text.h"

#include <charconv>
#include <set>

#include "base/text.h"
#include "notation.h"

namespace klout7::messages {
namespace {

constexpr std::string_view white = " \t\r\n";

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
/// Names of XML have more letters. None of them is in a name of ours, and a file with one is refused anyhow.
bool is_name_part(char c) { return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; }

bool is_sign(std::uint32_t code_point) {
    return code_point == 9 || code_point == 10 || code_point == 13 ||
           (code_point >= 0x20 && code_point <= 0xD7FF) || (code_point >= 0xE000 && code_point <= 0xFFFD) ||
           (code_point >= 0x10000 && code_point <= 0x10FFFF);
}

class Scanner {
public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    std::optional<FileProblem> scan() {
        if (!has_usable_signs()) return FileProblem::not_xml;
        if (rest_.starts_with("<?xml") && rest_.size() > 5 && white.find(rest_[5]) != white.npos)
            declaration();
        while (!problem_ && !rest_.empty()) rest_.front() == '<' ? markup() : characters();
        if (!problem_ && (depth_ != 0 || roots_ != 1)) problem_ = FileProblem::not_xml;
        return problem_;
    }

private:
    void refuse(FileProblem problem = FileProblem::not_xml) {
        if (!problem_) problem_ = problem;
    }

    bool has_usable_signs() const {
        for (auto const c : rest_) {
            if (!is_sign(static_cast<unsigned char>(c))) return false;
        }
        return rest_.find("\uFFFE") == rest_.npos && rest_.find("\uFFFF") == rest_.npos;
    }

    bool take(std::string_view expected) {
        if (!rest_.starts_with(expected)) return false;
        rest_.remove_prefix(expected.size());
        return true;
    }
    bool take_white() {
        auto const end = rest_.find_first_not_of(white);
        auto const count = end == rest_.npos ? rest_.size() : end;
        rest_.remove_prefix(count);
        return count > 0;
    }
    /// Up to this and past it; nothing if it is not there.
    std::optional<std::string_view> take_until(std::string_view end) {
        auto const at = rest_.find(end);
        if (at == rest_.npos) return std::nullopt;
        auto const taken = rest_.substr(0, at);
        rest_.remove_prefix(at + end.size());
        return taken;
    }
    /// With one colon at most, inside; empty if there is none.
    std::string_view take_name() {
        std::size_t size = 0;
        bool may_start = true;
        bool has_colon = false;
        for (; size < rest_.size(); ++size) {
            auto const c = rest_[size];
            if (c == ':' && !has_colon && !may_start) {
                has_colon = may_start = true;
            } else if (may_start ? is_name_start(c) : is_name_part(c)) {
                may_start = false;
            } else {
                break;
            }
        }
        auto const name = rest_.substr(0, may_start ? 0 : size);
        rest_.remove_prefix(name.size());
        return name;
    }

    /// <?xml version="1.0" encoding="UTF-8" standalone="yes"?>, of which only the version must be there.
    void declaration() {
        take("<?xml");
        auto const attribute = [&](std::string_view name) -> std::optional<std::string_view> {
            auto const before = rest_;
            if (take_white() && take(name)) {
                take_white();
                if (take("=")) {
                    take_white();
                    if (take("\"")) return take_until("\"");
                    if (take("'")) return take_until("'");
                }
            }
            rest_ = before;
            return std::nullopt;
        };
        if (attribute("version") != "1.0") return refuse();
        if (auto const encoding = attribute("encoding"); encoding && ascii_lower(*encoding) != "utf-8")
            return refuse(FileProblem::not_utf8);
        if (auto const alone = attribute("standalone"); alone && alone != "yes" && alone != "no")
            return refuse();
        take_white();
        if (!take("?>")) refuse();
    }

    void markup() {
        if (take("<!--")) return comment();
        if (take("<![CDATA[")) {
            if (depth_ == 0 || !take_until("]]>")) refuse();
            return;
        }
        if (take("<?") || take("<!DOCTYPE") || take("<!ENTITY")) return refuse(FileProblem::has_dtd);
        if (take("</")) return end_tag();
        take("<");
        start_tag();
    }
    void comment() {
        auto const inside = take_until("--");
        if (!inside || !take(">")) refuse();
    }
    void end_tag() {
        auto const name = take_name();
        take_white();
        if (name.empty() || !take(">") || depth_ == 0) return refuse();
        --depth_;
    }
    void start_tag() {
        if (take_name().empty()) return refuse();
        if (++parts_ > most_parts) return refuse(FileProblem::too_many_parts);
        if (depth_ == 0) ++roots_;
        std::set<std::string_view> names;
        for (;;) {
            bool const has_white = take_white();
            if (take("/>")) return;
            if (take(">")) {
                if (++depth_ > deepest) refuse(FileProblem::too_deep);
                return;
            }
            auto const name = has_white ? take_name() : std::string_view{};
            if (name.empty() || !names.insert(name).second) return refuse();
            if (++parts_ > most_parts) return refuse(FileProblem::too_many_parts);
            take_white();
            if (!take("=")) return refuse();
            take_white();
            auto const value = take("\"") ? take_until("\"") : take("'") ? take_until("'") : std::nullopt;
            if (!value || value->find('<') != value->npos) return refuse();
            references(*value);
            if (problem_) return;
        }
    }
    void characters() {
        auto const text = rest_.substr(0, rest_.find('<'));
        rest_.remove_prefix(text.size());
        if (depth_ == 0 && text.find_first_not_of(white) != text.npos) return refuse();
        if (text.find("]]>") != text.npos) return refuse();
        references(text);
    }

    /// Each & begins one of the five entities or the number of a sign.
    void references(std::string_view text) {
        for (auto at = text.find('&'); at != text.npos; at = text.find('&', at + 1)) {
            auto const end = text.find(';', at);
            if (end == text.npos) return refuse();
            auto name = text.substr(at + 1, end - at - 1);
            if (name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos") continue;
            if (!name.starts_with('#')) return refuse(FileProblem::has_dtd);
            name.remove_prefix(1);
            int const base = name.starts_with('x') ? 16 : 10;
            if (base == 16) name.remove_prefix(1);
            std::uint32_t code_point = 0;
            auto const [behind, error] =
                std::from_chars(name.data(), name.data() + name.size(), code_point, base);
            if (error != std::errc{} || behind != name.data() + name.size() || !is_sign(code_point))
                return refuse();
        }
    }

    std::string_view rest_;
    std::size_t depth_ = 0;
    std::size_t roots_ = 0;
    std::size_t parts_ = 0;
    std::optional<FileProblem> problem_;
};

}  // namespace

std::optional<FileProblem> problem_in_xml(std::string_view text) { return Scanner{text}.scan(); }

}  // namespace klout7::messages
