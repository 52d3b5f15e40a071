#include "program/document_store.h"

#include <fmt/format.h>

#include <algorithm>

#include "crypto/hash.h"
#include "documents/folder_store.h"

namespace klout7::program {
namespace {

// More the library has no room for.
constexpr std::size_t most_characters = 255;

constexpr std::string_view server_key = "documents.smb.server";
constexpr std::string_view share_key = "documents.smb.share";
constexpr std::string_view user_key = "documents.smb.user";
constexpr std::string_view port_key = "documents.smb.port";
constexpr std::string_view password_key = "documents.smb.password";

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Letters, digits and `others`: a share and a server stand in an address, where other characters mean
/// something.
bool is_made_of(std::string_view text, std::string_view others) {
    auto const fits = [&](char c) {
        return is_letter_or_digit(c) || others.find(c) != std::string_view::npos;
    };
    return !text.empty() && text.size() <= most_characters && std::ranges::all_of(text, fits);
}

bool is_user(std::string_view text) {
    auto const backslash = text.find('\\');
    auto const user = text.substr(backslash == std::string_view::npos ? 0 : backslash + 1);
    auto const is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
    return backslash != 0 && !user.empty() && user.find('\\') == std::string_view::npos &&
           text.size() <= most_characters && std::ranges::none_of(text, is_control);
}

/// A key that says nothing without a server.
std::optional<std::string_view> without_server(Settings const& settings) {
    if (settings.optional_text(share_key)) return share_key;
    if (settings.optional_text(user_key)) return user_key;
    if (settings.optional_integer(port_key)) return port_key;
    if (settings.optional_sealed(password_key)) return password_key;
    return std::nullopt;
}

std::string name_of(Owner const& owner) {
    Fields fields;
    fields.add("klout7/share/1").add(owner.installation.bytes());
    fields.add(name_of(owner.environment)).add(name_of(owner.side));
    return to_hex(BytesView{crypto::sha256(fields.view())}.first(16));
}

}  // namespace

std::expected<std::optional<documents::SmbSettings>, SettingsError> read_share(Settings const& settings,
                                                                               Unseal const& unseal) {
    auto const server = settings.optional_text(server_key);
    if (!server) {
        if (auto const key = without_server(settings))
            return std::unexpected(
                settings.wrong(*key, "needs documents.smb.server beside it; without a share, take it out"));
        return std::nullopt;
    }
    auto const share = settings.text(share_key);
    if (!share) return std::unexpected(share.error());
    auto const user = settings.text(user_key);
    if (!user) return std::unexpected(user.error());
    auto const sealed = settings.sealed(password_key);
    if (!sealed) return std::unexpected(sealed.error());
    if (!is_made_of(*server, ".-:"))
        return std::unexpected(
            settings.wrong(server_key, "must be the name or the address of a server, no more"));
    if (!is_made_of(*share, "._-$"))
        return std::unexpected(settings.wrong(
            share_key, "must be the name of a share, of letters, digits and . _ - $, without its server"));
    if (!is_user(*user))
        return std::unexpected(
            settings.wrong(user_key, "must be a user, or DOMAIN\\user between single quotes"));
    auto password = unseal(password_key, sealed->text());
    if (!password) return std::unexpected(settings.wrong(password_key, "was not sealed by this keyring"));
    if (password->empty() || password->size() > most_characters ||
        password->text().find('\0') != std::string_view::npos)
        return std::unexpected(settings.wrong(password_key, "must be a password of 1 to 255 bytes"));
    return documents::SmbSettings{
        .server = *server,
        .port = static_cast<std::uint16_t>(settings.optional_integer(port_key).value_or(445)),
        .share = *share,
        .user = *user,
        .password = std::make_shared<SecretBytes const>(std::move(*password)),
        .owner = {},
        .program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "klout7-smb"};
}

std::expected<std::unique_ptr<documents::Store>, std::string> open_documents(DataFolder const& folder,
                                                                             Owner const& owner,
                                                                             Settings const& settings,
                                                                             Unseal const& unseal) {
    auto share = read_share(settings, unseal);
    if (!share) return std::unexpected(share.error().sentence);
    if (*share) {
        (*share)->owner = name_of(owner);
        static SystemClock const clock;
        static SystemRandom random;
        auto store = documents::SmbStore::open(std::move(**share), clock, random);
        if (!store) {
            return std::unexpected(
                fmt::format("the documents cannot be stored: {}", documents::text_for(store.error())));
        }
        return std::make_unique<documents::SmbStore>(std::move(*store));
    }
    auto store = documents::FolderStore::open(folder.documents(owner.side));
    if (!store) {
        return std::unexpected(
            fmt::format("the documents cannot be stored in {}; see who owns it and whether there is space",
                        folder.documents(owner.side).string()));
    }
    return std::make_unique<documents::FolderStore>(std::move(*store));
}

}  // namespace klout7::program
