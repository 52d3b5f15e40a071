#pragma once

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace klout7::confine {

/// A program for seccomp. It allocates nothing, as it may be made between fork and exec.
class CallFilter {
public:
    /// Ends who makes calls of another architecture, and goes on with the number of the call loaded.
    CallFilter();
    void load(std::size_t at) { add(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(at))); }
    void answer(std::uint32_t with) { add(BPF_STMT(BPF_RET | BPF_K, with)); }
    /// When what was loaded last compares so with this value.
    void answer_when(std::uint16_t comparison, std::uint32_t value, std::uint32_t with) {
        add(skip_if(comparison, value, 0, 1));
        answer(with);
    }
    void answer_unless(std::uint16_t comparison, std::uint32_t value, std::uint32_t with) {
        add(skip_if(comparison, value, 1, 0));
        answer(with);
    }
    /// Allows this call when its argument has none of these bits, and else ends who makes it. The number of
    /// the call must be what was loaded last, and is so behind it.
    void allow_without(std::uint32_t call, std::size_t argument, std::uint32_t bits);
    /// For good, in this process and what it becomes. False when it could not be done.
    bool install() const;

private:
    static constexpr sock_filter skip_if(std::uint16_t comparison, std::uint32_t value, std::uint8_t yes,
                                         std::uint8_t no) {
        return BPF_JUMP(static_cast<std::uint16_t>(BPF_JMP | comparison | BPF_K), value, yes, no);
    }
    void add(sock_filter one) { program_.at(size_++) = one; }

    std::array<sock_filter, 128> program_{};
    std::size_t size_ = 0;
};

}  // namespace klout7::confine
