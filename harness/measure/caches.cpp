#include "harness/measure/caches.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

std::string first_line(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  return line;
}

/// Bytes of "32K", "1M" or "512"; 0 of anything else.
std::size_t size_of(const std::string& text) {
  std::istringstream in(text);
  std::size_t value = 0;
  char unit = ' ';
  if (!(in >> value)) return 0;
  in >> unit;
  return value << (unit == 'K' ? 10 : unit == 'M' ? 20 : unit == 'G' ? 30 : 0);
}

/// How many processors "0-3,8" names; at least 1.
int count_of(const std::string& list) {
  std::istringstream parts(list);
  int count = 0;
  for (std::string part; std::getline(parts, part, ',');) {
    int first = 0, last = 0;
    char dash = ' ';
    std::istringstream range(part);
    if (!(range >> first)) continue;
    count += range >> dash >> last && dash == '-' && last >= first ? last - first + 1 : 1;
  }
  return std::max(count, 1);
}

/// The data caches of one processor by level, with the processors that share each as `shared` says.
std::vector<Cache> caches_of(const fs::path& processor, std::map<int, std::set<std::string>>& shared) {
  std::vector<Cache> caches;
  for (int index = 0; fs::exists(processor / fmt::format("cache/index{}", index)); ++index) {
    const fs::path folder = processor / fmt::format("cache/index{}", index);
    const std::string type = first_line(folder / "type"), sharing = first_line(folder / "shared_cpu_list");
    Cache cache;
    cache.bytes = size_of(first_line(folder / "size"));
    cache.shared_by = count_of(sharing);
    std::istringstream(first_line(folder / "level")) >> cache.level;
    if ((type != "Data" && type != "Unified") || cache.bytes == 0 || cache.level < 1) continue;
    shared[cache.level].insert(sharing);
    caches.push_back(cache);
  }
  std::ranges::sort(caches, {}, &Cache::level);
  return caches;
}

/// sysconf knows sizes, not who shares them: the third level is taken for one, all processors' own.
std::vector<Cache> caches_of_library() {
  const int processors = static_cast<int>(std::max(1L, ::sysconf(_SC_NPROCESSORS_CONF)));
  const std::array<long, 3> bytes = {::sysconf(_SC_LEVEL1_DCACHE_SIZE), ::sysconf(_SC_LEVEL2_CACHE_SIZE),
                                     ::sysconf(_SC_LEVEL3_CACHE_SIZE)};
  std::vector<Cache> caches;
  for (int level = 1; level <= 3; ++level) {
    const long size = bytes[static_cast<std::size_t>(level - 1)];
    if (size <= 0) continue;
    const bool is_shared = level == 3;
    caches.push_back(
        {level, static_cast<std::size_t>(size), is_shared ? processors : 1, is_shared ? 1 : processors});
  }
  return caches;
}

}  // namespace

std::vector<Cache> read_caches(const fs::path& root) {
  const fs::path processors = root / "sys/devices/system/cpu";
  std::map<int, std::set<std::string>> shared;
  std::vector<Cache> caches;
  for (int processor = 0; fs::exists(processors / fmt::format("cpu{}", processor)); ++processor) {
    const std::vector<Cache> own = caches_of(processors / fmt::format("cpu{}", processor), shared);
    if (processor == 0) caches = own;
  }
  for (Cache& cache : caches) cache.count = static_cast<int>(shared[cache.level].size());
  return caches.empty() ? caches_of_library() : caches;
}

std::size_t last_level_bytes(const std::vector<Cache>& caches) {
  constexpr std::size_t kUnknown = 32 << 20;
  if (caches.empty()) return kUnknown;
  return caches.back().bytes * static_cast<std::size_t>(caches.back().count);
}

std::vector<WorkingSet> working_sets(const std::vector<Cache>& caches, int threads,
                                     std::size_t memory_bytes) {
  std::vector<WorkingSet> sets;
  std::size_t before = 0;
  for (const Cache& cache : caches) {
    const std::size_t share = cache.bytes / static_cast<std::size_t>(std::min(threads, cache.shared_by));
    if (share <= before) continue;
    sets.push_back({fmt::format("L{}", cache.level), threads, (before + share) / 2});
    before = share;
  }
  sets.push_back({"memory", threads, memory_bytes / static_cast<std::size_t>(threads)});
  return sets;
}

}  // namespace rnnbench
