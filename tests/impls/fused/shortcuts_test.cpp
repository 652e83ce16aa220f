#include "impls/fused/shortcuts.hpp"

#include <gmock/gmock.h>

#include "harness/core/error.hpp"
#include "impls/fused/support.hpp"

namespace rnnbench::fused {
namespace {

TEST(Shortcuts, AreAllButThoseNamed) {
  const Shortcuts without = shortcuts_without({"words", "adam"});
  EXPECT_FALSE(without.words);
  EXPECT_FALSE(without.adam);
  EXPECT_TRUE(without.padding && without.registers && without.pieces);
  for (const std::string& name : fused_shortcuts()) EXPECT_NO_THROW(shortcuts_without({name}));
}

TEST(Shortcuts, AnUnknownNameIsRefused) {
  try {
    shortcuts_without({"wrods"});
    FAIL();
  } catch (const EngineError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("\"wrods\"; it has words, padding"));
  }
}

}  // namespace
}  // namespace rnnbench::fused
