// Every defect of defects.cmake is caught by `rnnbench parity` on the three specs beside it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string>

#include "defect_kinds.hpp"
#include "tests/e2e/fixture.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;

/// The program with an eigen engine whose defects can be switched on.
class Defects : public ProgramTest {
 protected:
  Defects() {
    const fs::path engines = program_.folder() / "engines";
    fs::create_directories(engines);
    const std::string libtorch = "rnnbench_engine_libtorch.so";
    fs::create_symlink(fs::path(RNNBENCH_ENGINES) / libtorch, engines / libtorch);
    for (const char* build : {"baseline", "avx2", "avx512"}) {
      fs::create_symlink(RNNBENCH_BROKEN, engines / ("rnnbench_engine_eigen_" + std::string(build) + ".so"));
    }
    program_.environment["RNNBENCH_ENGINES"] = engines.string();
  }

  ProgramResult parity() {
    const fs::path specs = fs::path(RNNBENCH_SOURCE_DIR) / "tests" / "defects";
    return program_.run({"parity", specs / "rnn.toml", specs / "lstm.toml", specs / "gru.toml"});
  }
};

TEST_F(Defects, NoneIsSeenWhereNoneIs) {
  const ProgramResult result = parity();
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
}

class EachDefect : public Defects, public testing::WithParamInterface<const char*> {};

TEST_P(EachDefect, IsCaught) {
  program_.environment["RNNBENCH_DEFECT"] = GetParam();
  const ProgramResult result = parity();
  EXPECT_EQ(result.exit_code, 1) << GetParam() << " was not caught\n" << result.out << result.err;
}

std::string test_name(const testing::TestParamInfo<const char*>& info) {
  std::string name = info.param;
  std::replace_if(
      name.begin(), name.end(), [](char letter) { return std::isalnum(letter) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Kinds, EachDefect, testing::ValuesIn(kDefects), test_name);

}  // namespace
}  // namespace rnnbench
