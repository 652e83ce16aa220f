#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

#include "tests/e2e/experiments.hpp"
#include "tests/e2e/program.hpp"

namespace rnnbench {

/// A test of the real program in a folder of its own.
class ProgramTest : public testing::Test {
 protected:
  ProgramTest()
      : program_(testing::TempDir() + "e2e_" + std::to_string(::getpid()) + "_" +
                 testing::UnitTest::GetInstance()->current_test_info()->name()) {}

  std::filesystem::path database() const { return program_.folder() / "output" / "results.db"; }

  /// The one cell of a query's result, as the program prints it.
  std::string ask(const std::string& sql) {
    ProgramResult result = program_.run({"query", sql, "--format", "csv"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    const std::size_t header_end = result.out.find('\n');
    std::string cell = result.out.substr(header_end + 1);
    while (!cell.empty() && (cell.back() == '\n' || cell.back() == '\r')) cell.pop_back();
    return cell;
  }

  /// What a database's finished runs measured, as far as it depends on neither time nor place.
  std::string results_in(const std::string& database) {
    const ProgramResult result = program_.run({"query",
                                               "SELECT t.key, r.seed, m.epoch, m.name, m.split, m.value FROM "
                                               "runs r JOIN trials t ON t.id = r.trial_id "
                                               "JOIN metrics m ON m.run_id = r.id WHERE r.status = "
                                               "'finished' AND m.unit IN ('nats', 'fraction') AND "
                                               "m.name <> 'steal' ORDER BY 1, 2, 4, 5, 3",
                                               "--format", "csv", "--db", database});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return result.out;
  }

  Program program_;
};

}  // namespace rnnbench
