#include "program/database_watch.h"

#include <algorithm>
#include <chrono>

#include "base/log.h"
#include "base/tell.h"

namespace klout7::program {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds between_looks = 1min;
constexpr std::chrono::milliseconds while_it_differs = 2s;

bool is_of_the_moment(store::ServerDifference const& difference) {
    return difference.fault == store::ServerFault::unreachable ||
           difference.fault == store::ServerFault::silent;
}

}  // namespace

DatabaseWatch::DatabaseWatch(Look look) : look_(std::move(look)), rounds_([this] { return round(); }) {
    looked_.wait();
}

std::chrono::milliseconds DatabaseWatch::round() {
    this->look();
    if (!std::exchange(has_looked_, true)) looked_.count_down();
    return *is_trusted_ ? between_looks : while_it_differs;
}

void DatabaseWatch::look() {
    auto found = look_();
    // One connection that was lost says nothing of the server.
    if (std::ranges::any_of(found, is_of_the_moment)) found = look_();
    *is_trusted_ = found.empty();
    std::vector<std::string> sentences;
    for (auto const& difference : found) sentences.push_back(difference.sentence);
    if (sentences == told_) return;
    for (auto const& difference : found) {
        write_log(LogLevel::error, "the database is not used: it is not as agreed",
                  field("fault", difference.fault));
        tell_operator("the database is not used: " + difference.sentence);
    }
    if (found.empty()) write_log(LogLevel::info, "the database is as agreed again");
    told_ = std::move(sentences);
}

}  // namespace klout7::program
