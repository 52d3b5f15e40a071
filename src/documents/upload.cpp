#include "base/check.h"
#include "documents/documents.h"
#include "pdf_check.h"
#include "store_name.h"

namespace klout7::documents {
namespace {

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
    std::uint64_t size = 0;
    PdfCheck pdf;
    Scanner::Scan scan;
    crypto::DocumentSealer<Zone> sealer;  // last: it writes as soon as it is made

    State(Store const& into, StoreName as, Store::Writer&& w, Scanner::Scan&& scanning, Key const& key,
          Environment environment, crypto::DocumentContext const& context, Random& random)
        : store(into),
          name(std::move(as)),
          writer(std::move(w)),
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
};

template <class Zone>
Upload<Zone>::Upload(std::unique_ptr<State> state) : state_(std::move(state)) {}
template <class Zone>
Upload<Zone>::~Upload() = default;

template <class Zone>
auto Upload<Zone>::begin(Store const& store, Scanner const& scanner, crypto::Keyring<Zone> const& keyring,
                         Key const& key, PersonId person, DocumentId document, Random& random)
    -> std::expected<std::unique_ptr<Upload>, UploadFault> {
    auto const name = store_name(keyring, document);
    auto writer = store.create(name, random);
    if (!writer) return std::unexpected(fault_of(writer.error()));
    auto state = std::make_unique<State>(store, name, std::move(*writer), scanner.begin(), key,
                                         keyring.identity().environment,
                                         crypto::DocumentContext{person, document, 1}, random);
    if (state->fault) return std::unexpected(*state->fault);
    return std::unique_ptr<Upload>{new Upload{std::move(state)}};
}

template <class Zone>
std::expected<void, UploadFault> Upload<Zone>::add(BytesView plain) {
    auto& s = *state_;
    if (s.fault) return std::unexpected(*s.fault);
    if (plain.size() > largest_document_bytes - s.size) return s.fail(UploadFault::too_large);
    s.size += plain.size();
    s.pdf.add(plain);
    if (!s.pdf.may_be_pdf()) return s.fail(UploadFault::not_a_pdf);
    s.scan.add(plain);
    if (!s.sealer.add(plain)) return std::unexpected(*s.fault);
    return {};
}

template <class Zone>
std::expected<KeptUpload, UploadFault> Upload<Zone>::keep() {
    auto& s = *state_;
    if (s.fault) return std::unexpected(*s.fault);
    require(s.writer.has_value(), "an upload is kept once");
    if (!s.pdf.is_pdf()) return s.fail(UploadFault::not_a_pdf);
    if (!s.sealer.finish()) return std::unexpected(*s.fault);
    if (auto const kept = s.writer->keep(); !kept) return s.fail(fault_of(kept.error()));
    s.writer.reset();
    return KeptUpload{s.size, verdict_of(s.scan.finish()), s.scan.signatures()};
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
