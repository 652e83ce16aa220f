#include "results/exchange/table_loader.hpp"

#include <cstdlib>
#include <limits>

#include "tests/results/exchange/exchange_fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;
namespace fs = std::filesystem;

class TableLoaderTest : public StoreTest {
 protected:
  void SetUp() override { ::setenv("TMPDIR", folder_.c_str(), 1); }
  void TearDown() override { ::unsetenv("TMPDIR"); }
  const RowPlace place_{"file", 7};
};

TEST_F(TableLoaderTest, LeavesNothingBehind) {
  {
    TableLoader loader(newest_schema());
    EXPECT_FALSE(fs::is_empty(folder_));
    loader.add(loader.table("review_sets", place_), {std::string("a"), Blob{}}, place_);
    EXPECT_EQ(merge_loaded(loader, path_).added, 0);
  }
  EXPECT_EQ(scalar(path_, "SELECT digest || typeof(labels) || length(labels) FROM review_sets"), "ablob0");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1) << "but the database there is something";
}

TEST_F(TableLoaderTest, SaysWhereARowCannotBe) {
  TableLoader loader(newest_schema());
  EXPECT_THAT(message_of<DataError>([&] { static_cast<void>(loader.table("\x1b", place_)); }),
              HasSubstr("file:7: there is no table '\\x1b'"));
  const TableShape& tags = loader.table("run_tags", place_);
  EXPECT_THAT(
      message_of<DataError>([&] {
        loader.add(tags, {std::int64_t{1}, std::string("a")}, place_);
      }),
      HasSubstr(
          "file:7: the row refers to one that isn't there before it; run_tags refers to runs by run_id"));
}

TEST_F(TableLoaderTest, TakesNoTrialWhoseKeyIsThatOfOtherSettings) {
  TableLoader loader(newest_schema());
  const TableShape& trials = loader.table("trials", place_);
  const auto refusal = [&](const std::string& key, const std::string& settings) {
    std::vector<TableCell> row(trials.columns.size(), TableCell(std::int64_t{1}));
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (trials.columns[i].type == ColumnType::kText) row[i] = std::string("a");
      if (trials.columns[i].name == "key") row[i] = key;
      if (trials.columns[i].name == "settings") row[i] = settings;
    }
    return message_of<DataError>([&] { loader.add(trials, row, place_); });
  };
  EXPECT_THAT(refusal("hello", "{}"), HasSubstr("file:7: its settings are not those that"));
  EXPECT_THAT(refusal(sha256_hex("5"), "5"), HasSubstr("file:7: its settings are no JSON object"));
  EXPECT_THAT(refusal(sha256_hex("[]"), "[]"), HasSubstr("no JSON object"));
}

// Catches: a sum of durations that no integer holds, which ends every query of them.
TEST_F(TableLoaderTest, TakesNoDurationThatIsNone) {
  TableLoader loader(newest_schema());
  const TableShape& timings = loader.table("timings", place_);
  for (const std::int64_t total : {std::int64_t{-1}, std::numeric_limits<std::int64_t>::max()}) {
    std::vector<TableCell> row(timings.columns.size(), TableCell(std::int64_t{1}));
    for (std::size_t i = 0; i < row.size(); ++i)
      if (timings.columns[i].name == "total_ns") row[i] = total;
    EXPECT_THAT(message_of<DataError>([&] { loader.add(timings, row, place_); }),
                HasSubstr("file:7: no duration"));
  }
}

TEST_F(TableLoaderTest, SaysWhereNoTemporaryFolderCanBeMade) {
  ::setenv("TMPDIR", (folder_ / "none").c_str(), 1);
  EXPECT_THAT(message_of<EnvironmentError>([] { TableLoader loader(newest_schema()); }),
              AllOf(HasSubstr("none"), HasSubstr("set TMPDIR to one that can be written")));
}

}  // namespace
}  // namespace rnnbench
