#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/instant.h"
#include "base/log.h"
#include "base/random.h"

namespace klout7::documents {

/// What came of an operation on a store.
enum class StoreFault {
    full,        ///< no space left
    unwritable,  ///< the store cannot be written
    unreadable,  ///< the store cannot be read
    exists,      ///< a document of this name is there
    missing,     ///< no document of this name
    away,        ///< the server of the store does not answer, or not as it must
};

/// When every file of a store was last written and read, as far as whoever looks at the store can tell:
/// 2000-01-01T00:00:00Z. When it came says much to who knows when which letters come. What a file system
/// writes down by itself (when a file was made or changed) no program can set.
inline constexpr std::int64_t time_of_files_seconds = 946'684'800;

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

/// Sealed files under names that say nothing, all of one time, written once: a file gets its name when it is
/// whole. Sees ciphertext only. Safe from many threads, and from many programs on one store.
class Store {
public:
    /// What a store does with a file that is read.
    class Content {
    public:
        virtual ~Content() = default;
        virtual bool read(std::uint64_t offset, BytesSpan out) const = 0;
    };
    /// An open file; outlives the store.
    class Reader {
    public:
        Reader(std::unique_ptr<Content> content, std::uint64_t size)
            : content_(std::move(content)), size_(size) {}
        std::uint64_t size() const { return size_; }
        /// Fills `out` from `offset` on. False when that is not to be had; then `out` may hold anything.
        bool read(std::uint64_t offset, BytesSpan out) const { return content_->read(offset, out); }

    private:
        std::unique_ptr<Content> content_;
        std::uint64_t size_;
    };
    /// What a store does with a file that is still arriving. Destroyed without `keep`, nothing of it stays.
    class Arriving {
    public:
        virtual ~Arriving() = default;
        virtual std::expected<void, StoreFault> write(BytesView bytes) = 0;
        virtual std::expected<Reader, StoreFault> finish() = 0;
        virtual std::expected<void, StoreFault> keep() = 0;
    };
    /// A file on its way in; removed again when it is not kept.
    class Writer {
    public:
        explicit Writer(std::unique_ptr<Arriving> file) : file_(std::move(file)) {}
        /// False when it cannot go on. A store that writes while more arrives may tell of it a call later,
        /// and with `finish` or `keep` at last.
        bool write(BytesView bytes);
        /// Nothing more comes. What was written, to be read before it has its name; the reader has to be gone
        /// by then. Errors: full, unwritable, unreadable, away; then nothing of it stays.
        std::expected<Reader, StoreFault> finish();
        /// Under its name for good: on return it survives a power cut, as far as the store can tell. Errors:
        /// exists, full, unwritable, away; then nothing of it stays, or the sweep finds it.
        std::expected<void, StoreFault> keep();
        /// Why `write` said no.
        StoreFault fault() const { return fault_; }

    private:
        std::unique_ptr<Arriving> file_;
        StoreFault fault_ = StoreFault::unwritable;
    };
    /// Errors: full, unwritable, away.
    virtual std::expected<Writer, StoreFault> create(StoreName const& name, Random& random) const = 0;
    /// Errors: missing, unwritable, away.
    virtual std::expected<void, StoreFault> remove(StoreName const& name) const = 0;

    /// Errors: missing, unreadable, away.
    virtual std::expected<Reader, StoreFault> read(StoreName const& name) const = 0;

    /// What has its name, in order. Errors: unreadable, away.
    virtual std::expected<std::vector<StoreName>, StoreFault> names() const = 0;
    /// What a program that was killed left: still arriving, but last written before `limit` and written by
    /// nobody any more. Errors: unreadable, away.
    virtual std::expected<std::vector<StoreName>, StoreFault> abandoned(Instant limit) const = 0;
    virtual bool remove_abandoned(StoreName const& name) const = 0;

    virtual ~Store() = default;

protected:
    Store() = default;
    Store(Store const&) = default;
    Store(Store&&) = default;
    Store& operator=(Store const&) = default;
    Store& operator=(Store&&) = default;
};

/// The 256 folders of names, `00` to `ff`.
std::vector<std::string> all_folders();

}  // namespace klout7::documents

template <>
inline constexpr bool klout7::may_be_logged<klout7::documents::StoreName> = true;
