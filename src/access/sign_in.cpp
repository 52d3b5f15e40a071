#include "access/sign_in.h"

#include "access/notices.h"
#include "account_row.h"
#include "base/log.h"
#include "challenge.h"
#include "crypto/password_hash.h"
#include "guesses.h"
#include "second_factor.h"
#include "session_row.h"
#include "store/row_tag.h"

namespace klout7::access {
namespace {

constexpr Duration seen_is_written_every = Duration::minutes(1);

/// Why this account may not come from there, as the log says it; nothing when it may.
template <class Zone>
std::optional<std::string_view> refusal_of_source(Frame<Zone> const& frame, store::Transaction& tx,
                                                  AccountRow const& account, std::string_view source) {
    if (!frame.networks.allow(account.role, source)) return "other_network";
    if (account.role != Role::employer) return std::nullopt;
    bool const is_allowed =
        account.employer && frame.employers.allow(tx, frame.keys.keyring(), *account.employer, source);
    return is_allowed ? std::nullopt : std::optional<std::string_view>{"other_network_of_employer"};
}

}  // namespace

template <class Zone>
struct SignIn<Zone>::Found {
    AccountRow account;
    std::string password_hash;
    SecondFactor<Zone> second;
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
    auto const row = tx.row<Bytes>("SELECT password_hash FROM user_account WHERE id = ?", *user);
    if (!row) return std::nullopt;
    auto const hash =
        keyring.cells().open({"user_account", "password_hash", user->uuid()}, std::get<0>(*row));
    if (!hash) {
        write_log(LogLevel::error, "an account row was altered; nobody can sign in with it",
                  field("user", *user));
        return std::nullopt;
    }
    return Found{*account, std::string{hash->text()}, SecondFactor<Zone>::load(tx, keyring, *user)};
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
    std::optional<std::string_view> from_elsewhere;
    std::vector<GuessCounter> counters;
    bool known_device = false;
    auto const count = [&](store::Transaction& tx) {
        found = find_by_name(tx, request.user_name);
        from_elsewhere = found ? refusal_of_source(frame_, tx, found->account, request.source) : std::nullopt;
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
    auto const proof = found ? found->second.check(frame_, request.proof, Asked::signing_in, Uuid{})
                             : std::unexpected(std::string_view{"unknown_user"});
    bool const welcome_is_over = found && found->account.password_is_welcome &&
                                 found->account.welcome_until && *found->account.welcome_until <= now;
    // Which of them was wrong stands in the log only.
    auto const refuse = [&](std::string_view why) -> std::expected<SignedIn, SignInRefusal> {
        auto line = event("sign_in", found ? std::optional{found->account.user} : std::nullopt,
                          audit::Outcome::refused, request.source);
        line.detail.append("\n").append(why);
        if (auto const written = frame_.reads.record({&line, 1}); !written)
            return not_stored(written.error());
        return std::unexpected(SignInRefusal{SignInError::wrong});
    };
    if (found && !password_is_right) return refuse("wrong_password");
    if (!proof) return refuse(proof.error());
    if (welcome_is_over) return refuse("welcome_password_is_over");
    if (from_elsewhere) return refuse(*from_elsewhere);

    SignedIn signed_in{.session = SessionId::make(now, frame_.random),
                       .token = new_token(frame_.random),
                       .device_token = known_device ? std::string{} : new_token(frame_.random),
                       .must_change_password = found->account.password_is_welcome,
                       .must_add_factor = found->second.rows().empty(),
                       .role = found->account.role};
    auto const done = frame_.database.transact([&](store::Transaction& tx) {
        // Taken here, once: two requests with the same proof cannot both get past this line.
        if (!take(tx, keyring, found->account.user, *proof, now, frame_.random)) return false;
        take_back(tx, counters);
        // The first sign-in of a new account tells its user nothing.
        bool const came_before =
            tx.row<SessionId>("SELECT id FROM user_session WHERE user_id = ?", found->account.user)
                .has_value();
        if (!known_device && came_before)
            notify(tx, keyring, found->account.user, NoticeKind::new_device, request.source, now,
                   frame_.random);
        SessionRow const session{signed_in.session,
                                 hash_of_token(signed_in.token),
                                 found->account.user,
                                 signed_in.must_change_password,
                                 now,
                                 now,
                                 signed_in.must_add_factor};
        tx.execute(
            "INSERT INTO user_session (id, token_hash, user_id, must_change_password, created_at, fresh_at, "
            "must_add_factor, last_seen_at, source, tag) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            session.session, session.token_hash, session.user, session.must_change_password,
            session.created_at, session.fresh_at, session.must_add_factor, now,
            keyring.cells().seal(source_cell(session.session), bytes_of(request.source), frame_.random),
            tag_of(keyring, session));
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
    // Somebody else answered the same question at this very moment.
    bool const is_taken = done ? !*done : done.error() == store::StoreError::already_there;
    if (is_taken) return refuse("used_before");
    if (!done) return not_stored(done.error());
    return signed_in;
}

template <class Zone>
Bytes SignIn<Zone>::challenge() const {
    return new_challenge(frame_.keys.keyring(), Asked::signing_in, Uuid{}, frame_.clock.now(), frame_.random);
}

template <class Zone>
std::expected<std::optional<Session>, store::StoreError> SignIn<Zone>::find(std::string_view token,
                                                                            std::string source) const {
    struct TurnedAway {
        UserId user;
        std::string_view why;
    };
    std::optional<TurnedAway> turned_away;
    auto opened = frame_.database.transact([&](store::Transaction& tx) -> std::optional<Session> {
        turned_away.reset();
        auto const now = frame_.clock.now();
        auto const& keyring = frame_.keys.keyring();
        auto const token_hash = hash_of_token(token);
        auto const found = tx.row<SessionId, UserId, bool, Instant, Instant, bool, Instant, crypto::Sha256>(
            "SELECT id, user_id, must_change_password, created_at, fresh_at, must_add_factor, last_seen_at, "
            "tag FROM user_session WHERE token_hash = ? AND ended_at IS NULL",
            token_hash);
        if (!found) return std::nullopt;
        auto const& [session, user, must_change, created, fresh, had_no_factor, seen, tag] = *found;
        store::require_row_tag(
            tag, tag_of(keyring, {session, token_hash, user, must_change, created, fresh, had_no_factor}));
        auto const account = load_account(tx, keyring, user);
        if (!account || account->closed_at || !is_within_limits(account->role, created, seen, now))
            return std::nullopt;
        if (auto const why = refusal_of_source(frame_, tx, *account, source)) {
            turned_away = {user, *why};
            return std::nullopt;
        }
        if (now - seen > seen_is_written_every)
            tx.execute("UPDATE user_session SET last_seen_at = ? WHERE id = ?", now, session);
        return Session{Actor{.user = user,
                             .side = Zone::side,
                             .role = account->role,
                             .person = account->person,
                             .employer = account->employer,
                             .responsible = account->responsible,
                             .session = session,
                             .source = source,
                             .signed_in_at = created,
                             .fresh_at = fresh,
                             .must_add_factor = had_no_factor && load_factors(tx, keyring, user).empty()},
                       must_change};
    });
    if (!opened || !turned_away) return opened;
    // Somebody has a session and is not where its user may be.
    write_log(LogLevel::warning, "a session was used from a network that its user may not come from",
              field("user", turned_away->user));
    auto line = event("sign_in", turned_away->user, audit::Outcome::refused, source);
    line.detail.append("\n").append(turned_away->why);
    if (auto const written = frame_.reads.record({&line, 1}); !written)
        return std::unexpected(written.error());
    return std::nullopt;
}

template class SignIn<OfficeZone>;
template class SignIn<MedicalZone>;

}  // namespace klout7::access
