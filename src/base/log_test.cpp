#include "base/log.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "base/bsn.h"
#include "base/bytes.h"
#include "base/iban.h"
#include "base/money.h"
#include "base/secret_bytes.h"
#include "base/testing.h"

namespace klout7 {
namespace {

enum class ShownError { first, second };
enum class SilentEnum { one };

}  // namespace

template <>
inline constexpr bool may_be_logged<ShownError> = true;

namespace {

template <class T>
concept CanBeAField = requires(T value) {
    field("name", value);
};
template <class T>
concept CanBeAMessage = std::is_constructible_v<LogMessage, T>;

// Each refusal beside its allowed twin.
static_assert(Loggable<CaseId> && Loggable<CaseId const&> && !Loggable<Uuid>);
static_assert(Loggable<Count> && !Loggable<int> && !Loggable<std::int64_t> && !Loggable<Money>);
static_assert(Loggable<ErrorCode> && Loggable<ShownError> && !Loggable<SilentEnum>);
static_assert(Loggable<Instant> && !Loggable<LocalDate> && !Loggable<Period>);
static_assert(!Loggable<std::string> && !Loggable<std::string_view> && !Loggable<char const*>);
static_assert(!Loggable<char[4]> && !Loggable<char> && !Loggable<Bytes> && !Loggable<SecretBytes>);
static_assert(!Loggable<Bsn> && !Loggable<Iban>);
static_assert(CanBeAField<CaseId> && CanBeAField<Count> && !CanBeAField<std::string> && !CanBeAField<Bsn>);
static_assert(!CanBeAField<char const*> && !CanBeAField<std::string_view>);
static_assert(CanBeAMessage<char const*> && !CanBeAMessage<std::string> && !CanBeAMessage<std::string_view>);

}  // namespace

TEST_CASE("a line says when, how grave, what, and the values in their order") {
    auto const id = CaseId::parse("019384a2-5c00-7000-8000-000000000001").value();
    auto const members = log_detail::json_member(field("case", id)) +
                         log_detail::json_member(field("error", ErrorCode{SilentEnum::one})) +
                         log_detail::json_member(field("kind", ShownError::second)) +
                         log_detail::json_member(field("side", Side::medical)) +
                         log_detail::json_member(field("rows", Count{-3})) +
                         log_detail::json_member(field("took", Duration::seconds(1))) +
                         log_detail::json_member(field("again", true));
    CHECK(log_detail::line(Instant::from_microseconds(123), LogLevel::warning, "it happened", members) ==
          R"({"time":"1970-01-01T00:00:00.000123Z","level":"warning","message":"it happened",)"
          R"("case":"019384a2-5c00-7000-8000-000000000001","error":0,"kind":1,"side":"medical",)"
          R"("rows":-3,"took":1000000,"again":true})"
          "\n");
}

TEST_CASE("quotes and control characters of a message do not break its line") {
    auto const line = log_detail::line(Instant{}, LogLevel::error, "a \"b\" \\ c\nd", "");
    CHECK(line.find(R"("a \"b\" \\ c\u000ad")") != std::string::npos);
    CHECK(line.find('\n') == line.size() - 1);
}

TEST_CASE("lines below the chosen level are not written") {
    auto const written = errors_of([] {
        write_log(LogLevel::debug, "too fine");
        write_log(LogLevel::info, "just right", field("count", Count{2}));
        set_log_level(LogLevel::error);
        write_log(LogLevel::warning, "not now");
        set_log_level(LogLevel::info);
    });
    CHECK(written.find("too fine") == std::string::npos);
    CHECK(written.find("not now") == std::string::npos);
    CHECK(written.find(R"("level":"info","message":"just right","count":2})") != std::string::npos);
}

}  // namespace klout7
