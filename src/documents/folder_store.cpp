#include "documents/folder_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <functional>

#include "base/file_handle.h"

namespace klout7::documents {
namespace {

namespace fs = std::filesystem;

StoreFault write_fault(int error) {
    // EFBIG: the size limit of the process or of the file system.
    return error == ENOSPC || error == EDQUOT || error == EFBIG ? StoreFault::full : StoreFault::unwritable;
}

FileHandle open_existing(fs::path const& path, int flags) {
    return FileHandle{::open(path.c_str(), flags | O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
}

bool sync_folder(fs::path const& folder) {
    auto const handle = open_existing(folder, O_DIRECTORY);
    return handle.is_open() && fsync(handle.descriptor()) == 0;
}

bool set_time(FileHandle const& file) {
    timespec const at{time_of_files_seconds, 0};
    std::array const read_and_written{at, at};
    return futimens(file.descriptor(), read_and_written.data()) == 0;
}

/// Behind a change of its names, of which its own time would tell.
bool sync_names(fs::path const& folder) {
    auto const handle = open_existing(folder, O_DIRECTORY);
    return handle.is_open() && set_time(handle) && fsync(handle.descriptor()) == 0;
}

/// Reading leaves no time behind; a file of somebody else, as one put back from a backup may be, is read all
/// the same.
FileHandle open_to_read(fs::path const& path) {
    auto file = open_existing(path, O_NONBLOCK | O_NOATIME);
    if (!file.is_open() && errno == EPERM) return open_existing(path, O_NONBLOCK);
    return file;
}

bool was_written_before(struct stat const& facts, Instant limit) {
    auto const microseconds = std::int64_t{facts.st_mtim.tv_sec} * 1'000'000 + facts.st_mtim.tv_nsec / 1000;
    return Instant::from_microseconds(microseconds) < limit;
}

std::expected<void, StoreFault> make_folder(fs::path const& folder) {
    if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return std::unexpected(write_fault(errno));
    return {};
}

/// The names of the store in a folder that `wanted` says yes to. Errors: unreadable.
std::expected<void, StoreFault> collect(
    fs::path const& folder, std::vector<StoreName>& names,
    std::function<bool(fs::path const&, StoreName const&)> const& wanted) {
    std::error_code failed;
    for (fs::directory_iterator entry{folder, failed}, end; !failed && entry != end;
         entry.increment(failed)) {
        auto name = StoreName::parse(entry->path().filename().string());
        if (name && wanted(entry->path(), *name)) names.push_back(std::move(*name));
    }
    if (failed) return std::unexpected(StoreFault::unreadable);
    return {};
}

}  // namespace

std::expected<FolderStore, StoreFault> FolderStore::open(fs::path folder) {
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed) return std::unexpected(write_fault(failed.value()));
    if (auto const made = make_folder(folder / "incoming"); !made) return std::unexpected(made.error());
    for (auto const& name : all_folders()) {
        if (auto const made = make_folder(folder / name); !made) return std::unexpected(made.error());
    }
    // A document is not safe on disk before the folder it lies in is.
    if (!sync_folder(folder)) return std::unexpected(StoreFault::unwritable);
    return FolderStore{std::move(folder)};
}

namespace {

class FileContent final : public Store::Content {
public:
    explicit FileContent(FileHandle file) : file_(std::move(file)) {}
    bool read(std::uint64_t offset, BytesSpan out) const override {
        while (!out.empty()) {
            auto const count = pread(file_.descriptor(), out.data(), out.size(), static_cast<off_t>(offset));
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) return false;
            offset += static_cast<std::uint64_t>(count);
            out = out.subspan(static_cast<std::size_t>(count));
        }
        return true;
    }

private:
    FileHandle file_;
};

/// Errors: missing, unreadable.
std::expected<Store::Reader, StoreFault> reader_of(fs::path const& path) {
    auto file = open_to_read(path);
    if (!file.is_open())
        return std::unexpected(errno == ENOENT ? StoreFault::missing : StoreFault::unreadable);
    struct stat facts {};
    if (fstat(file.descriptor(), &facts) != 0 || !S_ISREG(facts.st_mode))
        return std::unexpected(StoreFault::unreadable);
    return Store::Reader{std::make_unique<FileContent>(std::move(file)),
                         static_cast<std::uint64_t>(facts.st_size)};
}

class ArrivingFile final : public Store::Arriving {
public:
    ArrivingFile(FileHandle file, fs::path temporary, fs::path place)
        : file_(std::move(file)), temporary_(std::move(temporary)), place_(std::move(place)) {}
    ArrivingFile(ArrivingFile const&) = delete;
    ArrivingFile& operator=(ArrivingFile const&) = delete;
    ~ArrivingFile() override { unlink(temporary_.c_str()); }

    std::expected<void, StoreFault> write(BytesView bytes) override {
        while (!bytes.empty()) {
            auto const count = std::min(bytes.size(), piece_bytes - piece_.size());
            append(piece_, bytes.first(count));
            bytes = bytes.subspan(count);
            if (piece_.size() < piece_bytes) continue;
            if (auto const written = write_piece(); !written) return written;
        }
        return {};
    }
    std::expected<Store::Reader, StoreFault> finish() override {
        if (auto const written = write_piece(); !written) return std::unexpected(written.error());
        begin_to_sync();
        return reader_of(temporary_);
    }
    std::expected<void, StoreFault> keep() override {
        if (auto const written = write_piece(); !written) return written;
        if (!set_time(file_) || fsync(file_.descriptor()) != 0) return std::unexpected(write_fault(errno));
        // A link never replaces what is there, a rename would.
        if (link(temporary_.c_str(), place_.c_str()) != 0)
            return std::unexpected(errno == EEXIST ? StoreFault::exists : write_fault(errno));
        if (!sync_names(place_.parent_path())) {
            unlink(place_.c_str());
            return std::unexpected(StoreFault::unwritable);
        }
        return {};
    }

private:
    /// Whole pages, or the rest of a file.
    std::expected<void, StoreFault> write_piece() {
        for (BytesView bytes{piece_}; !bytes.empty();) {
            auto const written = ::write(file_.descriptor(), bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) return std::unexpected(written == 0 ? StoreFault::full : write_fault(errno));
            bytes = bytes.subspan(static_cast<std::size_t>(written));
            size_ += static_cast<std::uint64_t>(written);
        }
        piece_.clear();
        constexpr std::uint64_t at_once = std::uint64_t{8} << 20U;
        if (size_ - begun_ >= at_once) begin_to_sync();
        return {};
    }
    /// The disk writes while the rest arrives, so that little is left to wait for in the end.
    void begin_to_sync() {
        (void)sync_file_range(file_.descriptor(), static_cast<off64_t>(begun_),
                              static_cast<off64_t>(size_ - begun_), SYNC_FILE_RANGE_WRITE);
        begun_ = size_;
    }

    FileHandle file_;
    fs::path temporary_;
    fs::path place_;
    static constexpr std::size_t piece_bytes = 256 * 1024;
    Bytes piece_;  ///< what was not written yet
    std::uint64_t size_ = 0;
    std::uint64_t begun_ = 0;  ///< to be written to the disk
};

}  // namespace

auto FolderStore::create(StoreName const& name, Random& random) const -> std::expected<Writer, StoreFault> {
    auto temporary = incoming(StoreName::make_random(random));
    FileHandle file{::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600)};
    if (!file.is_open()) return std::unexpected(write_fault(errno));
    flock(file.descriptor(), LOCK_EX);  // at most a sweep looks at it for a moment
    return Writer{std::make_unique<ArrivingFile>(std::move(file), std::move(temporary), place(name))};
}

std::expected<void, StoreFault> FolderStore::remove(StoreName const& name) const {
    if (unlink(place(name).c_str()) != 0)
        return std::unexpected(errno == ENOENT ? StoreFault::missing : StoreFault::unwritable);
    if (!sync_names(place(name).parent_path())) return std::unexpected(StoreFault::unwritable);
    return {};
}

auto FolderStore::read(StoreName const& name) const -> std::expected<Reader, StoreFault> {
    return reader_of(place(name));
}

std::expected<std::vector<StoreName>, StoreFault> FolderStore::names() const {
    std::vector<StoreName> names;
    for (auto const& folder : all_folders()) {
        auto const collected = collect(folder_ / folder, names, [&](fs::path const&, StoreName const& name) {
            return name.folder() == folder;
        });
        if (!collected) return std::unexpected(collected.error());
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::expected<std::vector<StoreName>, StoreFault> FolderStore::abandoned(Instant limit) const {
    std::vector<StoreName> names;
    auto const collected = collect(folder_ / "incoming", names, [&](fs::path const& path, StoreName const&) {
        auto const file = open_existing(path, O_NONBLOCK);
        struct stat facts {};
        if (!file.is_open() || fstat(file.descriptor(), &facts) != 0 || !S_ISREG(facts.st_mode)) return false;
        bool const is_written = flock(file.descriptor(), LOCK_EX | LOCK_NB) != 0;
        return !is_written && was_written_before(facts, limit);
    });
    if (!collected) return std::unexpected(collected.error());
    return names;
}

bool FolderStore::remove_abandoned(StoreName const& name) const {
    return unlink(incoming(name).c_str()) == 0;
}

}  // namespace klout7::documents
