#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace klout7::access {

/// What a doctor can have done by delegated staff, beside seeing who is ill since when.
enum class Task : std::uint8_t { consults, documents, letters };
inline constexpr std::array all_tasks{Task::consults, Task::documents, Task::letters};
/// The code of a task in tables and answers. Never changes.
std::string_view name_of(Task task);

/// Some of them, or none.
class Tasks {
public:
    /// "consults letters": codes in any order, blanks between them. Nothing when one is no code.
    static std::optional<Tasks> parse(std::string_view text);
    /// The codes in their order.
    std::string text() const;

    void add(Task task) { bits_ = static_cast<std::uint8_t>(bits_ | bit(task)); }
    bool has(Task task) const { return (bits_ & bit(task)) != 0; }
    bool empty() const { return bits_ == 0; }
    friend bool operator==(Tasks, Tasks) = default;

private:
    static std::uint8_t bit(Task task) {
        return static_cast<std::uint8_t>(1U << static_cast<unsigned>(task));
    }
    std::uint8_t bits_ = 0;
};

}  // namespace klout7::access
