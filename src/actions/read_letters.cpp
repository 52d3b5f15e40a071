#include "actions/read_letters.h"

#include "cases/case_files.h"

namespace klout7::actions {

std::expected<std::vector<handover::FeedbackLetter>, Failure> read_letters(Office const& office,
                                                                           Actor const& actor, CaseId id) {
    return access::look(office.frame, actor,
                        [&](Unit& unit) -> std::expected<std::vector<handover::FeedbackLetter>, Failure> {
                            auto const row = cases::find_case(unit.tx, unit.keyring(), id);
                            auto const access =
                                unit.gate.ask(access::Action::read,
                                              cases::facts_of(access::Resource::letter, row), id.uuid());
                            if (!access) return std::unexpected(access.error());
                            auto const key = key_of(unit, row->person);
                            if (!key) return std::unexpected(key.error());
                            return cases::letters_of(unit.tx, *key, id, *access);
                        });
}

}  // namespace klout7::actions
