#pragma once

#include <memory>

#include "results/query/run_subjects.hpp"
#include "results/query/verdicts.hpp"
#include "results/store/connection.hpp"
#include "results/store/store.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {

inline constexpr const char* kOneMachine =
    R"({"processor":{"model":"X 1"},"system":{"host":"one"},"build":{"revision":"aaaa"}})";

/// What a run of these tests has; the rest is alike.
struct GivenRun {
  double accuracy = 0.8;
  std::vector<std::int64_t> epochs_ns = {1'000'000};  ///< a step of each epoch, which scatters a little
  std::int64_t control_ns = 0;                        ///< of each epoch; 0: none
  std::vector<float> positive = {};                   ///< predictions of reviews with labels 1, 0, 1, 0, …
  std::string reviews = "reviews";
  std::string environment = kOneMachine;
  std::string particulars = "{}";
  RunStatus status = RunStatus::kFinished;
};

/// A database that is filled by each test.
class VerdictTest : public StoreTest {
 protected:
  VerdictTest() {
    auto connection = std::make_unique<Connection>(open_for_writing(path_));
    connection->database.exec("PRAGMA synchronous = OFF");
    store_ = std::make_unique<Store>(std::move(connection));
  }

  /// Settings as those of real trials: data, recipe, model, training.
  static TrialRecord trial(
      const std::string& engine, const std::string& cell = "rnn", int length = 100,
      const std::string& data = R"({"set":"toy","fingerprint":"f","limit":{"test":0}})") {
    const std::string settings = R"({"data":)" + data + R"(,"device":"cpu","engine":")" + engine +
                                 R"(","model":{"cell":")" + cell + R"("},"recipe":{"length":)" +
                                 std::to_string(length) + R"(},"training":{"batch":32}})";
    return {sha256_hex(settings), settings, engine, cell, "cpu", "toy", "keras-imdb", 5000, length};
  }

  RunId add(const TrialRecord& trial, std::uint64_t seed, const GivenRun& given = {},
            const std::string& experiment = "first") {
    RunStart start{{experiment, "", ""}, trial, seed, given.environment};
    start.particulars = given.particulars;
    start.repeats = true;
    store_->add_trials(start.experiment, {trial});
    const RunId run = store_->begin_run(start);
    int epoch = 0;
    for (const std::int64_t about : given.epochs_ns) {
      ++epoch;
      const auto scatter =
          static_cast<std::int64_t>((seed * seed + static_cast<unsigned>(epoch * epoch)) % 7);
      const std::int64_t step = about == 0 ? 0 : about + 100 * scatter;
      EpochRecord record{
          epoch,
          {{"loss", "train", epoch, 1, "nats"}},
          {{"step", "host", epoch, false, {step, step, step}}, {"step", "host", epoch, true, {9 * step}}}};
      if (given.control_ns != 0)
        record.timings.push_back({"control", "host", epoch, false, {given.control_ns}});
      store_->epoch_finished(run, record);
    }
    RunEnd end{given.status, "", 1, {{"accuracy", "test", epoch, given.accuracy, "fraction"}}, {}, {}};
    if (!given.positive.empty()) {
      std::vector<std::uint8_t> labels;
      for (std::size_t i = 0; i < given.positive.size(); ++i) labels.push_back(i % 2 == 0 ? 1 : 0);
      end.predictions = {{"test", given.reviews, labels, given.positive}};
    }
    store_->end_run(run, end);
    return run;
  }

  /// In the timings chosen, warm-up aside, the clock went back once; their medians stay.
  void turn_clock_back(const std::string& chosen) {
    execute(path_,
            "UPDATE timings SET min_ns = -1, samples = CAST(x'FFFFFFFFFFFFFFFF' || substr(samples, 9) AS "
            "BLOB) WHERE NOT warmup AND " +
                chosen);
  }

  std::vector<SubjectVerdict> judged(const std::vector<std::string>& names) {
    Database database(path_);
    std::vector<Subject> subjects;
    for (const std::string& name : names) subjects.push_back(find_subject(database, name));
    return judge_subjects(database, subjects);
  }

  std::string words(const std::vector<std::string>& names) { return verdict_line(judged(names).at(0)); }

  std::unique_ptr<Store> store_;
};

}  // namespace rnnbench
