#include "audit/verify.h"

#include <fmt/format.h>

#include <map>

#include "audit/checkpoint.h"
#include "audit/event.h"
#include "audit/log_folder.h"
#include "detail.h"

namespace klout7::audit {
namespace {

constexpr std::int64_t rows_at_a_time = 5000;

using EventRow = store::Row<std::int64_t, Instant, std::optional<PersonId>, std::optional<UserId>, Bytes,
                            Bytes, std::optional<Bytes>>;

/// Reads the rows of one program in the order of their numbers, some at a time.
class Rows {
public:
    Rows(store::Database& log, std::string program) : log_(log), program_(std::move(program)) {}
    std::expected<std::optional<EventRow>, store::StoreError> next() {
        if (at_ == page_.size()) {
            auto page = log_.transact([&](store::Transaction& tx) {
                return tx.rows<std::int64_t, Instant, std::optional<PersonId>, std::optional<UserId>, Bytes,
                               Bytes, std::optional<Bytes>>(
                    "SELECT number, at, person_id, user_id, entry, tag, detail FROM audit_event "
                    "WHERE program = ? AND number > ? ORDER BY number OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY",
                    program_, after_, rows_at_a_time);
            });
            if (!page) return std::unexpected(page.error());
            page_ = std::move(*page);
            at_ = 0;
            if (page_.empty()) return std::nullopt;
            after_ = std::get<0>(page_.back());
        }
        return std::move(page_[at_++]);
    }

private:
    store::Database& log_;
    std::string program_;
    std::int64_t after_ = INT64_MIN;
    std::vector<EventRow> page_;
    std::size_t at_ = 0;
};

/// What is wrong with one row by itself; nothing when it is as its program wrote it.
template <class Zone>
std::optional<std::string> fault_of(crypto::Keyring<Zone> const& keyring, std::string const& program,
                                    EventRow const& row) {
    auto const& [number, at, person, user, bytes, tag, detail] = row;
    auto const expected_tag = keyring.audit_tag(bytes);
    if (!equal_in_constant_time(expected_tag, tag)) return "is not what the program wrote";
    auto const entry = decode_entry(bytes);
    if (!entry) return "is not what the program wrote";
    if (entry->program != program || entry->number != number) return "stands in another line's place";
    if (entry->event.at != at || entry->event.person != person || entry->event.user != user)
        return "was changed in the columns beside the entry";
    if (entry->detail_hash.has_value() != detail.has_value()) return "has lost or gained its sealed detail";
    if (detail && crypto::sha256(*detail) != *entry->detail_hash) return "was changed in its sealed detail";
    return std::nullopt;
}

struct Program {
    std::int64_t last_number = 0;
    std::int64_t seen = 0;
    std::optional<Rows> rows;
};

template <class Zone>
class Check {
public:
    Check(crypto::Keyring<Zone> const& keyring, store::Database& log, std::filesystem::path const& folder,
          std::function<void(std::uint64_t)> const& progress)
        : keyring_(keyring), log_(log), folder_(folder), progress_(progress) {}

    std::expected<Verdict, store::StoreError> run() {
        if (!check_everything() && store_error_) return std::unexpected(*store_error_);
        return std::move(verdict_);
    }

private:
    /// In this order, for the log may grow meanwhile: what is signed was counted before it was signed, so
    /// what is counted later covers it.
    bool check_everything() {
        return take_checkpoint() && take_counts() && check_signed_part() && check_rest() && check_strays();
    }

    bool fault(std::string sentence) {
        verdict_.first_fault = std::move(sentence);
        return false;
    }
    bool fault(std::string const& program, std::int64_t number, std::string_view what) {
        return fault(fmt::format("{} line {} {}", program, number, what));
    }

    bool cannot_ask(store::StoreError error) {
        store_error_ = error;
        return false;
    }

    /// The next row of this program, which must have the next number.
    std::optional<EventRow> next_row(std::string const& name, Program& program) {
        auto row = program.rows->next();
        if (!row) {
            cannot_ask(row.error());
            return std::nullopt;
        }
        auto const wanted = program.seen + 1;
        if (!*row) {
            fault(name, wanted, "was removed");
            return std::nullopt;
        }
        auto const number = std::get<0>(**row);
        if (number < wanted) {
            fault(name, number, "was inserted");
            return std::nullopt;
        }
        if (number > wanted) {
            fault(name, wanted, "was removed");
            return std::nullopt;
        }
        ++program.seen;
        ++verdict_.events;
        if (progress_ && verdict_.events % 10'000 == 0) progress_(verdict_.events);
        return std::move(*row);
    }

    /// The newest checkpoint, with the bundle it leaves unfinished: the checkpoints that follow take it away.
    bool take_checkpoint() {
        for (;;) {
            auto const note = folder_.read_checkpoint();
            if (!note) return true;
            auto const checkpoint = read_checkpoint(*note, keyring_.audit_signing_key().public_key());
            auto const origin = log_origin(keyring_.identity().installation, Zone::side);
            if (!checkpoint || checkpoint->origin != origin)
                return fault("the checkpoint is not signed by this installation");
            checkpoint_ = *checkpoint;
            last_ = read_bundle(checkpoint->size / tile_width);
            if (last_ || folder_.read_checkpoint() == note) return true;
        }
    }
    bool take_counts() {
        auto const programs = log_.transact([](store::Transaction& tx) {
            return tx.rows<std::string, std::int64_t>(
                "SELECT program, last_number FROM audit_number ORDER BY program");
        });
        if (!programs) return cannot_ask(programs.error());
        for (auto const& [program, last] : *programs) {
            programs_[program].last_number = last;
            programs_[program].rows.emplace(log_, program);
        }
        return true;
    }

    struct Bundle {
        std::vector<Bytes> entries;
        std::vector<Hash> leaves;
    };
    /// As wide as the checkpoint needs it, which for the one after the last full one can be nothing.
    std::optional<Bundle> read_bundle(std::uint64_t index) const {
        auto const width = static_cast<std::size_t>(
            std::min<std::uint64_t>(tile_width, checkpoint_->size - index * tile_width));
        if (width == 0) return Bundle{};
        auto entries = folder_.read_entries(index, width);
        auto leaves = folder_.read_tile(0, index, width);
        if (!entries || !leaves) return std::nullopt;
        return Bundle{std::move(*entries), std::move(*leaves)};
    }

    /// What is under the signed checkpoint: files and rows must say the same.
    bool check_signed_part() {
        if (!checkpoint_) return true;
        TreeEdge edge;
        auto const last = checkpoint_->size / tile_width;
        for (std::uint64_t index = 0; index <= last; ++index) {
            if (!check_bundle(index, index == last ? last_ : read_bundle(index), edge)) return false;
        }
        if (edge.head() != checkpoint_->head)
            return fault("the tree of the log is not the one that was signed");
        verdict_.under_checkpoint = checkpoint_->size;
        return true;
    }
    bool check_bundle(std::uint64_t index, std::optional<Bundle> const& bundle, TreeEdge& edge) {
        if (!bundle) return fault(fmt::format("bundle {} of the log folder is missing or damaged", index));
        for (std::size_t i = 0; i < bundle->entries.size(); ++i) {
            auto const& bytes = bundle->entries[i];
            auto const leaf = leaf_hash(bytes);
            auto const entry = decode_entry(bytes);
            if (!entry || leaf != bundle->leaves[i] || !programs_.contains(entry->program))
                return fault(fmt::format("entry {} of the log folder was changed", index * tile_width + i));
            auto& program = programs_[entry->program];
            auto const row = next_row(entry->program, program);
            if (!row) return false;
            if (auto const wrong = fault_of(keyring_, entry->program, *row))
                return fault(entry->program, std::get<0>(*row), *wrong);
            if (std::get<4>(*row) != bytes)
                return fault(entry->program, std::get<0>(*row), "is not the line that was signed");
            for (auto const& tile : edge.append(leaf)) {
                auto const stored = folder_.read_tile(tile.level, tile.index, tile_width);
                if (!stored || *stored != tile.hashes)
                    return fault(
                        fmt::format("tile {}/{} of the log folder was changed", tile.level, tile.index));
            }
        }
        return true;
    }
    /// Events newer than the checkpoint: their tags and numbers.
    bool check_rest() {
        for (auto& [name, program] : programs_) {
            while (program.seen < program.last_number) {
                auto const row = next_row(name, program);
                if (!row) return false;
                if (auto const wrong = fault_of(keyring_, name, *row))
                    return fault(name, std::get<0>(*row), *wrong);
            }
            if (program.seen > program.last_number)
                return fault(name, program.last_number + 1, "is past the number the program counts");
        }
        return true;
    }
    /// Lines that no program counted. One statement, so what is written meanwhile is not among them.
    bool check_strays() {
        auto const stray = log_.transact([](store::Transaction& tx) {
            return tx.row<std::string, std::int64_t>(
                "SELECT program, number FROM audit_event WHERE NOT EXISTS (SELECT 1 FROM audit_number WHERE "
                "audit_number.program = audit_event.program AND audit_event.number BETWEEN 1 AND "
                "audit_number.last_number) ORDER BY program, number");
        });
        if (!stray) return cannot_ask(stray.error());
        if (*stray) return fault(std::get<0>(**stray), std::get<1>(**stray), "was inserted");
        return true;
    }

    crypto::Keyring<Zone> const& keyring_;
    store::Database& log_;
    LogFolder folder_;
    std::function<void(std::uint64_t)> const& progress_;
    std::optional<Checkpoint> checkpoint_;  // nothing: nothing was signed yet
    std::optional<Bundle> last_;            // of the checkpoint; nothing: it is missing or damaged
    std::map<std::string, Program> programs_;
    Verdict verdict_;
    std::optional<store::StoreError> store_error_;
};

}  // namespace

template <class Zone>
std::expected<Verdict, store::StoreError> verify(crypto::Keyring<Zone> const& keyring, store::Database& log,
                                                 std::filesystem::path const& folder,
                                                 std::function<void(std::uint64_t)> const& progress) {
    return Check<Zone>{keyring, log, folder, progress}.run();
}

template std::expected<Verdict, store::StoreError> verify<OfficeZone>(
    crypto::Keyring<OfficeZone> const&, store::Database&, std::filesystem::path const&,
    std::function<void(std::uint64_t)> const&);
template std::expected<Verdict, store::StoreError> verify<MedicalZone>(
    crypto::Keyring<MedicalZone> const&, store::Database&, std::filesystem::path const&,
    std::function<void(std::uint64_t)> const&);

}  // namespace klout7::audit
