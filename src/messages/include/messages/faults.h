#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// What can be wrong with a file of messages. A fault says what and where, never the value: a file is full of
/// people.
namespace klout7::messages {

/// With one message, or a field of it. The others of the file count.
enum class Problem {
    missing,
    empty,
    twice,
    unknown_field,
    unknown_kind,
    misplaced_text,
    wrong_type,
    clear_unusable,
    cannot_be_cleared,
    not_text,
    too_long,
    not_an_identifier,
    not_a_bsn,
    not_a_loonheffingennummer,
    not_a_date,
    not_a_number,
    not_a_choice,
    not_yes_or_no,
    not_a_phone_number,
    not_a_postcode,
    not_a_country,
    not_a_digest,
    not_a_file_name,
    name_not_of_type,
    out_of_range,
    in_the_future,
    too_far_ahead,
    too_long_ago,
    before_birth,
    end_before_start,
    fit_not_after_sick,
    says_nothing,
    refers_ahead,
    refers_to_other_kind,
};
inline constexpr std::size_t problem_count = 34;

struct Fault {
    /// As the format calls it, "nursing_address.town", or as the file does when the format does not know it;
    /// empty when it is about the whole message. A name that does not look like one stands there as "field
    /// 5".
    std::string field;
    Problem problem;
    friend bool operator==(Fault const&, Fault const&) = default;
};

/// With the whole file. Nothing of it counts.
enum class FileProblem {
    empty,
    too_large,
    not_utf8,
    not_xml,
    not_json,
    has_dtd,
    too_deep,
    too_many_parts,
    too_many_messages,
    other_document,
    wrong_version,
    part_missing,
    part_unusable,
    part_twice,
    unknown_part,
    message_id_twice,
    message_unusable,  ///< of a file to be written
};
inline constexpr std::size_t file_problem_count = 17;

struct FileFault {
    FileProblem problem;
    std::string part = {};                    ///< of the envelope, or the field of a message
    std::optional<std::size_t> message = {};  ///< which, from 0
    friend bool operator==(FileFault const&, FileFault const&) = default;
};

struct Sentence {
    std::string_view dutch;
    std::string_view english;
};

/// The stable code: "not_a_bsn".
std::string_view name_of(Problem problem);
std::string_view name_of(FileProblem problem);
/// A fixed sentence without anything of the data.
Sentence sentence_for(Problem problem);
Sentence sentence_for(FileProblem problem);

}  // namespace klout7::messages
