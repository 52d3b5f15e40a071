#pragma once

#include <span>

#include "actions/take_reports.h"
#include "base/made_up.h"
#include "program/program.h"

namespace klout7::server {

/// Facts of these cases, and an account of the client of each that may be used: as if specialists had entered
/// and approved them some time ago. In one transaction, with a line of each.
void add_made_up_benefit(program::Program<OfficeZone>& office, store::Transaction& tx,
                         std::span<actions::Taken const> cases, MadeUpPeople& people);

}  // namespace klout7::server
