#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/log.h"
#include "base/random.h"

namespace klout7::documents {

enum class StoreFault {
    full,        ///< no space left
    unwritable,  ///< the folder cannot be written
    unreadable,  ///< the folder cannot be read
    exists,      ///< a document of this name is there
    missing,     ///< no document of this name
};

/// What a file of the store is called: 32 characters base32hex in lower case. Made under a key or at random,
/// so it says nothing of what is in it and may stand in a log line.
class StoreName {
public:
    static std::optional<StoreName> parse(std::string_view text);
    static StoreName make_random(Random& random);
    std::string const& text() const { return text_; }
    /// Where it lies: its first byte in hexadecimal.
    std::string folder() const;
    friend auto operator<=>(StoreName const&, StoreName const&) = default;
    friend std::string json_of(StoreName const& name) {
        return log_detail::json_of(std::string_view{name.text_});
    }

private:
    explicit StoreName(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

/// A file that the system keeps open, closed when this goes.
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

/// A folder of sealed files, written once: a file gets its name when it is whole and on disk. Sees ciphertext
/// only. Safe from many threads, and from many programs on one folder.
///
///     incoming/<random>  what is still arriving, locked by its writer
///     00/ .. ff/         256 folders by the first byte of the name
class FolderStore {
public:
    /// Makes the folders that are missing. Errors: full, unwritable.
    static std::expected<FolderStore, StoreFault> open(std::filesystem::path folder);

    /// A file on its way in; removed again when it is not kept.
    class Writer {
    public:
        Writer(Writer&&) noexcept = default;
        Writer& operator=(Writer&&) = delete;
        ~Writer() { discard(); }
        bool write(BytesView bytes);
        /// Under its name for good: on return it survives a power cut. Errors: exists, full, unwritable; then
        /// nothing of it stays.
        std::expected<void, StoreFault> keep();
        StoreFault fault() const { return fault_; }

    private:
        friend class FolderStore;
        Writer(FileHandle file, std::filesystem::path temporary, std::filesystem::path place)
            : file_(std::move(file)), temporary_(std::move(temporary)), place_(std::move(place)) {}
        void discard();
        FileHandle file_;
        std::filesystem::path temporary_;
        std::filesystem::path place_;
        StoreFault fault_ = StoreFault::unwritable;
    };
    std::expected<Writer, StoreFault> create(StoreName const& name, Random& random) const;
    /// Errors: missing, unwritable.
    std::expected<void, StoreFault> remove(StoreName const& name) const;

    /// An open file; outlives the store, and the name.
    class Reader {
    public:
        std::uint64_t size() const { return size_; }
        bool read(std::uint64_t offset, BytesSpan out) const;

    private:
        friend class FolderStore;
        Reader(FileHandle file, std::uint64_t size) : file_(std::move(file)), size_(size) {}
        FileHandle file_;
        std::uint64_t size_;
    };
    /// Errors: missing, unreadable.
    std::expected<Reader, StoreFault> read(StoreName const& name) const;

    // What a program that was killed may have left. Errors: unreadable.

    /// The names that were last written before `limit`, in order.
    std::expected<std::vector<StoreName>, StoreFault> older_than(Instant limit) const;
    /// The files of incoming/ that nobody writes any more and that were last written before `limit`.
    std::expected<std::vector<StoreName>, StoreFault> abandoned(Instant limit) const;
    bool remove_abandoned(StoreName const& name) const;

private:
    explicit FolderStore(std::filesystem::path folder) : folder_(std::move(folder)) {}
    std::filesystem::path place(StoreName const& name) const { return folder_ / name.folder() / name.text(); }
    std::filesystem::path incoming(StoreName const& name) const { return folder_ / "incoming" / name.text(); }
    std::filesystem::path folder_;
};

}  // namespace klout7::documents

template <>
inline constexpr bool klout7::may_be_logged<klout7::documents::StoreName> = true;
