#include "access/sign_in.h"

#include "access/one_time_code.h"
#include "access/password_history.h"
#include "account_row.h"
#include "base/check.h"
#include "base/log.h"
#include "crypto/password_hash.h"
#include "guesses.h"
#include "password_shapes.h"
#include "store/row_tag.h"

namespace klout7::access {
namespace {

constexpr std::size_t token_bytes = 32;
constexpr Duration seen_is_written_every = Duration::minutes(1);

std::string new_token(Random& random) {
    std::array<std::uint8_t, token_bytes> bytes{};
    random.fill(bytes);
    return to_hex(bytes);
}
crypto::Sha256 hash_of_token(std::string_view token) { return crypto::sha256(bytes_of(token)); }

/// What a session's row says that must not be made up: under a tag. When it was seen last and when it ended
/// are not: to set them back gives nobody a session who does not hold its token.
struct SessionRow {
    SessionId session;
    crypto::Sha256 token_hash;
    UserId user;
    bool must_change_password;
    Instant created_at;
};
template <class Zone>
crypto::Sha256 tag_of(crypto::Keyring<Zone> const& keyring, SessionRow const& row) {
    return store::row_tag(keyring, "user_session",
                          {row.session, row.token_hash, row.user, row.must_change_password, row.created_at});
}

}  // namespace

template <class Zone>
struct SignIn<Zone>::Found {
    AccountRow account;
    std::string password_hash;
    SecretBytes totp_secret;
    std::int64_t last_step;
};

template <class Zone>
SignIn<Zone>::SignIn(Frame<Zone> const& frame)
    : frame_(frame), nobodys_hash_(crypto::hash_password("nobody has this password", {}, frame.random)) {}

template <class Zone>
auto SignIn<Zone>::find_by_name(store::Transaction& tx, std::string_view user_name) const
    -> std::optional<Found> {
    auto const name = UserName::parse(user_name);
    if (!name) return std::nullopt;
    auto const& keyring = frame_.keys.keyring();
    auto const user = find_user(tx, keyring, *name);
    auto const account = user ? load_account(tx, keyring, *user) : std::nullopt;
    if (!account || account->closed_at) return std::nullopt;
    auto const row = tx.row<Bytes, Bytes, std::int64_t>(
        "SELECT password_hash, totp_secret, totp_last_step FROM user_account WHERE id = ?", *user);
    if (!row) return std::nullopt;
    auto const& [hash_cell, secret_cell, last_step] = *row;
    auto const cells = keyring.cells();
    auto const hash = cells.open({"user_account", "password_hash", user->uuid()}, hash_cell);
    auto secret = cells.open({"user_account", "totp_secret", user->uuid()}, secret_cell);
    if (!hash || !secret) {
        write_log(LogLevel::error, "an account row was altered; nobody can sign in with it",
                  field("user", *user));
        return std::nullopt;
    }
    return Found{*account, std::string{hash->text()}, std::move(*secret), last_step};
}

template <class Zone>
audit::Event SignIn<Zone>::event(std::string action, std::optional<UserId> user, audit::Outcome outcome,
                                 std::string const& source) const {
    audit::Event line;
    line.at = frame_.clock.now();
    line.action = std::move(action);
    line.object_class = "session";
    line.user = user;
    line.outcome = outcome;
    line.detail = source;
    return line;
}

template <class Zone>
std::expected<SignedIn, SignInRefusal> SignIn<Zone>::sign_in(SignInRequest const& request) const {
    auto const not_stored = [](store::StoreError why) {
        return std::unexpected(SignInRefusal{.error = SignInError::store, .why = why});
    };
    auto const& keyring = frame_.keys.keyring();
    auto const counter = [&](std::string_view kind, std::string_view a, std::string_view b,
                             GuessingRule rule) {
        Fields name;
        name.add(kind).add(a).add(b);
        return GuessCounter{keyring.blind_index(crypto::IndexColumn::user_name, text_of(name.view())), rule};
    };
    auto const name = UserName::parse(request.user_name);
    std::string const counted_name = name ? name->text() : std::string{};

    // First: who is it, may this be tried now; and count the try.
    std::optional<Found> found;
    std::vector<GuessCounter> counters;
    bool known_device = false;
    auto const count = [&](store::Transaction& tx) {
        found = find_by_name(tx, request.user_name);
        known_device = found && !request.device.empty() &&
                       tx.row<UserId>("SELECT user_id FROM known_device WHERE token_hash = ? AND user_id = ?",
                                      hash_of_token(request.device), found->account.user);
        if (known_device) {
            counters = {counter("device", counted_name, request.device, one_user_one_source)};
        } else {
            counters = {counter("user and source", counted_name, request.source, one_user_one_source),
                        counter("user", counted_name, {}, one_user_unknown_devices),
                        counter("source", {}, request.source, one_source_all_users)};
        }
        return wait_or_count(tx, counters, frame_.clock.now());
    };
    auto waits = frame_.database.transact(count);
    // Somebody else began the same counter at this very moment: it is there now, so each can collide once.
    for (std::size_t i = 0;
         i < counters.size() && !waits && waits.error() == store::StoreError::already_there; ++i)
        waits = frame_.database.transact(count);
    if (!waits) return not_stored(waits.error());
    if (*waits > Duration{}) {
        auto const line = event("sign_in_delayed", found ? std::optional{found->account.user} : std::nullopt,
                                audit::Outcome::refused, request.source);
        if (auto const written = frame_.reads.record({&line, 1}); !written)
            return not_stored(written.error());
        return std::unexpected(SignInRefusal{SignInError::wait, seconds_to_wait(*waits)});
    }

    // Then, outside of any transaction, the slow part. It takes the same time for a user who does not exist.
    auto const password = normal_password(request.password);
    bool const password_is_right = crypto::verify_password(password ? password->text() : std::string_view{},
                                                           found ? found->password_hash : nobodys_hash_) &&
                                   found && password;
    auto const now = frame_.clock.now();
    auto const step =
        found ? matching_step(found->totp_secret.view(), request.code, now, found->last_step) : std::nullopt;
    bool const welcome_is_over = found && found->account.password_is_welcome &&
                                 found->account.welcome_until && *found->account.welcome_until <= now;
    auto const refuse = [&]() -> std::expected<SignedIn, SignInRefusal> {
        auto const line = event("sign_in", found ? std::optional{found->account.user} : std::nullopt,
                                audit::Outcome::refused, request.source);
        if (auto const written = frame_.reads.record({&line, 1}); !written)
            return not_stored(written.error());
        return std::unexpected(SignInRefusal{SignInError::wrong});
    };
    if (!password_is_right || !step || welcome_is_over) return refuse();

    SignedIn signed_in{.session = SessionId::make(now, frame_.random),
                       .token = new_token(frame_.random),
                       .device_token = known_device ? std::string{} : new_token(frame_.random),
                       .must_change_password = found->account.password_is_welcome,
                       .role = found->account.role};
    auto const done = frame_.database.transact([&](store::Transaction& tx) {
        // The step is taken here, once: two requests with the same code cannot both get past this line.
        bool const first_use =
            tx.execute(
                "UPDATE user_account SET totp_last_step = ? WHERE id = ? AND totp_last_step < ? "
                "AND closed_at IS NULL",
                *step, found->account.user, *step) == 1;
        if (!first_use) return false;
        take_back(tx, counters);
        SessionRow const session{signed_in.session, hash_of_token(signed_in.token), found->account.user,
                                 signed_in.must_change_password, now};
        tx.execute(
            "INSERT INTO user_session (id, token_hash, user_id, must_change_password, created_at, "
            "last_seen_at, tag) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            session.session, session.token_hash, session.user, session.must_change_password,
            session.created_at, now, tag_of(keyring, session));
        if (!signed_in.device_token.empty()) {
            tx.execute("INSERT INTO known_device (token_hash, user_id, created_at) VALUES (?, ?, ?)",
                       hash_of_token(signed_in.device_token), found->account.user, now);
        }
        auto line = event("sign_in", found->account.user, audit::Outcome::done, request.source);
        line.role = name_of(found->account.role);
        line.session = signed_in.session;
        frame_.recorder.record(tx, {&line, 1});
        return true;
    });
    if (!done) return not_stored(done.error());
    if (!*done) return refuse();
    return signed_in;
}

template <class Zone>
std::expected<std::optional<Session>, store::StoreError> SignIn<Zone>::find(std::string_view token,
                                                                            std::string source) const {
    return frame_.database.transact([&](store::Transaction& tx) -> std::optional<Session> {
        auto const now = frame_.clock.now();
        auto const& keyring = frame_.keys.keyring();
        auto const token_hash = hash_of_token(token);
        auto const found = tx.row<SessionId, UserId, bool, Instant, Instant, crypto::Sha256>(
            "SELECT id, user_id, must_change_password, created_at, last_seen_at, tag FROM user_session "
            "WHERE token_hash = ? AND ended_at IS NULL",
            token_hash);
        if (!found) return std::nullopt;
        auto const& [session, user, must_change, created, seen, tag] = *found;
        store::require_row_tag(tag, tag_of(keyring, {session, token_hash, user, must_change, created}));
        auto const account = load_account(tx, keyring, user);
        if (!account || account->closed_at || now - seen > session_idle || now - created > session_longest)
            return std::nullopt;
        if (now - seen > seen_is_written_every)
            tx.execute("UPDATE user_session SET last_seen_at = ? WHERE id = ?", now, session);
        return Session{Actor{.user = user,
                             .side = Zone::side,
                             .role = account->role,
                             .person = account->person,
                             .employer = account->employer,
                             .responsible = account->responsible,
                             .session = session,
                             .source = std::move(source),
                             .signed_in_at = created},
                       must_change};
    });
}

template <class Zone>
std::expected<void, Failure> SignIn<Zone>::end(Actor const& actor) const {
    return change(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<void, Failure> {
        auto const access = unit.gate.ask(
            Action::end, {.resource = Resource::own_session, .user = actor.user}, actor.session.uuid());
        if (!access) return std::unexpected(access.error());
        unit.tx.execute("UPDATE user_session SET ended_at = ? WHERE id = ? AND ended_at IS NULL", unit.now,
                        actor.session);
        return {};
    });
}

namespace {

FieldFault sentence_for(PasswordFault fault) {
    switch (fault) {
        case PasswordFault::not_text:
            return {"new_password", "not_text", "Dit is geen leesbare tekst.", "This is not readable text."};
        case PasswordFault::too_short:
            return {"new_password", "too_short", "Kies een wachtwoord van ten minste 16 tekens.",
                    "Choose a password of at least 16 characters."};
        case PasswordFault::too_long:
            return {"new_password", "too_long", "Kies een wachtwoord van ten hoogste 128 tekens.",
                    "Choose a password of at most 128 characters."};
        case PasswordFault::too_few_classes:
            return {"new_password", "too_few_classes",
                    "Gebruik ten minste drie van: hoofdletters, kleine letters, cijfers, andere tekens.",
                    "Use at least three of: upper case, lower case, digits, other characters."};
        case PasswordFault::holds_user_name:
            return {"new_password", "holds_user_name", "Gebruik uw gebruikersnaam niet in uw wachtwoord.",
                    "Do not use your user name in your password."};
        case PasswordFault::holds_own_name:
            return {"new_password", "holds_own_name", "Gebruik uw eigen naam niet in uw wachtwoord.",
                    "Do not use your own name in your password."};
        case PasswordFault::common_words:
            return {"new_password", "common_words",
                    "Dit bestaat vooral uit woorden die iedereen als eerste probeert: kies andere woorden.",
                    "This is mostly words that everybody tries first: choose other words."};
    }
    return {};
}

/// The words of a name: any of them could be guessed.
std::vector<std::string> words_of(std::string_view name) {
    std::vector<std::string> words;
    while (!name.empty()) {
        auto const end = std::min(name.find_first_of(" .-"), name.size());
        if (end > 0) words.emplace_back(name.substr(0, end));
        name.remove_prefix(std::min(end + 1, name.size()));
    }
    return words;
}

constexpr FieldFault wrong_old_password{"old_password", "wrong", "Dit is niet uw huidige wachtwoord.",
                                        "This is not your current password."};
constexpr FieldFault too_like_an_earlier_one{
    "new_password", "too_like_earlier",
    "Dit lijkt te veel op een wachtwoord dat u al had. Andere cijfers, "
    "hoofdletters, leestekens of een andere maand maken het niet "
    "anders: kies andere woorden.",
    "This is too much like a password that you had. Other digits, "
    "capitals, signs or another month do not make it "
    "different: choose other words."};

/// The welcome password is changed: the session of who changed it opens more than that now.
template <class Zone>
void let_session_open_everything(store::Transaction& tx, crypto::Keyring<Zone> const& keyring,
                                 Actor const& actor) {
    auto const found =
        tx.row<crypto::Sha256>("SELECT token_hash FROM user_session WHERE id = ?", actor.session);
    if (!found) return;
    SessionRow const session{actor.session, std::get<0>(*found), actor.user, false, actor.signed_in_at};
    tx.execute("UPDATE user_session SET must_change_password = ?, tag = ? WHERE id = ?",
               session.must_change_password, tag_of(keyring, session), session.session);
}

}  // namespace

template <class Zone>
struct SignIn<Zone>::Passwords {
    Bytes hash_cell;
    std::string hash;
    PasswordHistory history;
};

template <class Zone>
auto SignIn<Zone>::load_passwords(store::Transaction& tx, UserId user) const -> std::optional<Passwords> {
    auto const row = tx.row<Bytes, std::optional<Bytes>>(
        "SELECT password_hash, password_history FROM user_account WHERE id = ?", user);
    if (!row) return std::nullopt;
    auto const& [hash_cell, history_cell] = *row;
    auto const cells = frame_.keys.keyring().cells();
    auto const hash = cells.open({"user_account", "password_hash", user.uuid()}, hash_cell);
    auto const read_history = [&]() -> std::optional<PasswordHistory> {
        if (!history_cell) return PasswordHistory{frame_.random};
        auto const encoded = cells.open({"user_account", "password_history", user.uuid()}, *history_cell);
        return encoded ? PasswordHistory::decode(encoded->view()) : std::nullopt;
    };
    auto history = read_history();
    if (!hash || !history) {
        write_log(LogLevel::error, "an account row was altered; its password cannot be changed",
                  field("user", user));
        return std::nullopt;
    }
    return Passwords{hash_cell, std::string{hash->text()}, std::move(*history)};
}

template <class Zone>
std::expected<void, Failure> SignIn<Zone>::change_password(Actor const& actor,
                                                           Given<PasswordChange> const& given) const {
    auto const old_password = given ? given->old_password.text() : std::string_view{};
    auto const new_password = given ? given->new_password.text() : std::string_view{};
    auto const& keyring = frame_.keys.keyring();
    auto const account = frame_.database.transact(
        [&](store::Transaction& tx) { return find_account(tx, keyring, actor.user); });
    if (!account) return std::unexpected(Failure{failure_of_reading(account.error())});
    if (!*account) return std::unexpected(Failure{FailureKind::unavailable});
    auto const name = UserName::parse((*account)->user_name);
    require(name.has_value(), "a stored user name is one");
    auto kept =
        frame_.database.transact([&](store::Transaction& tx) { return load_passwords(tx, actor.user); });
    if (!kept) return std::unexpected(Failure{failure_of_reading(kept.error())});
    if (!*kept) return std::unexpected(Failure{FailureKind::unavailable});
    auto& history = (*kept)->history;

    std::vector<FieldFault> faults;
    auto const old_normal = normal_password(old_password);
    bool const knows_old = old_normal && crypto::verify_password(old_normal->text(), (*kept)->hash);
    if (!knows_old) {
        faults.push_back(wrong_old_password);
    }
    auto const chosen = check_new_password(new_password, *name, words_of((*account)->display_name));
    if (!chosen) {
        faults.push_back(sentence_for(chosen.error()));
    } else if (knows_old) {
        // Only who knows the present password is told anything about the earlier ones.
        auto tags = history.tags_of(keyring, chosen->text());
        if (is_nearly_the_same(old_normal->text(), chosen->text()) ||
            history.is_too_like_an_earlier_one(tags))
            faults.push_back(too_like_an_earlier_one);
        history.add(std::move(tags));
    }
    std::string const hash =
        faults.empty() ? crypto::hash_password(chosen->text(), {}, frame_.random) : std::string{};

    return change(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<void, Failure> {
        auto const access =
            unit.gate.ask(Action::read, {.resource = Resource::own_session, .user = actor.user},
                          actor.session.uuid(), "password");
        if (!access) return std::unexpected(access.error());
        if (!given) return std::unexpected(given.error());
        if (!faults.empty()) return std::unexpected(Failure{FailureKind::invalid, faults});
        auto row = load_account(unit.tx, keyring, actor.user);
        if (!row) return std::unexpected(Failure{FailureKind::not_found});
        row->password_is_welcome = false;
        row->welcome_until.reset();
        auto const seal = [&](std::string_view column, BytesView plain) {
            return keyring.cells().seal({"user_account", column, actor.user.uuid()}, plain, frame_.random);
        };
        auto const changed = unit.tx.execute(
            "UPDATE user_account SET password_hash = ?, password_history = ?, password_is_welcome = ?, "
            "welcome_until = ?, tag = ? WHERE id = ? AND password_hash = ?",
            seal("password_hash", bytes_of(hash)), seal("password_history", history.encode()),
            row->password_is_welcome, row->welcome_until, tag_of(keyring, *row), actor.user,
            (*kept)->hash_cell);
        // It was changed meanwhile, so that what was typed as the old one no longer is.
        if (changed != 1) return std::unexpected(Failure{FailureKind::invalid, {wrong_old_password}});
        let_session_open_everything(unit.tx, keyring, actor);
        unit.tx.execute(
            "UPDATE user_session SET ended_at = ? WHERE user_id = ? AND id <> ? AND ended_at IS NULL",
            unit.now, actor.user, actor.session);
        return {};
    });
}

template class SignIn<OfficeZone>;
template class SignIn<MedicalZone>;

}  // namespace klout7::access
