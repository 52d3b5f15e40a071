#include "reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>

#include "api/attachment.h"
#include "api/problem.h"
#include "download.h"

namespace klout7::api {
namespace {

using access::Action;
using access::Failure;
using access::FailureKind;
using access::Resource;

/// The document that the path names, opened for who asks, with the line in the log that it was.
template <class Zone>
std::expected<documents::OpenDocument<Zone>, Failure> open_named(Call<Zone>& call,
                                                                 documents::Store const& store,
                                                                 FindSubject const& find_subject) {
    auto const id = call.template id<DocumentId>("document");
    using Open = documents::OpenDocument<Zone>;
    return access::look(call.frame, call.actor,
                        [&](access::Unit<Zone>& unit) -> std::expected<Open, Failure> {
                            auto const row = documents::find_document(unit.tx, unit.keyring(), id);
                            auto const facts = row ? find_subject(unit.tx, row->case_id)
                                                   : access::ObjectFacts{.resource = Resource::document};
                            auto const access = unit.gate.ask(Action::read, facts, id.uuid());
                            if (!access) return std::unexpected(access.error());
                            if (!row) return std::unexpected(Failure{FailureKind::not_found});
                            auto key = key_of(unit, row->person);
                            if (!key) return std::unexpected(key.error());
                            return documents::open_document<Zone>(unit.tx, store, unit.keyring(),
                                                                  std::move(*key), *row, *access);
                        });
}

/// The number of the page in the path; 0, which no page has, when it is no number.
template <class Zone>
std::uint32_t page_in(Call<Zone> const& call) {
    auto const found = call.parameters.find("page");
    if (found == call.parameters.end()) return 0;
    auto const& text = found->second;
    std::uint32_t number = 0;
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    return fault == std::errc{} && end == text.data() + text.size() ? number : 0;
}

Result answer_without(preview::NoPreview reason, Language language) {
    switch (reason) {
        case preview::NoPreview::no_page:
            return std::unexpected(Failure{FailureKind::not_found});
        case preview::NoPreview::too_many:
            return answer(problems::overloaded, language);
        case preview::NoPreview::other_type:
        case preview::NoPreview::too_large:
        case preview::NoPreview::not_shown:
            return answer(problems::no_preview, language);
    }
    return answer(problems::no_preview, language);
}

}  // namespace

template <class Zone>
Result download(Call<Zone>& call, documents::Store const& store, FindSubject const& find_subject) {
    auto opened = open_named(call, store, find_subject);
    if (!opened) return std::unexpected(opened.error());
    transport::Answer answer;
    auto const type = opened->view.type;
    answer.headers.set("Content-Type",
                       std::string{type ? gate::media_type(*type) : "application/octet-stream"});
    answer.headers.set("Content-Disposition", attachment_called(opened->view.file_name));
    // A document never changes: another version is another document.
    auto const tag = fmt::format("\"{}-1\"", opened->view.row.id.uuid().to_string());
    auto const size = opened->view.size_bytes;
    return answer_with(call.head.headers, std::move(answer), tag, size, opened->plain().read);
}

template <class Zone>
Result show_page(Call<Zone>& call, documents::Store const& store, FindSubject const& find_subject,
                 preview::Previews& previews) {
    auto const opened = open_named(call, store, find_subject);
    if (!opened) return std::unexpected(opened.error());
    // What was released from quarantine may be of no type that is known.
    if (!opened->view.type) return answer_without(preview::NoPreview::other_type, call.language);
    auto page = previews.page_of(opened->plain(), *opened->view.type, page_in(call));
    if (!page) return answer_without(page.error(), call.language);
    transport::Answer answer;
    answer.headers.set("Content-Type", "image/png");
    answer.headers.set("K7-Pages", std::to_string(page->pages));
    auto const picture = std::make_shared<SecretBytes>(std::move(page->png));
    answer.body = transport::StreamedBody{
        picture->size(), [picture, offset = std::size_t{0}](BytesSpan out) mutable {
            std::ranges::copy(picture->view().subspan(offset, out.size()), out.begin());
            offset += out.size();
            return true;
        }};
    return answer;
}

#define KLOUT7_FOR(Zone)                                                                \
    template Result download(Call<Zone>&, documents::Store const&, FindSubject const&); \
    template Result show_page(Call<Zone>&, documents::Store const&, FindSubject const&, preview::Previews&);
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::api
