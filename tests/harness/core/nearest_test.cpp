#include "harness/core/nearest.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace rnnbench {
namespace {

const std::vector<std::string> kWords = {"engine", "device", "data", "model", "training"};

TEST(Nearest, FindsTheFewestEdits) {
  EXPECT_EQ(nearest("modle", kWords), "model");
  EXPECT_EQ(nearest("traning", kWords), "training");
  EXPECT_EQ(nearest("devices", kWords), "device");
  EXPECT_EQ(nearest("dats", kWords), "data");
  EXPECT_EQ(nearest("engine", kWords), "engine");
}

TEST(Nearest, TakesTheFirstOfEqualOnes) {
  EXPECT_EQ(nearest("bat", std::vector<std::string>{"cat", "rat"}), "cat");
}

TEST(Nearest, AllowsTwoEditsOrAThirdOfTheLetters) {
  const std::vector<std::string> words = {"abcdefghi"};
  EXPECT_EQ(nearest("abcdefxyz", words), "abcdefghi");
  EXPECT_EQ(nearest("abcdewxyz", words), "");
  EXPECT_EQ(nearest("abc", std::vector<std::string>{"axy"}), "axy");
  EXPECT_EQ(nearest("abc", std::vector<std::string>{"xyz"}), "");
}

TEST(Nearest, FindsNothingAmongNothing) {
  EXPECT_EQ(nearest("engine", {}), "");
  EXPECT_EQ(nearest("", kWords), "");
}

TEST(Suggestion, EndsAMessage) {
  EXPECT_EQ(suggestion("modle", kWords), "; did you mean 'model'?");
  EXPECT_EQ(suggestion("frobnicate", kWords), "; known: engine, device, data, model, training");
  EXPECT_EQ(suggestion("modle", {}), "; none is known here, take it out");
}

}  // namespace
}  // namespace rnnbench
