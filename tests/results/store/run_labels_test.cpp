#include "results/store/run_labels.hpp"

#include "results/store/merge.hpp"
#include "results/store/store.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

using testing::HasSubstr;

class RunLabelsTest : public StoreTest {
 protected:
  RunLabelsTest() {
    Store store(path_);
    for (const std::uint64_t seed : {1U, 2U}) store.end_run(store.begin_run(a_start(seed)), an_end(0.5));
  }

  /// "1:a,b 2:b".
  std::string tags(const std::filesystem::path& path) {
    return text(path,
                "SELECT group_concat(run || ':' || tags, ' ') FROM (SELECT run_id AS run, group_concat(tag) "
                "AS tags FROM (SELECT * FROM run_tags ORDER BY run_id, tag) GROUP BY run_id)");
  }
  std::string text(const std::filesystem::path& path, const std::string& sql) {
    return SQLite::Database(path.string()).execAndGet(sql).getString();
  }
};

TEST_F(RunLabelsTest, AddsAndRemovesTagsAndSaysHowManyRunsThatChanged) {
  EXPECT_EQ(change_labels(path_, {1, 2}, {{"b", "a"}, {}, {}}), 2U);
  EXPECT_EQ(tags(path_), "1:a,b 2:a,b");
  EXPECT_EQ(change_labels(path_, {1}, {{}, {"a"}, {}}), 1U);
  EXPECT_EQ(change_labels(path_, {1, 2}, {{"b"}, {"a"}, {}}), 1U);
  EXPECT_EQ(tags(path_), "1:b 2:b");
}

TEST_F(RunLabelsTest, ReplacesTheNote) {
  EXPECT_EQ(change_labels(path_, {2}, {{}, {}, "'; DROP TABLE runs; --"}), 1U);
  EXPECT_EQ(change_labels(path_, {2}, {{}, {}, "'; DROP TABLE runs; --"}), 0U);
  EXPECT_EQ(text(path_, "SELECT note FROM runs WHERE id = 2"), "'; DROP TABLE runs; --");
  EXPECT_EQ(change_labels(path_, {2}, {{}, {}, ""}), 1U);
}

// Catches: some of the runs tagged although the command was refused.
TEST_F(RunLabelsTest, ChangesAllOrNothing) {
  EXPECT_THAT(message_of<ConfigError>([&] {
                change_labels(path_, {1, 99}, {{"a"}, {}, "x"});
              }),
              HasSubstr("no run 99 in"));
  EXPECT_THAT(message_of<ConfigError>([&] {
                change_labels(path_, {1, 2}, {{"a"}, {"b"}, {}});
              }),
              HasSubstr("none of the runs has the tag 'b'"));
  EXPECT_EQ(text(path_, "SELECT count(*) FROM run_tags"), "0");
  EXPECT_EQ(text(path_, "SELECT group_concat(note, '') FROM runs"), "");
}

TEST_F(RunLabelsTest, SaysThatATagIsTheExperiments) {
  SQLite::Database(path_.string(), SQLite::OPEN_READWRITE)
      .exec("INSERT INTO experiment_tags VALUES (1, 'paper')");
  EXPECT_THAT(message_of<ConfigError>([&] {
                change_labels(path_, {1}, {{}, {"paper"}, {}});
              }),
              HasSubstr("it is one of the experiment"));
}

TEST_F(RunLabelsTest, AreKeptByAMerge) {
  change_labels(path_, {2}, {{"best"}, {}, "the one to show"});
  merge_database(path_, folder_ / "all.db");
  EXPECT_EQ(tags(folder_ / "all.db"), "2:best");
  change_labels(path_, {1}, {{"later"}, {}, {}});
  merge_database(path_, folder_ / "all.db");
  EXPECT_EQ(tags(folder_ / "all.db"), "1:later 2:best");
  EXPECT_EQ(text(folder_ / "all.db", "SELECT note FROM runs WHERE id = 2"), "the one to show");
}

}  // namespace
}  // namespace rnnbench
