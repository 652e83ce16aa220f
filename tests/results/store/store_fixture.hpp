#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "harness/core/error.hpp"
#include "harness/core/parity_record.hpp"
#include "harness/core/parity_seeds.hpp"
#include "harness/core/records.hpp"
#include "harness/core/sha256.hpp"
#include "tests/support/thrown.hpp"

namespace rnnbench {

/// A folder of this test's own, removed at its end.
class StoreTest : public testing::Test {
 protected:
  StoreTest() { std::filesystem::create_directories(folder_); }
  ~StoreTest() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  const std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) /
      (std::string("rnnbench_") + testing::UnitTest::GetInstance()->current_test_info()->name() + "_" +
       std::to_string(getpid()));
  const std::filesystem::path path_ = folder_ / "results.db";
};

inline TrialRecord a_trial(const std::string& engine = "eigen", int length = 100) {
  const std::string settings = R"({"engine":")" + engine + R"(","length":)" + std::to_string(length) + "}";
  return {sha256_hex(settings), settings, engine, "rnn", "cpu", "toy", "keras-imdb", 5000, length};
}

inline RunStart a_start(std::uint64_t seed = 1, const TrialRecord& trial = a_trial()) {
  return {{"first", "Which is best?", "name = \"first\"\n"}, trial, seed, R"({"processor":"a"})"};
}

inline EpochRecord an_epoch(int epoch) {
  return {epoch,
          {{"loss", "train", epoch, 1.0 / epoch, "nats"},
           {"accuracy", "validation", epoch, 0.5 + 0.01 * epoch, "fraction"}},
          {{"step", "host", epoch, false, {30, 10, 20}}}};
}

inline RunEnd an_end(double accuracy = 0.875) {
  return {RunStatus::kFinished, "", 1.5, {{"accuracy", "test", 2, accuracy, "fraction"}}, {}, {}};
}

inline ParityError a_parity_error(const std::string& tensor, double error) {
  return {"batches", "one review", "gradients", tensor, "float32", error, 1e-4};
}

/// Of the model {"cell":"rnn"}, libtorch against eigen.
inline ParityRecord a_parity_record(const std::vector<ParityError>& errors) {
  ParityRecord record;
  record.model = R"({"cell":"rnn"})";
  record.training = "{}";
  record.data_set = record.recipe = "toy";
  record.vocabulary = 256;
  record.length = 40;
  record.reference = {"libtorch", "cpu"};
  record.candidate = {"eigen", "cpu"};
  record.precision = "float32";
  record.environment = R"({"processor":"a"})";
  record.errors = errors;
  return record;
}

/// Two seeds whose differences are +0.2 and +0.4 points.
inline ParitySeeds some_parity_seeds() {
  ParitySeeds seeds;
  seeds.train_reviews = 2000;
  seeds.test_reviews = 1000;
  seeds.epochs = 3;
  seeds.chance = 0.5;
  seeds.accuracies = {{1, 0.801, 0.803}, {2, 0.81, 0.814}};
  seeds.difference = 0.3;
  seeds.low = -0.33;
  seeds.high = 0.93;
  seeds.p = 0.045;
  seeds.verdict = kEquivalent;
  return seeds;
}

/// The first column of the first row of `sql`, as text.
inline std::string scalar(const std::filesystem::path& path, const std::string& sql) {
  SQLite::Database database(path.string(), SQLite::OPEN_READWRITE, 30'000);
  return database.execAndGet(sql).getString();
}

inline void execute(const std::filesystem::path& path, const std::string& sql) {
  SQLite::Database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 30'000).exec(sql);
}

}  // namespace rnnbench
