#include "base/secret_bytes.h"

#include <cstring>

#include "base/check.h"

namespace klout7 {

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
        wipe();
        bytes_ = std::exchange(other.bytes_, {});
    }
    return *this;
}

void SecretBytes::shrink(std::size_t size) {
    require(size <= bytes_.size(), "a secret only shrinks");
    klout7::wipe(BytesSpan{bytes_}.subspan(size));
    bytes_.resize(size);
}

void SecretBytes::wipe() {
    klout7::wipe(bytes_);
    bytes_.clear();
}

void wipe(BytesSpan bytes) {
    if (!bytes.empty()) explicit_bzero(bytes.data(), bytes.size());
}

}  // namespace klout7
