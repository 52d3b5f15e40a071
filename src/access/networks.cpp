#include "access/networks.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace klout7::access {
namespace {

using Address = std::array<std::uint8_t, 16>;
/// In front of an IPv4 address. Source: RFC 4291, 2.5.5.2.
constexpr unsigned ipv4_prefix_bits = 96;

struct ParsedAddress {
    Address bytes{};
    bool is_ipv4 = false;
};

std::optional<ParsedAddress> parse_address(std::string_view text) {
    std::string const terminated{text};
    ParsedAddress parsed;
    if (inet_pton(AF_INET6, terminated.c_str(), parsed.bytes.data()) == 1) return parsed;
    parsed.bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    parsed.is_ipv4 = true;
    if (inet_pton(AF_INET, terminated.c_str(), parsed.bytes.data() + ipv4_prefix_bits / 8) != 1)
        return std::nullopt;
    return parsed;
}

std::uint8_t mask_of(std::size_t byte, unsigned prefix_bits) {
    auto const before = static_cast<unsigned>(byte * 8);
    auto const bits = prefix_bits <= before ? 0U : std::min(8U, prefix_bits - before);
    return static_cast<std::uint8_t>(0xffU << (8U - bits));
}

bool is_in(Address const& address, Address const& first, unsigned prefix_bits) {
    for (std::size_t i = 0; i < address.size(); ++i) {
        if (((address[i] ^ first[i]) & mask_of(i, prefix_bits)) != 0) return false;
    }
    return true;
}

bool ends_with_zeros(Address const& first, unsigned prefix_bits) {
    for (std::size_t i = 0; i < first.size(); ++i) {
        if ((first[i] & ~mask_of(i, prefix_bits) & 0xff) != 0) return false;
    }
    return true;
}

}  // namespace

auto Networks::parse_one(std::string_view text) -> std::optional<Network> {
    auto const slash = text.find('/');
    auto const address = parse_address(text.substr(0, slash));
    if (!address) return std::nullopt;
    unsigned const most = address->is_ipv4 ? 32 : 128;
    unsigned bits = most;
    if (slash != std::string_view::npos) {
        auto const number = text.substr(slash + 1);
        auto const [end, wrong] = std::from_chars(number.data(), number.data() + number.size(), bits);
        if (wrong != std::errc{} || end != number.data() + number.size() || bits > most) return std::nullopt;
    }
    if (address->is_ipv4) bits += ipv4_prefix_bits;
    if (!ends_with_zeros(address->bytes, bits)) return std::nullopt;
    return Network{address->bytes, bits};
}

std::optional<Networks> Networks::parse(std::string_view text) {
    constexpr std::string_view separators = " ,\t\n";
    Networks all;
    for (auto begin = text.find_first_not_of(separators); begin != std::string_view::npos;
         begin = text.find_first_not_of(separators, begin)) {
        auto const end = std::min(text.find_first_of(separators, begin), text.size());
        auto const one = text.substr(begin, end - begin);
        auto const network = parse_one(one);
        if (!network) return std::nullopt;
        all.networks_.push_back(*network);
        if (!all.text_.empty()) all.text_ += ' ';
        all.text_ += one;
        begin = end;
    }
    if (all.networks_.empty()) return std::nullopt;
    return all;
}

bool Networks::contains(std::string_view address) const {
    auto const parsed = parse_address(address);
    return parsed && std::ranges::any_of(networks_, [&](Network const& network) {
               return is_in(parsed->bytes, network.first, network.prefix_bits);
           });
}

}  // namespace klout7::access
