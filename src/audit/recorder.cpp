#include "audit/recorder.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "base/check.h"
#include "base/log.h"
#include "base/protection.h"
#include "detail.h"

namespace klout7::audit {

template <class Zone>
Recorder<Zone>::Recorder(crypto::Keyring<Zone> const& keyring, Random& random, std::string program)
    : keyring_(keyring), random_(random), program_(std::move(program)) {}

template <class Zone>
void Recorder<Zone>::record(store::Transaction& tx, std::span<Event const> events) const {
    if constexpr (!is_protected) return;
    if (events.empty()) return;
    auto const count = static_cast<std::int64_t>(events.size());
    auto const counted = tx.execute("UPDATE audit_number SET last_number = last_number + ? WHERE program = ?",
                                    count, program_);
    require(counted == 1, "a program that logs has its row in audit_number");
    auto const last =
        tx.row<std::int64_t>("SELECT last_number FROM audit_number WHERE program = ?", program_);
    require(last.has_value(), "the number just taken is there");
    auto number = std::get<0>(*last) - count;

    struct Row {
        std::int64_t number = 0;
        Bytes entry;
        crypto::Sha256 tag{};
        std::optional<Bytes> detail;
    };
    std::vector<Row> rows;
    rows.reserve(events.size());
    auto const cells = keyring_.cells();
    for (auto const& event : events) {
        Row row;
        row.number = ++number;
        EntryFrame frame{.program = program_, .number = number, .detail_hash = std::nullopt};
        if (!event.detail.empty()) {
            require(event.detail.size() <= detail_max_bytes, "the detail of an event fits its column");
            row.detail = cells.seal(DetailPlace{program_, number}.cell(), event.detail, random_);
            frame.detail_hash = crypto::sha256(*row.detail);
        }
        row.entry = encode_entry(event, frame);
        row.tag = keyring_.audit_tag(row.entry);
        rows.push_back(std::move(row));
    }
    std::vector<std::vector<store::Value>> values;
    values.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        values.push_back({program_, rows[i].number, events[i].at, events[i].person, events[i].user,
                          rows[i].entry, rows[i].tag, rows[i].detail});
    }
    tx.insert_many(
        "INSERT INTO audit_event (program, number, at, person_id, user_id, entry, tag, detail) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        values);
}

namespace {

/// Events that are written together, and the requests that wait for that. Each group has a bell of its own:
/// one for all would wake every request that waits for a later group too.
class Group {
public:
    std::vector<Event> events;

    void finish(std::expected<void, store::StoreError> outcome) {
        {
            std::lock_guard const lock{mutex_};
            outcome_ = outcome;
        }
        finished_.notify_all();
    }
    std::expected<void, store::StoreError> wait() {
        std::unique_lock lock{mutex_};
        finished_.wait(lock, [&] { return outcome_.has_value(); });
        return *outcome_;
    }

private:
    std::mutex mutex_;
    std::condition_variable finished_;
    std::optional<std::expected<void, store::StoreError>> outcome_;
};

}  // namespace

template <class Zone>
struct GroupRecorder<Zone>::State {
    static constexpr std::size_t most_events = 512;
    /// While reads come close together, a group waits this long for more of them, or until it has this many:
    /// a commit costs the same for one as for many. A read that comes alone is written at once.
    static constexpr auto gathered_within = std::chrono::milliseconds{2};
    static constexpr std::size_t gathered_events = 16;

    Recorder<Zone> const& recorder;
    store::Database& database;
    std::mutex mutex;
    std::condition_variable arrived;
    std::deque<std::shared_ptr<Group>> groups;
    bool stopping = false;
    bool came_together = false;  ///< the events of the last group did
    std::thread thread;

    State(Recorder<Zone> const& r, store::Database& d) : recorder(r), database(d) {}

    void run() {
        while (auto const group = next_group()) group->finish(write(group->events));
    }
    /// Waits for one; nothing when this stops and all are written.
    std::shared_ptr<Group> next_group() {
        std::unique_lock lock{mutex};
        arrived.wait(lock, [&] { return stopping || !groups.empty(); });
        if (groups.empty()) return {};
        auto const is_gathered = [&] { return stopping || groups.front()->events.size() >= gathered_events; };
        if (came_together) arrived.wait_for(lock, gathered_within, is_gathered);
        auto const group = std::move(groups.front());
        groups.pop_front();
        came_together = group->events.size() > 1;
        return group;
    }
    /// The group that these events are in now; nothing when this stops.
    std::shared_ptr<Group> join(std::span<Event const> events) {
        std::lock_guard const lock{mutex};
        if (stopping) return {};
        if (groups.empty() || groups.back()->events.size() >= most_events)
            groups.push_back(std::make_shared<Group>());
        auto& into = groups.back()->events;
        into.insert(into.end(), events.begin(), events.end());
        arrived.notify_one();
        return groups.back();
    }
    std::expected<void, store::StoreError> write(std::vector<Event> const& events) {
        auto const done = database.transact([&](store::Transaction& tx) { recorder.record(tx, events); });
        if (!done) {
            write_log(LogLevel::error, "events of reads could not be written; the reads were refused",
                      field("events", Count{events.size()}), field("error", ErrorCode{done.error()}));
        }
        return done;
    }
};

template <class Zone>
GroupRecorder<Zone>::GroupRecorder(Recorder<Zone> const& recorder, store::Database& database)
    : state_(std::make_unique<State>(recorder, database)) {
    state_->thread = std::thread{[state = state_.get()] { state->run(); }};
}

template <class Zone>
GroupRecorder<Zone>::~GroupRecorder() {
    {
        std::lock_guard const lock{state_->mutex};
        state_->stopping = true;
    }
    state_->arrived.notify_all();
    state_->thread.join();
}

template <class Zone>
std::expected<void, store::StoreError> GroupRecorder<Zone>::record(std::span<Event const> events) {
    if constexpr (!is_protected) return {};
    if (events.empty()) return {};
    auto const group = state_->join(events);
    if (!group) return std::unexpected(store::StoreError::unavailable);
    return group->wait();
}

template class Recorder<OfficeZone>;
template class Recorder<MedicalZone>;
template class GroupRecorder<OfficeZone>;
template class GroupRecorder<MedicalZone>;

}  // namespace klout7::audit
