#pragma once

#include <cmath>
#include <memory>

#include "results/query/database.hpp"
#include "results/query/query_table.hpp"
#include "results/store/connection.hpp"
#include "results/store/store.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {

/// A database with six finished runs (two trials of three seeds, accuracies 0.8, 0.81, 0.82 for eigen and
/// 0.1 more for libtorch), a failed, a skipped and a running one, and a parity record.
class QueryTest : public StoreTest {
 protected:
  QueryTest() {
    fill();
    database_ = std::make_unique<Database>(path_);
  }

  void fill() {
    auto connection = std::make_unique<Connection>(open_for_writing(path_));
    connection->database.exec("PRAGMA synchronous = OFF");
    Store store(std::move(connection));
    store.add_trials(a_start().experiment, {a_trial(), a_trial("libtorch")});
    for (const char* engine : {"eigen", "libtorch"}) {
      for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const RunId run = store.begin_run(a_start(seed, a_trial(engine)));
        store.epoch_finished(run, an_epoch(1));
        store.epoch_finished(run, an_epoch(2));
        const int base = std::string(engine) == "eigen" ? 79 : 89;
        RunEnd end = an_end((base + static_cast<int>(seed)) / 100.0);
        end.artifacts = {{"parameters_best", "runs/best.bin", "ab12", 42},
                         {"vocabulary", "runs/words.txt", "cd34", 7}};
        end.predictions = {{"test", "reviews", {1, 0}, {0.75F, 0.25F}}};
        store.end_run(run, end);
      }
    }
    RunEnd failure = an_end();
    failure.status = RunStatus::kFailed;
    failure.reason = "loss is not finite\x1B[31m";
    failure.metrics = {{"loss", "train", 1, std::nan(""), "nats"}};
    store.end_run(store.begin_run(a_start(9)), failure);
    store.skip_run(a_start(1, a_trial("libtorch", 200)), "no GPU found");
    store.begin_run(a_start(4));
    store.add_parity(
        a_parity_record({a_parity_error("head.bias", 2e-6), a_parity_error("head.kernel", 3e-7)}));
  }

  Table query(std::string_view sql) { return query_table(*database_, sql); }
  TableCell value(std::string_view sql) { return query(sql).rows.at(0).at(0); }
  std::string refusal(std::string_view sql) {
    return message_of<ConfigError>([&] { query(sql); });
  }

  std::unique_ptr<Database> database_;
};

}  // namespace rnnbench
