#include "office.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "xml.h"
#include "zip.h"

namespace klout7::gate {
namespace {

using namespace std::string_view_literals;

constexpr auto content_types = "[content_types].xml"sv;
constexpr auto odf_type_part = "mimetype"sv;
constexpr auto odt_type = "application/vnd.oasis.opendocument.text"sv;
constexpr std::size_t enough_bytes = 16;
// As long as Excel lets a formula be, and less than a piece of text (xml.cpp).
constexpr std::size_t longest_field_code = 12 * 1024;

bool holds_one_of(std::string_view text, auto const& words) {
    return std::ranges::any_of(words, [&](auto word) { return text.find(word) != std::string_view::npos; });
}
bool is_one_of(std::string_view text, auto const& words) {
    return std::ranges::find(words, text) != words.end();
}

/// Whether following it leaves the document: it names a scheme, a server, or what lies above.
bool leads_away(std::string_view target) {
    if (target.starts_with("//") || target.starts_with("../") || target.find('\\') != std::string_view::npos)
        return true;
    auto const end = target.find_first_of(":/?#");
    return end != std::string_view::npos && target[end] == ':';
}

/// What a reader has to choose to follow, and what then opens a browser or a mail program and nothing else.
bool is_plain_hyperlink(std::string_view target) {
    auto const lower = ascii_lower(target);
    return is_one_of(lower.substr(0, std::min(lower.find(':'), lower.size())),
                     std::array{"http"sv, "https"sv, "mailto"sv, "tel"sv}) ||
           !leads_away(target);
}

/// A picture that stands in the text itself.
bool is_data_picture(std::string_view target) {
    return ascii_lower(target.substr(0, 11)) == "data:image/" &&
           ascii_lower(target.substr(0, 14)) != "data:image/svg";
}

/// By the name of a part. Names are in lower case here.
Fault judge_name(std::string_view name) {
    constexpr std::array macro_names{"vbaproject"sv, "vbadata"sv,       "macrosheets/"sv,
                                     "activex/"sv,   "dialogsheets/"sv, "macrosignatures"sv};
    if (holds_one_of(name, macro_names)) return Refusal::macros;
    if (name.starts_with("basic/") || name.starts_with("dialogs/")) return Refusal::macros;
    if (name.starts_with("scripts/")) return Refusal::scripts;
    if (name.find("embeddings/") != std::string_view::npos) return Refusal::embedded_files;
    if (name.find("externallinks/") != std::string_view::npos) return Refusal::external_links;
    constexpr std::array endings{"xml"sv, "rels"sv, "vml"sv, "rdf"sv, "png"sv,   "jpg"sv,   "jpeg"sv,
                                 "gif"sv, "bmp"sv,  "tif"sv, "emf"sv, "tiff"sv,  "wmf"sv,   "svg"sv,
                                 "svm"sv, "ttf"sv,  "otf"sv, "bin"sv, "odttf"sv, "psmdcp"sv};
    auto const last = name.substr(name.rfind('/') + 1);  // rfind gives -1 where there is none
    auto const dot = last.rfind('.');
    if (dot != std::string_view::npos && !is_one_of(last.substr(dot + 1), endings))
        return Refusal::embedded_files;
    // Of what has this ending the settings of a printer are harmless, and a program or an object is not.
    if (last.ends_with(".bin") && last.find("printersettings") == std::string_view::npos)
        return Refusal::embedded_files;
    return {};
}

/// A part that is a file of another kind whatever its name says.
bool is_other_file(BytesView first) {
    constexpr std::array beginnings{"PK\3\4"sv,
                                    "PK\5\6"sv,
                                    "MZ"sv,
                                    "\x7f"
                                    "ELF"sv,
                                    "%PDF-"sv,
                                    "Rar!"sv,
                                    "7z\xbc\xaf"sv,
                                    "\x1f\x8b"sv,
                                    "\xd0\xcf\x11\xe0"sv,
                                    "#!"sv,
                                    "{\\rt"sv,
                                    "ITSF"sv,
                                    "BZh"sv,
                                    "L\0\0\0\1\x14\2\0"sv,
                                    "\xca\xfe\xba\xbe"sv};
    return std::ranges::any_of(beginnings, [&](auto start) { return text_of(first).starts_with(start); });
}

bool is_xml_name(std::string_view name) {
    return std::ranges::any_of(std::array{".xml"sv, ".rels"sv, ".vml"sv, ".rdf"sv, ".svg"sv},
                               [&](auto ending) { return name.ends_with(ending); });
}
/// A part of any name can be a document. In UTF-16 it is looked at as XML too, and refused as such.
bool begins_as_xml(BytesView first) {
    auto text = text_of(first);
    if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff") || text.starts_with("\0<"sv))
        return true;
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    auto const mark = text.find_first_not_of(" \t\r\n");
    return mark == std::string_view::npos ? first.size() == enough_bytes : text[mark] == '<';
}

/// By the last word of a relationship's type. Source: ISO/IEC 29500-1, 15; MS-OFFMACRO2.
Fault judge_relationship(XmlTag const& tag) {
    auto const uri = tag.attribute("Type");
    auto const type = ascii_lower(uri.substr(uri.rfind('/') + 1));
    auto const target = tag.attribute("Target");
    bool const is_external = ascii_lower(tag.attribute("TargetMode")) == "external";
    if (type == "hyperlink") return is_plain_hyperlink(target) ? Fault{} : Refusal::external_links;
    if (is_one_of(type, std::array{"vbaproject"sv, "wordvbadata"sv, "control"sv, "activexcontrolbinary"sv,
                                   "xlmacrosheet"sv, "xlintlmacrosheet"sv, "dialogsheet"sv}))
        return Refusal::macros;
    if (is_one_of(type, std::array{"attachedtemplate"sv, "externallink"sv, "externallinkpath"sv,
                                   "connections"sv, "querytable"sv, "subdocument"sv, "frame"sv,
                                   "mailmergesource"sv, "mailmergeheadersource"sv, "transform"sv}))
        return Refusal::external_links;
    if (is_external) return Refusal::external_links;
    if (is_one_of(type, std::array{"oleobject"sv, "package"sv, "afchunk"sv})) return Refusal::embedded_files;
    // From the part that it belongs to, upwards too; never out of the file.
    return target.find_first_of(":\\") != std::string_view::npos || target.starts_with("//")
               ? Fault{Refusal::external_links}
               : Fault{};
}

/// Parts whose type says that they are a program.
Fault judge_content_type(std::string_view lower) {
    constexpr std::array macro_types{"macroenabled"sv, "vbaproject"sv, "macrosheet"sv, "activex"sv};
    if (holds_one_of(lower, macro_types)) return Refusal::macros;
    if (lower.find("oleobject") != std::string_view::npos) return Refusal::embedded_files;
    return {};
}

/// Everything that is looked at in one file.
class Examination {
public:
    explicit Examination(Window& window) : window_(window) {}
    std::expected<FileType, Refusal> run();

private:
    Fault examine_part(ZipEntry const& entry);
    Fault judge_tag(XmlTag const& tag);
    Fault judge_links(XmlTag const& tag) const;
    Fault judge_field(std::string_view more);
    Window& window_;
    Unpacked unpacked_ = {};
    std::optional<FileType> type_;
    std::string part_;  ///< the name of the one looked at, in lower case
    std::string field_code_;
    bool in_field_code_ = false;
};

/// Programs that Word asks for data, and what Word and Excel fetch, by the words of a field or a formula.
Fault Examination::judge_field(std::string_view more) {
    if (field_code_.size() + more.size() > longest_field_code) return Refusal::limit;
    // Letters written as numbers: nobody does but who hides a word.
    if (more.find("&#") != std::string_view::npos) return Refusal::malformed;
    field_code_ += ascii_lower(more);
    if (type_ == FileType::docx && field_code_.find("dde") != std::string::npos) return Refusal::macros;
    constexpr std::array fetching{"includepicture"sv, "includetext"sv, "webservice("sv, "image("sv};
    return holds_one_of(field_code_, fetching) ? Fault{Refusal::external_links} : Fault{};
}

/// Where an attribute leads: by an element of a hyperlink it may be anywhere, else only to what is inside.
Fault Examination::judge_links(XmlTag const& tag) const {
    // Where it was made from; nothing is fetched from a path without a scheme.
    bool const is_origin = tag.name == "template";
    for (auto const& [name, value] : tag.attributes) {
        if (part_.ends_with(".svg") && ascii_lower(name).starts_with("on")) return Refusal::scripts;
        if (name != "href" && name != "src") continue;
        if (ascii_lower(value).starts_with("vnd.sun.star.")) return Refusal::macros;
        if (name == "href" && is_plain_hyperlink(value) && (type_ != FileType::odt || tag.name == "a"))
            continue;
        if (is_origin && !value.starts_with("//") && value.find("://") == std::string::npos) continue;
        if (leads_away(value) && !is_data_picture(value)) return Refusal::external_links;
    }
    return {};
}

Fault Examination::judge_tag(XmlTag const& tag) {
    if (part_ == content_types) {
        auto const type = ascii_lower(tag.attribute("ContentType"));
        if (type.ends_with("wordprocessingml.document.main+xml")) type_ = FileType::docx;
        if (type.ends_with("spreadsheetml.sheet.main+xml")) type_ = FileType::xlsx;
        return judge_content_type(type);
    }
    if (part_.ends_with(".rels") && tag.name == "Relationship") return judge_relationship(tag);
    constexpr std::array script_tags{"script"sv, "event-listener"sv};
    constexpr std::array file_tags{"OLEObject"sv, "object-ole"sv, "plugin"sv, "applet"sv, "floating-frame"sv};
    constexpr std::array link_tags{"ddeLink"sv, "oleLink"sv, "dde-source"sv, "dde-connection-decl"sv};
    if (is_one_of(tag.name, script_tags)) return Refusal::scripts;
    if (is_one_of(tag.name, file_tags)) return Refusal::embedded_files;
    if (is_one_of(tag.name, link_tags)) return Refusal::external_links;
    if (tag.name == "encryption-data") return Refusal::encrypted;
    if (tag.name == "fldChar") field_code_.clear();
    bool const is_formula = type_ == FileType::xlsx && tag.name == "f";
    if (is_formula) field_code_.clear();
    in_field_code_ = (tag.name == "instrText" || is_formula) && !tag.is_end;
    if (auto const code = tag.attribute("instr"); !code.empty()) {
        field_code_.clear();
        if (auto fault = judge_field(code)) return fault;
    }
    return judge_links(tag);
}

Fault Examination::examine_part(ZipEntry const& entry) {
    part_ = ascii_lower(entry.name);
    if (part_.ends_with('/')) return entry.plain_bytes == 0 ? Fault{} : Refusal::malformed;
    if (auto fault = judge_name(part_)) return fault;
    XmlReader xml{
        {.tag = [this](XmlTag const& tag) { return judge_tag(tag); },
         .text = [this](std::string_view text) { return in_field_code_ ? judge_field(text) : Fault{}; }}};
    field_code_.clear();
    in_field_code_ = false;
    bool is_xml = false;
    Bytes first;  // enough to tell what it is
    auto const take = [&](BytesView piece) -> Fault { return is_xml ? xml.add(piece) : Fault{}; };
    auto const judge_first = [&]() -> Fault {
        if (is_other_file(first)) return Refusal::embedded_files;
        is_xml = is_xml_name(part_) || begins_as_xml(first);
        return take(first);
    };
    auto fault = unpack(window_, entry, unpacked_, [&](BytesView piece) -> Fault {
        if (first.size() == enough_bytes) return take(piece);
        auto const part = piece.first(std::min(piece.size(), enough_bytes - first.size()));
        append(first, part);
        if (first.size() < enough_bytes) return {};
        if (auto const refusal = judge_first()) return refusal;
        return take(piece.subspan(part.size()));
    });
    if (!fault && first.size() < enough_bytes) fault = judge_first();
    if (fault) return fault;
    // LibreOffice writes parts of its settings that hold nothing.
    return is_xml && entry.plain_bytes > 0 ? xml.finish() : Fault{};
}

std::expected<FileType, Refusal> Examination::run() {
    auto entries = entries_of(window_);
    if (!entries) return std::unexpected(entries.error());
    // What says which type it is comes first: it decides how links are read.
    auto const& first = entries->front();
    if (first.name == odf_type_part) {
        if (first.is_deflated || !window_.holds(first.offset, odt_type) ||
            first.plain_bytes != odt_type.size())
            return std::unexpected(Refusal::unknown_type);
        type_ = FileType::odt;
    } else {
        auto const types = std::ranges::find(*entries, content_types,
                                             [](auto const& entry) { return ascii_lower(entry.name); });
        if (types == entries->end()) return std::unexpected(Refusal::unknown_type);
        std::rotate(entries->begin(), types, types + 1);
    }
    bool is_complete = false;
    for (auto const& entry : *entries) {
        if (auto fault = examine_part(entry)) return std::unexpected(*fault);
        if (!type_) return std::unexpected(Refusal::unknown_type);
        is_complete |= part_ == "content.xml" || part_ == "_rels/.rels";
    }
    if (!is_complete) return std::unexpected(Refusal::malformed);
    return *type_;
}

}  // namespace

std::expected<FileType, Refusal> examine_office(Window& window) { return Examination{window}.run(); }

}  // namespace klout7::gate
