#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/random.h"

namespace klout7::documents {

/// Why the store did not do it. Never says what about.
enum class StoreFault {
    full,        ///< no space, quota or size left
    unwritable,  ///< the folder cannot be written, or the disk failed
    exists,      ///< the name is taken; what has it stays as it is
    missing,     ///< no such name
    unreadable,  ///< the file cannot be read, or ends early
};

/// The name of a sealed document in the store: 32 characters base32hex (docs/data-formats.md).
class StoreName {
public:
    static std::optional<StoreName> parse(std::string_view text);
    std::string const& text() const { return text_; }
    /// The folder it lies in: its first byte as two hexadecimal digits.
    std::string folder() const;
    friend auto operator<=>(StoreName const&, StoreName const&) = default;

private:
    explicit StoreName(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

/// An open file of the system, closed when it goes.
class FileHandle {
public:
    FileHandle() = default;
    explicit FileHandle(int descriptor) : descriptor_(descriptor) {}
    FileHandle(FileHandle&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FileHandle& operator=(FileHandle&& other) noexcept;
    ~FileHandle();
    int descriptor() const { return descriptor_; }
    bool is_open() const { return descriptor_ >= 0; }

private:
    int descriptor_ = -1;
};

/// Sealed documents of one side in a folder of the machine. Write-once: a name, once there, is never written
/// again, and it is there whole or not at all, also when the power goes. Sees ciphertext only. Safe from many
/// threads, and from many programs on one folder.
///
///     incoming/<random>  what is still arriving
///     00/ .. ff/         256 folders by the first byte of the name
class FolderStore {
public:
    class Incoming;
    class StoredFile;

    /// Makes the folders that are missing and removes what a program that is no more left in incoming/.
    /// Errors: full, unwritable.
    static std::expected<FolderStore, StoreFault> open(std::filesystem::path root);

    /// Errors: full, unwritable.
    std::expected<Incoming, StoreFault> begin(Random& random) const;
    /// Errors: missing, unreadable.
    std::expected<StoredFile, StoreFault> open_file(StoreName const& name) const;
    /// Errors: missing, unwritable.
    std::expected<void, StoreFault> remove(StoreName const& name) const;
    /// The names that were last written before `limit`, in order. Errors: unreadable.
    std::expected<std::vector<StoreName>, StoreFault> older_than(Instant limit) const;

private:
    explicit FolderStore(std::filesystem::path root) : root_(std::move(root)) {}
    void remove_leftovers(Instant started) const;
    std::filesystem::path path_of(StoreName const& name) const { return root_ / name.folder() / name.text(); }
    std::filesystem::path root_;
};

/// A file that is arriving. Destroyed before it is kept, it leaves nothing. One thread at a time.
class FolderStore::Incoming {
public:
    Incoming(Incoming&&) noexcept = default;
    Incoming& operator=(Incoming&&) = delete;
    ~Incoming() { discard(); }

    /// Errors: full, unwritable.
    std::expected<void, StoreFault> add(BytesView sealed);
    /// Puts it in its place for good: on return it survives a power cut. Call once.
    /// Errors: exists, full, unwritable; then nothing of it stays.
    std::expected<void, StoreFault> keep(StoreName const& name);
    void discard();

private:
    friend class FolderStore;
    Incoming(FileHandle file, std::filesystem::path path, std::filesystem::path root)
        : file_(std::move(file)), path_(std::move(path)), root_(std::move(root)) {}
    FileHandle file_;
    std::filesystem::path path_;
    std::filesystem::path root_;
};

/// A document of the store, open for reading; stays readable after its name is removed.
class FolderStore::StoredFile {
public:
    std::uint64_t size_bytes() const { return size_bytes_; }
    /// Fills all of `out` from `offset`. Safe from many threads. Errors: unreadable.
    std::expected<void, StoreFault> read(std::uint64_t offset, BytesSpan out) const;

private:
    friend class FolderStore;
    StoredFile(FileHandle file, std::uint64_t size_bytes) : file_(std::move(file)), size_bytes_(size_bytes) {}
    FileHandle file_;
    std::uint64_t size_bytes_;
};

}  // namespace klout7::documents
