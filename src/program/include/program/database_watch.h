#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <latch>
#include <memory>
#include <string>
#include <vector>

#include "base/rounds.h"
#include "store/server_check.h"

namespace klout7::program {

/// Looks at the start and every minute whether the database is what was agreed (store/server_check.h). While
/// it is not, nothing is asked of it, the operating log says so, and it is looked at every two seconds.
class DatabaseWatch {
public:
    using Look = std::function<std::vector<store::ServerDifference>()>;
    /// Looks once before it returns.
    explicit DatabaseWatch(Look look);

    std::shared_ptr<std::atomic<bool> const> is_trusted() const { return is_trusted_; }

private:
    void look();
    std::chrono::milliseconds round();

    Look look_;
    std::shared_ptr<std::atomic<bool>> is_trusted_ = std::make_shared<std::atomic<bool>>(false);
    /// What was told last, so that it is told once.
    std::vector<std::string> told_;
    bool has_looked_ = false;
    std::latch looked_{1};
    Rounds rounds_;
};

}  // namespace klout7::program
