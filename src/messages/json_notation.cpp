#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <utility>

#include "notation.h"

namespace klout7::messages {
namespace {

namespace json = boost::json;
using Unexpected = std::unexpected<FileFault>;

/// Builds values as they come. Boost's own would keep the last of two fields of one name, so that a message
/// could say one thing to a person who reads it and another to us.
class Builder {
public:
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    Value root;
    bool has_too_many_parts = false;

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_object_begin(json::error_code& error) { return begin(Value::Kind::group, error); }
    bool on_array_begin(json::error_code& error) { return begin(Value::Kind::list, error); }
    bool on_object_end(std::size_t, json::error_code& error) { return end(error); }
    bool on_array_end(std::size_t, json::error_code& error) { return end(error); }
    bool on_key_part(json::string_view part, std::size_t, json::error_code&) { return add(part); }
    bool on_key(json::string_view part, std::size_t, json::error_code&) {
        add(part);
        names_.push_back(std::exchange(text_, {}));
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, json::error_code&) { return add(part); }
    bool on_string(json::string_view part, std::size_t, json::error_code& error) {
        add(part);
        return put({Value::Kind::text, std::exchange(text_, {})}, error);
    }
    bool on_number_part(json::string_view part, json::error_code&) { return add(part); }
    bool on_int64(std::int64_t, json::string_view part, json::error_code& error) {
        return number(part, error);
    }
    bool on_uint64(std::uint64_t, json::string_view part, json::error_code& error) {
        return number(part, error);
    }
    bool on_double(double, json::string_view part, json::error_code& error) { return number(part, error); }
    bool on_bool(bool truth, json::error_code& error) {
        return put({Value::Kind::truth, truth ? "true" : "false"}, error);
    }
    bool on_null(json::error_code& error) { return put({Value::Kind::cleared}, error); }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }

private:
    bool add(json::string_view part) {
        text_.append(part.data(), part.size());
        return true;
    }
    /// As it is written: a double would make of 36.1 what nobody wrote.
    bool number(json::string_view part, json::error_code& error) {
        add(part);
        return put({Value::Kind::number, std::exchange(text_, {})}, error);
    }
    bool begin(Value::Kind kind, json::error_code&) {
        open_.push_back({kind});
        return true;
    }
    bool end(json::error_code& error) {
        auto value = std::move(open_.back());
        open_.pop_back();
        return put(std::move(value), error);
    }
    bool put(Value value, json::error_code& error) {
        if (open_.empty()) {
            root = std::move(value);
            return true;
        }
        if (++parts_ > most_parts) {
            has_too_many_parts = true;
            error = json::error::array_too_large;
            return false;
        }
        std::string name;
        if (open_.back().kind == Value::Kind::group) {
            name = std::move(names_.back());
            names_.pop_back();
        }
        open_.back().parts.push_back({std::move(name), std::move(value)});
        return true;
    }

    std::vector<Value> open_;
    std::vector<std::string> names_;
    std::string text_;
    std::size_t parts_ = 0;
};

std::expected<Value, FileFault> parse(std::string_view file) {
    json::parse_options options;
    options.max_depth = deepest;
    json::basic_parser<Builder> parser{options};
    json::error_code error;
    auto const used = parser.write_some(false, file.data(), file.size(), error);
    if (parser.handler().has_too_many_parts) return Unexpected{{FileProblem::too_many_parts}};
    if (error == json::error::too_deep) return Unexpected{{FileProblem::too_deep}};
    if (error || used != file.size()) return Unexpected{{FileProblem::not_json}};
    return std::move(parser.handler().root);
}

/// The first field of that name, out of the group; one behind it is a fault.
std::optional<Value> take_out(Value& group, std::string_view name, std::vector<Fault>& faults) {
    std::optional<Value> found;
    bool is_twice = false;
    std::erase_if(group.parts, [&](NamedValue& part) {
        if (part.name != name) return false;
        is_twice = found.has_value();
        if (!found) found = std::move(part.value);
        return true;
    });
    if (is_twice) faults.push_back({std::string{name}, Problem::twice});
    return found;
}

RawMessage raw_of(Value value) {
    RawMessage raw{{}, {}, std::move(value)};
    if (raw.fields.kind != Value::Kind::group) return raw;
    raw.kind = take_out(raw.fields, "kind", raw.faults);
    raw.id = take_out(raw.fields, "id", raw.faults);
    return raw;
}

class Writer {
public:
    std::string take() { return std::move(text_); }

    void file(RawFile const& file) {
        text_ += "{\n  \"version\": ";
        text_ += written_version;
        for (auto const& [name, value] : file.envelope) {
            text_ += ",\n  ";
            field(name, value, 2);
        }
        text_ += ",\n  \"messages\": [";
        bool is_first = true;
        for (auto const& one : *file.messages) {
            text_ += is_first ? "\n    {\n      " : ",\n    {\n      ";
            is_first = false;
            field("kind", *one.kind, 6);
            text_ += ",\n      ";
            field("id", *one.id, 6);
            for (auto const& [name, value] : one.fields.parts) {
                text_ += ",\n      ";
                field(name, value, 6);
            }
            text_ += "\n    }";
        }
        text_ += is_first ? "]\n}\n" : "\n  ]\n}\n";
    }

private:
    void field(std::string_view name, Value const& value, std::size_t indent) {
        quoted(name);
        text_ += ": ";
        switch (value.kind) {
            case Value::Kind::untyped:
            case Value::Kind::text:
                return quoted(value.text);
            case Value::Kind::number:
            case Value::Kind::truth:
                text_ += value.text;
                return;
            case Value::Kind::cleared:
                text_ += "null";
                return;
            case Value::Kind::group:
            case Value::Kind::list:
                break;
        }
        std::string_view before = "{\n";
        for (auto const& [inner_name, inner] : value.parts) {
            text_ += before;
            text_.append(indent + 2, ' ');
            field(inner_name, inner, indent + 2);
            before = ",\n";
        }
        text_ += '\n';
        text_.append(indent, ' ');
        text_ += '}';
    }
    void quoted(std::string_view text) {
        text_ += json::serialize(json::string_view{text.data(), text.size()});
    }

    std::string text_;
};

}  // namespace

std::expected<RawFile, FileFault> parse_json(std::string_view text) {
    auto root = parse(text);
    if (!root) return Unexpected{root.error()};
    if (root->kind != Value::Kind::group) return Unexpected{{FileProblem::other_document}};

    RawFile file{{}, {}};
    std::optional<std::string> version;
    for (auto& [name, value] : root->parts) {
        if (name == "version") {
            if (version) return Unexpected{{FileProblem::part_twice, name}};
            version = value.kind == Value::Kind::number ? value.text : std::string{};
        } else if (name == "messages") {
            if (file.messages) return Unexpected{{FileProblem::part_twice, name}};
            if (value.kind != Value::Kind::list) return Unexpected{{FileProblem::part_unusable, name}};
            file.messages.emplace();
            for (auto& one : value.parts) file.messages->push_back(raw_of(std::move(one.value)));
        } else {
            file.envelope.push_back({name, std::move(value)});
        }
    }
    if (!version) return Unexpected{{FileProblem::part_missing, "version"}};
    if (*version != written_version) return Unexpected{{FileProblem::wrong_version}};
    return file;
}

std::string write_json(RawFile const& file) {
    Writer writer;
    writer.file(file);
    return writer.take();
}

}  // namespace klout7::messages
