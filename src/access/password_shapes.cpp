#include "password_shapes.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "password_letters.h"

namespace klout7::access {
namespace {

/// "paardpaard" is "paard", and so is "draap".
SecretBytes one_of_its_kind(std::u32string_view letters) {
    for (std::size_t period = 1; period <= letters.size() / 2; ++period) {
        if (letters.size() % period == 0 &&
            letters.substr(period) == letters.substr(0, letters.size() - period)) {
            letters = letters.substr(0, period);
            break;
        }
    }
    Letters reversed{std::u32string{letters.rbegin(), letters.rend()}};
    auto text = to_utf8(std::min(letters, reversed.view()));
    auto made = SecretBytes::from_text(text);
    wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
    return made;
}

std::vector<SecretBytes> whole(std::vector<Letters> const& readings) {
    std::vector<SecretBytes> shapes;
    for (auto const& letters : readings) shapes.push_back(one_of_its_kind(letters.view()));
    return shapes;
}

void add_shortened(std::vector<SecretBytes>& into, std::u32string_view letters) {
    for (std::size_t front = 0; front <= most_letters_off; ++front) {
        for (std::size_t back = 0; front + back <= most_letters_off; ++back) {
            if (front + back == 0 || letters.size() < front + back + fewest_letters_of_shortened) continue;
            into.push_back(one_of_its_kind(letters.substr(front, letters.size() - front - back)));
        }
    }
}

}  // namespace

std::vector<SecretBytes> readings_of(std::string_view password) {
    return whole(letters_without_calendar(password));
}

std::vector<SecretBytes> shapes_of(std::string_view password) {
    auto const readings = letters_without_calendar(password);
    auto shapes = whole(readings);
    for (auto const& letters : readings) add_shortened(shapes, letters.view());
    return shapes;
}

bool is_nearly_the_same(std::string_view one, std::string_view other) {
    Letters const a{fold_compatible(one)};
    Letters const b{fold_compatible(other)};
    auto const from = a.view();
    auto const to = b.view();
    // One row of the table of distances between the beginnings of both.
    std::vector<std::size_t> distance(to.size() + 1);
    for (std::size_t j = 0; j <= to.size(); ++j) distance[j] = j;
    for (std::size_t i = 1; i <= from.size(); ++i) {
        auto diagonal = distance[0];
        distance[0] = i;
        for (std::size_t j = 1; j <= to.size(); ++j) {
            auto const changed = diagonal + (from[i - 1] == to[j - 1] ? 0U : 1U);
            diagonal = distance[j];
            distance[j] = std::min({changed, distance[j] + 1, distance[j - 1] + 1});
        }
    }
    return distance.back() <= most_letters_off;
}

}  // namespace klout7::access
