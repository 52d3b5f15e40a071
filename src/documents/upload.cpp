#include <algorithm>

#include "base/check.h"
#include "documents/documents.h"
#include "gate/apart.h"
#include "store_name.h"

namespace klout7::documents {
namespace {

/// What the gate looks at to tell at once that a content is of no type that is taken.
constexpr std::size_t first_bytes = 512;

UploadFault fault_of(StoreFault fault) {
    switch (fault) {
        case StoreFault::full:
            return UploadFault::full;
        case StoreFault::exists:
            return UploadFault::exists;
        case StoreFault::away:
        case StoreFault::missing:
        case StoreFault::unreadable:
        case StoreFault::unwritable:
            return UploadFault::unwritable;
    }
    return UploadFault::unwritable;
}

}  // namespace

template <class Zone>
struct Upload<Zone>::State {
    Store const& store;
    StoreName name;
    std::optional<Store::Writer> writer;
    std::optional<UploadFault> fault;
    std::optional<gate::Refusal> refusal;
    Key const& key;
    Environment environment;
    crypto::DocumentContext context;
    std::uint64_t largest = 0;
    std::uint64_t size = 0;
    SecretBytes first{first_bytes};  ///< of the content, as far as they came
    std::size_t first_size = 0;
    Scanner::Scan scan;
    crypto::DocumentSealer<Zone> sealer;  // last: it writes as soon as it is made

    State(Store const& into, StoreName as, Store::Writer&& w, Scanner::Scan&& scanning, Key const& with,
          Environment in, Arrival const& arrival, Random& random)
        : store(into),
          name(std::move(as)),
          writer(std::move(w)),
          key(with),
          environment(in),
          context{arrival.person, arrival.document, 1},
          largest(arrival.largest_bytes),
          scan(std::move(scanning)),
          sealer(key, environment, context, random, [this](BytesView sealed) { return write(sealed); }) {}

    bool write(BytesView sealed) {
        if (!fault && !writer->write(sealed)) fail(fault_of(writer->fault()));
        return !fault;
    }
    std::unexpected<UploadFault> fail(UploadFault with) {
        fault = with;
        writer.reset();
        return std::unexpected(with);
    }
    std::unexpected<UploadFault> refuse(gate::Refusal why) {
        refusal = why;
        return fail(UploadFault::refused);
    }
    bool begins_well(BytesView plain) {
        auto const part = plain.first(std::min(plain.size(), first.size() - first_size));
        std::ranges::copy(part, first.span().begin() + static_cast<std::ptrdiff_t>(first_size));
        first_size += part.size();
        return part.empty() || gate::may_be_taken(first.view().first(first_size));
    }
    /// What the gate says of it as it was written. A store goes on bringing it to its disk meanwhile.
    std::expected<gate::FileType, gate::Refusal> examine(Store::Reader file) const {
        auto content = crypto::DocumentOpener<Zone>::open(
            key, environment, context, file.size(),
            [&file](std::uint64_t offset, BytesSpan out) { return file.read(offset, out); });
        if (!content) return std::unexpected(gate::Refusal::not_examined);
        return gate::examine_apart(
            {size, [&content](std::uint64_t offset,
                              BytesSpan out) { return content->read(offset, out).has_value(); }},
            Zone::side);
    }
};

template <class Zone>
Upload<Zone>::Upload(std::unique_ptr<State> state) : state_(std::move(state)) {}
template <class Zone>
Upload<Zone>::~Upload() = default;

template <class Zone>
auto Upload<Zone>::begin(Store const& store, Scanner const& scanner, crypto::Keyring<Zone> const& keyring,
                         Key const& key, Arrival const& arrival, Random& random)
    -> std::expected<std::unique_ptr<Upload>, UploadFault> {
    auto const name = store_name(keyring, arrival.document);
    auto writer = store.create(name, random);
    if (!writer) return std::unexpected(fault_of(writer.error()));
    auto state = std::make_unique<State>(store, name, std::move(*writer), scanner.begin(), key,
                                         keyring.identity().environment, arrival, random);
    if (state->fault) return std::unexpected(*state->fault);
    return std::unique_ptr<Upload>{new Upload{std::move(state)}};
}

template <class Zone>
std::expected<void, UploadFault> Upload<Zone>::add(BytesView plain) {
    auto& s = *state_;
    if (s.fault) return std::unexpected(*s.fault);
    if (plain.size() > s.largest - s.size) return s.fail(UploadFault::too_large);
    s.size += plain.size();
    if (!s.begins_well(plain)) return s.refuse(gate::Refusal::unknown_type);
    s.scan.add(plain);
    if (!s.sealer.add(plain)) return std::unexpected(*s.fault);
    return {};
}

template <class Zone>
std::expected<KeptUpload, UploadFault> Upload<Zone>::keep() {
    auto& s = *state_;
    if (s.fault) return std::unexpected(*s.fault);
    require(s.writer.has_value(), "an upload is kept once");
    if (s.size == 0) return s.refuse(gate::Refusal::unknown_type);
    if (!s.sealer.finish()) return std::unexpected(*s.fault);
    auto written = s.writer->finish();
    if (!written) return s.fail(fault_of(written.error()));
    auto const type = s.examine(std::move(*written));
    auto verdict = verdict_of(s.scan.finish());
    if (!type && verdict.state != ScanState::quarantined) return s.refuse(type.error());
    if (auto const kept = s.writer->keep(); !kept) return s.fail(fault_of(kept.error()));
    s.writer.reset();
    return KeptUpload{s.size, std::move(verdict), s.scan.signatures(),
                      type ? std::optional{*type} : std::nullopt};
}

template <class Zone>
std::optional<gate::Refusal> Upload<Zone>::refusal() const {
    return state_->refusal;
}

template <class Zone>
void Upload<Zone>::take_back() {
    auto const& s = *state_;
    require(!s.fault && !s.writer, "an upload that was kept");
    // What cannot be removed now is found by the sweep.
    (void)s.store.remove(s.name);
}

template class Upload<OfficeZone>;
template class Upload<MedicalZone>;

}  // namespace klout7::documents
