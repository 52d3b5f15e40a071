#pragma once

#include <string_view>
#include <utility>

#include "base/bytes.h"

namespace klout7 {

/// Bytes that nobody may find later: wiped when they go, never printed, logged or compared in
/// variable time. Moving leaves nothing behind; copying is asked for by name.
class SecretBytes {
public:
    SecretBytes() = default;
    explicit SecretBytes(std::size_t size) : bytes_(size) {}
    explicit SecretBytes(BytesView from) : bytes_(from.begin(), from.end()) {}
    static SecretBytes from_text(std::string_view text) { return SecretBytes{bytes_of(text)}; }

    SecretBytes(SecretBytes&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    SecretBytes(SecretBytes const&) = delete;
    SecretBytes& operator=(SecretBytes const&) = delete;
    ~SecretBytes() { wipe(); }

    SecretBytes copy() const { return SecretBytes{view()}; }
    BytesView view() const { return bytes_; }
    BytesSpan span() { return bytes_; }
    std::string_view text() const { return text_of(bytes_); }
    std::size_t size() const { return bytes_.size(); }
    bool empty() const { return bytes_.empty(); }
    /// Drops the bytes behind `size`; they are wiped. Never grows.
    void shrink(std::size_t size);
    void wipe();

private:
    Bytes bytes_;
};

/// Overwrites memory so that the compiler cannot leave it out.
void wipe(BytesSpan bytes);

}  // namespace klout7
