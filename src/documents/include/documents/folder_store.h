#pragma once

#include <expected>
#include <filesystem>
#include <vector>

#include "documents/store.h"

namespace klout7::documents {

/// A store that is a folder. Safe from many programs on one folder. What is kept is on disk: file and folder
/// are synced. Never says `away`.
///
///     incoming/<random>  what is still arriving, locked by its writer
///     00/ .. ff/         256 folders by the first byte of the name; of the one time too
class FolderStore final : public Store {
public:
    /// Makes the folders that are missing. Errors: full, unwritable.
    static std::expected<FolderStore, StoreFault> open(std::filesystem::path folder);

    std::expected<Writer, StoreFault> create(StoreName const& name, Random& random) const override;
    std::expected<void, StoreFault> remove(StoreName const& name) const override;
    /// Who has it open reads on when it is removed.
    std::expected<Reader, StoreFault> read(StoreName const& name) const override;
    std::expected<std::vector<StoreName>, StoreFault> names() const override;
    std::expected<std::vector<StoreName>, StoreFault> abandoned(Instant limit) const override;
    bool remove_abandoned(StoreName const& name) const override;

private:
    explicit FolderStore(std::filesystem::path folder) : folder_(std::move(folder)) {}
    std::filesystem::path place(StoreName const& name) const { return folder_ / name.folder() / name.text(); }
    std::filesystem::path incoming(StoreName const& name) const { return folder_ / "incoming" / name.text(); }
    std::filesystem::path folder_;
};

}  // namespace klout7::documents
