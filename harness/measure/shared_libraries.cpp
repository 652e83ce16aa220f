#include "harness/measure/shared_libraries.hpp"

#include <dlfcn.h>
#include <link.h>

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <map>
#include <set>
#include <string_view>

#include "harness/core/error.hpp"
#include "harness/measure/elf_file.hpp"
#include "harness/measure/loader_cache.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

/// A file whose needs are known, and the one that it was first needed by.
struct Object {
  fs::path path;
  LoaderNeeds needs;
  const Object* loader = nullptr;
};

void replace_all(std::string& text, std::string_view what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

/// Adds the folders of a list such as "$ORIGIN/../lib:/opt/lib"; an empty entry is the current folder.
void add_folders(std::vector<fs::path>& folders, std::string_view list, std::string_view separators,
                 const std::string& origin) {
  if (list.empty()) return;
  for (std::size_t start = 0; start <= list.size();) {
    const std::size_t end = std::min(list.find_first_of(separators, start), list.size());
    std::string folder(list.substr(start, end - start));
    replace_all(folder, "$ORIGIN", origin);
    replace_all(folder, "${ORIGIN}", origin);
    folders.emplace_back(folder.empty() ? "." : folder);
    start = end + 1;
  }
}

std::vector<fs::path> search_folders(const Object& object) {
  std::vector<fs::path> folders;
  if (object.needs.runpath.empty()) {
    for (const Object* at = &object; at != nullptr; at = at->loader) {
      if (at->needs.runpath.empty())
        add_folders(folders, at->needs.rpath, ":", at->path.parent_path().string());
    }
  }
  const char* variable = std::getenv("LD_LIBRARY_PATH");
  if (variable != nullptr) add_folders(folders, variable, ":;", "");
  add_folders(folders, object.needs.runpath, ":", object.path.parent_path().string());
  return folders;
}

/// What the loader itself takes for `name`, from folders of its own; empty with its message in `problem`
/// where it can't.
fs::path ask_loader(const std::string& name, std::string& problem) {
  void* handle = ::dlopen(name.c_str(), RTLD_LAZY | RTLD_LOCAL);
  if (handle == nullptr) {
    const char* message = ::dlerror();
    const std::string text = message != nullptr ? message : "";
    if (!text.starts_with(name + ": cannot open shared object file") && problem.empty()) problem = text;
    return {};
  }
  link_map* map = nullptr;
  fs::path path = name;
  if (::dlinfo(handle, RTLD_DI_LINKMAP, &map) == 0 && map->l_name[0] != '\0') path = map->l_name;
  ::dlclose(handle);
  return path;
}

/// Takes `candidate` for `library` if it can be read; what it needs in turn goes into `needs`.
bool take(NeededLibrary& library, const fs::path& candidate, LoaderNeeds& needs) {
  std::error_code ignored;
  if (!fs::is_regular_file(candidate, ignored)) return false;
  try {
    needs = read_loader_needs(candidate);
    library.path = candidate;
    library.problem.clear();
  } catch (const Error& error) {  // the loader passes over some of these and ends at others
    library.problem = error.what();
  }
  return !library.missing();
}

using LoaderCache = std::map<std::string, fs::path>;

bool find_file(NeededLibrary& library, const Object& needer, const LoaderCache& cache, LoaderNeeds& needs) {
  for (const fs::path& folder : search_folders(needer)) {
    if (take(library, (folder / library.name).lexically_normal(), needs)) return true;
  }
  const auto known = cache.find(library.name);
  return known != cache.end() && take(library, known->second, needs);
}

}  // namespace

std::vector<NeededLibrary> needed_libraries(const fs::path& library) {
  const LoaderCache cache = read_loader_cache();
  std::vector<NeededLibrary> all;
  std::set<std::string> seen = {library.filename().string()};
  std::deque<Object> objects = {{fs::absolute(library), read_loader_needs(library), nullptr}};
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const Object& needer = objects[i];  // a deque moves none of its elements when one is added
    for (const std::string& name : needer.needs.needed) {
      if (!seen.insert(name).second) continue;
      NeededLibrary found{name, needer.path.filename().string(), {}, ""};
      LoaderNeeds needs;
      if (find_file(found, needer, cache, needs)) {
        objects.push_back({found.path, std::move(needs), &needer});
      } else if (found.problem.empty()) {
        found.path = ask_loader(name, found.problem);
      }
      all.push_back(std::move(found));
    }
  }
  return all;
}

}  // namespace rnnbench
