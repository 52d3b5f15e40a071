#include "documents/folder_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace klout7::documents {
namespace {

namespace fs = std::filesystem;

StoreFault fault_now() {
    return errno == ENOSPC || errno == EDQUOT || errno == EFBIG ? StoreFault::full : StoreFault::unwritable;
}

bool sync_folder(fs::path const& folder) {
    int const fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return false;
    bool const done = fsync(fd) == 0;
    close(fd);
    return done;
}

}  // namespace

std::expected<FolderStore, StoreFault> FolderStore::open(fs::path folder) {
    std::error_code failed;
    fs::create_directories(folder / "incoming", failed);
    if (failed) return std::unexpected(StoreFault::unwritable);
    for (auto const& left : fs::directory_iterator{folder / "incoming", failed})
        fs::remove(left.path(), failed);
    return FolderStore{std::move(folder)};
}

fs::path FolderStore::place(std::string_view name) const { return folder_ / name.substr(0, 2) / name; }

auto FolderStore::create(std::string_view name) const -> std::expected<Writer, StoreFault> {
    auto const target = place(name);
    std::error_code failed;
    fs::create_directories(target.parent_path(), failed);
    auto const temporary = folder_ / "incoming" / name;
    int const fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return std::unexpected(errno == EEXIST ? StoreFault::exists : fault_now());
    return Writer{fd, temporary, target};
}

FolderStore::Writer::Writer(Writer&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      temporary_(std::move(other.temporary_)),
      place_(std::move(other.place_)),
      fault_(other.fault_) {}

FolderStore::Writer::~Writer() {
    if (fd_ < 0) return;
    close(fd_);
    unlink(temporary_.c_str());
}

bool FolderStore::Writer::write(BytesView bytes) {
    while (!bytes.empty()) {
        auto const written = ::write(fd_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            fault_ = fault_now();
            return false;
        }
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

std::expected<void, StoreFault> FolderStore::Writer::keep() {
    if (fsync(fd_) != 0) return std::unexpected(fault_now());
    // A link never replaces what is there, a rename would.
    if (link(temporary_.c_str(), place_.c_str()) != 0)
        return std::unexpected(errno == EEXIST ? StoreFault::exists : fault_now());
    unlink(temporary_.c_str());
    close(std::exchange(fd_, -1));
    if (!sync_folder(place_.parent_path())) return std::unexpected(StoreFault::unwritable);
    return {};
}

void FolderStore::remove(std::string_view name) const { unlink(place(name).c_str()); }

auto FolderStore::read(std::string_view name) const -> std::expected<Reader, StoreFault> {
    int const fd = ::open(place(name).c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return std::unexpected(StoreFault::missing);
    struct stat facts {};
    if (fstat(fd, &facts) != 0) {
        close(fd);
        return std::unexpected(StoreFault::missing);
    }
    return Reader{fd, static_cast<std::uint64_t>(facts.st_size)};
}

FolderStore::Reader::Reader(Reader&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), size_(other.size_) {}
FolderStore::Reader::~Reader() {
    if (fd_ >= 0) close(fd_);
}

bool FolderStore::Reader::read(std::uint64_t offset, BytesSpan out) const {
    while (!out.empty()) {
        auto const count = pread(fd_, out.data(), out.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        offset += static_cast<std::uint64_t>(count);
        out = out.subspan(static_cast<std::size_t>(count));
    }
    return true;
}

}  // namespace klout7::documents
