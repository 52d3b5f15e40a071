#include "access/tasks.h"

#include <algorithm>
#include <utility>

namespace klout7::access {

std::string_view name_of(Task task) {
    switch (task) {
        case Task::consults:
            return "consults";
        case Task::documents:
            return "documents";
        case Task::letters:
            return "letters";
    }
    std::unreachable();
}

std::optional<Tasks> Tasks::parse(std::string_view text) {
    Tasks tasks;
    while (!text.empty()) {
        auto const end = std::min(text.find(' '), text.size());
        auto const word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (word.empty()) continue;
        auto const found = std::ranges::find(all_tasks, word, [](Task task) { return name_of(task); });
        if (found == all_tasks.end()) return std::nullopt;
        tasks.add(*found);
    }
    return tasks;
}

std::string Tasks::text() const {
    std::string text;
    for (auto const task : all_tasks) {
        if (!has(task)) continue;
        if (!text.empty()) text += ' ';
        text += name_of(task);
    }
    return text;
}

}  // namespace klout7::access
