// Catches: parity of a model with word vectors checked at other weights than those it starts from.
#include "harness/parity/engine_pair.hpp"

#include <gmock/gmock.h>

#include "harness/core/seeds.hpp"

namespace rnnbench {
namespace {

class StartingParameters : public testing::Test {
 protected:
  StartingParameters() {
    request_.model.embedding.size = 2;
    request_.model.layers.resize(1);
    request_.model.layers[0].units = 3;
    ordinary_ = embedding();
    request_.model.embedding.vectors = "news";
  }
  std::vector<double> embedding() {
    return starting_parameters(request_, /*vocabulary=*/3).at("embedding.weight").values;
  }

  ParityRequest request_;
  std::vector<double> ordinary_;
};

TEST_F(StartingParameters, AreTheWordVectorsWhereTheyAreGiven) {
  const std::vector<float> vectors = {0, 0, 1, 2, 3, 4};
  request_.vectors = vectors;
  EXPECT_THAT(embedding(), testing::ElementsAre(0, 0, 1, 2, 3, 4));
}

TEST_F(StartingParameters, AreOrdinaryOnesWhereTheyAreNot) { EXPECT_EQ(embedding(), ordinary_); }

}  // namespace
}  // namespace rnnbench
