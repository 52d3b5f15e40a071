#include "pages.h"

#include <algorithm>

#include "base/text.h"

namespace klout7::api {
namespace {

using transport::Answer;
using transport::Method;
using transport::RequestHead;

/// What a page may do: run and show what this program serves, and talk to nobody else. Source: CSP level 3,
/// Trusted Types.
constexpr auto policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'";
constexpr auto permissions =
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
    "publickey-credentials-get=(self), publickey-credentials-create=(self)";
constexpr std::string_view assets = "assets";

std::string_view type_of(std::string_view path) {
    for (auto const& [ending, type] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
             {".html", "text/html; charset=utf-8"},
             {".js", "text/javascript; charset=utf-8"},
             {".css", "text/css; charset=utf-8"},
             {".svg", "image/svg+xml"},
             {".woff2", "font/woff2"}}) {
        if (path.ends_with(ending)) return type;
    }
    return "application/octet-stream";
}

/// Whether a browser takes this coding. A weight of zero says that it does not; other weights are its wishes
/// between codings that are all taken.
bool takes(RequestHead const& head, std::string_view coding) {
    for (auto const part : split(head.headers.find("accept-encoding").value_or(""), ',')) {
        auto const fields = split(part, ';');
        if (ascii_lower(trim(fields.front())) != coding) continue;
        return std::ranges::none_of(fields, [](std::string_view field) {
            auto const weight = trim(field);
            return weight.starts_with("q=0") && weight.find_first_not_of("0.", 2) == std::string_view::npos;
        });
    }
    return false;
}

/// A person goes there with a browser; a program asks for data.
bool goes_there(RequestHead const& head) {
    return head.headers.find("accept").value_or("").find("text/html") != std::string_view::npos;
}

bool is_of_interface(std::vector<std::string> const& path) {
    return !path.empty() &&
           (path.front() == "api" || path.front() == ".well-known" || path.front() == "healthz");
}

Answer answer_with(EmbeddedFile const& file, RequestHead const& head) {
    Answer answer;
    auto const type = type_of(file.path);
    answer.headers.set("Content-Type", std::string{type});
    answer.headers.set("Vary", "Accept-Encoding");
    if (file.path.starts_with(assets)) {
        answer.headers.set("Cache-Control", "public, max-age=31536000, immutable");
    } else {
        answer.headers.set("Cache-Control", "no-cache");
        answer.headers.set("Content-Security-Policy", policy);
        answer.headers.set("Permissions-Policy", permissions);
    }
    if (!file.brotli.empty() && takes(head, "br")) {
        answer.headers.set("Content-Encoding", "br");
        answer.body = std::string{file.brotli};
    } else if (!file.gzipped.empty() && takes(head, "gzip")) {
        answer.headers.set("Content-Encoding", "gzip");
        answer.body = std::string{file.gzipped};
    } else {
        answer.body = std::string{file.content};
    }
    return answer;
}

}  // namespace

std::optional<Answer> Pages::answer(RequestHead const& head) const {
    if (head.method != Method::get || is_of_interface(head.path)) return std::nullopt;
    bool const is_asset = head.path.size() == 2 && head.path.front() == assets;
    if (!is_asset && !goes_there(head)) return std::nullopt;
    auto const wanted = is_asset ? std::string{assets} + "/" + head.path.back() : std::string{"index.html"};
    auto const file = std::ranges::find(files_, wanted, &EmbeddedFile::path);
    if (file == files_.end()) return std::nullopt;
    return answer_with(*file, head);
}

}  // namespace klout7::api
