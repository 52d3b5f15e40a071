#include "detail.h"

namespace klout7::audit {

DetailPlace::DetailPlace(std::string_view program, std::int64_t number) {
    Bytes name = to_bytes(program);
    append_u64(name, static_cast<std::uint64_t>(number));
    auto const hash = crypto::sha256(name);
    row = *Uuid::from_bytes(BytesView{hash}.first(Uuid::size_bytes));
}

}  // namespace klout7::audit
