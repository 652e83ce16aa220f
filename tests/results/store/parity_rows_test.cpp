// Catches: a verdict that isn't the errors', NaN stored as 0, seeds without their verdict, a migration that
// loses what an older database holds.
#include "results/store/parity_rows.hpp"

#include <cmath>
#include <limits>

#include "results/store/store.hpp"
#include "tests/results/store/past_schemas.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {
namespace {

using ParityRowsTest = StoreTest;

TEST_F(ParityRowsTest, StoresVerdictAndErrors) {
  Store store(path_);
  EXPECT_EQ(store.add_parity(
                a_parity_record({a_parity_error("head.bias", 1e-5), a_parity_error("head.kernel", 2e-7)})),
            1);
  EXPECT_EQ(scalar(path_, "SELECT verdict FROM parity_records"), "shown");
  EXPECT_EQ(scalar(path_, "SELECT spec_hash FROM parity_records"), sha256_hex(R"({"cell":"rnn"})"));
  EXPECT_EQ(scalar(path_, "SELECT reference || candidate FROM parity_records"), "libtorcheigen");
  EXPECT_EQ(scalar(path_, "SELECT tensor FROM parity_errors ORDER BY error DESC"), "head.bias");
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM environments"), "1");
}

TEST_F(ParityRowsTest, OneErrorBeyondItsBoundIsNoParity) {
  Store store(path_);
  store.add_parity(a_parity_record({a_parity_error("a", 1e-7), a_parity_error("b", 2e-4)}));
  EXPECT_EQ(scalar(path_, "SELECT verdict FROM parity_records"), "not shown");
}

TEST_F(ParityRowsTest, NanIsNullAndNoParity) {
  Store store(path_);
  store.add_parity(a_parity_record({a_parity_error("a", std::numeric_limits<double>::quiet_NaN())}));
  EXPECT_EQ(scalar(path_,
                   "SELECT verdict FROM parity_records WHERE EXISTS (SELECT 1 FROM parity_errors "
                   "WHERE error IS NULL)"),
            "not shown");
}

TEST_F(ParityRowsTest, SeedsAreAddedToTheirRecordOnce) {
  Store store(path_);
  store.add_parity(a_parity_record({a_parity_error("a", 1e-7)}));
  const std::int64_t id = store.add_parity(a_parity_record({a_parity_error("a", 1e-7)}));
  store.add_parity_seeds(id, some_parity_seeds());
  EXPECT_EQ(scalar(path_,
                   "SELECT group_concat(parity_id || ' ' || seed || ' ' || train_reviews || ' ' || "
                   "test_reviews || ' ' || epochs || ' ' || reference_accuracy || ' ' || candidate_accuracy, "
                   "', ') FROM parity_seeds"),
            "2 1 2000 1000 3 0.801 0.803, 2 2 2000 1000 3 0.81 0.814");
  EXPECT_EQ(
      scalar(path_,
             "SELECT parity_id || ' ' || verdict || ' ' || margin || ' ' || difference || ' ' || low || "
             "' ' || high || ' ' || p || ' ' || chance FROM parity_equivalences"),
      "2 equivalent 1.0 0.3 -0.33 0.93 0.045 0.5");
  EXPECT_THROW(store.add_parity_seeds(id, some_parity_seeds()), StoreError);
  EXPECT_THROW(store.add_parity_seeds(7, some_parity_seeds()), StoreError);
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM parity_seeds"), "2");
}

TEST_F(ParityRowsTest, OlderDatabasesKeepTheirRuns) {
  for (const int schema : {1, 2}) {
    const std::filesystem::path path = folder_ / ("schema" + std::to_string(schema) + ".db");
    make_past_database(path, schema);
    Store store(path);
    store.add_parity_seeds(store.add_parity(a_parity_record({a_parity_error("a", 1e-7)})),
                           some_parity_seeds());
    EXPECT_EQ(scalar(path, "SELECT count(*) FROM environments"), "3");
    EXPECT_EQ(scalar(path, "SELECT digest FROM environments WHERE id = 2"), "e2");
    EXPECT_EQ(scalar(path, "SELECT count(*) FROM parity_equivalences"), "1");
  }
}

TEST_F(ParityRowsTest, AnOlderDatabaseKeepsItsParityRecords) {
  make_past_database(path_, 2);
  Store store(path_);
  store.add_parity_seeds(1, some_parity_seeds());
  EXPECT_EQ(scalar(path_,
                   "SELECT parity_records.verdict || ' ' || parity_equivalences.verdict || ' ' || count(*) "
                   "FROM parity_records JOIN parity_errors ON id = parity_errors.parity_id "
                   "JOIN parity_equivalences ON id = parity_equivalences.parity_id"),
            "not shown equivalent 2");
}

}  // namespace
}  // namespace rnnbench
