#include "pdf.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "inflate.h"
#include "pdf_lexer.h"

namespace klout7::gate {
namespace {

using namespace std::string_view_literals;
using Kind = PdfTokenKind;

constexpr std::size_t deepest = 200;
constexpr std::size_t most_noted = 200'000;
/// An object stream holds small objects; programs write some hundred into one.
constexpr std::size_t longest_object_stream = std::size_t{2} << 20U;
constexpr std::size_t most_packed_objects = 20'000;
constexpr std::uint64_t end_mark_within = 1024;

/// What a name says wherever it stands, as a key or as a value.
Fault judge_name(std::string_view name) {
    struct Row {
        std::string_view name;
        Refusal refusal;
    };
    constexpr std::array rows{
        Row{"JavaScript", Refusal::scripts},          Row{"Launch", Refusal::scripts},
        Row{"RichMedia", Refusal::scripts},           Row{"OnInstantiate", Refusal::scripts},
        Row{"EmbeddedFile", Refusal::embedded_files}, Row{"EmbeddedFiles", Refusal::embedded_files},
        Row{"GoToE", Refusal::embedded_files},        Row{"GoToR", Refusal::external_links},
        Row{"SubmitForm", Refusal::external_links},   Row{"ImportData", Refusal::external_links},
        Row{"Encrypt", Refusal::encrypted},
    };
    for (auto const& row : rows) {
        if (row.name == name) return row.refusal;
    }
    return {};
}
/// These say it as a key only; as a value they can be a name that somebody chose.
Fault judge_key(std::string_view key) {
    if (key == "JS" || key == "AA" || key == "XFA") return Refusal::scripts;
    return key == "EF" ? Fault{Refusal::embedded_files} : Fault{};
}

/// Where a click leads: to the web or a mail program.
bool is_web_address(std::string_view uri) {
    constexpr std::array schemes{"http"sv, "https"sv, "mailto"sv, "tel"sv};
    auto const lower = ascii_lower(uri);
    auto const colon = lower.find(':');
    if (lower.starts_with("//") || lower.find('\\') != std::string::npos) return false;
    return colon == std::string::npos || lower.find('/') < colon ||
           std::ranges::find(schemes, std::string_view{lower}.substr(0, colon)) != schemes.end();
}

/// What is open while an object is read.
struct Level {
    bool is_dictionary = false;
    bool has_value = true;  ///< the next name is a key
    bool at_start = false;  ///< inside of what is opened or done first
    std::string key = {};
};

/// What is known of the object that is being read, from its outermost dictionary.
struct Object {
    std::uint64_t number = 0;
    bool acts = false;  ///< following it reaches out, or goes on to something else
    std::string type = {};
    bool has_count = false, has_first = false, has_file = false, has_parts_elsewhere = false,
         has_parameters = false, is_length_known = false;
    std::uint64_t count = 0, first = 0, length = 0;
    std::vector<std::string> filters = {};
};

class Examination {
public:
    explicit Examination(Window& window) : window_(window) {}
    Fault run();

private:
    Fault objects();
    Fault take(PdfToken const& token);
    Fault take_value(Level& level, PdfToken const& token);
    void note_outermost(std::string_view key, PdfToken const& token);
    Fault end_object();
    Fault stream(PdfLexer& lexer);
    Fault object_stream(std::uint64_t begin, std::uint64_t end);
    Fault unpacked_objects(Bytes const& plain);
    bool is_all_seen();
    Window& window_;
    std::vector<Level> levels_;
    Object object_;
    std::array<PdfToken, 2> before_{};            ///< the last two tokens
    std::vector<std::uint64_t> opened_at_start_;  ///< objects, by number
    std::vector<std::uint64_t> acting_;
    std::uint64_t seen_objects_ = 0;
    std::uint64_t seen_trailers_ = 0;
    std::uint64_t unpacked_bytes_ = 0;
};

Fault Examination::take(PdfToken const& token) {
    if (token.kind == Kind::name) {
        if (auto fault = judge_name(token.text)) return fault;
    }
    if (token.kind == Kind::dictionary_end || token.kind == Kind::array_end) {
        if (!levels_.empty()) levels_.pop_back();
        return {};
    }
    if (!levels_.empty() && levels_.back().is_dictionary) {
        auto& level = levels_.back();
        if (level.has_value && token.kind == Kind::name) {
            level.key = token.text;
            level.has_value = false;
            return judge_key(level.key);
        }
        if (auto fault = take_value(level, token)) return fault;
        level.has_value = true;
    } else if (levels_.size() == 2 && levels_.front().key == "Filter") {
        object_.filters.push_back(token.kind == Kind::name ? token.text : "");
    }
    if (token.kind == Kind::dictionary_begin || token.kind == Kind::array_begin) {
        if (levels_.size() == deepest) return Refusal::limit;
        bool const at_start =
            !levels_.empty() && (levels_.back().at_start || levels_.back().key == "OpenAction");
        levels_.push_back({.is_dictionary = token.kind == Kind::dictionary_begin, .at_start = at_start});
    }
    return {};
}

Fault Examination::take_value(Level& level, PdfToken const& token) {
    auto const& key = level.key;
    if (levels_.size() == 1) note_outermost(key, token);
    if (key == "URI" && token.kind == Kind::text && !is_web_address(token.text))
        return Refusal::external_links;
    bool const acts = key == "Next" || (key == "S" && token.kind == Kind::name && token.text == "URI");
    object_.acts |= acts;
    // What is opened first may be a place in the document, or an action that goes there.
    if (level.at_start && acts) return Refusal::external_links;
    if ((level.at_start || key == "OpenAction") && token.kind == Kind::keyword && token.text == "R" &&
        before_[0].kind == Kind::integer)
        opened_at_start_.push_back(before_[0].number);
    return opened_at_start_.size() > most_noted ? Fault{Refusal::limit} : Fault{};
}

void Examination::note_outermost(std::string_view key, PdfToken const& token) {
    bool const is_integer = token.kind == Kind::integer;
    if (key == "Type" && token.kind == Kind::name) object_.type = token.text;
    if (key == "Filter" && token.kind == Kind::name) object_.filters.push_back(token.text);
    // An object that stands elsewhere is no filter that is known here.
    if (key == "Filter" && token.kind == Kind::keyword && token.text != "null")
        object_.filters.emplace_back();
    if (key == "F" || key == "FFilter") object_.has_file = true;
    if (key == "DecodeParms" || key == "DP") object_.has_parameters = true;
    if (key == "N") object_.has_count = true;
    if (key == "First") object_.has_first = true;
    if (key == "N" || key == "First") object_.has_parts_elsewhere |= !is_integer || levels_.back().has_value;
    if (key == "N" && is_integer) object_.count = token.number;
    if (key == "First" && is_integer) object_.first = token.number;
    if (key == "Length") {
        object_.is_length_known = is_integer && !levels_.back().has_value;
        object_.length = token.number;
    }
}

Fault Examination::end_object() {
    if (object_.acts) acting_.push_back(object_.number);
    object_ = {};
    levels_.clear();
    return acting_.size() > most_noted ? Fault{Refusal::limit} : Fault{};
}

/// Stands behind the dictionary of a stream, before its bytes.
Fault Examination::stream(PdfLexer& lexer) {
    constexpr auto end_word = "endstream"sv;
    if (object_.has_file) return Refusal::external_links;
    auto begin = lexer.offset();
    if (window_.at(begin) == '\r') ++begin;
    if (window_.at(begin) == '\n') ++begin;
    auto end = begin + object_.length;
    auto behind = end;
    while (is_pdf_space(window_.at(behind)) && behind < end + 2) ++behind;
    if (!object_.is_length_known || !window_.holds(behind, end_word)) {
        end = window_.find(end_word, begin);
        behind = end;
        if (end == window_.size()) return Refusal::malformed;
    }
    lexer.go_to(behind + end_word.size());
    if (object_.type == "ObjStm" || (object_.has_count && object_.has_first))
        return object_stream(begin, end);
    return {};
}

/// 7.5.7. What cannot be unpacked here cannot be looked into.
Fault Examination::object_stream(std::uint64_t begin, std::uint64_t end) {
    bool const is_plain = object_.filters.empty();
    if ((!is_plain && object_.filters != std::vector{std::string{"FlateDecode"}}) || object_.has_parameters ||
        object_.has_parts_elsewhere)
        return Refusal::malformed;
    Bytes plain;
    auto const take_piece = [&](BytesView piece) -> Fault {
        unpacked_bytes_ += piece.size();
        if (plain.size() + piece.size() > longest_object_stream || unpacked_bytes_ > most_inside_bytes)
            return Refusal::limit;
        append(plain, piece);
        return {};
    };
    if (is_plain) {
        if (end - begin > longest_object_stream) return Refusal::limit;
        plain.resize(static_cast<std::size_t>(end - begin));
        if (!window_.read(begin, plain)) return Refusal::malformed;
    } else if (auto const used = inflate_pieces(window_, {begin, end - begin}, DeflateForm::zlib, take_piece);
               !used) {
        return used.error();
    }
    return unpacked_objects(plain);
}

/// Pairs of a number and a place, then the objects.
Fault Examination::unpacked_objects(Bytes const& plain) {
    auto const [count, first] = std::pair{object_.count, object_.first};
    if (count > plain.size() || first > plain.size()) return Refusal::malformed;
    if (count > most_packed_objects) return Refusal::limit;
    Content const content{plain.size(), [&plain](std::uint64_t offset, BytesSpan out) {
                              std::ranges::copy(
                                  BytesView{plain}.subspan(static_cast<std::size_t>(offset), out.size()),
                                  out.begin());
                              return true;
                          }};
    Window window{content};
    PdfLexer lexer{window, 0};
    std::vector<std::pair<std::uint64_t, std::uint64_t>> places;
    for (std::uint64_t i = 0; i < count; ++i) {
        auto const number = lexer.next();
        auto const place = lexer.next();
        if (number.kind != Kind::integer || place.kind != Kind::integer) return Refusal::malformed;
        places.emplace_back(first + place.number, number.number);
    }
    std::ranges::sort(places);
    if (auto fault = end_object()) return fault;
    lexer.go_to(std::min(first, lexer.offset()));
    std::size_t next = 0;
    for (;;) {
        auto const token = lexer.next();
        if (token.kind == Kind::end) break;
        while (next < places.size() && places[next].first <= token.offset) {
            if (auto fault = end_object()) return fault;
            object_.number = places[next++].second;
        }
        if (auto fault = take(token)) return fault;
        before_ = {before_[1], token};
    }
    return end_object();
}

Fault Examination::objects() {
    PdfLexer lexer{window_, 0};
    for (;;) {
        auto const token = lexer.next();
        if (token.kind == Kind::end) break;
        bool const is_word = token.kind == Kind::keyword;
        Fault fault;
        if (is_word && token.text == "obj" && before_[0].kind == Kind::integer &&
            before_[1].kind == Kind::integer) {
            fault = end_object();
            object_.number = before_[0].number;
            ++seen_objects_;
        } else if (is_word && (token.text == "endobj" || token.text == "trailer")) {
            fault = end_object();
            if (token.text == "trailer") ++seen_trailers_;
        } else if (is_word && token.text == "stream" && before_[1].kind == Kind::dictionary_end) {
            fault = stream(lexer);
        } else {
            fault = take(token);
        }
        if (fault) return fault;
        before_ = {before_[1], token};
    }
    return end_object();
}

/// Whether an object could begin here, at the word that starts one, for any program that reads PDF: behind
/// two numbers, or behind the end of a line, where a comment may have been.
bool could_begin_object(Window& window, std::uint64_t at) {
    constexpr std::uint64_t looked_back = 64;
    auto const behind = window.at(at + 3);
    if (behind >= 0 && !is_pdf_space(behind) && !is_pdf_delimiter(behind)) return false;
    auto const limit = at - std::min(at, looked_back);
    // As programs read numbers that take more than digits for one.
    auto const is_of_a_number = [&](int c) {
        return (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
    };
    for (bool is_first : {true, false}) {
        auto const word = at;
        for (; at > limit && is_pdf_space(window.at(at - 1)); --at) {
            if (window.at(at - 1) == '\n' || window.at(at - 1) == '\r') return true;
        }
        if (at == limit) return true;
        // Only before the word itself may the space be missing.
        if (!is_first && word == at) return false;
        auto const end = at;
        while (at > limit && is_of_a_number(window.at(at - 1))) --at;
        if (at == end) return false;
    }
    return true;
}

/// Programs go where the cross-reference table sends them, which may be into a stream, a text or a comment.
/// So every place where an object could begin must be one where an object was seen.
bool Examination::is_all_seen() {
    std::uint64_t objects = 0;
    std::uint64_t trailers = 0;
    window_.find_all({"obj", "trailer"}, [&](std::string_view word, std::uint64_t at) {
        if (word == "obj") {
            if (could_begin_object(window_, at)) ++objects;
        } else if ((at == 0 || is_pdf_space(window_.at(at - 1))) &&
                   (is_pdf_space(window_.at(at + 7)) || window_.at(at + 7) == '<')) {
            ++trailers;
        }
    });
    return objects == seen_objects_ && trailers == seen_trailers_;
}

/// The last end mark, and nothing but white space behind it.
Fault judge_end(Window& window) {
    auto const from = window.size() - std::min(window.size(), end_mark_within);
    auto last = window.size();
    for (auto at = window.find("%%EOF", from); at < window.size(); at = window.find("%%EOF", at + 1))
        last = at;
    if (last == window.size()) return Refusal::malformed;
    for (auto at = last + 5; at < window.size(); ++at) {
        if (!is_pdf_space(window.at(at))) return Refusal::disguised;
    }
    return {};
}

Fault Examination::run() {
    if (!window_.holds(0, "%PDF-")) return Refusal::malformed;
    if (auto fault = judge_end(window_)) return fault;
    if (auto fault = objects()) return fault;
    if (!is_all_seen()) return Refusal::disguised;
    std::ranges::sort(acting_);
    bool const acts_at_start = std::ranges::any_of(
        opened_at_start_, [this](auto number) { return std::ranges::binary_search(acting_, number); });
    return acts_at_start ? Fault{Refusal::external_links} : Fault{};
}

}  // namespace

Fault examine_pdf(Window& window) { return Examination{window}.run(); }

}  // namespace klout7::gate
