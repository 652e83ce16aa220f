#include "results/exchange/tensorboard_export.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>

#include "harness/core/files.hpp"
#include "tests/results/exchange/event_records.hpp"
#include "tests/results/query/query_fixture.hpp"
#include "tests/support/python.hpp"

namespace rnnbench {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

class TensorboardExport : public QueryTest {
 protected:
  TensorboardExport() {
    execute(
        path_,
        "UPDATE runs SET started = '2026-11-27T10:00:00.250Z', finished = '2026-11-27T10:00:10.000Z' "
        "WHERE status <> 'running';"
        "UPDATE trials SET settings = json_set(settings, '$.training', json('{\"rate\":5e-4,\"ties\":true,"
        "\"none\":null,\"name\":\"ädam\"}'));"
        "INSERT INTO timings SELECT runs.id, 'epoch', e.value, 'host', 0, 1, 4000000000, 4000000000, "
        "4000000000, "
        "4000000000, x'0028ee6b00000000' FROM runs, json_each('[1,2]') AS e;"
        "INSERT INTO timings VALUES (1, 'step', 1, 'device', 1, 1, 7, 7, 7, 7, x'0700000000000000');"
        "INSERT INTO metrics VALUES (1, 'odd', '', 1, -1, NULL, ''), (1, 'odd', '', 2, -1, 9e999, ''), "
        "(1, 'odd', '', 3, -1, -9e999, ''), (1, 'odd', '', 4, -1, -0.0, ''), (1, 'odd', '', 5, -1, 1e-310, "
        "''), "
        "(1, 'odd', '', 6, -1, 0.1, ''), (1, 'loss', 'train', 1, 0, 3, 'nats'), "
        "(1, 'loss', 'train', 1, 1, 2, 'nats'), (1, 'loss', 'train', 2, 0, 1, 'nats'), "
        "(2, 'loss', 'train', 1, 5, 3, 'nats'), (2, 'loss', 'train', 2, 9, 2, 'nats')");
  }

  TensorboardReport write() {
    std::vector<RunId> runs;
    for (const auto& row : query("SELECT id FROM runs ORDER BY id").rows)
      runs.push_back(std::get<std::int64_t>(row[0]));
    return export_tensorboard(*database_, runs, output_, {});
  }

  std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> contents;
    for (const auto& entry : fs::recursive_directory_iterator(output_))
      if (entry.is_regular_file())
        contents[fs::relative(entry.path(), output_).string()] = read_file(entry.path());
    return contents;
  }

  /// What TensorBoard reads there.
  Json read_back(const std::string& python) const {
    const fs::path answer = folder_ / "answer.json";
    const std::string command =
        python + " " RNNBENCH_SOURCE_DIR "/tests/results/exchange/read_tensorboard.py " + output_.string() +
        " > " + answer.string() + " 2> " + answer.string() + ".log";
    EXPECT_EQ(std::system(command.c_str()), 0) << read_file(answer.string() + ".log");
    return Json::parse(read_file(answer));
  }

  std::string trial_folder(const std::string& engine) {
    return "first/" + engine + "-rnn-cpu-v5000-l100-" + a_trial(engine).key.substr(0, 8) + "/";
  }

  /// "first/…/seed-001-run-000001-0123abcd"
  std::string run_folder(const std::string& engine, int seed, int run) {
    return trial_folder(engine) + fmt::format("seed-{:03}-run-{:06}-", seed, run) +
           scalar(path_, "SELECT substr(uid, 1, 8) FROM runs WHERE id = " + std::to_string(run));
  }

  const fs::path output_ = folder_ / "events";
};

TEST_F(TensorboardExport, WritesAFolderARunAndInItOneASplit) {
  const TensorboardReport report = write();
  EXPECT_EQ(report.runs, 8);
  EXPECT_EQ(report.skipped, 1);
  const auto written = files();
  EXPECT_EQ(static_cast<int>(written.size()), report.files);
  const std::string name = "events.out.tfevents.1795773600.rnnbench", run = run_folder("eigen", 1, 1) + "/";
  for (const char* split : {"", "train/", "validation/", "test/"})
    EXPECT_TRUE(written.contains(run + split + name)) << run + split + name;
  for (const auto& [path, content] : written) EXPECT_GE(event_records(content).size(), 2U) << path;
}

// Catches: a new name each time, which TensorBoard shows as the same points twice; a clock's time in the
// bytes.
TEST_F(TensorboardExport, GivesTheSameFilesAgain) {
  write();
  const auto before = files();
  write();
  EXPECT_TRUE(files() == before);
}

TEST_F(TensorboardExport, StaysInItsFolderWhateverADatabaseSays) {
  execute(path_,
          "UPDATE experiments SET name = '../../outside/../' || char(0) || 'x'; "
          "UPDATE trials SET cell = '/tmp'; UPDATE metrics SET split = '../..' WHERE split = 'test'");
  const TensorboardReport report = write();
  EXPECT_EQ(static_cast<int>(files().size()), report.files);
  for (const auto& entry : fs::directory_iterator(folder_)) {
    const std::string name = entry.path().filename().string();
    EXPECT_TRUE(name.starts_with("results.db") || name == "events") << name;
  }
}

// Catches: splits, or runs of two databases, in one file or folder.
TEST_F(TensorboardExport, KeepsApartWhatIsNamedAlike) {
  execute(
      path_,
      "INSERT INTO metrics VALUES (1, 'a', 'val/1', 1, -1, 1, ''), (1, 'a', 'val_1', 1, -1, 2, ''), (1, 'a', "
      "'val 1', 1, -1, 3, ''), (1, 'a', 'tést', 1, -1, 4, ''), (1, 'a', 'tèst', 1, -1, 5, ''), "
      "(1, 'loss/step', 'train', 1, -1, 6, '')");
  const int once = write().files;
  EXPECT_EQ(static_cast<int>(files().size()), once);
  EXPECT_THAT(files()[run_folder("eigen", 1, 1) + "/train/events.out.tfevents.1795773600.rnnbench"],
              testing::HasSubstr("loss/step/epoch"));
  execute(path_, "UPDATE runs SET uid = '0' || substr(uid, 2, 5) || 'zz' || id");
  EXPECT_EQ(write().files, once);
  EXPECT_EQ(static_cast<int>(files().size()), 2 * once) << "of another database";
}

TEST_F(TensorboardExport, IsReadByTensorboardWithEqualValues) {
  if (!python_has("tensorboard"))
    GTEST_SKIP() << python() << " has no tensorboard (RNNBENCH_PYTHON names another Python)";
  write();
  const Json read = read_back(python());
  const auto points = [&](const std::string& run, const std::string& tag) {
    return read["scalars"].value(run, Json::object()).value(tag, Json::array());
  };
  int compared = 0;
  const Table metrics = query(
      "SELECT run_id, engine, seed, split, name, epoch, value FROM metrics JOIN runs ON runs.id = run_id "
      "JOIN trials ON trials.id = trial_id WHERE step = -1 ORDER BY run_id, split, name, epoch");
  for (const auto& row : metrics.rows) {
    const auto id = std::get<std::int64_t>(row[0]), seed = std::get<std::int64_t>(row[2]);
    const auto split = std::get<std::string>(row[3]);
    const std::string run =
        run_folder(std::get<std::string>(row[1]), static_cast<int>(seed), static_cast<int>(id)) +
        (split.empty() ? "" : "/") + split;
    const auto* number = std::get_if<double>(&row[6]);
    const auto value = number != nullptr ? static_cast<float>(*number) : std::nanf("");
    bool is_there = false;
    for (const Json& point : points(run, std::get<std::string>(row[4]))) {
      if (point[0] != std::get<std::int64_t>(row[5])) continue;
      const float got = std::strtof(point[2].get<std::string>().c_str(), nullptr);
      is_there =
          std::isnan(value) ? std::isnan(got) : got == value && std::signbit(got) == std::signbit(value);
    }
    EXPECT_TRUE(is_there) << run << ' ' << std::get<std::string>(row[4]) << ' ' << value;
    ++compared;
  }
  EXPECT_EQ(compared, 37);

  const std::string first = run_folder("eigen", 1, 1), second = run_folder("eigen", 2, 2);
  EXPECT_EQ(
      points(first + "/train", "loss/step"),
      Json::parse(R"([[0,"1795773604.25","3.0"],[1,"1795773604.25","2.0"],[2,"1795773608.25","1.0"]])"));
  EXPECT_EQ(points(second + "/train", "loss/step")[1][0], 9) << "a count that goes on is kept";
  EXPECT_EQ(points(first, "timing/epoch/total"),
            Json::parse(R"([[1,"1795773604.25","4.0"],[2,"1795773608.25","4.0"]])"));
  EXPECT_EQ(points(first, "timing_device_warmup/step/median").size(), 1U);
  EXPECT_EQ(points(first, "train_seconds"), Json::parse(R"([[2,"1795773610.0","1.5"]])"));
}

// Catches: sessions that the plugin doesn't find, settings as texts, metrics that it can't tell by split.
TEST_F(TensorboardExport, GivesHparamsTheSettingsStatusAndMetrics) {
  if (!python_has("tensorboard"))
    GTEST_SKIP() << python() << " has no tensorboard (RNNBENCH_PYTHON names another Python)";
  write();
  const Json read = read_back(python());
  EXPECT_EQ(read["settings"], Json::parse(R"({"engine": true, "length": false, "training.name": false,
                                              "training.rate": false, "training.ties": false})"));
  const auto has_metric = [&](const char* group, const char* tag) {
    return std::ranges::count(read["metrics"], Json::array({group, tag})) == 1;
  };
  EXPECT_TRUE(has_metric("test", "accuracy") && has_metric("validation", "accuracy") &&
              has_metric("train", "loss") && has_metric("", "train_seconds"))
      << read["metrics"];

  const Json group = read["groups"][a_trial("libtorch").key];
  EXPECT_EQ(group["settings"], Json::parse(R"({"engine": "libtorch", "length": 100.0, "training.name": "ädam",
                                               "training.rate": 5e-4, "training.ties": true})"));
  ASSERT_EQ(group["sessions"].size(), 3U) << "one a seed";
  const Json session = group["sessions"][run_folder("libtorch", 2, 5)];
  EXPECT_EQ(session["status"], "STATUS_SUCCESS");
  EXPECT_EQ(session["started"], "1795773600.25");
  EXPECT_EQ(session["ended"], "1795773610.0");
  EXPECT_EQ(session["metrics"]["test/accuracy"], "0.9100000262260437") << "the nearest float to 0.91";
  const Json others = read["groups"][a_trial("eigen").key]["sessions"];
  EXPECT_EQ(others[run_folder("eigen", 9, 7)]["status"], "STATUS_FAILURE");
  EXPECT_EQ(others[run_folder("eigen", 4, 9)]["status"], "STATUS_UNKNOWN") << "it is running";
}

}  // namespace
}  // namespace rnnbench
