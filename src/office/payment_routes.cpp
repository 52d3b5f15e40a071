#include "payment_routes.h"

#include <fmt/format.h>

#include <charconv>

#include "actions/payee_accounts.h"
#include "actions/payment_batches.h"
#include "api/attachment.h"
#include "api/json_rows.h"
#include "benefit_json.h"

namespace klout7::office {
namespace {

namespace json = api::json;
using access::Action;
using access::Failure;
using access::FailureKind;
using access::Given;
using access::Resource;
using actions::Office;
using api::json_answer;
using api::JsonInput;
using api::Result;
using api::to_json;
using transport::Method;
using Call = api::Call<OfficeZone>;

constexpr std::uint64_t largest_bank_answer = 16 * 1024 * 1024;

std::unexpected<Failure> wrong(std::string_view field, std::string_view code, std::string_view dutch,
                               std::string_view english) {
    return std::unexpected(Failure{FailureKind::invalid, {{field, code, dutch, english}}});
}

std::string etag(std::int64_t version) { return fmt::format("\"{}\"", version); }

/// A day that must be there.
Given<LocalDate> day_in(JsonInput const& input, std::string_view field) {
    auto const day = api::optional_day(input, field);
    if (!day) return std::unexpected(day.error());
    if (!*day) return wrong(field, "missing", "Vul een datum in.", "Fill in a date.");
    return **day;
}

// -- a case ---------------------------------------------------------------------------------------

Result read_facts(Office const& office, Call& call) {
    auto const found = actions::read_benefit_facts(office, call.actor, call.id<CaseId>("case"));
    if (!found) return std::unexpected(found.error());
    auto const& recorded = *found;
    auto answer = json_answer(json::object{
        {"number", recorded ? recorded->number : 0},
        {"recorded_at", recorded ? json::value(to_json(recorded->recorded_at)) : json::value(nullptr)},
        {"facts", recorded ? json::value(facts_json(recorded->facts)) : json::value(nullptr)}});
    answer.headers.set("ETag", etag(recorded ? recorded->number : 0));
    return answer;
}

Result record_facts(Office const& office, Call& call) {
    auto const number =
        actions::record_benefit_facts(office, call.actor, call.id<CaseId>("case"), facts_of(call));
    if (!number) return std::unexpected(number.error());
    auto answer = json_answer(json::object{{"number", *number}});
    answer.headers.set("ETag", etag(*number));
    return answer;
}

Result benefit(Office const& office, Call& call) {
    auto const found = actions::read_benefit(office, call.actor, call.id<CaseId>("case"));
    if (!found) return std::unexpected(found.error());
    auto const asked = call.head.query_value("week");
    return json_answer(benefit_json(*found, asked ? LocalDate::parse_iso(*asked) : std::nullopt));
}

Result payments_of_case(Office const& office, Call& call) {
    auto const found = actions::list_payments(office, call.actor, call.id<CaseId>("case"));
    if (!found) return std::unexpected(found.error());
    json::array listed;
    for (auto const& one : *found) listed.push_back(payment_json(one));
    return json_answer(json::object{{"payments", std::move(listed)}});
}

// -- accounts -------------------------------------------------------------------------------------

Result propose_account(Office const& office, Call& call) {
    auto const given = call.json<actions::NewPayeeAccount>(
        {"iban", "holder"}, [](JsonInput const& input) -> Given<actions::NewPayeeAccount> {
            auto iban = Iban::parse(input.text("iban"));
            if (!iban)
                return wrong("iban", "not_an_iban",
                             "Dit is geen geldig rekeningnummer (IBAN). Controleer de cijfers.",
                             "This is no valid account number (IBAN). Check the digits.");
            return actions::NewPayeeAccount{std::move(*iban), input.text("holder")};
        });
    auto const made = actions::propose_payee_account(office, call.actor, call.id<CaseId>("case"), given);
    if (!made) return std::unexpected(made.error());
    return json_answer(json::object{{"account", to_json(*made)}}, 201);
}

Result accounts_of_case(Office const& office, Call& call) {
    auto const found = actions::read_payee_accounts(office, call.actor, call.id<CaseId>("case"));
    if (!found) return std::unexpected(found.error());
    json::array listed;
    for (auto const& one : *found)
        listed.push_back(json::object{{"account", to_json(one.id)},
                                      {"iban", one.iban.text()},
                                      {"holder", one.holder},
                                      {"state", people::name_of(one.state)},
                                      {"proposed_at", to_json(one.proposed_at)},
                                      {"decided_at", to_json(one.decided_at)},
                                      {"usable_from", to_json(one.usable_from)},
                                      {"check", people::name_of(one.check)}});
    return json_answer(json::object{{"accounts", std::move(listed)}});
}

Result waiting_accounts(Office const& office, Call& call) {
    auto const found = actions::list_payee_accounts(office, call.actor);
    if (!found) return std::unexpected(found.error());
    json::array listed;
    for (auto const& one : *found)
        listed.push_back(json::object{{"account", to_json(one.id)},
                                      {"case", to_json(one.case_id)},
                                      {"masked", one.masked},
                                      {"holder", one.holder},
                                      {"proposed_at", to_json(one.proposed_at)},
                                      {"is_own", one.proposed_by == call.actor.user},
                                      {"is_first", one.is_first}});
    return json_answer(json::object{{"accounts", std::move(listed)}});
}

Result approve_account(Office const& office, Call& call) {
    auto const check =
        call.json<people::PayeeCheck>({"check"}, [](JsonInput const& input) -> Given<people::PayeeCheck> {
            if (auto const said = people::parse_payee_check(input.text("check"))) return *said;
            return wrong("check", "unknown_choice", "Kies wat de bank over naam en nummer zei.",
                         "Choose what the bank said of name and number.");
        });
    auto const done =
        actions::approve_payee_account(office, call.actor, call.id<people::PayeeAccountId>("account"), check);
    if (!done) return std::unexpected(done.error());
    return api::done_answer();
}

Result refuse_account(Office const& office, Call& call) {
    auto const done =
        actions::refuse_payee_account(office, call.actor, call.id<people::PayeeAccountId>("account"));
    if (!done) return std::unexpected(done.error());
    return api::done_answer();
}

// -- runs -----------------------------------------------------------------------------------------

json::object run_json(actions::PayRunView const& view) {
    auto const& run = view.run;
    return {{"run", to_json(run.id)},
            {"number", run.number},
            {"week", to_json(run.week)},
            {"pay_day", to_json(run.pay_day)},
            {"state", payments::name_of(run.state)},
            {"started_at", to_json(run.started_at)},
            {"finished_at", to_json(run.finished_at)},
            {"looked_at", run.looked_at},
            {"cases_left", view.cases_left},
            {"paid", run.paid},
            {"left_out", run.left_out},
            {"gross_cents", run.gross.in_cents()},
            {"tax_cents", run.tax.in_cents()},
            {"claims_cents", run.claims.in_cents()},
            {"zvw_cents", run.zvw.in_cents()}};
}

Result start_run(Office const& office, Call& call) {
    auto const week = call.json<LocalDate>(
        {"week"}, [](JsonInput const& input) -> Given<LocalDate> { return day_in(input, "week"); });
    auto const made = actions::start_pay_run(office, call.actor, week);
    if (!made) return std::unexpected(made.error());
    return json_answer(json::object{{"run", to_json(*made)}}, 201);
}

Result runs(Office const& office, Call& call) {
    auto const found = actions::list_pay_runs(office, call.actor);
    if (!found) return std::unexpected(found.error());
    json::array listed;
    for (auto const& one : *found) listed.push_back(run_json(one));
    return json_answer(json::object{{"runs", std::move(listed)}});
}

Result run(Office const& office, Call& call) {
    auto const found = actions::read_pay_run(office, call.actor, call.id<payments::PayRunId>("run"),
                                             CaseId::parse(call.after()).value_or(CaseId{}));
    if (!found) return std::unexpected(found.error());
    auto body = run_json(found->view);
    json::array obstacles;
    for (auto const& one : found->obstacles)
        obstacles.push_back(json::object{{"case", to_json(one.case_id)}, {"code", one.code}});
    body["obstacles"] = std::move(obstacles);
    body["next"] = to_json(found->next);
    return json_answer(body);
}

// -- batches --------------------------------------------------------------------------------------

json::object batch_json(actions::BatchView const& view, UserId reader) {
    auto const& batch = view.batch;
    json::array files, releases;
    for (auto const& file : view.files)
        files.push_back(json::object{{"number", file.number},
                                     {"transfers", file.transfers},
                                     {"sum_cents", file.sum.in_cents()},
                                     {"digest", to_hex(file.digest)}});
    bool is_released_by_reader = false;
    for (auto const& one : view.releases) {
        releases.push_back(json::object{
            {"number", one.number}, {"released_by", to_json(one.by)}, {"released_at", to_json(one.at)}});
        is_released_by_reader = is_released_by_reader || one.by == reader;
    }
    return {{"batch", to_json(batch.id)},
            {"number", batch.number},
            {"execution_day", to_json(batch.execution_day)},
            {"state", payments::name_of(batch.state)},
            {"made_at", to_json(batch.made_at)},
            {"is_own", batch.made_by == reader},
            {"is_released_by_me", is_released_by_reader},
            {"transfers", batch.transfers},
            {"sum_cents", batch.sum.in_cents()},
            {"version", batch.version},
            {"files", std::move(files)},
            {"releases", std::move(releases)}};
}

Result make_batch(Office const& office, Call& call) {
    auto const day = call.json<LocalDate>({"execution_day"}, [](JsonInput const& input) -> Given<LocalDate> {
        return day_in(input, "execution_day");
    });
    auto const made = actions::make_batch(office, call.actor, day);
    if (!made) return std::unexpected(made.error());
    return json_answer(json::object{{"batch", to_json(*made)}}, 201);
}

Result batches(Office const& office, Call& call) {
    auto const found = actions::list_batches(office, call.actor);
    if (!found) return std::unexpected(found.error());
    json::array listed;
    for (auto const& one : found->batches) listed.push_back(batch_json(one, call.actor.user));
    return json_answer(
        json::object{{"batches", std::move(listed)}, {"open", found->open}, {"held", found->held}});
}

Result batch(Office const& office, Call& call) {
    auto const found = actions::read_batch(office, call.actor, call.id<payments::BatchId>("batch"));
    if (!found) return std::unexpected(found.error());
    auto answer = json_answer(batch_json(*found, call.actor.user));
    answer.headers.set("ETag", etag(found->batch.version));
    return answer;
}

Given<crypto::Sha256> digest_in(JsonInput const& row) {
    auto const text = row.text("digest");
    crypto::Sha256 digest{};
    bool is_digest = text.size() == 2 * digest.size();
    for (std::size_t i = 0; is_digest && i < digest.size(); ++i) {
        auto const* const at = text.data() + 2 * i;
        is_digest = std::from_chars(at, at + 2, digest[i], 16).ptr == at + 2;
    }
    if (is_digest) return digest;
    return wrong("files", "not_a_digest", "Dit is geen SHA-256 in 64 hexadecimale tekens.",
                 "This is no SHA-256 in 64 hexadecimal digits.");
}

Given<actions::SeenFiles> seen_files(Call const& call) {
    if (!call.body) return std::unexpected(call.body.error());
    auto const version = call.seen_version();
    if (!version) return std::unexpected(version.error());
    std::array const lists{api::RowsField{"files", {"digest"}}};
    auto const input = api::JsonRows::parse(call.body->text, {}, lists, 1000);
    if (!input) return std::unexpected(input.error());
    actions::SeenFiles seen{{}, *version};
    for (auto const& row : input->rows("files")) {
        auto const digest = digest_in(row);
        if (!digest) return std::unexpected(digest.error());
        seen.digests.push_back(*digest);
    }
    return seen;
}

Result release_batch(Office const& office, Call& call) {
    auto const done =
        actions::release_batch(office, call.actor, call.id<payments::BatchId>("batch"), seen_files(call));
    if (!done) return std::unexpected(done.error());
    return api::done_answer();
}

Result cancel_batch(Office const& office, Call& call) {
    auto const done =
        actions::cancel_batch(office, call.actor, call.id<payments::BatchId>("batch"), call.seen_version());
    if (!done) return std::unexpected(done.error());
    return api::done_answer();
}

Result bank_file(Office const& office, Call& call) {
    auto const text = std::string_view{call.parameters.at("file")};
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    auto found = actions::read_bank_file(office, call.actor, call.id<payments::BatchId>("batch"), number);
    if (!found) return std::unexpected(found.error());
    return transport::Answer{.status = 200,
                             .headers = {{"Content-Type", "application/xml"},
                                         {"Content-Disposition", api::attachment_called(found->name)}},
                             .body = std::move(found->text)};
}

// -- what the bank says ---------------------------------------------------------------------------

json::object bank_answer_json(payments::BankFile const& file) {
    return {{"kind", file.kind},
            {"read_at", to_json(file.read_at)},
            {"accepted", file.accepted},
            {"rejected", file.rejected},
            {"returned", file.returned},
            {"not_ours", file.not_ours},
            {"digest", to_hex(file.digest)}};
}

Result take_answer(Office const& office, Call& call) {
    Given<std::string_view> text = std::string_view{};
    if (call.body)
        text = call.body->text;
    else
        text = std::unexpected(call.body.error());
    auto const taken = actions::take_bank_answer(office, call.actor, text);
    if (!taken) return std::unexpected(taken.error());
    return json_answer(bank_answer_json(*taken), 201);
}

Result answers(Office const& office, Call& call) {
    auto const found = actions::list_bank_answers(office, call.actor);
    if (!found) return std::unexpected(found.error());
    json::array listed;
    for (auto const& one : *found) listed.push_back(bank_answer_json(one));
    return json_answer(json::object{{"answers", std::move(listed)}});
}

Result held(Office const& office, Call& call) {
    auto const found = actions::list_held(office, call.actor);
    if (!found) return std::unexpected(found.error());
    json::array listed;
    for (auto const& one : *found)
        listed.push_back(json::object{
            {"payment", to_json(one.id)},
            {"net_cents", one.net.in_cents()},
            {"masked", one.masked},
            {"execution_day", to_json(one.way.execution_day)},
            {"end", one.way.end ? json::value(payments::name_of(*one.way.end)) : json::value(nullptr)},
            {"reason", one.way.reason}});
    return json_answer(json::object{{"payments", std::move(listed)}});
}

Result reopen(Office const& office, Call& call) {
    auto const done = actions::reopen_payment(office, call.actor, call.id<payments::PayableId>("payment"));
    if (!done) return std::unexpected(done.error());
    return api::done_answer();
}

}  // namespace

std::vector<api::Route<OfficeZone>> payment_routes(Office const& office) {
    auto const with = [&office](auto action) {
        return [&office, action](Call& call) { return action(office, call); };
    };
    return {
        {Method::get, "/api/v1/cases/{case}/benefit-facts", Resource::benefit_facts, Action::read,
         with(read_facts)},
        {Method::put, "/api/v1/cases/{case}/benefit-facts", Resource::benefit_facts, Action::write,
         with(record_facts), api::json_body},
        {Method::get, "/api/v1/cases/{case}/benefit", Resource::benefit, Action::read, with(benefit)},
        {Method::get, "/api/v1/cases/{case}/payments", Resource::payment, Action::list,
         with(payments_of_case)},
        {Method::get, "/api/v1/cases/{case}/payee-accounts", Resource::payee_account, Action::read,
         with(accounts_of_case)},
        {Method::post, "/api/v1/cases/{case}/payee-accounts", Resource::payee_account, Action::create,
         with(propose_account), api::json_body},
        {Method::get, "/api/v1/payee-accounts", Resource::payee_account, Action::list,
         with(waiting_accounts)},
        {Method::post, "/api/v1/payee-accounts/{account}/approval", Resource::payee_account, Action::approve,
         with(approve_account), api::json_body},
        {Method::del, "/api/v1/payee-accounts/{account}", Resource::payee_account, Action::end,
         with(refuse_account)},
        {Method::get, "/api/v1/pay-runs", Resource::pay_run, Action::list, with(runs)},
        {Method::post, "/api/v1/pay-runs", Resource::pay_run, Action::create, with(start_run),
         api::json_body},
        {Method::get, "/api/v1/pay-runs/{run}", Resource::pay_run, Action::read, with(run)},
        {Method::get, "/api/v1/payment-batches", Resource::payment_batch, Action::list, with(batches)},
        {Method::post, "/api/v1/payment-batches", Resource::payment_batch, Action::create, with(make_batch),
         api::json_body},
        {Method::get, "/api/v1/payment-batches/{batch}", Resource::payment_batch, Action::read, with(batch)},
        {Method::del, "/api/v1/payment-batches/{batch}", Resource::payment_batch, Action::end,
         with(cancel_batch)},
        {Method::post, "/api/v1/payment-batches/{batch}/releases", Resource::payment_batch, Action::approve,
         with(release_batch), api::json_body},
        {Method::get, "/api/v1/payment-batches/{batch}/files/{file}", Resource::payment_batch, Action::write,
         with(bank_file)},
        {Method::get, "/api/v1/bank-answers", Resource::bank_answer, Action::list, with(answers)},
        {Method::post,
         "/api/v1/bank-answers",
         Resource::bank_answer,
         Action::create,
         with(take_answer),
         {largest_bank_answer, false},
         "application/xml"},
        {Method::get, "/api/v1/held-payments", Resource::payment, Action::search, with(held)},
        {Method::post, "/api/v1/payments/{payment}/reopening", Resource::payment, Action::change,
         with(reopen)},
    };
}

}  // namespace klout7::office
