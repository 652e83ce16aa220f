// Stands in for libFuzzer where that isn't built in: FILE... checks these inputs again, --inputs N [--seed S]
// N random ones.
#include <fmt/format.h>

#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "harness/core/files.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void check(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

}  // namespace

int main(int count, char** words) {
  int inputs = 0;
  unsigned seed = 1;
  const std::vector<std::string> arguments(words + 1, words + count);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--inputs" && i + 1 < arguments.size()) {
      inputs = std::atoi(arguments[++i].c_str());
    } else if (arguments[i] == "--seed" && i + 1 < arguments.size()) {
      seed = static_cast<unsigned>(std::atoi(arguments[++i].c_str()));
    } else {
      check(rnnbench::read_file(arguments[i]));
    }
  }
  std::mt19937 random(seed);
  for (int i = 0; i < inputs; ++i) {
    std::string input(std::uniform_int_distribution<std::size_t>(0, 256)(random), '\0');
    for (char& each : input) each = static_cast<char>(random());
    check(input);
  }
  fmt::print("{} random inputs of seed {} agreed\n", inputs, seed);
}
