#include "documents/folder_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/check.h"
#include "base/clock.h"

namespace klout7::documents {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t name_characters = 32;
constexpr std::string_view incoming_folder = "incoming";

StoreFault write_fault(int error) {
    // EFBIG: the size limit of the process or of the file system.
    return error == ENOSPC || error == EDQUOT || error == EFBIG ? StoreFault::full : StoreFault::unwritable;
}

/// 0..31 for a character of base32hex in lower case, else -1.
int base32hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'v') return c - 'a' + 10;
    return -1;
}

FileHandle open_existing(fs::path const& path, int flags) {
    return FileHandle{::open(path.c_str(), flags | O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
}

bool sync_folder(fs::path const& folder) {
    auto const handle = open_existing(folder, O_DIRECTORY);
    return handle.is_open() && fsync(handle.descriptor()) == 0;
}

Instant last_written(struct stat const& facts) {
    return Instant::from_microseconds(std::int64_t{facts.st_mtim.tv_sec} * 1'000'000 +
                                      facts.st_mtim.tv_nsec / 1000);
}

std::array<std::string, 256> all_folders() {
    std::array<std::string, 256> names;
    for (std::size_t i = 0; i < names.size(); ++i) {
        std::uint8_t const byte = static_cast<std::uint8_t>(i);
        names[i] = to_hex({&byte, 1});
    }
    return names;
}

std::expected<void, StoreFault> make_folder(fs::path const& folder) {
    if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return std::unexpected(write_fault(errno));
    return {};
}

}  // namespace

std::optional<StoreName> StoreName::parse(std::string_view text) {
    auto const valid = [](char c) { return base32hex_value(c) >= 0; };
    if (text.size() != name_characters || !std::all_of(text.begin(), text.end(), valid)) return std::nullopt;
    return StoreName{std::string{text}};
}

std::string StoreName::folder() const {
    auto const bits = base32hex_value(text_[0]) << 5 | base32hex_value(text_[1]);  // ten, of which eight
    auto const first_byte = static_cast<std::uint8_t>(bits >> 2);
    return to_hex({&first_byte, 1});
}

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept {
    if (this != &other) {
        if (is_open()) close(descriptor_);
        descriptor_ = std::exchange(other.descriptor_, -1);
    }
    return *this;
}
FileHandle::~FileHandle() {
    if (is_open()) close(descriptor_);
}

std::expected<FolderStore, StoreFault> FolderStore::open(fs::path root) {
    auto const started = SystemClock{}.now();
    std::error_code failed;
    fs::create_directories(root, failed);
    if (failed) return std::unexpected(write_fault(failed.value()));
    if (auto const made = make_folder(root / incoming_folder); !made) return std::unexpected(made.error());
    for (auto const& name : all_folders()) {
        if (auto const made = make_folder(root / name); !made) return std::unexpected(made.error());
    }
    if (!sync_folder(root)) return std::unexpected(StoreFault::unwritable);
    FolderStore store{std::move(root)};
    store.remove_leftovers(started);
    return store;
}

void FolderStore::remove_leftovers(Instant started) const {
    std::error_code ignored;
    for (auto const& entry : fs::directory_iterator{root_ / incoming_folder, ignored}) {
        auto const file = open_existing(entry.path(), O_NONBLOCK);
        struct stat facts {};
        if (!file.is_open() || fstat(file.descriptor(), &facts) != 0 || !S_ISREG(facts.st_mode)) continue;
        // Who is still writing holds a lock; who just made the file and did not lock yet made it after
        // `started`.
        bool const abandoned = flock(file.descriptor(), LOCK_EX | LOCK_NB) == 0;
        if (abandoned && last_written(facts) < started) unlink(entry.path().c_str());
    }
}

auto FolderStore::begin(Random& random) const -> std::expected<Incoming, StoreFault> {
    std::array<std::uint8_t, 20> name{};
    random.fill(name);
    auto path = root_ / incoming_folder / to_base32hex(name);
    FileHandle file{::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600)};
    if (!file.is_open()) return std::unexpected(write_fault(errno));
    flock(file.descriptor(), LOCK_EX | LOCK_NB);  // nobody else knows the name
    return Incoming{std::move(file), std::move(path), root_};
}

std::expected<void, StoreFault> FolderStore::Incoming::add(BytesView sealed) {
    require(file_.is_open(), "a file that is still arriving");
    while (!sealed.empty()) {
        auto const written = write(file_.descriptor(), sealed.data(), sealed.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return std::unexpected(written == 0 ? StoreFault::full : write_fault(errno));
        sealed = sealed.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

std::expected<void, StoreFault> FolderStore::Incoming::keep(StoreName const& name) {
    require(file_.is_open(), "a file that is still arriving");
    auto const refuse = [&](StoreFault fault) {
        discard();
        return std::unexpected(fault);
    };
    auto const folder = root_ / name.folder();
    auto const place = folder / name.text();
    if (fsync(file_.descriptor()) != 0) return refuse(write_fault(errno));
    // A second name and not a rename: link() refuses a name that is taken, on every kind of file system.
    if (link(path_.c_str(), place.c_str()) != 0)
        return refuse(errno == EEXIST ? StoreFault::exists : write_fault(errno));
    if (!sync_folder(folder)) {
        unlink(place.c_str());
        return refuse(StoreFault::unwritable);
    }
    discard();
    return {};
}

void FolderStore::Incoming::discard() {
    if (!file_.is_open()) return;
    unlink(path_.c_str());
    file_ = {};
}

auto FolderStore::open_file(StoreName const& name) const -> std::expected<StoredFile, StoreFault> {
    auto file = open_existing(path_of(name), O_NONBLOCK);
    if (!file.is_open())
        return std::unexpected(errno == ENOENT ? StoreFault::missing : StoreFault::unreadable);
    struct stat facts {};
    if (fstat(file.descriptor(), &facts) != 0 || !S_ISREG(facts.st_mode))
        return std::unexpected(StoreFault::unreadable);
    return StoredFile{std::move(file), static_cast<std::uint64_t>(facts.st_size)};
}

std::expected<void, StoreFault> FolderStore::StoredFile::read(std::uint64_t offset, BytesSpan out) const {
    while (!out.empty()) {
        auto const got = pread(file_.descriptor(), out.data(), out.size(), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return std::unexpected(StoreFault::unreadable);
        out = out.subspan(static_cast<std::size_t>(got));
        offset += static_cast<std::uint64_t>(got);
    }
    return {};
}

std::expected<void, StoreFault> FolderStore::remove(StoreName const& name) const {
    if (unlink(path_of(name).c_str()) != 0)
        return std::unexpected(errno == ENOENT ? StoreFault::missing : StoreFault::unwritable);
    if (!sync_folder(root_ / name.folder())) return std::unexpected(StoreFault::unwritable);
    return {};
}

std::expected<std::vector<StoreName>, StoreFault> FolderStore::older_than(Instant limit) const {
    std::vector<StoreName> names;
    for (auto const& folder : all_folders()) {
        std::error_code failed;
        for (fs::directory_iterator entry{root_ / folder, failed}, end; !failed && entry != end;
             entry.increment(failed)) {
            auto name = StoreName::parse(entry->path().filename().string());
            struct stat facts {};
            if (!name || name->folder() != folder || lstat(entry->path().c_str(), &facts) != 0) continue;
            if (last_written(facts) < limit) names.push_back(std::move(*name));
        }
        if (failed) return std::unexpected(StoreFault::unreadable);
    }
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace klout7::documents
