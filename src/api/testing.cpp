#include "api/testing.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include "base/check.h"
#include "base/text.h"

namespace klout7::api {

template <class Zone>
UnconnectedSide<Zone>::UnconnectedSide() {
    auto pattern = (std::filesystem::temp_directory_path() / "klout7-test-XXXXXX").string();
    folder = mkdtemp(pattern.data());
}
template <class Zone>
UnconnectedSide<Zone>::~UnconnectedSide() {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
}

template <class Zone>
std::set<Operation> served(Site<Zone> const& site) {
    std::set<Operation> operations;
    auto const method = [](transport::Method one) { return ascii_lower(transport::name_of(one)); };
    for (auto const& route : site.routes()) {
        operations.insert({std::string{route.path}, method(route.method),
                           std::string{access::name_of(route.thing)},
                           std::string{access::name_of(route.action)}});
    }
    for (auto const& route : site.public_routes())
        operations.insert({std::string{route.path}, method(route.method)});
    return operations;
}

namespace {

/// The paths of a description, each line without the spaces before it.
struct Line {
    std::size_t indent;
    std::string_view name;   ///< before the colon
    std::string_view value;  ///< behind it; empty when the lines below say more
};
std::vector<Line> lines_of_paths(std::string_view openapi) {
    auto const start = openapi.find("\npaths:\n");
    auto const end = openapi.find("\ncomponents:\n");
    require(start < end && end != std::string_view::npos, "a description has paths, then components");
    auto left = openapi.substr(start + 8, end - start - 7);
    std::vector<Line> lines;
    while (!left.empty()) {
        auto line = left.substr(0, left.find('\n'));
        left.remove_prefix(line.size() + 1);
        auto const indent = line.find_first_not_of(' ');
        if (indent == std::string_view::npos || indent > 6) continue;
        line.remove_prefix(indent);
        auto const colon = std::min(line.find(": "), line.size() - 1);
        lines.push_back({indent, line.substr(0, colon), line.substr(std::min(colon + 2, line.size()))});
    }
    return lines;
}

/// The operations that a description describes itself, and the paths for which it refers to another.
struct Paths {
    std::vector<Operation> operations;
    std::set<std::string_view> elsewhere;
};
Paths paths_of(std::string_view openapi) {
    constexpr std::array<std::string_view, 6> methods{"get", "put", "post", "delete", "patch", "head"};
    Paths paths;
    std::string_view path;
    for (auto const& [indent, name, value] : lines_of_paths(openapi)) {
        if (indent == 2) {
            require(name.starts_with('/'), "what stands under paths is one");
            path = name;
            if (value.starts_with("{$ref: 'common.yaml#/paths/")) {
                paths.elsewhere.insert(path);
            } else {
                require(value.empty(), "the methods of a path stand below it");
            }
        } else if (indent == 4) {
            require(std::ranges::find(methods, name) != methods.end(), "a path holds methods only");
            paths.operations.push_back({std::string{path}, std::string{name}});
        } else if (name == "x-thing") {
            paths.operations.back().thing = value;
        } else if (name == "x-action") {
            paths.operations.back().action = value;
        }
    }
    return paths;
}

}  // namespace

std::set<Operation> described(std::span<EmbeddedText const> description) {
    require(description.size() == 2, "a description is two files");
    auto const of_side = paths_of(description[0].text);
    std::set<Operation> operations{of_side.operations.begin(), of_side.operations.end()};
    for (auto const& operation : paths_of(description[1].text).operations)
        if (of_side.elsewhere.contains(operation.path)) operations.insert(operation);
    return operations;
}

std::string difference(std::set<Operation> const& served, std::set<Operation> const& described) {
    std::string text;
    auto const tell = [&](std::string_view what, std::set<Operation> const& a, std::set<Operation> const& b) {
        std::vector<Operation> only;
        std::ranges::set_difference(a, b, std::back_inserter(only));
        for (auto const& one : only)
            text += fmt::format("{}: {} {} {} {}\n", what, one.method, one.path, one.thing, one.action);
    };
    tell("not described", served, described);
    tell("not served", described, served);
    return text;
}

template struct UnconnectedSide<OfficeZone>;
template struct UnconnectedSide<MedicalZone>;
template std::set<Operation> served(Site<OfficeZone> const&);
template std::set<Operation> served(Site<MedicalZone> const&);

}  // namespace klout7::api
