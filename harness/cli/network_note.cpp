#include "harness/cli/network_note.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "results/query/plain_text.hpp"
#include "results/store/file_system.hpp"

namespace rnnbench {

void warn_of_network(const std::filesystem::path& database) {
  if (const auto warning = network_warning(database)) {
    fmt::print(stderr, "rnnbench: warning: {}\n", visible_text(*warning));
  }
}

}  // namespace rnnbench
