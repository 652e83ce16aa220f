#include "harness/core/error.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

// The numbers are documented for users' scripts.
TEST(Error, EndsTheProgramWithTheDocumentedCode) {
  EXPECT_EQ(static_cast<int>(EngineError("").exit_code()), 1);
  EXPECT_EQ(static_cast<int>(Interrupted().exit_code()), 1);
  EXPECT_EQ(static_cast<int>(ConfigError("").exit_code()), 2);
  EXPECT_EQ(static_cast<int>(EnvironmentError("").exit_code()), 3);
  EXPECT_EQ(static_cast<int>(DataError("").exit_code()), 3);
  EXPECT_EQ(static_cast<int>(StoreError("").exit_code()), 3);
}

TEST(Error, KeepsItsMessage) { EXPECT_STREQ(ConfigError("x.toml:3: what").what(), "x.toml:3: what"); }

}  // namespace
}  // namespace rnnbench
