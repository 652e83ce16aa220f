// What an export holds is all that a database holds, and reading it again adds nothing.
#include "results/store/merge.hpp"
#include "tests/results/exchange/exchange_fixture.hpp"

namespace rnnbench {
namespace {

using testing::IsEmpty;
namespace fs = std::filesystem;

enum class Form { kCsv, kJsonl };

class RoundTrip : public ExchangeTest, public testing::WithParamInterface<Form> {
 protected:
  void write(const std::vector<RunId>& runs) {
    GetParam() == Form::kCsv ? write_csv(where_, runs) : write_jsonl(where_, runs);
  }
  MergeReport read(const fs::path& target) {
    return GetParam() == Form::kCsv ? import_csv(where_, target, {}) : import_jsonl(where_, target, {});
  }

  const fs::path where_ = folder_ / "exported";
  const fs::path target_ = folder_ / "a" / "all.db", merged_ = folder_ / "b" / "all.db";
};

// Catches: a table or column left out, digits lost, NaN or an infinity turned into something else, a quote,
// line end or byte changed.
TEST_P(RoundTrip, IsTheSameAsMergingTheDatabaseItself) {
  for (const auto& [table, rows] : counts(path_)) EXPECT_GT(rows, 0) << table << " is not tried";
  write(all_runs());
  const MergeReport report = read(target_);
  EXPECT_EQ(report.added, 5);
  EXPECT_THAT(report.conflicts, IsEmpty());
  merge_database(path_, merged_);
  EXPECT_EQ(counts(target_), counts(path_));
  EXPECT_EQ(rows_of(target_), rows_of(merged_));
}

TEST_P(RoundTrip, AgainAddsNothing) {
  write(all_runs());
  read(target_);
  const auto before = rows_of(target_);
  for (const fs::path& target : {target_, path_}) {
    const MergeReport report = read(target);
    EXPECT_EQ(report.added + report.completed + report.experiments + report.trials + report.parity_records,
              0);
    EXPECT_EQ(report.known, 5);
    EXPECT_THAT(report.conflicts, IsEmpty());
  }
  EXPECT_EQ(rows_of(target_), before);
}

TEST_P(RoundTrip, SomeRunsBringAllThatTheyNeed) {
  write({3});
  EXPECT_EQ(read(target_).added, 1);
  execute(target_, "PRAGMA foreign_keys = ON");
  EXPECT_EQ(scalar(target_, "SELECT count(*) FROM pragma_foreign_key_check"), "0");
  EXPECT_EQ(scalar(target_, "SELECT count(*) || ' ' || min(run_id) FROM metrics"), "1 1");
  EXPECT_EQ(scalar(target_, "SELECT group_concat(digest) FROM environments"), "e1,e2")
      << "it was resumed in another";
}

TEST_P(RoundTrip, AConflictIsReportedAndTheTargetKeepsItsOwn) {
  write(all_runs());
  read(target_);
  execute(target_, "UPDATE metrics SET value = 0.125 WHERE run_id = 1 AND name = 'whole'");
  EXPECT_EQ(read(target_).conflicts.size(), 1U);
  EXPECT_EQ(scalar(target_, "SELECT value FROM metrics WHERE name = 'whole'"), "0.125");
}

INSTANTIATE_TEST_SUITE_P(Forms, RoundTrip, testing::Values(Form::kCsv, Form::kJsonl),
                         [](const auto& form) { return form.param == Form::kCsv ? "Csv" : "Jsonl"; });

}  // namespace
}  // namespace rnnbench
