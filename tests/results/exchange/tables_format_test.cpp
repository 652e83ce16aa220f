#include "results/exchange/tables_format.hpp"

#include <nlohmann/json.hpp>

#include "results/exchange/table_shapes.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

TEST(TablesFormat, ReadsWhatItWrites) {
  const TablesHeader header{newest_schema(), {{"runs", 3}}};
  const TablesHeader read = tables_header(nlohmann::json(header).dump(), "there");
  EXPECT_EQ(read.schema, newest_schema());
  EXPECT_EQ(read.rows, header.rows);
}

TEST(TablesFormat, RefusesAnythingElse) {
  const auto refusal = [](const std::string& text) {
    return message_of<DataError>([&] { tables_header(text, "there"); });
  };
  for (const char* text :
       {"", "{", "[]", "1", "{}", R"({"format":"rnnbench tables"})", R"({"format":1,"version":1,"schema":6})",
        R"({"format":"rnnbench tables","version":1,"schema":"6"})",
        R"({"format":"rnnbench tables","version":1,"schema":6,"rows":[1]})"}) {
    EXPECT_THAT(refusal(text), testing::StartsWith("there: ")) << text;
  }
  EXPECT_THAT(refusal(R"({"format":"rnnbench tables","version":1,"schema":99999999999})"),
              HasSubstr("update rnnbench"));
}

}  // namespace
}  // namespace rnnbench
