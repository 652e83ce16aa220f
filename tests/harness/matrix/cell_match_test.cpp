#include "harness/matrix/cell_match.hpp"

#include <gtest/gtest.h>

#include "harness/model/model_spec.hpp"

namespace rnnbench {
namespace {

TEST(CellMatch, ShowsTheCellAsTheTrialDoes) {
  for (const char* text : {R"([{"cell": "lstm", "units": 1}])", R"([{"units": 1}])",
                           R"([{"cell": "gru", "units": 1, "bidirectional": true}])",
                           R"([{"cell": "lstm", "units": 1}, {"cell": "lstm", "units": 2}])",
                           R"([{"cell": "lstm", "units": 1}, {"units": 2, "bidirectional": true}])"}) {
    const Json model = {{"embedding", {{"size", 2}}}, {"layers", Json::parse(text)}};
    const ModelSpec spec = read_model_spec(SettingsReader(model, "model", {}));
    EXPECT_EQ(shown_cell({{"model", model}}), cells_of(spec)) << text;
  }
}

TEST(CellMatch, IsUnmovedByLayersOfTheWrongType) {
  for (const char* text : {"{}", R"({"model": 3})", R"({"model": {"layers": {"cell": "rnn"}}})"}) {
    EXPECT_EQ(shown_cell(Json::parse(text)), "") << text;
  }
  EXPECT_EQ(shown_cell(Json::parse(R"({"model": {"layers": [3, {"cell": [1]}]}})")), "rnn+[1]");
}

TEST(CellMatch, NeedsEverySettingToBeThereAndEqual) {
  const Json settings = Json::parse(R"({"engine": "e", "model": {"layers": [{"cell": "lstm"}]}})");
  EXPECT_TRUE(matches({{"engine", "e", ""}, {"cell", "lstm", ""}}, settings));
  EXPECT_FALSE(matches({{"engine", "e", ""}, {"cell", "rnn", ""}}, settings));
  EXPECT_FALSE(matches({{"device", "cpu", ""}}, settings));
}

}  // namespace
}  // namespace rnnbench
