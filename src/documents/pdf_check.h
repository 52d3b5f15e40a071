#pragma once

#include <array>

#include "base/bytes.h"
#include "base/secret_bytes.h"

namespace klout7::documents {

/// Whether what streams by is a PDF from start to end: `%PDF-` first, `%%EOF` within the last 1024 bytes.
/// Tells a wrong type or a cut-off file, not a harmful one. Source: ISO 32000-1, 7.5.2, 7.5.5, annex H.3.
class PdfCheck {
public:
    void add(BytesView bytes);
    /// False as soon as the first bytes are something else.
    bool may_be_pdf() const;
    /// After the last byte.
    bool is_pdf() const;

private:
    static constexpr std::size_t tail_limit = 1024;
    std::array<std::uint8_t, 5> head_{};
    std::size_t head_size_ = 0;
    SecretBytes tail_{tail_limit};
    std::size_t tail_size_ = 0;
};

}  // namespace klout7::documents
