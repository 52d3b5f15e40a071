#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>

#include "base/id.h"
#include "base/settings.h"
#include "base/side.h"
#include "documents/smb_store.h"
#include "documents/store.h"
#include "program/data_folder.h"
#include "program/database_access.h"

namespace klout7::program {

/// The section [documents.smb]: server, share, user, the sealed password, and a port other than 445. Nothing
/// when it is not there. Errors: what lacks, and what no share can be called.
std::expected<std::optional<documents::SmbSettings>, SettingsError> read_share(Settings const& settings,
                                                                               Unseal const& unseal);

/// Whose documents they are. A share says nothing of it but whether it is the same.
struct Owner {
    Uuid installation;
    Environment environment;
    Side side;
};

/// Where the documents of a side lie: the share of its settings, or else a folder of the data folder. A share
/// is connected to at once, so that one that does not encrypt stops the start; from then on it is of this
/// owner, and refused to every other. Errors: a sentence for the operator.
std::expected<std::unique_ptr<documents::Store>, std::string> open_documents(DataFolder const& folder,
                                                                             Owner const& owner,
                                                                             Settings const& settings,
                                                                             Unseal const& unseal);

}  // namespace klout7::program
