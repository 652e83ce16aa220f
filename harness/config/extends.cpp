#include "harness/config/extends.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "harness/config/axis_conflicts.hpp"
#include "harness/config/merge_trees.hpp"
#include "harness/config/recorded_files.hpp"
#include "harness/config/setting_path.hpp"
#include "harness/core/error.hpp"
#include "harness/core/files.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

/// The other keys of a file are merged; these are about the one file.
constexpr const char* kOwnKeys[] = {"schema", "name", "question", "note", "claim", "beside", "extends"};
constexpr std::size_t kMostLevels = 32;

void drop_own_keys(SettingsTree& tree) {
  for (const char* key : kOwnKeys) {
    tree.values.erase(key);
    tree.origins.erase(key);
  }
}

void require_schema(SettingsReader& reader) {
  if (reader.value("schema") != Json(1)) {
    reader.fail("schema", "this program reads schema = 1; a newer file needs a newer program");
  }
}

bool is_file(const fs::path& path) {
  std::error_code unknown;
  return path.native().find('\0') == std::string::npos && fs::is_regular_file(path, unknown);
}

/// The same for every way to write one file's path.
fs::path identity(const fs::path& path) {
  std::error_code unknown;
  fs::path whole = fs::weakly_canonical(path, unknown);
  return unknown ? path.lexically_normal() : whole;
}

class Reader {
 public:
  Reader(const std::string& text, const fs::path& path)
      : folder_(path.has_parent_path() ? path.parent_path() : fs::path(".")),
        recorded_(files_in_comments(text)) {}

  /// One file on top of its bases. `chain_` holds the files that extend it.
  SettingsTree read(const std::string& text, const fs::path& path) {
    chain_.push_back(path);
    SettingsTree own = parse_toml(text, path.string());
    SettingsReader reader(own.values, "", own.origins);
    require_schema(reader);
    flatten_axes(own);
    refuse_fixed_axes(own);
    add_folder(path.parent_path());
    if (own.values.contains("extends")) {
      const std::vector<std::string> bases = bases_of(reader);
      own.values.erase("extends");
      SettingsTree below = read_base(reader, path, bases.front());
      for (std::size_t i = 1; i < bases.size(); ++i) {
        below = on_top_of(std::move(below), read_base(reader, path, bases[i]));
      }
      own = on_top_of(std::move(below), std::move(own));
    }
    chain_.pop_back();
    return own;
  }

  const FileTexts& files_read() const { return files_read_; }
  std::vector<fs::path> folders() const { return folders_; }

 private:
  void add_folder(const fs::path& folder) {
    if (std::find(folders_.begin(), folders_.end(), folder) == folders_.end()) folders_.push_back(folder);
  }

  static SettingsTree on_top_of(SettingsTree base, SettingsTree nearer) {
    drop_fixed_axes(base, nearer);
    return merge_trees(std::move(base), std::move(nearer));
  }

  SettingsTree read_base(SettingsReader& reader, const fs::path& path, const std::string& written) {
    const fs::path base_path = path_of_base(reader, path, written);
    SettingsTree base = read(text_of_base(reader, base_path), base_path);
    drop_own_keys(base);
    return base;
  }

  /// One file, or several of which the later ones win.
  static std::vector<std::string> bases_of(SettingsReader& reader) {
    const Json& written = reader.value("extends");
    const auto is_name = [](const Json& name) {
      return name.is_string() && !name.get_ref<const std::string&>().empty();
    };
    if (is_name(written)) return {written.get<std::string>()};
    if (!written.is_array() || written.empty() || !std::all_of(written.begin(), written.end(), is_name)) {
      reader.fail("extends", "give a file, as in \"base.toml\", or a list of files, or take it out");
    }
    return written.get<std::vector<std::string>>();
  }

  fs::path path_of_base(SettingsReader& reader, const fs::path& path, const std::string& written) const {
    fs::path base = (path.parent_path() / written).lexically_normal();
    const auto same = [&](const fs::path& other) { return identity(other) == identity(base); };
    if (std::any_of(chain_.begin(), chain_.end(), same)) {
      std::vector<std::string> names;
      for (const fs::path& each : chain_) names.push_back(each.string());
      names.push_back(base.string());
      reader.fail("extends", fmt::format("the files go in a circle, {}; take one of them out",
                                         fmt::join(names, " -> ")));
    }
    if (chain_.size() >= kMostLevels) {
      reader.fail("extends", fmt::format("more than {} files deep; join some of them", kMostLevels));
    }
    return base;
  }

  std::string text_of_base(const SettingsReader& reader, const fs::path& base) {
    const fs::path from_here = base.lexically_relative(folder_);
    const std::string name = from_here.empty() ? base.string() : from_here.string();
    if (const auto known = recorded_.find(name); known != recorded_.end()) return known->second;
    if (!is_file(base)) {
      reader.fail("extends", fmt::format("no such file {}; the path is relative to the file it stands in",
                                         base.string()));
    }
    return files_read_[name] = read_file(base);
  }

  fs::path folder_;  ///< of the first file
  FileTexts recorded_;
  FileTexts files_read_;
  std::vector<fs::path> folders_;
  std::vector<fs::path> chain_;
};

}  // namespace

ExtendedFile read_extended(const std::string& text, const fs::path& path) {
  Reader reader(text, path);
  SettingsTree tree = reader.read(text, path);
  return {std::move(tree), text + as_comments(reader.files_read()), reader.folders()};
}

}  // namespace rnnbench
