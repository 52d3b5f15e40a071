#include "access/accounts.h"
#include "access/notices.h"
#include "access/own_sign_in.h"
#include "access/password_history.h"
#include "access/password_rules.h"
#include "account_row.h"
#include "base/check.h"
#include "base/log.h"
#include "crypto/password_hash.h"
#include "password_shapes.h"
#include "session_row.h"

namespace klout7::access {
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

/// Of the name, of the e-mail address and of the employer.
std::vector<std::string> own_words(AccountView const& account, std::string_view employer_name) {
    auto words = words_of(account.display_name);
    for (auto& word : words_of(employer_name)) words.push_back(std::move(word));
    if (auto const e_mail = EMail::parse(account.e_mail)) {
        for (auto& word : e_mail->words()) words.push_back(std::move(word));
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

/// What is kept of the passwords of a user, and the cell in which the present one's hash stands.
struct Passwords {
    Bytes hash_cell;
    std::string hash;
    PasswordHistory history;
};

template <class Zone>
std::optional<Passwords> load_passwords(Frame<Zone> const& frame, store::Transaction& tx, UserId user) {
    auto const row = tx.row<Bytes, std::optional<Bytes>>(
        "SELECT password_hash, password_history FROM user_account WHERE id = ?", user);
    if (!row) return std::nullopt;
    auto const& [hash_cell, history_cell] = *row;
    auto const cells = frame.keys.keyring().cells();
    auto const hash = cells.open({"user_account", "password_hash", user.uuid()}, hash_cell);
    auto const read_history = [&]() -> std::optional<PasswordHistory> {
        if (!history_cell) return PasswordHistory{frame.random};
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

}  // namespace

template <class Zone>
std::expected<std::string, Failure> OwnSignIn<Zone>::change_password(
    Actor const& actor, Given<PasswordChange> const& given) const {
    auto const old_password = given ? given->old_password.text() : std::string_view{};
    auto const new_password = given ? given->new_password.text() : std::string_view{};
    auto const& keyring = frame_.keys.keyring();
    std::string employer_name;
    auto const account = frame_.database.transact([&](store::Transaction& tx) {
        auto found = find_account(tx, keyring, actor.user);
        if (found && found->employer) employer_name = frame_.employers.name_of(tx, keyring, *found->employer);
        return found;
    });
    if (!account) return std::unexpected(Failure{failure_of_reading(account.error())});
    if (!*account) return std::unexpected(Failure{FailureKind::unavailable});
    auto const name = UserName::parse((*account)->user_name);
    require(name.has_value(), "a stored user name is one");
    auto kept = frame_.database.transact(
        [&](store::Transaction& tx) { return load_passwords(frame_, tx, actor.user); });
    if (!kept) return std::unexpected(Failure{failure_of_reading(kept.error())});
    if (!*kept) return std::unexpected(Failure{FailureKind::unavailable});
    auto& history = (*kept)->history;

    std::vector<FieldFault> faults;
    auto const old_normal = normal_password(old_password);
    bool const knows_old = old_normal && crypto::verify_password(old_normal->text(), (*kept)->hash);
    if (!knows_old) {
        faults.push_back(wrong_old_password);
    }
    auto const chosen = check_new_password(new_password, *name, own_words(**account, employer_name));
    if (!chosen) {
        for (auto const fault : chosen.error()) faults.push_back(sentence_for(fault));
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

    return change(frame_, actor, [&](Unit<Zone>& unit) -> std::expected<std::string, Failure> {
        auto const access =
            unit.gate.ask(Action::change, {.resource = Resource::own_session, .user = actor.user},
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
        end_other_sessions(unit.tx, actor, unit.now);
        notify(unit.tx, keyring, actor.user, NoticeKind::password_changed, actor.source, unit.now,
               frame_.random);
        return renew_session(unit, actor.fresh_at);
    });
}

#define KLOUT7_FOR(Zone)                                                           \
    template std::expected<std::string, Failure> OwnSignIn<Zone>::change_password( \
        Actor const&, Given<PasswordChange> const&) const;
KLOUT7_FOR(OfficeZone)
KLOUT7_FOR(MedicalZone)
#undef KLOUT7_FOR

}  // namespace klout7::access
