// Somebody with every right on a store lists it. 5,000 documents of ten types lie in a store of each side; a
// classifier that learned from four fifths of them guesses the type of the others, and whether they are
// medical, from names, sizes and times alone. It may be right no more often than chance, plus two points.
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <map>
#include <random>
#include <string>

#include "base/random.h"
#include "crypto/document_cipher.h"
#include "documents/folder_store.h"
#include "guess.h"
#include "store_name.h"
#include "testing/share.h"

using namespace klout7;
using namespace klout7::documents;
using documents::testing::TestingFolder;
using documents::testing::TestingShare;
using proof::Guessed;
using proof::Listed;

namespace {

constexpr std::size_t document_count = 5'000;
constexpr double points_allowed = 0.02;
/// What a leak must be found by, at least, so that not finding one says something.
constexpr double points_of_a_leak = 0.20;

struct Type {
    std::string_view ending;
    std::string_view first_bytes;
    double usual_bytes;  ///< the middle one, where lengths go by the type
};
constexpr std::array<Type, 10> types{{
    {"pdf", "%PDF-1.7\n", 60'000},
    {"jpg", "\xFF\xD8\xFF\xE0", 150'000},
    {"png", "\x89PNG\r\n\x1A\n", 90'000},
    {"heic",
     "\x01\x01\x01\x18"
     "ftypheic",
     110'000},
    {"tiff", "II*\x01", 200'000},
    {"docx", "PK\x03\x04", 25'000},
    {"xlsx", "PK\x03\x04", 15'000},
    {"odt", "PK\x03\x04", 20'000},
    {"eml", "From: ", 8'000},
    {"txt", "Geachte ", 1'500},
}};

/// The second question about a document: of one kind or of the other.
struct Kinds {
    std::string_view question;
    std::array<std::array<std::string_view, 4>, 2> names;
};
constexpr Kinds medical_kinds{
    "medical",
    {{{"Afspraakbevestiging", "Machtiging", "Brief aan werkgever", "Reiskosten spreekuur"},
      {"Huisartsbrief", "Laboratoriumuitslag", "MRI knie links", "Behandelplan fysiotherapie"}}}};
constexpr Kinds office_kinds{
    "about money",
    {{{"Plan van aanpak", "Eerstejaarsevaluatie", "Re-integratieverslag", "Arbeidsovereenkomst"},
      {"Loonstrook", "Jaaropgave", "Factuur interventie", "Loonbeslag deurwaarder"}}}};

struct Document {
    std::size_t type = 0;
    std::size_t kind = 0;
    std::string name;
    std::uint64_t size_bytes = 0;
    std::int64_t came_at = 0;  ///< nanoseconds
};

enum class Lengths { alike, by_type };

/// In the order in which they come: a few of a kind and a type in a row, as mail is scanned and files are
/// sent; half of each type and kind at an hour of its own.
class Mail {
public:
    Mail(Kinds const& kinds, Lengths lengths, std::uint64_t seed)
        : kinds_(kinds), lengths_(lengths), random_(seed) {}

    std::vector<Document> documents() {
        std::vector<std::size_t> turns(document_count);
        for (std::size_t i = 0; i < turns.size(); ++i) turns[i] = i % (types.size() * 2);
        std::ranges::shuffle(turns, random_);
        in_runs(turns);
        std::vector<Document> all;
        for (auto const turn : turns) all.push_back(one(turn / 2, turn % 2));
        return all;
    }

private:
    /// Moves equal ones together, some five in a row.
    void in_runs(std::vector<std::size_t>& turns) {
        constexpr std::size_t stretch = 100;
        for (std::size_t at = 0; at < turns.size(); at += stretch)
            std::sort(turns.begin() + static_cast<std::ptrdiff_t>(at),
                      turns.begin() + static_cast<std::ptrdiff_t>(std::min(at + stretch, turns.size())));
    }
    Document one(std::size_t type, std::size_t kind) {
        constexpr std::int64_t minute = 60'000'000'000;
        came_at_ += static_cast<std::int64_t>(1 + random_() % 20) * minute;
        auto const own_hour = random_() % 2 == 0 ? type * 2 + kind : random_() % 24;
        auto const hour = static_cast<std::int64_t>(own_hour) * 60 * minute;
        auto const day = came_at_ / (24 * 60 * minute) * (24 * 60 * minute);
        auto const& words = kinds_.names[kind][random_() % 4];
        return {type, kind,
                fmt::format("{} {}{}.{}", words, random_() % 100'000,
                            std::string(random_() % 30, 'x').insert(0, " "), types[type].ending),
                size_of(type), day + hour + came_at_ % (60 * minute)};
    }
    std::uint64_t size_of(std::size_t type) {
        auto const middle = lengths_ == Lengths::alike ? 20'000.0 : types[type].usual_bytes;
        std::lognormal_distribution<double> around{std::log(middle), 0.8};
        return static_cast<std::uint64_t>(std::clamp(around(random_), 200.0, 2'000'000.0));
    }

    Kinds const& kinds_;
    Lengths lengths_;
    std::mt19937_64 random_;
    std::int64_t came_at_ = 1'600'000'000'000'000'000;
};

// -- what lies there ---------------------------------------------------------------------------------

/// Seals and stores as an upload does, and reads once as the gate does behind it.
template <class Zone>
class Archive {
public:
    Archive(Store const& store, std::uint64_t seed)
        : store_(store),
          random_(seed),
          keyring_(
              crypto::Keyring<Zone>::create({Uuid::version_7(now, random_), Environment::test}, random_)),
          key_(crypto::Key256::random(random_), 1, Environment::test) {}

    StoreName put(Document const& document) {
        crypto::DocumentContext const context{person_, DocumentId::make(now, random_), 1};
        auto name = store_name(keyring_, context.document);
        auto writer = store_.create(name, random_);
        require(writer.has_value(), "a file is made");
        crypto::DocumentSealer<Zone> sealer{key_, Environment::test, context, random_,
                                            [&](BytesView sealed) { return writer->write(sealed); }};
        require(sealer.add(content_of(document)) && sealer.finish() && writer->keep(), "a document is kept");
        read(name, context);
        return name;
    }

private:
    static constexpr auto now = Instant::from_microseconds(1'795'000'000'000'000);

    Bytes content_of(Document const& document) {
        Bytes content(document.size_bytes);
        random_.fill(content);
        std::ranges::copy(bytes_of(types[document.type].first_bytes), content.begin());
        return content;
    }
    void read(StoreName const& name, crypto::DocumentContext const& context) {
        auto const file = store_.read(name);
        require(file.has_value(), "a document is there");
        auto opened = crypto::DocumentOpener<Zone>::open(
            key_, Environment::test, context, file->size(),
            [&](std::uint64_t offset, BytesSpan out) { return file->read(offset, out); });
        Bytes first(100);
        require(opened && opened->read(0, first), "a document opens");
    }

    Store const& store_;
    SeededRandom random_;
    crypto::Keyring<Zone> keyring_;
    crypto::PersonKey<Zone> key_;
    PersonId person_ = PersonId::make(now, random_);
};

std::int64_t nanoseconds(timespec at) { return std::int64_t{at.tv_sec} * 1'000'000'000 + at.tv_nsec; }

/// Which times a listing shows, beside the place in the list itself.
struct Shown {
    bool read = true;
    bool changed = false;  ///< and the number of the file: what the file system writes down by itself
};

/// A file as `ls -l --time-style=full-iso` and `stat` show it.
Listed listed(std::filesystem::path const& file, Shown shown) {
    struct stat facts {};
    require(stat(file.c_str(), &facts) == 0, "a file of the store can be looked at");
    Listed one{file.parent_path().filename().string(),
               file.filename().string(),
               static_cast<std::uint64_t>(facts.st_size),
               facts.st_mode,
               {nanoseconds(facts.st_mtim)}};
    if (shown.read) one.orders.push_back(nanoseconds(facts.st_atim));
    if (shown.changed) {
        one.orders.push_back(nanoseconds(facts.st_ctim));
        one.orders.push_back(static_cast<std::int64_t>(facts.st_ino));
    }
    return one;
}

/// All that was put there, in the order of `of`, each with its place in the list.
std::vector<Listed> list(std::filesystem::path const& folder, std::vector<StoreName> const& of, Shown shown) {
    std::map<std::string, std::int64_t> places;
    for (auto const& entry : std::filesystem::recursive_directory_iterator{folder})
        places.emplace(entry.path().filename().string(), std::ssize(places));
    std::vector<Listed> all;
    for (auto const& name : of) {
        all.push_back(listed(folder / name.folder() / name.text(), shown));
        all.back().orders.push_back(places.at(name.text()));
    }
    return all;
}

/// The same as plain files, with their own names, lengths and times: as a store would show that hides
/// nothing.
std::vector<Listed> list_plain(std::vector<Document> const& documents) {
    TestingFolder const folder;
    std::vector<Listed> all;
    for (auto const& document : documents) {
        auto const file = folder.path() / document.name;
        std::ofstream{file} << types[document.type].first_bytes;
        std::filesystem::resize_file(file, document.size_bytes);
        timespec const at{document.came_at / 1'000'000'000, document.came_at % 1'000'000'000};
        std::array const read_and_written{at, at};
        require(utimensat(AT_FDCWD, file.c_str(), read_and_written.data(), 0) == 0, "a file has its time");
        all.push_back(listed(file, {}));
        all.back().folder.clear();
        std::filesystem::remove(file);
    }
    return all;
}

// -- what can be told --------------------------------------------------------------------------------

/// What is asked of a way of looking at documents.
enum class Wanted { nothing_is_told, a_leak_is_found, figures_only };

class Table {
public:
    Table(Kinds const& kinds, std::vector<Document> const& documents) {
        for (auto const& document : documents) {
            types_.push_back(document.type);
            kinds_.push_back(document.kind);
        }
        fmt::print("{:<58} {:>17}   {:>17}\n{:<58} {:>8} {:>8}   {:>8} {:>8}\n", "", "type",
                   fmt::format("{} or not", kinds.question), "", "guessed", "chance", "guessed", "chance");
    }
    void row(std::string_view what, std::vector<Listed> const& files, Wanted wanted) {
        auto const type = proof::guess(files, types_);
        auto const kind = proof::guess(files, kinds_);
        bool const is_right = is_as(wanted, type) && is_as(wanted, kind);
        fmt::print("{:<58} {:>6.1f} % {:>6.1f} %   {:>6.1f} % {:>6.1f} %{}\n", what, 100 * type.right,
                   100 * type.chance, 100 * kind.right, 100 * kind.chance,
                   is_right ? "" : "   NOT AS IT MUST BE");
        holds_ = holds_ && is_right;
    }
    bool holds() const { return holds_; }

private:
    static bool is_as(Wanted wanted, Guessed const& guessed) {
        switch (wanted) {
            case Wanted::nothing_is_told:
                return guessed.right <= guessed.chance + points_allowed;
            case Wanted::a_leak_is_found:
                return guessed.right >= guessed.chance + points_of_a_leak;
            case Wanted::figures_only:
                return true;
        }
        return false;
    }
    std::vector<std::size_t> types_;
    std::vector<std::size_t> kinds_;
    bool holds_ = true;
};

/// Nothing but their sizes.
std::vector<Listed> sizes_alone(std::vector<Listed> files) {
    for (auto& file : files) file = {{}, {}, file.size_bytes, 0, {}};
    return files;
}
/// As if the names said what the content is.
std::vector<Listed> with_endings(std::vector<Listed> files, std::vector<Document> const& documents) {
    for (std::size_t i = 0; i < files.size(); ++i)
        files[i].name += fmt::format("-{}.{}", documents[i].kind, types[documents[i].type].ending);
    return files;
}
/// As if a file kept the time at which it came.
std::vector<Listed> with_times(std::vector<Listed> files, std::vector<Document> const& documents) {
    for (std::size_t i = 0; i < files.size(); ++i) files[i].orders.front() = documents[i].came_at;
    return files;
}

struct Place {
    Store const& store;
    std::filesystem::path folder;
    std::string_view words;
    bool keeps_read_times;  ///< the program can set when a file was read, and read it without a trace
};

template <class Zone>
bool prove(Place const& place, Kinds const& kinds, Lengths lengths, std::uint64_t seed) {
    auto const documents = Mail{kinds, lengths, seed}.documents();
    Archive<Zone> archive{place.store, seed};
    std::vector<StoreName> names;
    for (auto const& document : documents) names.push_back(archive.put(document));
    fmt::print(
        "\n{} side, {}, {}\n", Zone::side == Side::office ? "Office" : "Medical", place.words,
        lengths == Lengths::alike ? "lengths that do not go by the type" : "lengths that go by the type");
    Table table{kinds, documents};
    table.row("as plain files", list_plain(documents), Wanted::a_leak_is_found);
    auto const files = list(place.folder, names, {.read = place.keeps_read_times});
    if (lengths == Lengths::by_type) {
        table.row("  by their sizes alone, as they are", sizes_alone(list_plain(documents)),
                  Wanted::figures_only);
        table.row("as they lie in the store: what padding leaves", files, Wanted::figures_only);
        return table.holds();
    }
    table.row("as they lie in the store", files, Wanted::nothing_is_told);
    table.row("  if names said what is in a file", with_endings(files, documents), Wanted::a_leak_is_found);
    table.row("  if files kept the time at which they came", with_times(files, documents),
              Wanted::a_leak_is_found);
    if (!place.keeps_read_times)
        table.row("  with the time of reading, which the server sets", list(place.folder, names, {}),
                  Wanted::figures_only);
    table.row("  with what the file system writes down: change, number",
              list(place.folder, names, {.changed = true}), Wanted::figures_only);
    return table.holds();
}

template <class Zone>
bool prove_in_folder(Kinds const& kinds, Lengths lengths, std::uint64_t seed) {
    TestingFolder const folder;
    auto const store = FolderStore::open(folder.path());
    require(store.has_value(), "there is a folder");
    return prove<Zone>({*store, folder.path(), "a folder", true}, kinds, lengths, seed);
}

template <class Zone>
bool prove_on_share(Kinds const& kinds, std::uint64_t seed) {
    TestingShare const share;
    SystemRandom random;
    SystemClock const clock;
    auto const store = SmbStore::open(share.settings(), clock, random);
    require(store.has_value(), "there is a share");
    return prove<Zone>({*store, share.path(), "a share of a real Samba", false}, kinds, Lengths::alike, seed);
}

}  // namespace

int main() {
    fmt::print("{} documents of {} types in each store; right at most {:.0f} points more often than chance\n",
               document_count, types.size(), 100 * points_allowed);
    bool holds = prove_in_folder<OfficeZone>(office_kinds, Lengths::alike, 1);
    holds = prove_in_folder<MedicalZone>(medical_kinds, Lengths::alike, 2) && holds;
    holds = prove_on_share<MedicalZone>(medical_kinds, 3) && holds;
    holds = prove_in_folder<MedicalZone>(medical_kinds, Lengths::by_type, 4) && holds;
    fmt::print("\nscript/proof store-admin: {}\n", holds ? "holds" : "DOES NOT HOLD");
    return holds ? 0 : 1;
}
