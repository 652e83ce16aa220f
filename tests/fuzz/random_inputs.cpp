// Stands in for libFuzzer where that isn't built in: FILE... checks these inputs again, --inputs N [--seed S]
// N random ones.
#include <fmt/format.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "harness/core/files.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void check(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

[[noreturn]] void explain() {
  fmt::print(stderr, "FILE... checks these inputs again; --inputs N [--seed S] checks N random ones\n");
  std::exit(2);
}

int number_after(const std::vector<std::string>& arguments, std::size_t i) {
  if (i + 1 >= arguments.size() || arguments[i + 1].find_first_not_of("0123456789") != std::string::npos)
    explain();
  return std::atoi(arguments[i + 1].c_str());
}

}  // namespace

int main(int count, char** words) {
  int inputs = 0, files = 0;
  unsigned seed = 1;
  const std::vector<std::string> arguments(words + 1, words + count);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--inputs") {
      inputs = number_after(arguments, i++);
    } else if (arguments[i] == "--seed") {
      seed = static_cast<unsigned>(number_after(arguments, i++));
    } else if (std::filesystem::is_regular_file(arguments[i])) {
      check(rnnbench::read_file(arguments[i]));
      ++files;
    } else {
      explain();
    }
  }
  if (inputs + files == 0) explain();
  std::mt19937 random(seed);
  for (int i = 0; i < inputs; ++i) {
    std::string input(std::uniform_int_distribution<std::size_t>(0, 256)(random), '\0');
    for (char& each : input) each = static_cast<char>(random());
    check(input);
  }
  fmt::print("{} files and {} random inputs of seed {} agreed\n", files, inputs, seed);
}
