#include "harness/cli/processor_share.hpp"

#include <sched.h>

#include <cstddef>

namespace rnnbench {

std::vector<int> allowed_processors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  std::vector<int> processors;
  if (::sched_getaffinity(0, sizeof(set), &set) != 0) return processors;
  for (int processor = 0; processor < CPU_SETSIZE; ++processor) {
    if (CPU_ISSET(static_cast<std::size_t>(processor), &set)) processors.push_back(processor);
  }
  return processors;
}

std::vector<int> processor_share(const std::vector<int>& processors, int workers, int index) {
  const int count = static_cast<int>(processors.size());
  if (count == 0) return {};
  if (workers >= count) return {processors[static_cast<std::size_t>(index % count)]};
  const auto at = [&](int part) { return processors.begin() + part * count / workers; };
  return {at(index), at(index + 1)};
}

void stay_on(const std::vector<int>& processors) {
  if (processors.empty()) return;
  cpu_set_t set;
  CPU_ZERO(&set);
  for (const int processor : processors) CPU_SET(static_cast<std::size_t>(processor), &set);
  ::sched_setaffinity(0, sizeof(set), &set);
}

}  // namespace rnnbench
