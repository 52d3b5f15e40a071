#include "documents/smb_store.h"

#include <algorithm>
#include <functional>
#include <future>
#include <mutex>

#include "base/check.h"
#include "smb_pool.h"

namespace klout7::documents {
namespace {

using smb::Status;
using smb::What;

/// What is read at once. Who reads a document from its beginning to its end finds the next piece on its way.
constexpr std::size_t read_ahead_bytes = 512 * 1024;

constexpr std::size_t most_owner_bytes = 64;
constexpr std::string_view owner_file = "owner";

std::string place(StoreName const& name) { return name.folder() + "/" + name.text(); }
std::string incoming(StoreName const& name) { return "incoming/" + name.text(); }
std::string claim(StoreName const& name) { return "claims/" + name.text(); }

/// What a status is to a caller who wanted to read or to write.
StoreFault fault_of(Status status, StoreFault otherwise) {
    switch (status) {
        case Status::missing:
            return StoreFault::missing;
        case Status::exists:
            return StoreFault::exists;
        case Status::full:
            return StoreFault::full;
        case Status::lost:
        case Status::unreachable:
        case Status::not_encrypted:
            return StoreFault::away;
        case Status::ok:
        case Status::denied:
        case Status::failed:
        case Status::malformed:
            return otherwise;
    }
    return otherwise;
}
/// A folder that is missing is nothing that a writer knows of.
StoreFault write_fault(Status status) {
    auto const fault = fault_of(status, StoreFault::unwritable);
    return fault == StoreFault::missing ? StoreFault::unwritable : fault;
}

std::uint32_t handle_in(Bytes const& answer) {
    return static_cast<std::uint32_t>(smb::Parts{answer}.number(4));
}
Bytes of_handle(std::uint32_t handle) {
    Bytes body;
    append_u32(body, handle);
    return body;
}
Bytes two_paths(std::string_view from, std::string_view to) {
    auto body = smb_path(from);
    smb::append_part(body, bytes_of(to));
    return body;
}

struct Facts {
    std::uint64_t size = 0;
    Instant written;
};
std::expected<Facts, Status> look(SmbPool& pool, std::string_view path) {
    auto const answer = pool.ask(What::look, smb_path(path));
    if (!answer) return std::unexpected(answer.error());
    smb::Parts parts{*answer};
    auto const size = parts.number(8);
    auto const written = static_cast<std::int64_t>(parts.number(8));
    return Facts{size, Instant::from_microseconds(written)};
}

/// A file that is made for a moment, empty. Errors: exists.
std::expected<void, Status> make_empty(SmbPool& pool, std::string_view path) {
    auto const over = pool.connection();
    if (!over) return std::unexpected(Status::unreachable);
    // Not asked twice: the second time it would be there.
    auto const made = (*over)->ask(What::create, smb_path(path));
    if (!made) return std::unexpected(made.error());
    (void)(*over)->ask(What::close, of_handle(handle_in(*made)));
    return {};
}

/// Goes on over a new connection where one was lost: what is written never changes.
class ContentOnShare final : public Store::Content {
public:
    ContentOnShare(std::shared_ptr<SmbPool> pool, std::string path)
        : pool_(std::move(pool)), path_(std::move(path)) {}
    ContentOnShare(ContentOnShare const&) = delete;
    ContentOnShare& operator=(ContentOnShare const&) = delete;
    ~ContentOnShare() override { close(); }

    /// Its size.
    std::expected<std::uint64_t, Status> open() const {
        close();
        auto over = pool_->connection();
        if (!over) return std::unexpected(Status::unreachable);
        auto answer = (*over)->ask(What::open, smb_path(path_));
        if (!answer && (*over)->is_lost()) {
            over = pool_->connection();
            if (!over) return std::unexpected(Status::unreachable);
            answer = (*over)->ask(What::open, smb_path(path_));
        }
        if (!answer) return std::unexpected(answer.error());
        over_ = std::move(*over);
        smb::Parts parts{*answer};
        handle_ = static_cast<std::uint32_t>(parts.number(4));
        return parts.number(8);
    }

    bool read(std::uint64_t offset, BytesSpan out) const override {
        std::lock_guard const lock{mutex_};
        while (!out.empty()) {
            if (offset < ahead_at_ || offset - ahead_at_ >= ahead_.size()) {
                if (!fetch(offset)) return false;
            }
            auto const from = BytesView{ahead_}.subspan(static_cast<std::size_t>(offset - ahead_at_));
            auto const count = std::min(from.size(), out.size());
            std::ranges::copy(from.first(count), out.begin());
            out = out.subspan(count);
            offset += count;
        }
        return true;
    }

private:
    void close() const {
        if (next_.valid()) next_.wait();
        if (over_) (void)over_->ask(What::close, of_handle(handle_));
        over_ = nullptr;
    }
    /// At least one byte from there on.
    bool fetch(std::uint64_t offset) const {
        auto answer = coming(offset);
        if (!answer) answer = ask(offset);
        if (!answer && (!over_ || over_->is_lost()) && open()) answer = ask(offset);
        if (!answer || answer->empty()) return false;
        auto const behind = offset + answer->size();
        bool const goes_on = offset == ahead_at_ + ahead_.size() && answer->size() == read_ahead_bytes;
        ahead_ = std::move(*answer);
        ahead_at_ = offset;
        if (goes_on) {
            next_at_ = behind;
            next_ = std::async(std::launch::async, [this, behind] { return ask(behind); });
        }
        return true;
    }
    /// What was asked for ahead, when it is that.
    std::expected<Bytes, Status> coming(std::uint64_t offset) const {
        if (!next_.valid()) return std::unexpected(Status::missing);
        auto answer = next_.get();
        if (next_at_ != offset) return std::unexpected(Status::missing);
        return answer;
    }
    std::expected<Bytes, Status> ask(std::uint64_t offset) const {
        if (!over_) return std::unexpected(Status::lost);
        auto body = of_handle(handle_);
        append_u64(body, offset);
        append_u32(body, read_ahead_bytes);
        return over_->ask(What::read, body);
    }

    std::shared_ptr<SmbPool> pool_;
    std::string path_;
    mutable std::mutex mutex_;
    mutable std::shared_ptr<SmbConnection> over_;
    mutable std::uint32_t handle_ = 0;
    mutable Bytes ahead_;
    mutable std::uint64_t ahead_at_ = 0;
    mutable std::future<std::expected<Bytes, Status>> next_;  ///< the piece behind it
    mutable std::uint64_t next_at_ = 0;
};

std::expected<Store::Reader, StoreFault> reader_of(std::shared_ptr<SmbPool> pool, std::string path) {
    auto content = std::make_unique<ContentOnShare>(std::move(pool), std::move(path));
    auto const size = content->open();
    if (!size) return std::unexpected(fault_of(size.error(), StoreFault::unreadable));
    return Store::Reader{std::move(content), *size};
}

class ArrivingOnShare final : public Store::Arriving {
public:
    ArrivingOnShare(std::shared_ptr<SmbPool> pool, std::shared_ptr<SmbConnection> over, std::uint32_t handle,
                    StoreName temporary, StoreName name)
        : pool_(std::move(pool)),
          over_(std::move(over)),
          handle_(handle),
          temporary_(std::move(temporary)),
          name_(std::move(name)) {
        piece_.assign(head_bytes, 0);
    }
    ArrivingOnShare(ArrivingOnShare const&) = delete;
    ArrivingOnShare& operator=(ArrivingOnShare const&) = delete;
    ~ArrivingOnShare() override {
        (void)wait_for_piece();
        if (is_open_) (void)over_->ask(What::close, of_handle(handle_));
        if (!is_kept_) (void)pool_->ask(What::remove, smb_path(incoming(temporary_)));
        if (is_claimed_) (void)pool_->ask(What::remove, smb_path(claim(name_)));
    }

    std::expected<void, StoreFault> write(BytesView bytes) override {
        while (!bytes.empty()) {
            auto const count = std::min(bytes.size(), head_bytes + smb::most_piece_bytes - piece_.size());
            append(piece_, bytes.first(count));
            bytes = bytes.subspan(count);
            if (piece_.size() < head_bytes + smb::most_piece_bytes) continue;
            if (auto const sent = send_piece(); !sent) return std::unexpected(write_fault(sent.error()));
        }
        return {};
    }

    std::expected<Store::Reader, StoreFault> finish() override {
        if (auto const closed = close(); !closed) return std::unexpected(write_fault(closed.error()));
        return reader_of(pool_, incoming(temporary_));
    }

    std::expected<void, StoreFault> keep() override {
        auto done = close();
        if (done) done = give_name();
        if (!done) return std::unexpected(write_fault(done.error()));
        return {};
    }

private:
    using Done = std::expected<void, Status>;
    static constexpr std::size_t head_bytes = 12;

    /// It goes while the next one is gathered, one at a time. What came of it is told by the next call, or by
    /// `wait_for_piece`.
    Done send_piece() {
        if (auto const before = wait_for_piece(); !before) return before;
        if (piece_.size() == head_bytes) return {};
        Bytes head;
        append_u32(head, handle_), append_u64(head, sent_);
        std::ranges::copy(head, piece_.begin());
        sent_ += piece_.size() - head_bytes;
        std::swap(piece_, sending_);
        piece_.assign(head_bytes, 0);
        is_sent_ = std::async(std::launch::async, [this]() -> Done {
            auto const sent = over_->ask(What::write, sending_);
            if (!sent) return std::unexpected(sent.error());
            return {};
        });
        return {};
    }
    Done wait_for_piece() { return is_sent_.valid() ? is_sent_.get() : Done{}; }

    /// All of it with the server, as the server says.
    Done close() {
        if (!is_open_) return {};
        auto sent = send_piece();
        if (sent) sent = wait_for_piece();
        if (!sent) return sent;
        is_open_ = false;
        if (auto const closed = over_->ask(What::close, of_handle(handle_)); !closed)
            return std::unexpected(closed.error());
        auto const there = look(*pool_, incoming(temporary_));
        if (!there) return std::unexpected(there.error());
        if (there->size != sent_) return std::unexpected(Status::failed);
        return {};
    }

    /// As smb_store.h says.
    Done give_name() {
        if (auto const claimed = make_empty(*pool_, claim(name_)); !claimed) return claimed;
        is_claimed_ = true;
        auto const taken = look(*pool_, place(name_));
        if (taken) return std::unexpected(Status::exists);
        if (taken.error() != Status::missing) return std::unexpected(taken.error());
        auto const renamed = pool_->ask(What::rename, two_paths(incoming(temporary_), place(name_)));
        // Where the answer was lost, it was renamed all the same, and the second time there was nothing left.
        auto const is_there = renamed.has_value() || (renamed.error() == Status::missing && has_place());
        if (!is_there) return std::unexpected(renamed.error());
        is_kept_ = true;
        return set_time();
    }
    /// Not before it has its name: what is arriving is told from what was left there by its time.
    Done set_time() {
        auto body = smb_path(place(name_));
        append_u64(body, std::uint64_t{time_of_files_seconds} * 1'000'000);
        if (auto const set = pool_->ask(What::set_time, body); !set) {
            (void)pool_->ask(What::remove, smb_path(place(name_)));
            return std::unexpected(set.error());
        }
        return {};
    }
    bool has_place() {
        auto const there = look(*pool_, place(name_));
        return there && there->size == sent_;
    }

    std::shared_ptr<SmbPool> pool_;
    std::shared_ptr<SmbConnection> over_;
    std::uint32_t handle_;
    StoreName temporary_;
    StoreName name_;
    Bytes piece_;    ///< room for handle and offset, then what was not sent yet
    Bytes sending_;  ///< the one before it, on its way
    std::future<Done> is_sent_;
    std::uint64_t sent_ = 0;
    bool is_open_ = true;
    bool is_claimed_ = false;
    bool is_kept_ = false;
};

/// The names in a folder that `wanted` says yes to, by their name and when they were last written.
std::expected<void, StoreFault> collect(SmbPool& pool, std::string const& folder,
                                        std::vector<StoreName>& names,
                                        std::function<bool(StoreName const&, Instant)> const& wanted) {
    auto const answer = pool.ask(What::list, smb_path(folder));
    if (!answer) {
        auto const fault = fault_of(answer.error(), StoreFault::unreadable);
        return std::unexpected(fault == StoreFault::away ? fault : StoreFault::unreadable);
    }
    for (smb::Parts parts{*answer}; !parts.is_at_end();) {
        auto name = StoreName::parse(parts.text());
        auto const written = Instant::from_microseconds(static_cast<std::int64_t>(parts.number(8)));
        if (name && wanted(*name, written)) names.push_back(std::move(*name));
    }
    return {};
}

/// What the file of the owner says; empty as long as it says nothing.
std::expected<std::string, Status> owner_of(SmbPool& pool) {
    auto const over = pool.connection();
    if (!over) return std::unexpected(Status::unreachable);
    auto const opened = (*over)->ask(What::open, smb_path(owner_file));
    if (!opened) return std::unexpected(opened.error());
    auto body = of_handle(handle_in(*opened));
    append_u64(body, 0);
    append_u32(body, most_owner_bytes + 1);
    auto const said = (*over)->ask(What::read, body);
    (void)(*over)->ask(What::close, of_handle(handle_in(*opened)));
    if (!said) return std::unexpected(said.error());
    return std::string{text_of(*said)};
}

std::expected<void, Status> write_owner(SmbPool& pool, std::string_view owner) {
    auto const over = pool.connection();
    if (!over) return std::unexpected(Status::unreachable);
    auto const made = (*over)->ask(What::create, smb_path(owner_file));
    if (!made) return std::unexpected(made.error());
    auto body = of_handle(handle_in(*made));
    append_u64(body, 0);
    append(body, bytes_of(owner));
    auto const written = (*over)->ask(What::write, body);
    auto const closed = (*over)->ask(What::close, of_handle(handle_in(*made)));
    if (!written || !closed) return std::unexpected(Status::failed);
    return {};
}

/// Takes a share that is nobody's yet. Errors: of_another, unwritable.
std::expected<void, SmbProblem> belongs_to(SmbPool& pool, std::string const& owner) {
    auto said = owner_of(pool);
    // A program that was killed here left it empty.
    if (said && said->empty()) (void)pool.ask(What::remove, smb_path(owner_file));
    if (said ? said->empty() : said.error() == Status::missing) {
        (void)write_owner(pool, owner);  // of two who try at once, both look who it was
        said = owner_of(pool);
    }
    if (!said) return std::unexpected(SmbProblem::unwritable);
    if (*said != owner) return std::unexpected(SmbProblem::of_another);
    return {};
}

}  // namespace

std::expected<SmbStore, SmbProblem> SmbStore::open(SmbSettings settings, Clock const& clock, Random& random) {
    auto const owner = settings.owner;
    require(!owner.empty() && owner.size() <= most_owner_bytes, "a share belongs to somebody");
    auto pool = std::make_shared<SmbPool>(std::move(settings));
    if (auto const first = pool->connection(); !first) return std::unexpected(first.error());
    auto folders = all_folders();
    folders.insert(folders.begin(), {"incoming", "claims"});
    // Made in this order, so where the last one is the others are.
    if (!pool->ask(What::list, smb_path(folders.back()))) {
        for (auto const& folder : folders) {
            auto const made = pool->ask(What::make_folder, smb_path(folder));
            if (!made && made.error() != Status::exists) return std::unexpected(SmbProblem::unwritable);
        }
    }
    if (auto const owned = belongs_to(*pool, owner); !owned) return std::unexpected(owned.error());
    return SmbStore{std::move(pool), clock, random};
}

std::vector<int> SmbStore::processes() const { return pool_->processes(); }

auto SmbStore::create(StoreName const& name, Random& random) const -> std::expected<Writer, StoreFault> {
    for (bool is_again = false;; is_again = true) {
        auto over = pool_->connection();
        if (!over) return std::unexpected(StoreFault::away);
        auto temporary = StoreName::make_random(random);
        auto const made = (*over)->ask(What::create, smb_path(incoming(temporary)));
        if (made) {
            return Writer{std::make_unique<ArrivingOnShare>(pool_, std::move(*over), handle_in(*made),
                                                            std::move(temporary), name)};
        }
        if (!(*over)->is_lost() || is_again) return std::unexpected(write_fault(made.error()));
    }
}

std::expected<void, StoreFault> SmbStore::remove(StoreName const& name) const {
    auto const removed = pool_->ask(What::remove, smb_path(place(name)));
    if (!removed) return std::unexpected(fault_of(removed.error(), StoreFault::unwritable));
    return {};
}

auto SmbStore::read(StoreName const& name) const -> std::expected<Reader, StoreFault> {
    return reader_of(pool_, place(name));
}

std::expected<Instant, StoreFault> SmbStore::by_its_clock(Instant limit) const {
    auto const path = incoming(StoreName::make_random(*random_));
    if (auto const made = make_empty(*pool_, path); !made)
        return std::unexpected(fault_of(made.error(), StoreFault::unreadable));
    auto const probe = look(*pool_, path);
    (void)pool_->ask(What::remove, smb_path(path));
    if (!probe) return std::unexpected(fault_of(probe.error(), StoreFault::unreadable));
    return limit + (probe->written - clock_->now());
}

std::expected<std::vector<StoreName>, StoreFault> SmbStore::names() const {
    std::vector<StoreName> names;
    for (auto const& folder : all_folders()) {
        auto const is_its_folder = [&](StoreName const& name, Instant) { return name.folder() == folder; };
        if (auto const collected = collect(*pool_, folder, names, is_its_folder); !collected)
            return std::unexpected(collected.error());
    }
    std::ranges::sort(names);
    return names;
}

std::expected<std::vector<StoreName>, StoreFault> SmbStore::abandoned(Instant limit) const {
    auto const by_server = by_its_clock(limit);
    if (!by_server) return std::unexpected(by_server.error());
    std::vector<StoreName> names;
    auto const is_old = [&](StoreName const&, Instant written) { return written < *by_server; };
    for (auto const* folder : {"incoming", "claims"}) {
        if (auto const collected = collect(*pool_, folder, names, is_old); !collected)
            return std::unexpected(collected.error());
    }
    return names;
}

bool SmbStore::remove_abandoned(StoreName const& name) const {
    return pool_->ask(What::remove, smb_path(incoming(name))).has_value() ||
           pool_->ask(What::remove, smb_path(claim(name))).has_value();
}

}  // namespace klout7::documents
