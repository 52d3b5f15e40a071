#include <fmt/format.h>

#include <iterator>
#include <pugixml.hpp>

#include "notation.h"
#include "xml_text.h"

namespace klout7::messages {
namespace {

using Unexpected = std::unexpected<FileFault>;
using namespace std::string_view_literals;

constexpr std::string_view root_name = "message_file";
constexpr std::string_view our_namespaces = "urn:klout7:messages:";
constexpr std::string_view white = " \t\r\n";

/// Without the white space that a writer puts around a text to set it apart.
std::string_view inside(std::string_view text) {
    auto const first = text.find_first_not_of(white);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(white) - first + 1);
}

/// Names as the format has them: a file may put one prefix before all of ours.
class Names {
public:
    explicit Names(std::string_view of_root) : prefix_(of_root.substr(0, of_root.rfind(':') + 1)) {}
    /// A name with another prefix keeps it, and is none of ours.
    std::string local(std::string_view name) const {
        bool const is_ours = name.starts_with(prefix_) && name.substr(prefix_.size()).find(':') == name.npos;
        return std::string{is_ours                       ? name.substr(prefix_.size())
                           : name.find(':') == name.npos ? "?"sv
                                                         : name};
    }
    std::string declaration() const {
        return prefix_.empty() ? "xmlns" : "xmlns:" + prefix_.substr(0, prefix_.size() - 1);
    }

private:
    std::string prefix_;
};

/// Which attributes an element has a use for.
enum class Attributes { none, of_message, of_field };

Value value_in(pugi::xml_node node, Names const& names, Attributes attributes) {
    Value value;
    std::string text;
    for (auto const child : node.children()) {
        if (child.type() == pugi::node_element) {
            value.kind = Value::Kind::group;
            value.parts.push_back({names.local(child.name()), value_in(child, names, Attributes::of_field)});
        } else if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
            text += child.value();
        }
    }
    value.text = inside(text);
    bool clears = false;
    for (auto const attribute : node.attributes()) {
        std::string_view const name{attribute.name()};
        if (attributes == Attributes::of_field && name == "clear") {
            clears = true;
            value.clear_is_unusable =
                attribute.value() != "true"sv || !value.text.empty() || !value.parts.empty();
        } else if (attributes != Attributes::of_message || name != "id") {
            value.misplaced.emplace_back(name);
        }
    }
    if (value.kind == Value::Kind::group && !value.text.empty()) value.misplaced.emplace_back();
    if (clears && !value.clear_is_unusable) value.kind = Value::Kind::cleared;
    return value;
}

RawMessage raw_of(pugi::xml_node node, Names const& names) {
    RawMessage raw{Value{Value::Kind::untyped, names.local(node.name())},
                   {},
                   value_in(node, names, Attributes::of_message)};
    if (auto const id = node.attribute("id")) raw.id = Value{Value::Kind::untyped, id.value()};
    if (raw.fields.kind != Value::Kind::group) {
        // An element with nothing in it is a message without fields, and its text stands outside of them.
        if (!raw.fields.text.empty()) raw.fields.misplaced.emplace_back();
        raw.fields.kind = Value::Kind::group;
    }
    return raw;
}

/// That this is the root of a file of ours, in our version. Others' readers and writers add declarations.
std::optional<FileFault> fault_of_root(pugi::xml_node root, Names const& names) {
    std::string_view const bound{root.attribute(names.declaration().c_str()).value()};
    if (names.local(root.name()) != root_name || !bound.starts_with(our_namespaces))
        return FileFault{FileProblem::other_document};
    auto const version = root.attribute("version");
    if (bound.substr(our_namespaces.size()) != written_version) return FileFault{FileProblem::wrong_version};
    if (!version) return FileFault{FileProblem::part_missing, "version"};
    if (version.value() != written_version) return FileFault{FileProblem::wrong_version};

    constexpr auto of_schemas = "http://www.w3.org/2001/XMLSchema"sv;
    constexpr auto of_instances = "http://www.w3.org/2001/XMLSchema-instance"sv;
    bool const has_instances = root.attribute("xmlns:xsi").value() == of_instances;
    std::size_t index = 0;
    for (auto const attribute : root.attributes()) {
        std::string_view const name{attribute.name()};
        bool const is_known = name == "version" || name == names.declaration() ||
                              (name == "xmlns:xsi" && attribute.value() == of_instances) ||
                              (name == "xmlns:xsd" && attribute.value() == of_schemas) ||
                              (name == "xsi:schemaLocation" && has_instances);
        if (!is_known) return FileFault{FileProblem::unknown_part, name_to_show(name, index)};
        ++index;
    }
    return std::nullopt;
}

/// Elements of a file, each on a line of its own.
class Writer {
public:
    std::string take() { return std::move(text_); }

    void file(RawFile const& file) {
        fmt::format_to(std::back_inserter(text_),
                       "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{} xmlns=\"{}{}\" version=\"{}\">\n",
                       root_name, our_namespaces, written_version, written_version);
        for (auto const& [name, value] : file.envelope) field(name, value, 2);
        text_ += "  <messages>\n";
        for (auto const& one : *file.messages) {
            fmt::format_to(std::back_inserter(text_), "    <{} id=\"{}\">\n", one.kind->text, one.id->text);
            for (auto const& [name, value] : one.fields.parts) field(name, value, 6);
            fmt::format_to(std::back_inserter(text_), "    </{}>\n", one.kind->text);
        }
        fmt::format_to(std::back_inserter(text_), "  </messages>\n</{}>\n", root_name);
    }

private:
    void field(std::string_view name, Value const& value, std::size_t indent) {
        text_.append(indent, ' ');
        if (value.kind == Value::Kind::cleared) {
            fmt::format_to(std::back_inserter(text_), "<{} clear=\"true\"/>\n", name);
        } else if (value.kind == Value::Kind::group) {
            fmt::format_to(std::back_inserter(text_), "<{}>\n", name);
            for (auto const& [inner_name, inner] : value.parts) field(inner_name, inner, indent + 2);
            text_.append(indent, ' ');
            fmt::format_to(std::back_inserter(text_), "</{}>\n", name);
        } else {
            fmt::format_to(std::back_inserter(text_), "<{}>", name);
            escaped(value.text);
            fmt::format_to(std::back_inserter(text_), "</{}>\n", name);
        }
    }
    void escaped(std::string_view text) {
        for (auto const c : text) {
            switch (c) {
                case '&':
                    text_ += "&amp;";
                    break;
                case '<':
                    text_ += "&lt;";
                    break;
                case '>':
                    text_ += "&gt;";
                    break;
                default:
                    text_ += c;
            }
        }
    }

    std::string text_;
};

}  // namespace

std::expected<RawFile, FileFault> parse_xml(std::string_view text) {
    if (auto const problem = problem_in_xml(text)) return Unexpected{{*problem}};
    pugi::xml_document document;
    if (!document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8))
        return Unexpected{{FileProblem::not_xml}};
    auto const root = document.document_element();
    Names const names{root.name()};
    if (auto fault = fault_of_root(root, names)) return Unexpected{std::move(*fault)};

    RawFile file{{}, {}};
    for (auto const part : root.children()) {
        if (part.type() != pugi::node_element) {
            if (part.type() == pugi::node_comment) continue;
            return Unexpected{{FileProblem::unknown_part, name_to_show({}, file.envelope.size())}};
        }
        auto const name = names.local(part.name());
        if (name != "messages") {
            file.envelope.push_back({name, value_in(part, names, Attributes::none)});
            continue;
        }
        if (file.messages) return Unexpected{{FileProblem::part_twice, name}};
        if (part.first_attribute()) return Unexpected{{FileProblem::part_unusable, name}};
        file.messages.emplace();
        for (auto const one : part.children()) {
            if (one.type() == pugi::node_comment) continue;
            if (one.type() != pugi::node_element) return Unexpected{{FileProblem::part_unusable, name}};
            file.messages->push_back(raw_of(one, names));
        }
    }
    return file;
}

std::string write_xml(RawFile const& file) {
    Writer writer;
    writer.file(file);
    return writer.take();
}

}  // namespace klout7::messages
