#pragma once

#include "results/query/run_filter.hpp"

namespace CLI {
class App;
}  // namespace CLI

namespace rnnbench {

/// `--where 'NAME>VALUE' --tag TAG --experiment NAME --engine NAME …`: which runs.
struct FilterOptions {
  RunFilter filter;
  void add_to(CLI::App& command);
};

}  // namespace rnnbench
