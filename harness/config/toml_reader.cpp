#include "harness/config/toml_reader.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"

namespace rnnbench {
namespace {

// Far above any real file; deeper or longer ones would overflow the stack when the tree is freed.
constexpr std::size_t kMostLevels = 64;
constexpr std::size_t kLongestLine = 20'000;

class Converter {
 public:
  explicit Converter(const std::string& file_name) : file_name_(file_name) {}

  SettingsTree convert(const toml::table& document) {
    tree_.values = table(document, "", 0);
    tree_.origins.insert_or_assign("", file_name_);
    std::stable_sort(placed_.begin(), placed_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [position, path] : placed_) tree_.written.push_back(std::move(path));
    return std::move(tree_);
  }

 private:
  using Position = std::pair<toml::source_index, toml::source_index>;

  Json table(const toml::table& node, const std::string& path, std::size_t level) {
    Json object = Json::object();
    for (const auto& [key, child] : node) {
      const std::string name(key.str());
      const std::string whole = path.empty() ? name : path + "." + name;
      object[name] = value(child, whole, key.source().begin, level + 1);
    }
    return object;
  }

  Json array(const toml::array& node, const std::string& path, std::size_t level) {
    Json elements = Json::array();
    for (const toml::node& child : node) {
      elements.push_back(value(child, fmt::format("{}.{}", path, elements.size()), {}, level + 1));
    }
    return elements;
  }

  /// `named` is where its key stands; elements of arrays have none.
  Json value(const toml::node& node, const std::string& path, toml::source_position named,
             std::size_t level) {
    const toml::source_position at = named ? named : node.source().begin;
    const std::string place = fmt::format("{}:{}", file_name_, at.line);
    tree_.origins.insert_or_assign(path, place);
    placed_.emplace_back(Position{at.line, at.column}, path);
    const auto refuse = [&](std::string_view what) {
      throw ConfigError(fmt::format("{}:{}: {}: {}", place, at.column, path, what));
    };
    if (level > kMostLevels) refuse(fmt::format("nested more than {} deep; flatten it", kMostLevels));
    switch (node.type()) {
      case toml::node_type::table:
        return table(*node.as_table(), path, level);
      case toml::node_type::array:
        return array(*node.as_array(), path, level);
      case toml::node_type::string:
        return node.as_string()->get();
      case toml::node_type::integer:
        return node.as_integer()->get();
      case toml::node_type::boolean:
        return node.as_boolean()->get();
      case toml::node_type::floating_point:
        if (!std::isfinite(node.as_floating_point()->get()))
          refuse("no setting takes it; give a finite number");
        return node.as_floating_point()->get();
      default:
        refuse("no setting is a date or a time; put it in quotes if a text is meant");
    }
    return {};
  }

  const std::string& file_name_;
  SettingsTree tree_;
  std::vector<std::pair<Position, std::string>> placed_;
};

void refuse_overlong_lines(std::string_view text, const std::string& file_name) {
  std::size_t line = 1;
  for (std::size_t begin = 0; begin < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end - begin > kLongestLine) {
      throw ConfigError(fmt::format("{}:{}: a line of {} characters, at most {} are read; break it up",
                                    file_name, line, end - begin, kLongestLine));
    }
    begin = end + 1;
  }
}

}  // namespace

SettingsTree parse_toml(std::string_view text, const std::string& file_name) {
  refuse_overlong_lines(text, file_name);
  try {
    return Converter(file_name).convert(toml::parse(text));
  } catch (const toml::parse_error& error) {
    const toml::source_position at = error.source().begin;
    throw ConfigError(
        fmt::format("{}:{}:{}: {}; correct the TOML there (texts need quotes, a key stands only once)",
                    file_name, at.line, at.column, error.description()));
  }
}

SettingsTree read_toml(const std::filesystem::path& path) {
  return parse_toml(read_file(path), path.string());
}

}  // namespace rnnbench
