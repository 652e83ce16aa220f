#include <fstream>
#include <map>
#include <sstream>

#include "results/query/named_queries.hpp"
#include "results/query/table_format.hpp"
#include "tests/results/query/query_fixture.hpp"

namespace rnnbench {
namespace {

/// The tables of docs/queries.md whose header is `| column |`, by the view named in the line before them.
std::map<std::string, std::string> documented_columns() {
  std::ifstream file(std::string(RNNBENCH_SOURCE_DIR) + "/docs/queries.md");
  std::map<std::string, std::string> columns;
  std::string view;
  bool in_table = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("`") && line.find("`, a row a run") != std::string::npos) {
      view = line.substr(1, line.find('`', 1) - 1);
    }
    if (line.empty()) in_table = false;
    if (in_table && !line.starts_with("|---")) columns[view] += line.substr(2, line.find(" |", 2) - 2) + "\n";
    if (line == "| column | |") in_table = true;
  }
  return columns;
}

// Catches: a column that was renamed, removed or added without its line in docs/queries.md.
TEST_F(QueryTest, ViewsHaveTheDocumentedColumns) {
  const auto documented = documented_columns();
  EXPECT_EQ(documented.size(), 4U);
  for (const auto& [view, columns] : documented) {
    EXPECT_EQ(csv_text(query("SELECT name FROM pragma_table_info('" + view + "')")), "name\n" + columns)
        << view;
  }
  EXPECT_EQ(query("SELECT run, epoch, name, split, value, unit FROM final_metrics").rows.size(), 6U * 3 + 1);
}

TEST_F(QueryTest, ViewsGiveSettingsLastEpochsAndMedians) {
  EXPECT_EQ(csv_text(query("SELECT path, value, type FROM run_settings WHERE run = 1")),
            "path,value,type\nengine,eigen,text\nlength,100,integer\n");
  EXPECT_EQ(value("SELECT value FROM final_metrics WHERE run = 1 AND name = 'loss'"), TableCell(0.5));
  EXPECT_EQ(csv_text(query("SELECT * FROM timing_medians WHERE run = 1")),
            "run,phase,clock,epochs,samples,median_ms,total_seconds\n1,step,host,2,6,2e-05,1.2e-07\n");
}

TEST_F(QueryTest, TheExampleQueryRuns) {
  const auto queries = named_queries(std::string(RNNBENCH_SOURCE_DIR) + "/examples/queries");
  QueryLimits limits;
  limits.named = {{"engine", "eigen"}};
  EXPECT_EQ(query_table(*database_, find_query(queries, "slowest").sql, {}, limits).rows.size(), 1U);
}

}  // namespace
}  // namespace rnnbench
