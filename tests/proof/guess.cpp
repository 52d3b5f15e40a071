#include "guess.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <random>
#include <tuple>
#include <unordered_map>

namespace klout7::proof {
namespace {

constexpr std::size_t folds = 5;
constexpr int shuffles = 10;
constexpr std::int64_t nanoseconds_of_an_hour = 3'600'000'000'000;
/// A word is gone by when it comes this often at least, and with one label more or less often than chance by
/// so many standard deviations. What says nothing would drown what does.
constexpr double word_count_wanted = 8;
constexpr double deviations_wanted = 4;

using Labels = std::vector<std::size_t>;
/// What is told of a file: numbers of words.
using Words = std::vector<std::size_t>;

/// The words by number. The first character of one is which question it answers.
class Vocabulary {
public:
    std::size_t number_of(std::string const& word) {
        auto const [found, is_new] = numbers_.emplace(word, numbers_.size());
        if (is_new) questions_.push_back(static_cast<unsigned char>(word[0]));
        return found->second;
    }
    std::size_t size() const { return numbers_.size(); }
    std::size_t question_of(std::size_t word) const { return questions_[word]; }
    static constexpr std::size_t question_count = 256;

private:
    std::unordered_map<std::string, std::size_t> numbers_;
    std::vector<unsigned char> questions_;
};

std::vector<std::string> words_of(Listed const& file) {
    auto const& name = file.name;
    auto const edge = std::min<std::size_t>(4, name.size());
    std::vector<std::string> words{
        "f" + file.folder,
        fmt::format("s{}", std::lround(std::log2(static_cast<double>(file.size_bytes + 1)) * 4)),
        fmt::format("S{}", file.size_bytes),
        fmt::format("m{:o}", file.mode),
        fmt::format("n{}", name.size()),
        "b" + name.substr(0, edge),
        "e" + name.substr(name.size() - edge)};
    for (std::size_t i = 0; i + 1 < name.size(); ++i) words.push_back("2" + name.substr(i, 2));
    for (std::size_t i = 0; i < file.orders.size(); ++i)
        words.push_back(
            fmt::format("{}{}", static_cast<char>('A' + i), file.orders[i] / nanoseconds_of_an_hour % 24));
    return words;
}

/// The files in one order.
std::vector<std::size_t> sorted_by(std::vector<Listed> const& files, std::size_t order) {
    std::vector<std::size_t> sorted(files.size());
    std::iota(sorted.begin(), sorted.end(), std::size_t{0});
    std::ranges::sort(sorted, {}, [&](std::size_t i) {
        auto const& file = files[i];
        return std::tuple{file.orders[order], std::string_view{file.folder}, std::string_view{file.name}};
    });
    return sorted;
}

/// How often each word comes with each label, and what follows from that.
class Learned {
public:
    Learned(Vocabulary const& vocabulary, std::size_t label_count)
        : vocabulary_(vocabulary),
          label_count_(label_count),
          files_(label_count),
          counts_(vocabulary.size() * label_count) {}
    void add(Words const& words, std::size_t label) {
        ++files_[label];
        for (auto const word : words) ++counts_[word * label_count_ + label];
    }
    /// Behind the last file.
    void finish() {
        totals_.assign(Vocabulary::question_count * label_count_, 0);
        different_.assign(Vocabulary::question_count, 0);
        tells_.assign(vocabulary_.size(), false);
        for (std::size_t word = 0; word < vocabulary_.size(); ++word) {
            auto const question = vocabulary_.question_of(word);
            ++different_[question];
            for (std::size_t label = 0; label < label_count_; ++label)
                totals_[question * label_count_ + label] += count(word, label);
            tells_[word] = does_tell(word);
        }
    }
    std::size_t most_likely(Words const& words) const {
        std::vector<double> scores;
        for (auto const files : files_) scores.push_back(std::log(files + 1));
        for (auto const word : words) {
            if (!tells_[word]) continue;
            auto const question = vocabulary_.question_of(word);
            for (std::size_t label = 0; label < label_count_; ++label)
                scores[label] += std::log((count(word, label) + 1) /
                                          (totals_[question * label_count_ + label] + different_[question]));
        }
        return static_cast<std::size_t>(std::ranges::max_element(scores) - scores.begin());
    }

private:
    double count(std::size_t word, std::size_t label) const { return counts_[word * label_count_ + label]; }
    bool does_tell(std::size_t word) const {
        double in_all = 0;
        for (std::size_t label = 0; label < label_count_; ++label) in_all += count(word, label);
        if (in_all < word_count_wanted) return false;
        auto const files = std::accumulate(files_.begin(), files_.end(), 0.0);
        for (std::size_t label = 0; label < label_count_; ++label) {
            auto const part = files_[label] / files;
            auto const deviation = std::sqrt(in_all * part * (1 - part));
            if (std::abs(count(word, label) - in_all * part) >= deviations_wanted * deviation) return true;
        }
        return false;
    }

    Vocabulary const& vocabulary_;
    std::size_t label_count_;
    std::vector<double> files_;
    std::vector<double> counts_;
    std::vector<double> totals_;
    std::vector<double> different_;
    std::vector<bool> tells_;
};

class Classifier {
public:
    Classifier(std::vector<Listed> const& files, std::size_t label_count) : label_count_(label_count) {
        for (auto const& file : files) {
            words_.emplace_back();
            for (auto const& word : words_of(file)) words_.back().push_back(vocabulary_.number_of(word));
        }
        for (std::size_t order = 0; order < files.front().orders.size(); ++order) {
            orders_.push_back(sorted_by(files, order));
            for (auto const first : {'K', 'L'}) {
                for (std::size_t label = 0; label < label_count; ++label)
                    neighbours_.push_back(vocabulary_.number_of(fmt::format(
                        "{}{}", static_cast<char>(static_cast<std::size_t>(first) + 2 * order), label)));
            }
        }
        for (std::size_t i = 0; i < files.size(); ++i) fold_of_.push_back(i % folds);
        std::mt19937_64 random{1};
        std::ranges::shuffle(fold_of_, random);
    }
    /// The part of all labels that was guessed.
    double right(Labels const& labels) const {
        std::size_t right = 0;
        for (std::size_t fold = 0; fold < folds; ++fold) right += right_in(fold, labels);
        return static_cast<double>(right) / static_cast<double>(labels.size());
    }

private:
    std::size_t right_in(std::size_t fold, Labels const& labels) const {
        auto const words = with_neighbours(fold, labels);
        Learned learned{vocabulary_, label_count_};
        for (std::size_t i = 0; i < labels.size(); ++i)
            if (fold_of_[i] != fold) learned.add(words[i], labels[i]);
        learned.finish();
        std::size_t right = 0;
        for (std::size_t i = 0; i < labels.size(); ++i)
            right += (fold_of_[i] == fold && learned.most_likely(words[i]) == labels[i]) ? 1U : 0U;
        return right;
    }
    /// Adds the labels of those around each file, as far as they are known: not those of `fold`.
    std::vector<Words> with_neighbours(std::size_t fold, Labels const& labels) const {
        auto words = words_;
        auto next = neighbours_.begin();
        auto const add = [&](auto begin, auto end) {
            std::optional<std::size_t> known;
            for (auto at = begin; at != end; ++at) {
                if (known) words[*at].push_back(*(next + static_cast<std::ptrdiff_t>(*known)));
                if (fold_of_[*at] != fold) known = labels[*at];
            }
            next += static_cast<std::ptrdiff_t>(label_count_);
        };
        for (auto const& sorted : orders_) {
            add(sorted.begin(), sorted.end());
            add(sorted.rbegin(), sorted.rend());
        }
        return words;
    }

    std::size_t label_count_;
    Vocabulary vocabulary_;
    std::vector<Words> words_;
    std::vector<std::vector<std::size_t>> orders_;
    /// Of each order and each way, the word of each label.
    std::vector<std::size_t> neighbours_;
    std::vector<std::size_t> fold_of_;
};

double most_frequent(Labels const& labels, std::size_t label_count) {
    std::vector<std::size_t> counts(label_count);
    for (auto const label : labels) ++counts[label];
    return static_cast<double>(std::ranges::max(counts)) / static_cast<double>(labels.size());
}

}  // namespace

Guessed guess(std::vector<Listed> const& files, Labels const& labels) {
    auto const label_count = std::ranges::max(labels) + 1;
    Classifier const classifier{files, label_count};
    std::mt19937_64 random{2};
    auto shuffled = labels;
    double by_chance = 0;
    for (int i = 0; i < shuffles; ++i) {
        std::ranges::shuffle(shuffled, random);
        by_chance += classifier.right(shuffled) / shuffles;
    }
    return {classifier.right(labels), std::max(most_frequent(labels, label_count), by_chance)};
}

}  // namespace klout7::proof
