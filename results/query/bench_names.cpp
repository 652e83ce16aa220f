#include "results/query/bench_names.hpp"

#include <fmt/format.h>

#include <sstream>

namespace rnnbench {
namespace {

/// "training.batch=1" → "batch=1"; indices stay: "layers.0.output_dropout=0".
std::string short_change(const std::string& change) {
  const std::size_t end = change.find('=');
  const std::size_t first = change.find('.');
  return first < end ? change.substr(first + 1) : change;
}

}  // namespace

std::string bench_name(const BenchData& bench) {
  std::string name = bench.subject;
  std::istringstream words(bench.command);
  for (std::string word; words >> word;) {
    if (word == "--set" && words >> word) {
      name += ", " + short_change(word);
    } else if (word.starts_with("--set=")) {
      name += ", " + short_change(word.substr(6));
    } else if (word == "--threads" && words >> word) {
      name += fmt::format(", {} {}", word, word == "1" ? "thread" : "threads");
    }
  }
  return name;
}

}  // namespace rnnbench
