#include "harness/config/recorded_files.hpp"

#include <gtest/gtest.h>

#include "harness/config/toml_reader.hpp"

namespace rnnbench {
namespace {

TEST(RecordedFiles, ComeBackAsTheyWere) {
  const FileTexts files = {{"base.toml", "a = 1\n\n# \u00e4 \r\n#| x\n#: y\n"},
                           {"../b c.toml", "\n\nb = \"#: z\"\n"}};
  const std::string text =
      "schema = 1\n" + as_comments(files) + "\n# Changed on the command line:\n# --set a=1\n";
  EXPECT_EQ(files_in_comments(text), files);
  EXPECT_EQ(parse_toml(text, "x").values, Json::parse(R"({"schema": 1})"));
}

TEST(RecordedFiles, AreNoneInAPlainText) {
  EXPECT_TRUE(files_in_comments("a = 1\n#| b\n").empty());
  EXPECT_EQ(as_comments({}), "");
  EXPECT_EQ(files_in_comments("#: f\n#|\n#| a\n").at("f"), "\na\n");
}

}  // namespace
}  // namespace rnnbench
