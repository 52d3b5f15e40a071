#include "documents/upload.h"

#include "base/check.h"
#include "crypto/document_cipher.h"
#include "pdf_check.h"

namespace klout7::documents {
namespace {

UploadFault fault_of(StoreFault fault) {
    switch (fault) {
        case StoreFault::full:
            return UploadFault::full;
        case StoreFault::exists:
            return UploadFault::already_there;
        case StoreFault::unwritable:
        case StoreFault::missing:
        case StoreFault::unreadable:
            return UploadFault::unwritable;
    }
    std::unreachable();
}

StoreName name_in_store(std::string const& text) {
    auto name = StoreName::parse(text);
    require(name.has_value(), "the keyring makes names of the store");
    return std::move(*name);
}

}  // namespace

std::string_view media_type_of(ContentType type) {
    switch (type) {
        case ContentType::pdf:
            return "application/pdf";
    }
    std::unreachable();
}

template <class Zone>
struct Upload<Zone>::State {
    StoredDocument result;
    FolderStore::Incoming file;
    std::optional<UploadFault> fault;
    bool is_finished = false;
    PdfCheck pdf;
    crypto::Sha256Stream hash;
    crypto::DocumentSealer<Zone> sealer;  // last: it writes as soon as it is made

    State(StoredDocument empty, FolderStore::Incoming&& incoming, crypto::PersonKey<Zone> const& key,
          Environment environment, Random& random)
        : result(std::move(empty)),
          file(std::move(incoming)),
          sealer(key, environment, {result.person, result.document, first_document_version}, random,
                 [this](BytesView sealed) { return write(sealed); }) {}
    State(State const&) = delete;

    bool write(BytesView sealed) {
        auto const written = file.add(sealed);
        if (!written) fail(fault_of(written.error()));
        return written.has_value();
    }
    std::unexpected<UploadFault> fail(UploadFault with) {
        fault = with;
        file.discard();
        return std::unexpected(with);
    }
};

template <class Zone>
Upload<Zone>::Upload(std::unique_ptr<State> state) : state_(std::move(state)) {}
template <class Zone>
Upload<Zone>::Upload(Upload&&) noexcept = default;
template <class Zone>
Upload<Zone>::~Upload() = default;

template <class Zone>
auto Upload<Zone>::begin(FolderStore const& store, crypto::Keyring<Zone> const& keyring, Random& random,
                         crypto::PersonKey<Zone> const& key, PersonId person, DocumentId document)
    -> std::expected<Upload, UploadFault> {
    auto incoming = store.begin(random);
    if (!incoming) return std::unexpected(fault_of(incoming.error()));
    StoredDocument empty{.document = document,
                         .person = person,
                         .store_name = name_in_store(keyring.document_name(document, first_document_version)),
                         .content_type = ContentType::pdf,
                         .size_bytes = 0,
                         .sha256 = {}};
    auto state = std::make_unique<State>(std::move(empty), std::move(*incoming), key,
                                         keyring.identity().environment, random);
    if (state->fault) return std::unexpected(*state->fault);
    return Upload{std::move(state)};
}

template <class Zone>
std::expected<void, UploadFault> Upload<Zone>::add(BytesView plain) {
    auto& state = *state_;
    require(!state.is_finished, "an upload that is not finished");
    if (state.fault) return std::unexpected(*state.fault);
    if (plain.size() > largest_document_bytes - state.result.size_bytes)
        return state.fail(UploadFault::too_large);
    state.result.size_bytes += plain.size();
    state.pdf.add(plain);
    if (!state.pdf.may_be_pdf()) return state.fail(UploadFault::not_a_pdf);
    state.hash.add(plain);
    if (!state.sealer.add(plain)) return std::unexpected(*state.fault);
    return {};
}

template <class Zone>
std::expected<StoredDocument, UploadFault> Upload<Zone>::finish() {
    auto& state = *state_;
    require(!std::exchange(state.is_finished, true), "an upload is finished once");
    if (state.fault) return std::unexpected(*state.fault);
    if (state.result.size_bytes == 0) return state.fail(UploadFault::empty);
    if (!state.pdf.is_pdf()) return state.fail(UploadFault::not_a_pdf);
    if (!state.sealer.finish()) return std::unexpected(*state.fault);
    if (auto const kept = state.file.keep(state.result.store_name); !kept)
        return state.fail(fault_of(kept.error()));
    state.result.sha256 = state.hash.finish();
    return state.result;
}

template class Upload<OfficeZone>;
template class Upload<MedicalZone>;

}  // namespace klout7::documents
