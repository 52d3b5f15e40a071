#pragma once

#include <filesystem>
#include <string>

#include "base/side.h"

namespace klout7::program {

/// Where everything of one installation lies.
struct DataFolder {
    std::filesystem::path root;

    std::filesystem::path settings(Side side) const { return root / (std::string{name_of(side)} + ".toml"); }
    std::filesystem::path keyring(Side side) const {
        return root / "keys" / (std::string{name_of(side)} + ".keyring");
    }
    std::filesystem::path credential(Side side) const {
        return root / "keys" / (std::string{name_of(side)} + ".credential");
    }
    std::filesystem::path database() const { return root / "database"; }
    std::filesystem::path scanner() const { return root / "scanner"; }
    std::filesystem::path documents(Side side) const { return root / "documents" / name_of(side); }
    std::filesystem::path log(Side side) const { return root / "log" / name_of(side); }
    std::filesystem::path tls() const { return root / "tls"; }
    std::filesystem::path run() const { return root / "run"; }
};

/// The ODBC text of the private database, without account and schema.
std::string private_database(DataFolder const& folder);

}  // namespace klout7::program
