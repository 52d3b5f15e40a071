#include "handover/messages.h"

#include <algorithm>
#include <limits>

namespace klout7::handover {
namespace {

// The types on the wire. A number is never used again for something else.
enum Type : std::uint64_t {
    person_card = 1,
    case_dates,
    assignment,
    doctor_available,
    feedback_letter,
    receipt,
    staff_account,
    recovery_report
};

constexpr std::size_t longest_text = 1000;

// -- writing --------------------------------------------------------------------------------------

void write_date(CborWriter& w, LocalDate date) { w.integer(date.days_since_1970()); }
void write_optional_date(CborWriter& w, std::optional<LocalDate> date) {
    if (date)
        write_date(w, *date);
    else
        w.null();
}
template <class Choice>
void write_choices(CborWriter& w, std::vector<Choice> const& choices) {
    w.array(choices.size());
    for (auto const choice : choices) w.uint(static_cast<std::uint64_t>(choice));
}

struct Writer {
    CborWriter w;
    void operator()(PersonCard const& card) {
        w.map(8).key(1).uint(person_card);
        w.key(2).bytes(card.person.bytes());
        w.key(3).text(card.bsn.text());
        w.key(4).text(card.last_name);
        w.key(5).text(card.prefix);
        w.key(6).text(card.initials);
        write_date(w.key(7), card.birth_date);
        w.key(8).text(card.phone);
    }
    void operator()(CaseDates const& dates) {
        w.map(5).key(1).uint(case_dates);
        w.key(2).bytes(dates.case_id.bytes());
        w.key(3).bytes(dates.person.bytes());
        write_date(w.key(4), dates.first_sick_day);
        write_optional_date(w.key(5), dates.recovered_from);
    }
    void operator()(Assignment const& to) {
        w.map(3).key(1).uint(assignment);
        w.key(2).bytes(to.case_id.bytes());
        w.key(3).bytes(to.doctor.bytes());
    }
    void operator()(DoctorAvailable const& doctor) {
        w.map(4).key(1).uint(doctor_available);
        w.key(2).bytes(doctor.doctor.bytes());
        w.key(3).text(doctor.name);
        w.key(4).boolean(doctor.is_available);
    }
    void operator()(FeedbackLetter const& letter) {
        auto const& fields = letter.fields;
        w.map(13).key(1).uint(feedback_letter);
        w.key(2).bytes(letter.id.bytes());
        w.key(3).bytes(letter.case_id.bytes());
        w.key(4).integer(letter.signed_at.microseconds());
        w.key(5).bytes(letter.doctor.bytes());
        w.key(6).text(letter.doctor_name);
        write_choices(w.key(7), fields.limits);
        write_choices(w.key(8), fields.possibilities);
        write_choices(w.key(9), fields.advice);
        w.key(10).uint(static_cast<std::uint64_t>(fields.expected_duration));
        w.key(11).uint(fields.hours_per_week);
        write_optional_date(w.key(12), fields.next_contact);
        w.key(13).bytes(letter.doctor_of_case.bytes());
    }
    void operator()(Receipt const& answer) {
        w.map(3).key(1).uint(receipt);
        w.key(2).integer(answer.number);
        w.key(3).boolean(answer.was_accepted);
    }
    void operator()(StaffAccount const& account) {
        w.map(5).key(1).uint(staff_account);
        w.key(2).bytes(account.user.bytes());
        w.key(3).text(account.e_mail);
        w.key(4).text(account.role);
        w.key(5).boolean(account.is_open);
    }
    void operator()(RecoveryReport const& report) {
        w.map(6).key(1).uint(recovery_report);
        w.key(2).bytes(report.case_id.bytes());
        write_optional_date(w.key(3), report.first_fit_day);
        w.key(4).bytes(report.doctor.bytes());
        w.key(5).bytes(report.reported_by.bytes());
        w.key(6).integer(report.reported_at.microseconds());
    }
};

// -- reading --------------------------------------------------------------------------------------

/// Reads fields; once one is wrong, `good` stays false.
class Reader {
public:
    explicit Reader(CborMap map) : map_(std::move(map)) {}
    bool good = true;

    std::size_t size() const { return map_.size(); }
    template <class AnyId>
    AnyId id(std::uint32_t key) {
        auto const bytes = map_.bytes(key);
        auto const uuid = bytes ? Uuid::from_bytes(*bytes) : std::nullopt;
        good = good && uuid.has_value();
        return uuid ? AnyId{*uuid} : AnyId{};
    }
    std::string text(std::uint32_t key) {
        auto const found = map_.text(key);
        good = good && found && found->size() <= longest_text;
        return found ? std::string{*found} : std::string{};
    }
    std::int64_t integer(std::uint32_t key) {
        auto const found = map_.integer(key);
        good = good && found.has_value();
        return found.value_or(0);
    }
    bool boolean(std::uint32_t key) {
        auto const found = map_.boolean(key);
        good = good && found.has_value();
        return found.value_or(false);
    }
    LocalDate date(std::uint32_t key) {
        auto const days = integer(key);
        auto const first = LocalDate::from(1900, 1, 1)->days_since_1970();
        auto const last = LocalDate::from(2199, 12, 31)->days_since_1970();
        good = good && first <= days && days <= last;
        return good ? LocalDate::from_days_since_1970(static_cast<int>(days)) : LocalDate{};
    }
    std::optional<LocalDate> optional_date(std::uint32_t key) {
        auto const found = map_.find(key);
        good = good && found.has_value();
        if (!found || found->is_null()) return std::nullopt;
        return date(key);
    }
    template <class Choice, std::size_t n>
    std::optional<Choice> choice(std::array<Choice, n> const&, std::optional<std::uint64_t> number) {
        good = good && number && *number < n;
        return good ? std::optional{static_cast<Choice>(*number)} : std::nullopt;
    }
    template <class Choice, std::size_t n>
    std::vector<Choice> choices(std::array<Choice, n> const& all, std::uint32_t key) {
        std::vector<Choice> chosen;
        auto const found = map_.array(key);
        good = good && found.has_value();
        if (!found) return chosen;
        for (auto const& value : *found) {
            auto const number = value.uint();
            auto const one = choice(all, number ? std::optional{*number} : std::nullopt);
            good = good && one && (chosen.empty() || chosen.back() < *one);
            if (one) chosen.push_back(*one);
        }
        return chosen;
    }
    std::optional<std::uint64_t> uint(std::uint32_t key) {
        auto const found = map_.uint(key);
        good = good && found.has_value();
        return found ? std::optional{*found} : std::nullopt;
    }

private:
    CborMap map_;
};

std::optional<Message> read(Reader& in) {
    auto const type = in.uint(1);
    auto const sized = [&](std::size_t fields) { in.good = in.good && in.size() == fields; };
    switch (type.value_or(0)) {
        case person_card: {
            sized(8);
            auto const person = in.id<PersonId>(2);
            auto const bsn = Bsn::parse(in.text(3));
            if (!bsn) return std::nullopt;
            auto last_name = in.text(4);
            auto prefix = in.text(5);
            auto initials = in.text(6);
            auto const birth_date = in.date(7);
            return PersonCard{
                person,     *bsn,      std::move(last_name), std::move(prefix), std::move(initials),
                birth_date, in.text(8)};
        }
        case case_dates: {
            sized(5);
            auto const case_id = in.id<CaseId>(2);
            auto const person = in.id<PersonId>(3);
            auto const first = in.date(4);
            return CaseDates{case_id, person, first, in.optional_date(5)};
        }
        case assignment: {
            sized(3);
            auto const case_id = in.id<CaseId>(2);
            return Assignment{case_id, in.id<UserId>(3)};
        }
        case doctor_available: {
            sized(4);
            auto const doctor = in.id<UserId>(2);
            auto name = in.text(3);
            return DoctorAvailable{doctor, std::move(name), in.boolean(4)};
        }
        case feedback_letter: {
            // Letters that were kept before the field was there were signed by the doctor of the case.
            bool const names_doctor_of_case = in.size() != 12;
            if (names_doctor_of_case) sized(13);
            FeedbackLetter letter;
            letter.id = in.id<LetterId>(2);
            letter.case_id = in.id<CaseId>(3);
            letter.signed_at = Instant::from_microseconds(in.integer(4));
            letter.doctor = in.id<UserId>(5);
            letter.doctor_of_case = names_doctor_of_case ? in.id<UserId>(13) : letter.doctor;
            letter.doctor_name = in.text(6);
            letter.fields.limits = in.choices(all_limits, 7);
            letter.fields.possibilities = in.choices(all_possibilities, 8);
            letter.fields.advice = in.choices(all_advice, 9);
            letter.fields.expected_duration =
                in.choice(all_durations, in.uint(10)).value_or(ExpectedDuration::not_to_say_yet);
            auto const hours = in.uint(11).value_or(0);
            in.good = in.good && hours <= most_hours_per_week && !letter.fields.possibilities.empty();
            letter.fields.hours_per_week = static_cast<std::uint8_t>(hours);
            letter.fields.next_contact = in.optional_date(12);
            return letter;
        }
        case receipt: {
            sized(3);
            auto const number = in.integer(2);
            return Receipt{number, in.boolean(3)};
        }
        case staff_account: {
            sized(5);
            auto const user = in.id<UserId>(2);
            auto e_mail = in.text(3);
            auto role = in.text(4);
            return StaffAccount{user, std::move(e_mail), std::move(role), in.boolean(5)};
        }
        case recovery_report: {
            sized(6);
            auto const case_id = in.id<CaseId>(2);
            auto const first_fit_day = in.optional_date(3);
            auto const doctor = in.id<UserId>(4);
            auto const reported_by = in.id<UserId>(5);
            return RecoveryReport{case_id, first_fit_day, doctor, reported_by,
                                  Instant::from_microseconds(in.integer(6))};
        }
        default:
            return std::nullopt;
    }
}

struct MaySend {
    Side from;
    bool operator()(PersonCard const&) const { return from == Side::office; }
    bool operator()(CaseDates const&) const { return from == Side::office; }
    bool operator()(Assignment const&) const { return from == Side::office; }
    bool operator()(DoctorAvailable const&) const { return from == Side::medical; }
    bool operator()(FeedbackLetter const&) const { return from == Side::medical; }
    bool operator()(Receipt const&) const { return true; }
    bool operator()(StaffAccount const&) const { return true; }
    bool operator()(RecoveryReport const&) const { return from == Side::medical; }
};

}  // namespace

bool may_send(Side from, Message const& message) { return std::visit(MaySend{from}, message); }

Bytes encode(Message const& message) {
    Writer writer;
    std::visit(writer, message);
    return writer.w.finish();
}

std::expected<Message, MessageError> decode(Side from, BytesView bytes) {
    auto const value = CborValue::parse(bytes);
    auto map = value ? value->map() : std::unexpected(value.error());
    if (!map) return std::unexpected(MessageError::not_a_message);
    Reader reader{std::move(*map)};
    auto message = read(reader);
    if (!message || !reader.good) return std::unexpected(MessageError::not_a_message);
    if (!may_send(from, *message)) return std::unexpected(MessageError::wrong_sender);
    return std::move(*message);
}

std::optional<FeedbackLetter> decode_letter(CaseId case_id, BytesView bytes) {
    auto message = decode(Side::medical, bytes);
    auto* letter = message ? std::get_if<FeedbackLetter>(&*message) : nullptr;
    if (letter == nullptr || letter->case_id != case_id) return std::nullopt;
    return std::move(*letter);
}

}  // namespace klout7::handover
