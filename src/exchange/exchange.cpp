#include "exchange/exchange.h"

#include "base/check.h"
#include "base/log.h"
#include "crypto/hpke.h"

namespace klout7::exchange {
namespace {

/// What a sealed message is bound to: the installation, who sends, and its number.
Fields binding(Uuid installation, Environment environment, Side sender, std::int64_t number) {
    Bytes number_bytes;
    append_u64(number_bytes, static_cast<std::uint64_t>(number));
    Fields fields;
    fields.add("klout7/handover/1")
        .add(installation.bytes())
        .add(name_of(environment))
        .add(name_of(sender))
        .add(number_bytes);
    return fields;
}
constexpr std::string_view hpke_info = "klout7/handover/1";

}  // namespace

template <class Zone>
void Exchange<Zone>::send(store::Transaction& tx, handover::Message const& message) const {
    require(handover::may_send(Zone::side, message), "a side sends only what it may");
    tx.execute("UPDATE exchange_counter SET last_number = last_number + 1 WHERE name = 'sent'");
    auto const last = tx.row<std::int64_t>("SELECT last_number FROM exchange_counter WHERE name = 'sent'");
    require(last.has_value(), "the counter of messages is there");
    auto const number = std::get<0>(*last);
    auto const& [installation, environment] = keyring_.identity();
    auto const bound = binding(installation, environment, Zone::side, number);
    auto const sealed =
        crypto::hpke_seal(keyring_.peer_handover_key(), keyring_.handover_key(), bytes_of(hpke_info),
                          bound.view(), handover::encode(message), random_);
    // A receipt is an answer itself, so none is waited for.
    auto const now = clock_.now();
    bool const is_receipt = std::holds_alternative<handover::Receipt>(message);
    tx.execute("INSERT INTO outbox (number, sealed, sent_at, answered_at, delivered) VALUES (?, ?, ?, ?, 0)",
               number, sealed, now, is_receipt ? std::optional{now} : std::nullopt);
}

template <class Zone>
std::expected<std::size_t, store::StoreError> Exchange<Zone>::deliver() const {
    auto const waiting = database_.transact([&](store::Transaction& tx) {
        return tx.rows<std::int64_t, Bytes, Instant>(
            "SELECT number, sealed, sent_at FROM outbox WHERE delivered = 0 ORDER BY number "
            "OFFSET 0 ROWS FETCH NEXT ? ROWS ONLY",
            batch);
    });
    if (!waiting) return std::unexpected(waiting.error());
    for (auto const& [number, sealed, sent_at] : *waiting) {
        auto const put = database_.transact([&](store::Transaction& tx) {
            tx.execute("INSERT INTO {PEER}.inbox (number, sealed, sent_at) VALUES (?, ?, ?)", number, sealed,
                       sent_at);
        });
        // Already there: it was delivered before, and the mark was lost with the program.
        if (!put && put.error() != store::StoreError::already_there) return std::unexpected(put.error());
        auto const marked = database_.transact([&](store::Transaction& tx) {
            tx.execute("UPDATE outbox SET delivered = 1 WHERE number = ?", number);
        });
        if (!marked) return std::unexpected(marked.error());
    }
    return waiting->size();
}

template <class Zone>
bool Exchange<Zone>::take(store::Transaction& tx, Handler const& handler, std::int64_t number,
                          BytesView sealed) const {
    auto const& [installation, environment] = keyring_.identity();
    auto const bound = binding(installation, environment, other(Zone::side), number);
    auto const plain = crypto::hpke_open(keyring_.handover_key(), keyring_.peer_handover_key(),
                                         bytes_of(hpke_info), bound.view(), sealed);
    if (!plain) {
        write_log(LogLevel::error, "a message in the inbox was not sealed by the other side",
                  field("number", Count{number}));
        send(tx, handover::Receipt{number, false});
        return false;
    }
    auto const message = handover::decode(other(Zone::side), plain->view());
    if (!message) {
        write_log(LogLevel::error, "a message of the other side cannot be read",
                  field("number", Count{number}), field("error", ErrorCode{message.error()}));
        send(tx, handover::Receipt{number, false});
        return false;
    }
    if (auto const* receipt = std::get_if<handover::Receipt>(&*message)) {
        tx.execute("UPDATE outbox SET answered_at = ?, was_refused = ? WHERE number = ?", clock_.now(),
                   !receipt->was_accepted, receipt->number);
        return true;
    }
    bool const accepted = handler(tx, *message);
    if (!accepted)
        write_log(LogLevel::error, "a message of the other side was refused", field("number", Count{number}));
    send(tx, handover::Receipt{number, accepted});
    return accepted;
}

template <class Zone>
std::expected<std::size_t, store::StoreError> Exchange<Zone>::receive(Handler const& handler) const {
    std::size_t taken = 0;
    for (; taken < static_cast<std::size_t>(batch); ++taken) {
        auto const one = database_.transact([&](store::Transaction& tx) {
            auto const next = tx.row<std::int64_t, Bytes>(
                "SELECT number, sealed FROM inbox ORDER BY number OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY");
            if (!next) return false;
            auto const& [number, sealed] = *next;
            auto const last = tx.row<std::int64_t>(
                "SELECT last_number FROM exchange_counter WHERE name = 'received' FOR UPDATE");
            require(last.has_value(), "the counter of messages is there");
            if (number > std::get<0>(*last) + 1) return false;  // one before it is still under way
            if (number == std::get<0>(*last) + 1) {
                take(tx, handler, number, sealed);
                tx.execute("UPDATE exchange_counter SET last_number = ? WHERE name = 'received'", number);
            }
            tx.execute("DELETE FROM inbox WHERE number = ?", number);
            return true;
        });
        if (!one) return std::unexpected(one.error());
        if (!*one) break;
    }
    return taken;
}

template <class Zone>
auto Exchange<Zone>::state() const -> std::expected<State, store::StoreError> {
    return database_.transact([&](store::Transaction& tx) {
        State state;
        state.waiting = std::get<0>(*tx.row<std::int64_t>("SELECT COUNT(*) FROM outbox WHERE delivered = 0"));
        auto const open = tx.row<std::int64_t, std::optional<Instant>>(
            "SELECT COUNT(*), MIN(sent_at) FROM outbox WHERE delivered = 1 AND answered_at IS NULL");
        state.unanswered = std::get<0>(*open);
        if (std::get<1>(*open)) state.oldest_unanswered = clock_.now() - *std::get<1>(*open);
        state.refused =
            std::get<0>(*tx.row<std::int64_t>("SELECT COUNT(*) FROM outbox WHERE was_refused = 1"));
        return state;
    });
}

template class Exchange<OfficeZone>;
template class Exchange<MedicalZone>;

}  // namespace klout7::exchange
