#include "results/query/table_sections.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "harness/core/error.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

std::vector<TableSection> two() {
  return {{"words",
           "The words",
           {{"word", "n"}, {{std::string("a"), std::int64_t{3}}, {std::string("b"), std::int64_t{2}}}},
           {"of train"},
           1},
          {"empty", "Nothing", {{"x"}, {}}}};
}

TEST(TableSections, AreReadOneAfterTheOther) {
  EXPECT_EQ(format_sections(two(), {}, TableFormat::kTable, {"above"}),
            "above\n\nThe words\n\nword  n\na     3\n\n1 more rows: --top 0, or --format csv or json\n\nof "
            "train\n\n"
            "Nothing\n\nnone\n");
  EXPECT_THAT(format_sections(two(), {}, TableFormat::kMarkdown), HasSubstr("### The words\n\n| word | n |"));
}

TEST(TableSections, AreWholeForPrograms) {
  const auto json = nlohmann::json::parse(format_sections(two(), {}, TableFormat::kJson));
  EXPECT_EQ(json["words"].size(), 2U);
  EXPECT_EQ(json["words"][1]["n"], 2);
  EXPECT_EQ(json["empty"], nlohmann::json::array());
  EXPECT_EQ(format_sections(two(), {"words"}, TableFormat::kCsv), "word,n\na,3\nb,2\n");
}

TEST(TableSections, RefuseUnknownNamesAndSeveralInCsv) {
  EXPECT_THAT(message_of<ConfigError>([] { format_sections(two(), {"wrods"}, TableFormat::kTable); }),
              HasSubstr("no section 'wrods'; did you mean 'words'?"));
  EXPECT_THAT(message_of<ConfigError>([] { format_sections(two(), {}, TableFormat::kCsv); }),
              HasSubstr("CSV holds one table: choose it with --only, of words, empty"));
}

}  // namespace
}  // namespace rnnbench
