#include "window.h"

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

namespace klout7::gate {

int Window::slide(std::uint64_t offset) {
    if (failed_ || offset >= size()) return -1;
    // Some before it stays in sight for who looks back.
    constexpr std::uint64_t behind = 4096;
    begin_ = offset - std::min(offset, behind);
    filled_ = static_cast<std::size_t>(std::min<std::uint64_t>(buffer_.size(), size() - begin_));
    if (!content_.read(begin_, buffer_.span().first(filled_))) {
        failed_ = true;
        filled_ = 0;
        return -1;
    }
    return buffer_.view()[static_cast<std::size_t>(offset - begin_)];
}

bool Window::read(std::uint64_t offset, BytesSpan out) {
    if (failed_ || offset > size() || out.size() > size() - offset) return false;
    if (!out.empty() && !content_.read(offset, out)) failed_ = true;
    return !failed_;
}

bool Window::holds(std::uint64_t offset, std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (at(offset + i) != static_cast<std::uint8_t>(bytes[i])) return false;
    }
    return true;
}

std::uint64_t Window::find(std::string_view bytes, std::uint64_t from) {
    for (auto offset = from; offset + bytes.size() <= size() && at(offset) >= 0;) {
        auto const seen = in_sight(offset);
        auto const* const first = std::memchr(seen.data(), bytes.front(), seen.size());
        if (first == nullptr) {
            offset += seen.size();
            continue;
        }
        offset += static_cast<std::uint64_t>(static_cast<std::uint8_t const*>(first) - seen.data());
        if (holds(offset, bytes)) return offset;
        ++offset;
    }
    return size();
}

void Window::find_all(std::initializer_list<std::string_view> words,
                      std::function<void(std::string_view, std::uint64_t)> const& found) {
    auto const longest = std::ranges::max(words, {}, &std::string_view::size).size();
    // Where a word begins within what is in sight; whoever hears of one may look elsewhere.
    std::vector<std::pair<std::string_view, std::uint64_t>> places;
    for (std::uint64_t from = 0; at(from) >= 0;) {
        if (in_sight(from).size() < longest && slide(from) < 0) return;
        auto const seen = text_of(in_sight(from));
        bool const is_last = from + seen.size() == size();
        // What begins behind this may go on out of sight: it is for the next round.
        auto const until = is_last ? seen.size() : seen.size() - (longest - 1);
        places.clear();
        for (auto const word : words) {
            for (auto place = seen.find(word); place < until; place = seen.find(word, place + 1))
                places.emplace_back(word, from + place);
        }
        from += until;
        for (auto const& [word, place] : places) found(word, place);
    }
}

}  // namespace klout7::gate
