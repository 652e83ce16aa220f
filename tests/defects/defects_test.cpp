// Every defect of defects.cmake is caught by `rnnbench parity` on the three specs beside it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
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

  ProgramResult parity(const std::string& spec) {
    return program_.run({"parity", fs::path(RNNBENCH_SOURCE_DIR) / "tests" / "defects" / spec});
  }
};

constexpr const char* kSpecs[] = {"rnn.toml", "lstm.toml", "gru.toml"};

TEST_F(Defects, NoneIsSeenWhereNoneIs) {
  for (const char* spec : kSpecs) {
    const ProgramResult result = parity(spec);
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  }
}

class EachDefect : public Defects, public testing::WithParamInterface<const char*> {
 public:
  static void TearDownTestSuite() { std::printf("%d of %d defects caught\n", caught_, planted_); }

 protected:
  static inline int planted_ = 0;
  static inline int caught_ = 0;
};

TEST_P(EachDefect, IsCaught) {
  program_.environment["RNNBENCH_DEFECT"] = GetParam();
  ++planted_;
  std::string shown;
  for (const char* spec : kSpecs) {
    const ProgramResult result = parity(spec);
    if (result.exit_code == 1) {
      ++caught_;
      return;
    }
    ASSERT_EQ(result.exit_code, 0) << result.err;
    shown += result.out;
  }
  ADD_FAILURE() << GetParam() << " was not caught\n" << shown;
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
