#pragma once

#include <span>

#include "actions.h"
#include "api/json.h"

namespace klout7::medical {

/// The fields of a request that brings a list of functional abilities.
std::span<std::string_view const> ability_fields();
/// What such a request says, under this id. Errors: all fields that say nothing of their kind.
Given<NewAbilities> abilities_of(Uuid id, api::JsonInput const& input);

/// All versions, and the sections with what they can say. Sending medical words needs the proof that lets
/// them be read.
api::json::object to_json_object(ReadAbilities const& read);

}  // namespace klout7::medical
