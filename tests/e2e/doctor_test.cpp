#include <gmock/gmock.h>

#include <map>

#include "harness/core/settings.hpp"
#include "tests/e2e/fixture.hpp"

namespace rnnbench {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;

class Doctor : public ProgramTest {
 protected:
  Json facts() {
    const ProgramResult result = program_.run({"doctor", "--facts", "--json"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return Json::parse(result.out);
  }
  /// What `plan` says about a trial of libtorch on CUDA.
  std::string cuda_plan() {
    const auto config = program_.write("small.toml", small_experiment());
    return program_.run({"plan", config, "--set", "device=cuda", "--set", "engine=libtorch"}).out;
  }
  void use_painted_gpu() { program_.environment["LD_LIBRARY_PATH"] = RNNBENCH_FAKE_DRIVER; }
};

TEST_F(Doctor, SaysWhatWasFound) {
  program_.environment["RNNBENCH_VECTORS"] = "/nowhere/vectors";
  const ProgramResult result = program_.run({"doctor", "--facts"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  for (const char* start : {"processor  ", "instructions  ", "eigen engine     rnnbench_engine_eigen_",
                            "memory  ", "system  ", "build            rnnbench ", "libtorch  ",
                            "NVIDIA driver  ", "data set imdb  ", "data set toy     generated",
                            "word vectors     /nowhere/vectors, which is no folder", "cache folder  "}) {
    EXPECT_THAT("\n" + result.out, HasSubstr(std::string("\n") + start));
  }
}

TEST_F(Doctor, GivesTheSameAsJson) {
  const Json found = facts();
  EXPECT_THAT(program_.run({"doctor", "--facts"}).out,
              HasSubstr(found.at("processor").at("model").get<std::string>()));
  EXPECT_GT(found.at("memory_limit_gib").get<double>(), 0);
  EXPECT_EQ(found.at("data").size(), 2U);
  EXPECT_EQ(found.at("cache"), (program_.folder() / "cache/rnnbench").string());
}

/// Every number below `json`, with its place.
void collect_numbers(const Json& json, const std::string& place, std::map<std::string, double>& numbers) {
  if (json.is_number()) numbers[place] = json.get<double>();
  if (!json.is_structured()) return;
  for (const auto& [name, value] : json.items()) collect_numbers(value, place + "/" + name, numbers);
}

// Catches: a measurement that gives nothing, infinity or NaN (null in JSON).
TEST_F(Doctor, MeasuresTheMachine) {
  const ProgramResult result = program_.run({"doctor", "--quick", "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const Json measured = Json::parse(result.out).at("measured");
  EXPECT_FALSE(measured.contains("obstacles")) << measured;
  EXPECT_THAT(measured.dump(), testing::Not(HasSubstr("null")));
  std::map<std::string, double> numbers;
  collect_numbers(measured, "", numbers);
  for (const auto& [place, value] : numbers) {
    if (place == "/steal_share") {
      EXPECT_GE(value, 0);
    } else {
      EXPECT_GT(value, 0) << place;
    }
  }
  for (const char* place :
       {"/cores", "/seconds", "/multiply_add/0/operations_per_second", "/multiply_add/0/bits",
        "/bandwidth/0/triad_bytes_per_second", "/bandwidth/0/read_bytes_per_second",
        "/bandwidth/0/set_bytes_per_thread", "/latency/thread_start/median_ns", "/latency/wake_up/p99_ns",
        "/timer/resolution_ns", "/timer/reading_ns", "/timer/jitter/max_ns", "/product_check/0/share_of_peak",
        "/stream_check/0/ratio"}) {
    EXPECT_TRUE(numbers.contains(place)) << place << " isn't in " << measured;
  }
}

TEST_F(Doctor, PrintsWhatItMeasuredAfterWhatItFound) {
  EXPECT_THAT(program_.run({"doctor", "--facts"}).out,
              ContainsRegex("xgboost +rnnbench_baseline_xgboost.so"));
  program_.environment["RNNBENCH_ENGINES"] = "/nonexistent";
  const ProgramResult result = program_.run({"doctor", "--quick"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.err, "") << "the progress line is for terminals";
  const std::string said = result.out.substr(result.out.find("cache folder"));
  for (const char* start : {"measured  ", "multiply-add  ", "its check  ", "bandwidth        L1 ",
                            "latency  ", "clock  ", "jitter  "}) {
    EXPECT_THAT(said, HasSubstr(std::string("\n") + start));
  }
  EXPECT_THAT(said, ContainsRegex("its check +eigen's product: engine module /nonexistent/.* is missing"));
  EXPECT_EQ(program_.run({"doctor", "--facts", "--quick"}).exit_code, 2);
}

TEST_F(Doctor, EndsWellWithoutAHomeAndBadlyWithAWrongOption) {
  program_.environment["XDG_CACHE_HOME"] = "";
  program_.environment["HOME"] = "";
  const ProgramResult result = program_.run({"doctor", "--facts"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("set XDG_CACHE_HOME"));
  EXPECT_EQ(program_.run({"doctor", "--nonsense"}).exit_code, 2);
}

// Catches: engines said to be there that no run finds.
TEST_F(Doctor, AnEngineWhoseModuleIsNotThereIsMissing) {
  for (const Json& engine : facts().at("engines")) {
    EXPECT_EQ(engine.at("obstacle"), "") << engine;
    EXPECT_TRUE(std::filesystem::exists(engine.at("path").get<std::string>())) << engine;
  }
  program_.environment["RNNBENCH_ENGINES"] = "/nonexistent";
  const std::string said = program_.run({"doctor", "--facts"}).out;
  EXPECT_THAT(
      said,
      ContainsRegex("eigen engine +MISSING: engine module /nonexistent/rnnbench_engine_eigen_.*build it"));
  if (facts().at("libtorch").at("folder") == "") return;
  EXPECT_THAT(said, ContainsRegex(
                        "libtorch engine +MISSING: engine module /nonexistent/rnnbench_engine_libtorch.so"));
}

TEST_F(Doctor, ListsTheVectorsThatWereTrainedHere) {
  program_.environment["XDG_CACHE_HOME"] = program_.folder().string();
  EXPECT_EQ(facts().at("word_vectors").at("trained").size(), 0U);
  for (const char* name : {"mine.bin", "mine.bin.json"}) {
    program_.write(std::string("rnnbench/vectors/") + name, "x");
  }
  EXPECT_THAT(program_.run({"doctor", "--facts"}).out, ContainsRegex("trained vectors +mine.bin\n"));
  EXPECT_EQ(facts().at("word_vectors").at("trained").size(), 1U);
}

TEST_F(Doctor, SaysThatTheCacheFolderCanNotBeWritten) {
  EXPECT_EQ(facts().at("cache_obstacle"), "");
  const std::string file = program_.write("file", "x").string();
  program_.environment["XDG_CACHE_HOME"] = file;
  const auto reason =
      AllOf(HasSubstr(file + ": can't be written (Not a directory)"), HasSubstr("set XDG_CACHE_HOME"));
  EXPECT_THAT(facts().at("cache_obstacle").get<std::string>(), reason);
  EXPECT_THAT(program_.run({"doctor", "--facts"}).out, reason);
}

TEST_F(Doctor, WithoutADriverThatIsTheReason) {
  const Json found = facts();
  const std::string obstacle = found.at("driver").at("obstacle");
  if (obstacle.empty()) GTEST_SKIP() << "this machine has a GPU";
  if (found.at("libtorch").at("folder") == "") GTEST_SKIP() << "this build has no LibTorch";
  const std::string said = program_.run({"doctor", "--facts"}).out;
  EXPECT_THAT(said, HasSubstr("can't be used: " + obstacle));
  EXPECT_EQ(said.find(obstacle), said.rfind(obstacle)) << "it is said twice";
  EXPECT_THAT(said, HasSubstr("NVIDIA driver    gives no GPU, see the line above"));
  EXPECT_THAT(cuda_plan(), HasSubstr(obstacle));
}

TEST_F(Doctor, DescribesTheGpuThatTheDriverHas) {
  use_painted_gpu();
  EXPECT_THAT(program_.run({"doctor", "--facts"}).out,
              AllOf(ContainsRegex("NVIDIA driver .*for CUDA up to 13[.]0"),
                    HasSubstr("GPU              Painted GPU, 3 GiB, compute capability 9.1")));
}

// Catches: a trial that starts on a LibTorch without its CUDA libraries, and fails there.
TEST_F(Doctor, WithADriverTheLibrariesAreTheReason) {
  use_painted_gpu();
  const Json libtorch = facts().at("libtorch");
  if (libtorch.at("folder") == "") GTEST_SKIP() << "this build has no LibTorch";
  if (libtorch.at("has_cuda").get<bool>()) GTEST_SKIP() << "this LibTorch has its CUDA libraries";
  EXPECT_THAT(libtorch.at("cuda_obstacle").get<std::string>(), HasSubstr("run ./rnnbench setup --cuda"));
  EXPECT_THAT(cuda_plan(), HasSubstr(libtorch.at("cuda_obstacle").get<std::string>()));
}

// Catches: a process that computes on the CPU first and finds no GPU later, since LibTorch remembers its
// answer.
TEST_F(Doctor, WithADriverLibtorchLoadsItsCudaLibraryForTheCpuToo) {
  const Json libtorch = facts().at("libtorch");
  if (libtorch.at("folder") == "") GTEST_SKIP() << "this build has no LibTorch";
  if (libtorch.at("has_cuda").get<bool>()) GTEST_SKIP() << "this LibTorch has its CUDA libraries";
  const auto config = program_.write("small.toml", small_experiment());
  const auto loads = [&](const std::string& folders) {
    const std::filesystem::path note = program_.folder() / "note";
    program_.environment["RNNBENCH_NOTE"] = note.string();
    program_.environment["LD_LIBRARY_PATH"] = folders;
    const ProgramResult result = program_.run({"run", config, "--set", "engine=libtorch", "--set",
                                               "training.threads=1", "--seeds", "1", "--rerun"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return std::filesystem::remove(note);
  };
  EXPECT_TRUE(loads(std::string(RNNBENCH_FAKE_DRIVER) + ":" + RNNBENCH_FAKE_LIBTORCH_CUDA));
  if (!facts().at("driver").at("obstacle").get<std::string>().empty()) {
    EXPECT_FALSE(loads(RNNBENCH_FAKE_LIBTORCH_CUDA)) << "without a driver it is of no use";
  }
}

}  // namespace
}  // namespace rnnbench
