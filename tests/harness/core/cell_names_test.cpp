#include "harness/core/cell_names.hpp"

#include <gtest/gtest.h>

namespace rnnbench {
namespace {

TEST(CellNames, JoinLayersUnlessAllAreAlike) {
  EXPECT_EQ(joined_cells({}), "");
  EXPECT_EQ(joined_cells({"lstm"}), "lstm");
  EXPECT_EQ(joined_cells({"lstm", "lstm"}), "lstm");
  EXPECT_EQ(joined_cells({"lstm", "lstm", "bi-rnn"}), "lstm+lstm+bi-rnn");
}

}  // namespace
}  // namespace rnnbench
