#include "messages/message_file.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/text.h"
#include "check.h"
#include "fields.h"
#include "notation.h"

namespace klout7::messages {
namespace {

using Unexpected = std::unexpected<FileFault>;

/// What stands in a message before its fields are read. Every field that must be there is overwritten, or the
/// message is refused.
template <class Of>
Of blank() {
    return {};
}
MessageId blank_id() { return MessageId::parse("blank").value(); }
template <>
Employer blank() {
    return {.code = {}, .name = {}, .loonheffingennummer = *Loonheffingennummer::parse("000000000L01")};
}
template <>
Employment blank() {
    return {.employer_code = {},
            .staff_number = {},
            .bsn = *Bsn::parse("999990019"),
            .last_name = {},
            .prefix = {},
            .initials = {},
            .birth_date = {},
            .start = {},
            .end = {},
            .department = {},
            .weekly_hours = {}};
}
template <>
AbsenceChange blank() {
    return {blank_id(), {}, {}, {}, {}, {}, {}, {}};
}
template <>
AbsenceEnd blank() {
    return {blank_id(), {}, {}};
}
template <>
AbsenceCorrect blank() {
    return {blank_id(), {}, {}, {}, {}, {}, {}, {}, {}, {}, {}};
}
template <>
AbsenceDelete blank() {
    return {blank_id()};
}

/// Reads the fields of a group that `see` is called with; `finish` names those that it was not.
class FieldReader {
public:
    FieldReader(Value const& group, std::string path, std::vector<Fault>& faults)
        : group_(group), path_(std::move(path)), faults_(faults), is_known_(group.parts.size()) {}

    template <class T, class... Rule>
    void operator()(std::string_view name, T& field, Rule const&... rule) {
        auto const* value = find(name);
        if (value == nullptr) return refuse(name, Problem::missing);
        if (value->kind == Value::Kind::cleared) return refuse(name, Problem::cannot_be_cleared);
        read(name, *value, field, rule...);
    }
    template <class T, class... Rule>
    void operator()(std::string_view name, std::optional<T>& field, Rule const&... rule) {
        auto const* value = find(name);
        if (value == nullptr) return;
        if (value->kind == Value::Kind::cleared) return refuse(name, Problem::cannot_be_cleared);
        auto read_into = blank_of(field);
        if (read(name, *value, read_into, rule...)) field = std::move(read_into);
    }
    template <class T, class... Rule>
    void operator()(std::string_view name, Told<T>& field, Rule const&... rule) {
        auto const* value = find(name);
        if (value == nullptr) return;
        if (value->kind == Value::Kind::cleared) {
            field = Told<T>::cleared();
            return;
        }
        T read_into{};
        if (read(name, *value, read_into, rule...)) field = std::move(read_into);
    }

    void finish() {
        for (std::size_t i = 0; i < group_.parts.size(); ++i) {
            if (!is_known_[i]) refuse(name_to_show(group_.parts[i].name, i), Problem::unknown_field);
        }
        refuse_misplaced(path_, group_);
    }

private:
    template <class T>
    static T blank_of(std::optional<T> const&) {
        if constexpr (std::is_same_v<T, MessageId>) {
            return blank_id();
        } else {
            return {};
        }
    }

    /// People write the one name in several ways, and programs a code in one.
    static std::string as_kept(std::string text, TextRule const& rule) {
        if (rule.form != Form::text) return text;
        auto kept = kept_text(text);
        return kept ? std::move(*kept) : std::move(text);
    }

    void refuse(std::string_view name, Problem problem) {
        faults_.push_back({path_ + std::string{name}, problem});
    }

    /// The only one of that name. Those behind it are faults.
    Value const* find(std::string_view name) {
        Value const* found = nullptr;
        bool is_twice = false;
        for (std::size_t i = 0; i < group_.parts.size(); ++i) {
            if (group_.parts[i].name != name) continue;
            is_known_[i] = true;
            is_twice = found != nullptr;
            if (found == nullptr) found = &group_.parts[i].value;
        }
        if (is_twice) refuse(name, Problem::twice);
        return found;
    }

    template <class T, class... Rule>
    bool read(std::string_view name, Value const& value, T& into, Rule const&... rule) {
        auto const before = faults_.size();
        refuse_misplaced(path_ + std::string{name} + '.', value);
        if (value.clear_is_unusable) refuse(name, Problem::clear_unusable);
        if (faults_.size() != before) return false;
        auto problem = take(value, into);
        if constexpr (std::is_same_v<T, std::string>) into = as_kept(std::move(into), rule...);
        if constexpr (sizeof...(rule) > 0) {
            if (!problem) problem = problem_in(into, rule...);
        }
        if (problem) refuse(name, *problem);
        return !problem;
    }
    bool read(std::string_view name, Value const& value, NursingAddress& into) {
        bool const is_empty = value.parts.empty() && value.misplaced.empty() && value.text.empty();
        if (value.clear_is_unusable) {
            refuse(name, Problem::clear_unusable);
        } else if (is_empty && value.kind != Value::Kind::list && value.kind != Value::Kind::text) {
            refuse(name, Problem::empty);
        } else if (value.kind != Value::Kind::group) {
            refuse(name, Problem::wrong_type);
        } else {
            auto const before = faults_.size();
            FieldReader inside{value, path_ + std::string{name} + '.', faults_};
            fields_of(into, inside);
            inside.finish();
            return faults_.size() == before;
        }
        return false;
    }

    void refuse_misplaced(std::string const& path, Value const& value) {
        for (auto const& name : value.misplaced) {
            if (name.empty()) {
                faults_.push_back(
                    {path.substr(0, path.size() - (path.empty() ? 0 : 1)), Problem::misplaced_text});
            } else {
                faults_.push_back({path + name_to_show(name, 0), Problem::unknown_field});
            }
        }
    }

    Value const& group_;
    std::string path_;
    std::vector<Fault>& faults_;
    std::vector<bool> is_known_;
};

/// Calls `with` a blank content of that kind.
template <class With>
void with_blank(MessageKind kind, With with) {
    switch (kind) {
        case MessageKind::employer:
            return with(blank<Employer>());
        case MessageKind::employment:
            return with(blank<Employment>());
        case MessageKind::absence_start:
            return with(blank<AbsenceStart>());
        case MessageKind::absence_change:
            return with(blank<AbsenceChange>());
        case MessageKind::absence_end:
            return with(blank<AbsenceEnd>());
        case MessageKind::absence_correct:
            return with(blank<AbsenceCorrect>());
        case MessageKind::absence_delete:
            return with(blank<AbsenceDelete>());
        case MessageKind::document:
            return with(blank<DocumentReference>());
        case MessageKind::appointment:
            return with(blank<Appointment>());
    }
}

template <class T>
std::optional<T> read_head(std::string_view name, std::optional<Value> const& value, T into,
                           std::optional<Problem> (*parse)(Value const&, T&), std::vector<Fault>& faults) {
    auto const problem = value ? parse(*value, into) : Problem::missing;
    if (!problem) return into;
    faults.push_back({std::string{name}, *problem});
    return std::nullopt;
}

std::optional<Problem> take_kind(Value const& value, MessageKind& into) {
    std::string text;
    if (auto const problem = take(value, text)) return problem;
    auto const kind = parse_code<MessageKind>(value.text);
    if (!kind) return Problem::unknown_kind;
    into = *kind;
    return std::nullopt;
}

Entry read_message(RawMessage const& raw, LocalDate made_on) {
    auto faults = raw.faults;
    if (raw.fields.kind != Value::Kind::group)
        return {{}, std::unexpected(std::vector{Fault{{}, Problem::wrong_type}})};
    auto const id = read_head<MessageId>("id", raw.id, blank_id(), &take, faults);
    // The name of a kind that is not known says what somebody wanted to send.
    auto const kind_name =
        raw.kind && raw.kind->kind == Value::Kind::untyped ? name_to_show(raw.kind->text, 0) : "kind";
    auto const kind = read_head<MessageKind>("kind", raw.kind, MessageKind{}, &take_kind, faults);
    if (!kind && faults.back().problem == Problem::unknown_kind) faults.back().field = kind_name;

    std::optional<Content> content;
    if (kind) {
        with_blank(*kind, [&](auto blank) {
            FieldReader reader{raw.fields, {}, faults};
            fields_of(blank, reader);
            reader.finish();
            content = std::move(blank);
        });
        compare_fields(*content, made_on, faults);
    }
    if (faults.size() > most_faults) faults.resize(most_faults, {{}, Problem::missing});
    if (!faults.empty()) return {id, std::unexpected(std::move(faults))};
    return {id, Message{*id, std::move(*content)}};
}

/// Which kinds a field may refer to.
struct Reference {
    std::string_view field;
    MessageId const* id;
    std::vector<MessageKind> kinds;
};
std::optional<Reference> reference_of(Content const& content) {
    using enum MessageKind;
    auto const to_absence = [](MessageId const& id) { return Reference{"absence", &id, {absence_start}}; };
    if (auto const* change = std::get_if<AbsenceChange>(&content)) return to_absence(change->absence);
    if (auto const* end = std::get_if<AbsenceEnd>(&content)) return to_absence(end->absence);
    if (auto const* document_of = std::get_if<DocumentReference>(&content);
        document_of && document_of->absence)
        return to_absence(*document_of->absence);
    if (auto const* meeting = std::get_if<Appointment>(&content); meeting && meeting->absence)
        return to_absence(*meeting->absence);
    if (auto const* correction = std::get_if<AbsenceCorrect>(&content))
        return Reference{"corrects", &correction->corrects, {absence_start, absence_change, absence_end}};
    if (auto const* withdrawal = std::get_if<AbsenceDelete>(&content))
        return Reference{
            "withdraws",
            &withdrawal->withdraws,
            {absence_start, absence_change, absence_end, absence_correct, document, appointment}};
    return std::nullopt;
}

struct Place {
    std::size_t index;
    std::optional<MessageKind> kind;  // of a refused message nobody says
};
using Places = std::map<MessageId, Place>;

std::optional<Fault> fault_of_reference(Message const& message, std::size_t index, Places const& places) {
    auto const reference = reference_of(message.content);
    if (!reference) return std::nullopt;
    auto const found = places.find(*reference->id);
    if (found == places.end()) return std::nullopt;  // of an earlier file
    auto const& [at, kind] = found->second;
    if (at >= index) return Fault{std::string{reference->field}, Problem::refers_ahead};
    if (kind && std::ranges::find(reference->kinds, *kind) == reference->kinds.end())
        return Fault{std::string{reference->field}, Problem::refers_to_other_kind};
    return std::nullopt;
}

constexpr std::array envelope_parts{"sender", "file_id", "made_at"};

/// No file was made before the format, and none is made when dates come to an end.
bool is_usable(Envelope const& envelope) {
    if (problem_in(envelope.sender, code_rule)) return false;
    constexpr std::int64_t seconds_of_2000 = 946'684'800;
    constexpr std::int64_t seconds_of_2150 = 5'680'281'600;
    auto const seconds = envelope.made_at.seconds();
    return seconds >= seconds_of_2000 && seconds < seconds_of_2150;
}

std::expected<Envelope, FileFault> read_envelope(std::vector<NamedValue> const& parts) {
    Envelope envelope{{}, *MessageFileId::parse("blank"), {}};
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto const& [name, value] = parts[i];
        if (std::ranges::find(envelope_parts, name) == envelope_parts.end())
            return Unexpected{{FileProblem::unknown_part, name_to_show(name, i)}};
        if (!seen.insert(name).second) return Unexpected{{FileProblem::part_twice, name}};
        auto const problem = name == "sender"    ? take(value, envelope.sender)
                             : name == "file_id" ? take(value, envelope.file_id)
                                                 : take(value, envelope.made_at);
        if (problem || !value.misplaced.empty() || value.clear_is_unusable)
            return Unexpected{{FileProblem::part_unusable, name}};
    }
    for (auto const* name : envelope_parts)
        if (!seen.contains(name)) return Unexpected{{FileProblem::part_missing, name}};
    if (problem_in(envelope.sender, code_rule)) return Unexpected{{FileProblem::part_unusable, "sender"}};
    if (!is_usable(envelope)) return Unexpected{{FileProblem::part_unusable, "made_at"}};
    return envelope;
}

/// What both notations ask of the bytes before they look at them as theirs; without the byte order mark.
std::expected<std::string_view, FileFault> usable_text(std::string_view file) {
    if (file.size() > most_bytes) return Unexpected{{FileProblem::too_large}};
    if (file.starts_with("\xEF\xBB\xBF")) file.remove_prefix(3);
    if (trim(file).empty()) return Unexpected{{FileProblem::empty}};
    // UTF-16 of Latin letters is full of zeros. Other signs of control are for the notation to refuse.
    if (!is_valid_utf8(file) || file.find('\0') != file.npos) return Unexpected{{FileProblem::not_utf8}};
    return file;
}

std::expected<MessageFile, FileFault> read(std::string_view bytes,
                                           std::expected<RawFile, FileFault> (*parse)(std::string_view)) {
    auto const text = usable_text(bytes);
    if (!text) return Unexpected{text.error()};
    auto const raw = parse(*text);
    if (!raw) return Unexpected{raw.error()};
    auto const envelope = read_envelope(raw->envelope);
    if (!envelope) return Unexpected{envelope.error()};
    if (!raw->messages) return Unexpected{{FileProblem::part_missing, "messages"}};
    if (raw->messages->size() > most_messages) return Unexpected{{FileProblem::too_many_messages}};

    MessageFile file{*envelope, {}};
    Places places;
    for (auto const& one : *raw->messages) {
        auto const index = file.entries.size();
        auto const& entry = file.entries.emplace_back(read_message(one, envelope->made_on()));
        if (!entry.id) continue;
        auto const kind = entry.message ? std::optional{entry.message->kind()} : std::nullopt;
        if (!places.emplace(*entry.id, Place{index, kind}).second)
            return Unexpected{{FileProblem::message_id_twice, "id", index}};
    }
    for (std::size_t i = 0; i < file.entries.size(); ++i) {
        auto& message = file.entries[i].message;
        auto fault = message ? fault_of_reference(*message, i, places) : std::nullopt;
        if (fault) message = std::unexpected(std::vector{std::move(*fault)});
    }
    return file;
}

std::optional<FileFault> fault_in(Envelope const& envelope, std::span<Message const> messages) {
    if (problem_in(envelope.sender, code_rule)) return FileFault{FileProblem::part_unusable, "sender"};
    if (!is_usable(envelope)) return FileFault{FileProblem::part_unusable, "made_at"};
    if (messages.size() > most_messages) return FileFault{FileProblem::too_many_messages};
    Places places;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        if (!places.emplace(messages[i].id, Place{i, messages[i].kind()}).second)
            return FileFault{FileProblem::message_id_twice, "id", i};
    }
    for (std::size_t i = 0; i < messages.size(); ++i) {
        auto faults = check(messages[i], envelope.made_on());
        if (auto fault = fault_of_reference(messages[i], i, places)) faults.push_back(std::move(*fault));
        if (!faults.empty()) return FileFault{FileProblem::message_unusable, faults.front().field, i};
    }
    return std::nullopt;
}

/// The fields of a group that say something.
class FieldWriter {
public:
    explicit FieldWriter(Value& group) : group_(group) {}

    template <class T, class... Rule>
    void operator()(std::string_view name, T const& field, Rule const&...) {
        put(name, value_of(field));
    }
    template <class T, class... Rule>
    void operator()(std::string_view name, std::optional<T> const& field, Rule const&...) {
        if (field) (*this)(name, *field);
    }
    template <class T, class... Rule>
    void operator()(std::string_view name, Told<T> const& field, Rule const&...) {
        if (field.clears()) put(name, {Value::Kind::cleared});
        if (auto const* value = field.value()) (*this)(name, *value);
    }
    void operator()(std::string_view name, NursingAddress const& address) {
        Value group{Value::Kind::group};
        fields_of(address, FieldWriter{group});
        put(name, std::move(group));
    }

private:
    void put(std::string_view name, Value value) {
        group_.parts.push_back({std::string{name}, std::move(value)});
    }
    Value& group_;
};

RawMessage raw_of(Message const& message) {
    RawMessage raw{value_of(message.kind()), value_of(message.id), {Value::Kind::group}};
    std::visit([&](auto const& one) { fields_of(one, FieldWriter{raw.fields}); }, message.content);
    return raw;
}

std::expected<std::string, FileFault> write(Envelope const& envelope, std::span<Message const> messages,
                                            std::string (*write_raw)(RawFile const&)) {
    if (auto fault = fault_in(envelope, messages)) return Unexpected{std::move(*fault)};
    RawFile raw{{{"sender", value_of(envelope.sender)},
                 {"file_id", value_of(envelope.file_id)},
                 {"made_at", value_of(envelope.made_at)}},
                std::vector<RawMessage>{}};
    for (auto const& one : messages) raw.messages->push_back(raw_of(one));
    auto file = write_raw(raw);
    if (file.size() > most_bytes) return Unexpected{{FileProblem::too_large}};
    return file;
}

}  // namespace

std::expected<MessageFile, FileFault> read_xml(std::string_view file) { return read(file, &parse_xml); }
std::expected<MessageFile, FileFault> read_json(std::string_view file) { return read(file, &parse_json); }

std::expected<std::string, FileFault> to_xml(Envelope const& envelope, std::span<Message const> messages) {
    return write(envelope, messages, &write_xml);
}
std::expected<std::string, FileFault> to_json(Envelope const& envelope, std::span<Message const> messages) {
    return write(envelope, messages, &write_json);
}

}  // namespace klout7::messages
