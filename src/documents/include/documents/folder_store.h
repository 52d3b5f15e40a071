#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <string>

#include "base/bytes.h"

namespace klout7::documents {

enum class StoreFault {
    full,        ///< no space left
    unwritable,  ///< the folder cannot be written
    exists,      ///< a document of this name is there
    missing,     ///< no document of this name
};

/// A folder of sealed files, written once: a file gets its name when it is whole and on disk. Names are those
/// of Keyring::document_name; the first two characters are its folder.
class FolderStore {
public:
    /// Removes what earlier writers left unfinished.
    static std::expected<FolderStore, StoreFault> open(std::filesystem::path folder);

    /// A file on its way in; removed again when it is not kept.
    class Writer {
    public:
        Writer(Writer&& other) noexcept;
        Writer& operator=(Writer&&) = delete;
        ~Writer();
        bool write(BytesView bytes);
        /// Whole on disk under its name. Errors: exists, full, unwritable.
        std::expected<void, StoreFault> keep();
        StoreFault fault() const { return fault_; }

    private:
        friend class FolderStore;
        Writer(int fd, std::filesystem::path temporary, std::filesystem::path place)
            : fd_(fd), temporary_(std::move(temporary)), place_(std::move(place)) {}
        int fd_;
        std::filesystem::path temporary_;
        std::filesystem::path place_;
        StoreFault fault_ = StoreFault::unwritable;
    };
    std::expected<Writer, StoreFault> create(std::string_view name) const;
    void remove(std::string_view name) const;

    /// An open file; outlives the store.
    class Reader {
    public:
        Reader(Reader&& other) noexcept;
        Reader& operator=(Reader&&) = delete;
        ~Reader();
        std::uint64_t size() const { return size_; }
        bool read(std::uint64_t offset, BytesSpan out) const;

    private:
        friend class FolderStore;
        Reader(int fd, std::uint64_t size) : fd_(fd), size_(size) {}
        int fd_;
        std::uint64_t size_;
    };
    std::expected<Reader, StoreFault> read(std::string_view name) const;

private:
    explicit FolderStore(std::filesystem::path folder) : folder_(std::move(folder)) {}
    std::filesystem::path place(std::string_view name) const;
    std::filesystem::path folder_;
};

}  // namespace klout7::documents
