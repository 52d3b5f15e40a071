#include "pdf_check.h"

#include <algorithm>
#include <cstring>

namespace klout7::documents {
namespace {

constexpr std::string_view first_bytes = "%PDF-";
constexpr std::string_view end_mark = "%%EOF";

}  // namespace

void PdfCheck::add(BytesView bytes) {
    for (auto const byte : bytes.first(std::min(bytes.size(), head_.size() - head_size_)))
        head_[head_size_++] = byte;

    if (bytes.size() > tail_limit) bytes = bytes.last(tail_limit);
    if (bytes.empty()) return;
    auto const kept = std::min(tail_size_, tail_limit - bytes.size());
    auto* const tail = tail_.span().data();
    std::memmove(tail, tail + (tail_size_ - kept), kept);
    std::memcpy(tail + kept, bytes.data(), bytes.size());
    tail_size_ = kept + bytes.size();
}

bool PdfCheck::may_be_pdf() const {
    return first_bytes.starts_with(text_of(BytesView{head_}.first(head_size_)));
}

bool PdfCheck::is_pdf() const {
    return head_size_ == head_.size() && may_be_pdf() &&
           text_of(tail_.view().first(tail_size_)).find(end_mark) != std::string_view::npos;
}

}  // namespace klout7::documents
