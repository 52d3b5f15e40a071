#include "audit/integrator.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <map>
#include <utility>

#include "audit/checkpoint.h"
#include "audit/event.h"
#include "audit/log_folder.h"
#include "base/log.h"
#include "base/rounds.h"

namespace klout7::audit {
namespace {

constexpr std::int64_t events_per_round = 5000;
constexpr auto round_again_after = std::chrono::milliseconds{900};

/// The log of one side while it grows.
template <class Zone>
class Growing {
public:
    static std::expected<std::unique_ptr<Growing>, std::string> open(crypto::Keyring<Zone> const& keyring,
                                                                     store::Database& log,
                                                                     std::filesystem::path path) {
        std::error_code failed;
        std::filesystem::create_directories(path, failed);
        int const lock = ::open((path / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
        if (lock < 0) return std::unexpected(std::string{"the folder of the log cannot be written"});
        auto growing = std::unique_ptr<Growing>{new Growing{keyring, log, std::move(path), lock}};
        if (flock(lock, LOCK_EX | LOCK_NB) != 0)
            return std::unexpected(std::string{"another program is adding to this log"});
        if (auto const loaded = growing->load(); !loaded) return std::unexpected(loaded.error());
        return growing;
    }
    ~Growing() { close(lock_); }
    Growing(Growing const&) = delete;
    Growing& operator=(Growing const&) = delete;

    /// Takes everything new, in pieces. How many events.
    std::expected<std::uint64_t, std::string> catch_up() {
        if (is_half_done_) {
            if (auto const loaded = start_over(); !loaded) return std::unexpected(loaded.error());
        }
        std::uint64_t taken = 0;
        for (;;) {
            auto const events = next_events();
            if (!events) return std::unexpected(std::string{"the database does not answer"});
            if (events->empty()) break;
            std::uint64_t added = 0;
            for (auto const& [program, number, entry, tag] : *events) {
                if (!is_ours(program, number, entry, tag)) continue;
                if (!add(program, number, entry)) return std::unexpected(cannot_write());
                ++added;
            }
            if (added == 0) break;
            if (!sign()) return std::unexpected(cannot_write());
            taken += added;
            if (static_cast<std::int64_t>(events->size()) < events_per_round) break;
        }
        if (taken == 0 && !signed_once_ && !sign()) return std::unexpected(cannot_write());
        return taken;
    }

private:
    using NewEvent = store::Row<std::string, std::int64_t, Bytes, Bytes>;

    Growing(crypto::Keyring<Zone> const& keyring, store::Database& log, std::filesystem::path path, int lock)
        : keyring_(keyring), log_(log), folder_(std::move(path)), lock_(lock) {}

    std::string cannot_write() {
        is_half_done_ = true;
        return "the folder of the log cannot be written; is the disk full?";
    }
    std::string origin() const { return log_origin(keyring_.identity().installation, Zone::side); }

    /// What could not be written is half in memory: the signed log is read again, and the rest comes anew.
    std::expected<void, std::string> start_over() {
        edge_ = {};
        bundle_.clear();
        last_.clear();
        auto loaded = load();
        is_half_done_ = !loaded;
        return loaded;
    }
    std::expected<void, std::string> load() {
        auto const note = folder_.read_checkpoint();
        if (!note) return {};
        auto const checkpoint = read_checkpoint(*note, keyring_.audit_signing_key().public_key());
        if (!checkpoint || checkpoint->origin != origin())
            return std::unexpected(
                std::string{"the checkpoint of the log is not signed by this installation"});
        auto loaded = load_log(folder_, checkpoint->size);
        if (!loaded) return std::unexpected(loaded.error());
        if (loaded->edge.head() != checkpoint->head)
            return std::unexpected(std::string{"the tiles of the log are not those of its checkpoint"});
        edge_ = std::move(loaded->edge);
        bundle_ = std::move(loaded->last_entries);
        signed_once_ = true;
        signed_size_ = signed_before_ = checkpoint->size;
        return load_last_numbers(checkpoint->size);
    }
    /// How far each program's events are in the tree already.
    std::expected<void, std::string> load_last_numbers(std::uint64_t size) {
        for (std::uint64_t index = 0; index * tile_width < size; ++index) {
            auto const entries = folder_.read_entries_under(size, index);
            if (!entries)
                return std::unexpected(fmt::format("entries {} of the log are missing or damaged", index));
            for (auto const& bytes : *entries) {
                if (auto const entry = decode_entry(bytes)) last_[entry->program] = entry->number;
            }
        }
        return {};
    }

    std::expected<std::vector<NewEvent>, store::StoreError> next_events() {
        return log_.transact([&](store::Transaction& tx) {
            std::vector<NewEvent> events;
            for (auto const& [program] :
                 tx.rows<std::string>("SELECT program FROM audit_number ORDER BY program")) {
                auto more = tx.rows<std::string, std::int64_t, Bytes, Bytes>(
                    "SELECT program, number, entry, tag FROM audit_event WHERE program = ? AND number > ? "
                    "ORDER BY number OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY",
                    program, last_[program], events_per_round - static_cast<std::int64_t>(events.size()));
                std::move(more.begin(), more.end(), std::back_inserter(events));
            }
            return events;
        });
    }
    /// Only what the program itself wrote, in its order, comes under a signature: a line that somebody put
    /// into the table stays outside, and `verify` names it.
    bool is_ours(std::string const& program, std::int64_t number, Bytes const& entry, Bytes const& tag) {
        auto const decoded = decode_entry(entry);
        auto const expected = keyring_.audit_tag(entry);
        if (number == last_[program] + 1 && decoded && decoded->program == program &&
            decoded->number == number && equal_in_constant_time(expected, tag))
            return true;
        report_once(program, number);
        return false;
    }
    /// A line that cannot be signed holds up all that come behind it: one report speaks of them all.
    void report_once(std::string const& program, std::int64_t number) {
        auto& reported = refused_[program];
        bool const still_in_the_way = reported > last_[program];
        if (still_in_the_way && reported <= number) return;
        reported = number;
        write_log(LogLevel::error, "a line of the log is not what the program wrote; see klout7 audit verify",
                  field("number", Count{number}));
    }
    bool add(std::string const& program, std::int64_t number, Bytes const& entry) {
        last_[program] = number;
        bundle_.push_back(entry);
        if (bundle_.size() == tile_width) {
            if (!folder_.write_entries(edge_.size() / tile_width, bundle_)) return false;
            bundle_.clear();
        }
        for (auto const& tile : edge_.append(leaf_hash(entry))) {
            if (!folder_.write_tile(tile.level, tile.index, tile.hashes)) return false;
        }
        return true;
    }
    /// Writes what is unfinished, then the checkpoint that speaks of it.
    bool sign() {
        if (!bundle_.empty() && !folder_.write_entries(edge_.size() / tile_width, bundle_)) return false;
        auto const& unfinished = edge_.unfinished();
        auto tiles = edge_.size();
        for (unsigned level = 0; level < unfinished.size(); ++level) {
            tiles /= tile_width;
            if (!unfinished[level].empty() && !folder_.write_tile(level, tiles, unfinished[level]))
                return false;
        }
        signed_once_ = folder_.write_checkpoint(
            sign_checkpoint({origin(), edge_.size(), edge_.head()}, keyring_.audit_signing_key()));
        if (!signed_once_) return false;
        // The checkpoint just before stays readable for whoever fetched it.
        folder_.tidy(signed_before_, signed_size_);
        signed_before_ = std::exchange(signed_size_, edge_.size());
        return true;
    }

    crypto::Keyring<Zone> const& keyring_;
    store::Database& log_;
    LogFolder folder_;
    int lock_;
    TreeEdge edge_;
    std::vector<Bytes> bundle_;
    std::map<std::string, std::int64_t> last_;
    std::map<std::string, std::int64_t> refused_;  // the first line of each that cannot be signed
    bool signed_once_ = false;
    bool is_half_done_ = false;        // events are in memory and not in their files
    std::uint64_t signed_size_ = 0;    // of the newest checkpoint
    std::uint64_t signed_before_ = 0;  // of the one before it
};

}  // namespace

template <class Zone>
struct Integrator<Zone>::State {
    std::unique_ptr<Growing<Zone>> log;
    Rounds rounds;

    explicit State(std::unique_ptr<Growing<Zone>> growing)
        : log(std::move(growing)), rounds([this] {
              round();
              return round_again_after;
          }) {}
    /// What was written until now comes under a checkpoint too.
    ~State() {
        rounds.stop();
        round();
    }
    void round() {
        if (auto const taken = log->catch_up(); !taken)
            write_log(LogLevel::error, "new events could not be put under a checkpoint; trying again");
    }
};

template <class Zone>
Integrator<Zone>::Integrator(std::unique_ptr<State> state) : state_(std::move(state)) {}

template <class Zone>
auto Integrator<Zone>::start(crypto::Keyring<Zone> const& keyring, store::Database& log,
                             std::filesystem::path folder)
    -> std::expected<std::unique_ptr<Integrator>, std::string> {
    auto growing = Growing<Zone>::open(keyring, log, std::move(folder));
    if (!growing) return std::unexpected(growing.error());
    return std::unique_ptr<Integrator>{new Integrator{std::make_unique<State>(std::move(*growing))}};
}

template <class Zone>
Integrator<Zone>::~Integrator() = default;

template <class Zone>
std::expected<std::uint64_t, std::string> integrate(crypto::Keyring<Zone> const& keyring,
                                                    store::Database& log,
                                                    std::filesystem::path const& folder) {
    auto growing = Growing<Zone>::open(keyring, log, folder);
    if (!growing) return std::unexpected(growing.error());
    return (*growing)->catch_up();
}

template class Integrator<OfficeZone>;
template class Integrator<MedicalZone>;
template std::expected<std::uint64_t, std::string> integrate<OfficeZone>(crypto::Keyring<OfficeZone> const&,
                                                                         store::Database&,
                                                                         std::filesystem::path const&);
template std::expected<std::uint64_t, std::string> integrate<MedicalZone>(crypto::Keyring<MedicalZone> const&,
                                                                          store::Database&,
                                                                          std::filesystem::path const&);

}  // namespace klout7::audit
