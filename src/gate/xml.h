#pragma once

#include <functional>
#include <string>
#include <vector>

#include "window.h"

namespace klout7::gate {

struct XmlAttribute {
    std::string_view name;  ///< without its prefix: whoever makes a file chooses that
    std::string value;      ///< with its references resolved
};
struct XmlTag {
    std::string_view name;  ///< without its prefix
    bool is_end = false;
    bool is_empty = false;  ///< start and end in one
    std::vector<XmlAttribute> attributes = {};
    std::string_view attribute(std::string_view name) const;
};
struct XmlEvents {
    std::function<Fault(XmlTag const&)> tag;
    std::function<Fault(std::string_view)> text;  ///< in pieces, references not resolved
};

/// Tells the tags of an XML text that comes in pieces, without keeping more than one. Refused: a document
/// type and thereby every entity of its own, style sheets, an encoding other than UTF-8, tags over 1 MiB,
/// more than 256 levels. Not a validating parser: what is no tag where one must be is malformed. Source:
/// XML 1.0 (fifth edition) 2.
class XmlReader {
public:
    explicit XmlReader(XmlEvents events) : events_(std::move(events)) {}
    Fault add(BytesView piece);
    /// After the last piece: every tag was closed.
    Fault finish() const;

private:
    enum class State { start, text, tag, comment, cdata };
    Fault add(char c);
    Fault in_start(char c);
    Fault in_tag(char c);
    Fault end_of_tag();
    Fault instruction() const;
    Fault flush();
    XmlEvents events_;
    State state_ = State::start;
    std::string kept_;  ///< of a tag: what is between < and >; of text: what was not told yet
    char quote_ = 0;
    std::size_t depth_ = 0;
    bool had_element_ = false;
};

}  // namespace klout7::gate
