// Documents in both stores are changed as somebody with every right on the store could change them: 100,000
// times, directly in the files. Each must be refused when it is read, and not one changed byte given out
// before that.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <map>
#include <string>

#include "base/random.h"
#include "crypto/document_cipher.h"
#include "documents/folder_store.h"
#include "store_name.h"
#include "testing/share.h"

using namespace klout7;
using namespace klout7::documents;
using documents::testing::TestingFolder;
using documents::testing::TestingShare;

namespace {

using Key = crypto::PersonKey<OfficeZone>;

constexpr std::size_t chunk_bytes = 16 * 1024 + 16;  ///< of the sealed file
constexpr std::size_t header_bytes = 8 + 24 + 32;
constexpr std::size_t piece_bytes = 64 * 1024;
constexpr std::size_t people = 4;
constexpr std::array<std::size_t, 6> sizes{0, 500, 12'000, 20'000, 50'000, 150'000};

enum class Kind {
    nothing,
    bit_flip,
    truncation,
    extension,
    chunks_reordered,
    chunk_repeated,
    chunk_of_another,
    head_of_another,
    swapped_same_person,
    swapped_other_person,
    older_version,
    of_other_side,
};
constexpr std::array<std::pair<Kind, std::string_view>, 12> kinds{{
    {Kind::nothing, "unchanged, to see that reading works"},
    {Kind::bit_flip, "a bit flipped, anywhere"},
    {Kind::truncation, "cut off, anywhere"},
    {Kind::extension, "bytes added at the end"},
    {Kind::chunks_reordered, "two chunks swapped"},
    {Kind::chunk_repeated, "a chunk written over another of the same file"},
    {Kind::chunk_of_another, "a chunk of another file in the same place"},
    {Kind::head_of_another, "the head of another file"},
    {Kind::swapped_same_person, "the whole file of another document of that person"},
    {Kind::swapped_other_person, "the whole file of another person"},
    {Kind::older_version, "the file of an older version"},
    {Kind::of_other_side, "the same content sealed on the other side"},
}};

/// One sealed document, as it lies in the store.
struct Sealed {
    std::size_t person = 0;
    crypto::DocumentContext context;
    Bytes content;
    StoreName name;
    Bytes file;
};

template <class Zone>
Bytes seal(crypto::PersonKey<Zone> const& key, crypto::DocumentContext const& context, BytesView content,
           Random& random) {
    Bytes file;
    crypto::DocumentSealer<Zone> sealer{key, Environment::test, context, random, [&](BytesView bytes) {
                                            append(file, bytes);
                                            return true;
                                        }};
    require(sealer.add(content) && sealer.finish(), "a document is sealed");
    return file;
}

class World {
public:
    explicit World(SeededRandom& random) : random_(random) {
        auto const now = Instant::from_microseconds(1'795'000'000'000'000);
        for (std::size_t person = 0; person < people; ++person) {
            keys_.emplace_back(crypto::Key256::random(random_), 1, Environment::test);
            medical_keys_.emplace_back(crypto::Key256::random(random_), 1, Environment::test);
            auto const id = PersonId::make(now, random_);
            for (auto const size : sizes) add(person, {id, DocumentId::make(now, random_), 2}, size);
        }
    }
    std::vector<Sealed> const& documents() const { return documents_; }
    Key const& key_of(Sealed const& document) const { return keys_[document.person]; }

    /// What lies in its place then; nothing when this kind cannot be done to this document.
    std::optional<Bytes> changed(Sealed const& document, Kind kind) {
        auto file = document.file;
        switch (kind) {
            case Kind::nothing:
                return file;
            case Kind::bit_flip: {
                auto const place = below(file.size());
                file[place] = static_cast<std::uint8_t>(file[place] ^ 1U << below(8));
                return file;
            }
            case Kind::truncation:
                file.resize(below(file.size()));
                return file;
            case Kind::extension: {
                Bytes more(1 + below(2 * chunk_bytes));
                random_.fill(more);
                append(file, more);
                return file;
            }
            case Kind::chunks_reordered:
            case Kind::chunk_repeated: {
                auto const chunks = (file.size() - header_bytes) / chunk_bytes;
                if (chunks < 2) return std::nullopt;
                auto const one = below(chunks);
                auto const other = (one + 1 + below(chunks - 1)) % chunks;
                auto const at = [&](std::size_t chunk) {
                    return file.begin() + static_cast<std::ptrdiff_t>(header_bytes + chunk * chunk_bytes);
                };
                if (kind == Kind::chunks_reordered)
                    std::swap_ranges(at(one), at(one) + chunk_bytes, at(other));
                else
                    std::copy_n(at(one), chunk_bytes, at(other));
                return file;
            }
            case Kind::chunk_of_another: {
                auto const& other = another(document);
                auto const chunks =
                    (std::min(file.size(), other.file.size()) - header_bytes + chunk_bytes - 1) / chunk_bytes;
                auto const from = header_bytes + below(chunks) * chunk_bytes;
                auto const length = std::min({chunk_bytes, file.size() - from, other.file.size() - from});
                std::copy_n(other.file.begin() + static_cast<std::ptrdiff_t>(from), length,
                            file.begin() + static_cast<std::ptrdiff_t>(from));
                return file;
            }
            case Kind::head_of_another: {
                auto const& other = another(document);
                std::copy_n(other.file.begin(), header_bytes, file.begin());
                return file;
            }
            case Kind::swapped_same_person:
                return another_where(document,
                                     [&](Sealed const& one) { return one.person == document.person; });
            case Kind::swapped_other_person:
                return another_where(document,
                                     [&](Sealed const& one) { return one.person != document.person; });
            case Kind::older_version: {
                auto context = document.context;
                context.version = 1;
                return seal(key_of(document), context, document.content, random_);
            }
            case Kind::of_other_side:
                return seal(medical_keys_[document.person], document.context, document.content, random_);
        }
        return std::nullopt;
    }

private:
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_.below(limit)); }
    void add(std::size_t person, crypto::DocumentContext const& context, std::size_t size) {
        Bytes content(size);
        random_.fill(content);
        auto file = seal(keys_[person], context, content, random_);
        documents_.push_back(
            {person, context, std::move(content), StoreName::make_random(random_), std::move(file)});
    }
    Sealed const& another(Sealed const& than) {
        for (;;) {
            auto const& one = documents_[below(documents_.size())];
            if (&one != &than) return one;
        }
    }
    Bytes another_where(Sealed const& than, auto fits) {
        for (;;) {
            auto const& one = another(than);
            if (fits(one)) return one.file;
        }
    }

    SeededRandom& random_;
    std::vector<Key> keys_;
    std::vector<crypto::PersonKey<MedicalZone>> medical_keys_;
    std::vector<Sealed> documents_;
};

/// What came of reading a document to its end.
enum class Came { read, no_file, malformed, altered, at_a_chunk, wrong_bytes };

Came read_whole(Store const& store, Key const& key, Sealed const& document) {
    auto const file = store.read(document.name);
    if (!file) return Came::no_file;
    auto opened = crypto::DocumentOpener<OfficeZone>::open(
        key, Environment::test, document.context, file->size(),
        [&](std::uint64_t offset, BytesSpan out) { return file->read(offset, out); });
    if (!opened) return opened.error() == crypto::OpenError::malformed ? Came::malformed : Came::altered;
    // The size stands in a sealed cell of the database.
    if (opened->padded_bytes() != crypto::padded_size(document.content.size())) return Came::malformed;
    Bytes piece(piece_bytes);
    for (std::size_t offset = 0; offset < opened->padded_bytes(); offset += piece.size()) {
        auto const part =
            BytesSpan{piece}.first(std::min<std::size_t>(piece.size(), opened->padded_bytes() - offset));
        if (!opened->read(offset, part)) return Came::at_a_chunk;
        for (std::size_t i = 0; i < part.size() && offset + i < document.content.size(); ++i)
            if (part[i] != document.content[offset + i]) return Came::wrong_bytes;
    }
    return Came::read;
}

struct Tally {
    std::map<Came, std::uint64_t> of;
    std::uint64_t all() const {
        std::uint64_t sum = 0;
        for (auto const& [came, count] : of) sum += count;
        return sum;
    }
    std::uint64_t count(Came came) const {
        auto const found = of.find(came);
        return found == of.end() ? 0 : found->second;
    }
};

void write_file(std::filesystem::path const& path, BytesView bytes) {
    std::ofstream out{path, std::ios::binary | std::ios::trunc};
    out.write(reinterpret_cast<char const*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    out.close();
    require(out.good(), "a file of the store is written");
}

/// True when all of it was as it must be.
bool prove(std::string_view what, Store const& store, std::filesystem::path const& folder,
           std::uint64_t mutations) {
    SeededRandom random{20261127};
    World world{random};
    for (auto const& one : world.documents()) {
        auto writer = store.create(one.name, random);
        require(writer && writer->write(one.file) && writer->keep(), "a document is kept");
    }
    std::map<Kind, Tally> tallies;
    std::uint64_t done = 0;
    for (std::size_t turn = 0; done < mutations; ++turn) {
        auto const kind = kinds[turn % kinds.size()].first;
        auto const& document =
            world.documents()[static_cast<std::size_t>(random.below(world.documents().size()))];
        auto const changed = world.changed(document, kind);
        if (!changed) continue;
        auto const path = folder / document.name.folder() / document.name.text();
        write_file(path, *changed);
        ++tallies[kind].of[read_whole(store, world.key_of(document), document)];
        write_file(path, document.file);
        if (kind != Kind::nothing) ++done;
    }
    fmt::print("\n{}\n{:<52} {:>7} {:>10} {:>8} {:>9} {:>6}\n", what, "", "times", "malformed", "altered",
               "at chunk", "read");
    bool is_good = true;
    for (auto const& [kind, words] : kinds) {
        auto const& tally = tallies[kind];
        auto const read = tally.count(Came::read) + tally.count(Came::wrong_bytes);
        fmt::print("{:<52} {:>7} {:>10} {:>8} {:>9} {:>6}\n", words, tally.all(),
                   tally.count(Came::malformed) + tally.count(Came::no_file), tally.count(Came::altered),
                   tally.count(Came::at_a_chunk), read);
        bool const is_right = kind == Kind::nothing ? tally.count(Came::read) == tally.all() : read == 0;
        is_good = is_good && is_right && tally.all() > 0;
    }
    fmt::print("{} of {} refused\n", is_good ? done : 0, done);
    return is_good;
}

}  // namespace

int main(int argc, char** argv) {
    std::uint64_t mutations = 100'000;
    if (argc > 1 && std::string_view{argv[1]} == "--quick") mutations = 5'000;
    TestingFolder folder;
    auto const in_folder = FolderStore::open(folder.path());
    require(in_folder.has_value(), "there is a folder");
    bool const folder_holds = prove("In a folder", *in_folder, folder.path(), mutations / 2);

    TestingShare share;
    SystemRandom random;
    SystemClock const clock;
    auto const on_share = SmbStore::open(share.settings(), clock, random);
    require(on_share.has_value(), "there is a share");
    bool const share_holds =
        prove("On a share, by SMB 3.1.1 from a real Samba", *on_share, share.path(), mutations / 2);
    fmt::print("\nscript/proof documents: {}\n", folder_holds && share_holds ? "holds" : "DOES NOT HOLD");
    return folder_holds && share_holds ? 0 : 1;
}
