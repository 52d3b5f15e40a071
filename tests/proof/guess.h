#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace klout7::proof {

/// What somebody sees of a file who may list a store and open nothing.
struct Listed {
    std::string folder;
    std::string name;
    std::uint64_t size_bytes = 0;
    std::uint64_t mode = 0;
    /// Of written, read and whatever else: nanoseconds, or the place in a list. Each is an order to go by.
    std::vector<std::int64_t> orders;
};

/// How often a guess was right, and how often it would be without knowing anything.
struct Guessed {
    double right = 0;
    double chance = 0;
};

/// Guesses the label of each file from the labels of others, a fifth of them at a time from the other four
/// fifths: naive Bayes over the folder, the size (as it is, and in steps of a quarter of a doubling), the
/// name (its length, its first and last four characters, each two characters of it), the mode, the hour of
/// each order read as a time, and the labels of the known files that come right before and behind it in each
/// order. Words that come as often with each label are left out. Chance is the most frequent label, or what
/// the same comes to with the labels shuffled, whichever is more.
Guessed guess(std::vector<Listed> const& files, std::vector<std::size_t> const& labels);

}  // namespace klout7::proof
