#include "audit/recorder.h"

#include <condition_variable>
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

template <class Zone>
struct GroupRecorder<Zone>::State {
    struct Waiting {
        std::span<Event const> events;
        std::optional<std::expected<void, store::StoreError>> outcome = {};
    };
    static constexpr std::size_t most_events = 512;

    Recorder<Zone> const& recorder;
    store::Database& database;
    std::mutex mutex;
    std::condition_variable arrived;
    std::condition_variable finished;
    std::vector<Waiting*> waiting;
    bool stopping = false;
    std::thread thread;

    State(Recorder<Zone> const& r, store::Database& d) : recorder(r), database(d) {}

    void run() {
        std::unique_lock lock{mutex};
        for (;;) {
            arrived.wait(lock, [&] { return stopping || !waiting.empty(); });
            if (waiting.empty()) return;
            auto const group = take_group();
            lock.unlock();
            auto const outcome = write(group);
            lock.lock();
            for (auto* one : group) one->outcome = outcome;
            finished.notify_all();
        }
    }
    std::vector<Waiting*> take_group() {
        std::vector<Waiting*> group;
        std::size_t events = 0;
        while (group.size() < waiting.size() && events < most_events) {
            events += waiting[group.size()]->events.size();
            group.push_back(waiting[group.size()]);
        }
        waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(group.size()));
        return group;
    }
    std::expected<void, store::StoreError> write(std::vector<Waiting*> const& group) {
        std::vector<Event> events;
        for (auto const* one : group) events.insert(events.end(), one->events.begin(), one->events.end());
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
    typename State::Waiting mine{.events = events};
    std::unique_lock lock{state_->mutex};
    if (state_->stopping) return std::unexpected(store::StoreError::unavailable);
    state_->waiting.push_back(&mine);
    state_->arrived.notify_one();
    state_->finished.wait(lock, [&] { return mine.outcome.has_value(); });
    return *mine.outcome;
}

template class Recorder<OfficeZone>;
template class Recorder<MedicalZone>;
template class GroupRecorder<OfficeZone>;
template class GroupRecorder<MedicalZone>;

}  // namespace klout7::audit
