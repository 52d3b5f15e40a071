#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/roles.h"

namespace klout7::access {

/// A list of networks from which somebody may come, IPv4 and IPv6 (RFC 4632, RFC 4291).
class Networks {
public:
    /// "10.1.0.0/16 192.0.2.7, 2001:db8::/32": between blanks or commas. Nothing when there is none, when one
    /// is no network, or has bits behind its prefix: 10.1.2.3/16 was meant to be something else.
    static std::optional<Networks> parse(std::string_view text);
    /// An IPv4 address that is written as an IPv6 one ("::ffff:192.0.2.7") is the IPv4 one. What is no
    /// address is in no network.
    bool contains(std::string_view address) const;
    /// As it was given, with one blank between; parse() reads it back.
    std::string const& text() const { return text_; }

private:
    struct Network {
        std::array<std::uint8_t, 16> first;  ///< IPv4 stands in ::ffff:0:0/96
        unsigned prefix_bits;
    };
    static std::optional<Network> parse_one(std::string_view text);
    std::vector<Network> networks_;
    std::string text_;
};

/// From where people may come, by their role; a role without a list from everywhere.
class RoleNetworks {
public:
    void set(Role role, Networks networks) { of_.insert_or_assign(role, std::move(networks)); }
    bool allow(Role role, std::string_view address) const {
        auto const found = of_.find(role);
        return found == of_.end() || found->second.contains(address);
    }

private:
    std::map<Role, Networks> of_;
};

}  // namespace klout7::access
