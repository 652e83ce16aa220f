#include "impls/registry/module_loader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class ModuleLoader : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(folder_);
    setenv("RNNBENCH_ENGINES", folder_.c_str(), /*overwrite=*/1);
  }
  void TearDown() override {
    unsetenv("RNNBENCH_ENGINES");
    std::filesystem::remove_all(folder_);
  }

  template <class Call>
  static std::string refusal(Call call) {
    try {
      call();
    } catch (const EnvironmentError& error) {
      return error.what();
    }
    return "nothing was thrown";
  }

  const std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) / ("module_loader_" + std::to_string(getpid()));
};

TEST_F(ModuleLoader, LooksWhereTheEnvironmentSays) {
  std::ofstream(folder_ / "engine.so") << "x";
  EXPECT_EQ(find_module("engine.so"), folder_ / "engine.so");
}

TEST_F(ModuleLoader, AMissingModuleIsNamedWithTheRemedy) {
  EXPECT_THAT(refusal([] { find_module("engine.so"); }),
              AllOf(HasSubstr((folder_ / "engine.so").string()), HasSubstr("RNNBENCH_ENGINES")));
}

TEST_F(ModuleLoader, LooksBesideTheProgramOtherwise) {
  unsetenv("RNNBENCH_ENGINES");
  EXPECT_THAT(refusal([] { find_module("no-such-engine.so"); }), HasSubstr("engines/no-such-engine.so"));
}

TEST_F(ModuleLoader, PassesOnWhatTheLoaderSays) {
  std::ofstream(folder_ / "engine.so") << "this is no shared object, and long enough to hold a header of one";
  EXPECT_THAT(refusal([&] { load_module(folder_ / "engine.so"); }), HasSubstr("ELF"));
}

TEST_F(ModuleLoader, RefusesALibraryThatIsNoEngine) {
  EXPECT_THAT(refusal([] { load_module("libm.so.6"); }), HasSubstr("rnnbench_make_engine"));
}

TEST_F(ModuleLoader, AModuleNeedHaveNoProduct) {
  EXPECT_EQ(load_multiply("libm.so.6"), nullptr);
  EXPECT_THAT(refusal([&] { load_multiply(folder_ / "none.so"); }), HasSubstr("can't be loaded"));
}

}  // namespace
}  // namespace rnnbench
