// Catches: a verdict that isn't the errors', NaN stored as 0, a migration that loses what an older database
// holds.
#include "results/store/parity_rows.hpp"

#include <cmath>
#include <limits>

#include "results/store/connection.hpp"
#include "results/store/schema.hpp"
#include "results/store/store.hpp"
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

TEST_F(ParityRowsTest, AnOlderDatabaseKeepsItsRuns) {
  execute(path_, std::string(migrations()[0].text) +
                     "; PRAGMA user_version = 1; PRAGMA application_id = " + std::to_string(kApplicationId) +
                     "; INSERT INTO environments VALUES (7, 'digest', '{}')");
  Store store(path_);
  store.add_parity(a_parity_record({a_parity_error("a", 1e-7)}));
  EXPECT_EQ(scalar(path_, "SELECT count(*) FROM environments"), "2");
  EXPECT_EQ(scalar(path_, "SELECT digest FROM environments WHERE id = 7"), "digest");
}

}  // namespace
}  // namespace rnnbench
