#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/embedded_text.h"

namespace klout7::access {

/// common_passwords.txt and leaked_passwords.txt as the build put them into the program. Each says above its
/// lines what they are, where they come from and how they were made.
std::span<EmbeddedText const> password_lists();

inline constexpr std::size_t shortest_common = 3;
inline constexpr std::size_t longest_common = 26;

/// For letters that are those of one of the most used passwords: how many tries bring a guesser there, as a
/// power of two. Looked up in the text as it was built in, so nothing of a password is copied.
std::optional<int> bits_of_common(std::u32string_view letters);

/// The mark under which a long password that leaked is listed. The list has marks only, since such a password
/// may tell of the person who chose it. 40 bits of SHA-256: by chance, one in a hundred million is listed.
std::string mark_of_leaked(std::string_view text);
/// What a password leaves marks of: itself in lower case, and its readings (password_shapes.h), so without
/// digits and separators and either way round, when they have letters enough.
std::vector<std::string> marks_of(std::string_view password);

/// Whether a password, or all of it but its digits, separators and months, leaked with 16 characters or more.
bool is_leaked(std::string_view password);

}  // namespace klout7::access
