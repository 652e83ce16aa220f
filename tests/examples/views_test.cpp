// Catches: an example that reads a view which is not so any more.
#include <fmt/format.h>

#include "harness/core/files.hpp"
#include "results/store/store.hpp"
#include "tests/results/store/store_fixture.hpp"
#include "tests/support/python.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class ViewExamples : public StoreTest {
 protected:
  ViewExamples() {
    Store store(path_);
    for (const std::uint64_t seed : {1, 2}) {
      const RunId run = store.begin_run(a_start(seed));
      store.epoch_finished(run, an_epoch(1));
      store.epoch_finished(run, an_epoch(2));
      store.end_run(run, an_end(seed == 1 ? 0.75 : 0.8125));
    }
  }

  /// What `program` prints about the database.
  std::string output_of(const std::string& program, const std::string& example) {
    const std::string command = fmt::format("'{}' '{}/examples/views/{}' '{}' > '{}/out'", program,
                                            RNNBENCH_SOURCE_DIR, example, path_.string(), folder_.string());
    EXPECT_EQ(std::system(command.c_str()), 0);
    return read_file(folder_ / "out");
  }
};

TEST_F(ViewExamples, OfPandas) {
  if (!python_has("pandas"))
    GTEST_SKIP() << python() << " has no pandas (RNNBENCH_PYTHON names another Python)";
  const std::string out = output_of(python(), "with_pandas.py");
  EXPECT_THAT(out, testing::ContainsRegex("eigen +rnn +0.78125 +0.044194 +2"));
  EXPECT_THAT(out, testing::ContainsRegex("eigen +1 +2 +0.5"));
}

TEST_F(ViewExamples, OfDuckDb) {
  if (!python_has("duckdb, pandas")) {
    GTEST_SKIP() << python() << " lacks duckdb or pandas (RNNBENCH_PYTHON names another Python)";
  }
  EXPECT_THAT(output_of(python(), "with_duckdb.py"), HasSubstr("[('eigen', 'rnn', 2, 0.78125, 2e-05)]"));
}

TEST_F(ViewExamples, OfR) {
  if (std::system("Rscript -e 'library(RSQLite)' >/dev/null 2>&1") != 0) GTEST_SKIP() << "no R with RSQLite";
  EXPECT_THAT(output_of("Rscript", "runs.R"),
              AllOf(testing::ContainsRegex("eigen +rnn +0.78125"), testing::ContainsRegex("eigen +2 +0.5")));
}

}  // namespace
}  // namespace rnnbench
