// The web page on a large database: what a person waits for, what it weighs, and two hundred clients at once;
// and how long all figures of the published results take.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <httplib.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "harness/measure/process_memory.hpp"
#include "tests/benchmarks/large_database.hpp"

namespace rnnbench {
namespace {

using Clock = std::chrono::steady_clock;

/// The real program, serving the large database.
class Served {
 public:
  Served() {
    int output[2];
    if (::pipe(output) != 0) std::abort();
    const std::string database = large_database().string();
    process_ = ::fork();
    if (process_ == 0) {
      ::dup2(output[1], 1);
      ::dup2(::open("/dev/null", O_WRONLY), 2);
      ::execl(RNNBENCH_PROGRAM, RNNBENCH_PROGRAM, "serve", "--port", "0", "--db", database.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(output[1]);
    std::string line;
    for (char c = 0; ::read(output[0], &c, 1) == 1 && c != '\n';) line += c;
    ::close(output[0]);
    port_ = std::atoi(line.c_str() + line.rfind(':') + 1);
  }
  ~Served() {
    ::kill(process_, SIGINT);
    ::waitpid(process_, nullptr, 0);
  }

  httplib::Client client() const { return httplib::Client("127.0.0.1", port_); }
  double resident() const { return resident_bytes_of(process_); }

 private:
  pid_t process_ = -1;
  int port_ = 0;
};

const Served& served() {
  static const Served kServed;
  return kServed;
}

/// Milliseconds until the first byte of the answer's body.
double first_byte(httplib::Client& client, const std::string& path, std::size_t& bytes) {
  const auto begin = Clock::now();
  auto first = begin;
  bytes = 0;
  const auto answer = client.Get(path, [&](const char*, std::size_t size) {
    if (bytes == 0) first = Clock::now();
    bytes += size;
    return true;
  });
  if (!answer || answer->status != 200) return -1;
  return std::chrono::duration<double, std::milli>(first - begin).count();
}

std::string comparison_of(int runs) {
  std::string path = "/compare?";
  for (int run = 1; run <= runs; ++run) path += "s=" + std::to_string(run) + "&";
  return path;
}

void page(benchmark::State& state, const std::string& path) {
  httplib::Client client = served().client();
  client.set_keep_alive(true);
  client.set_read_timeout(60);
  std::size_t bytes = 0;
  std::vector<double> times;
  for (auto _ : state) {
    times.push_back(first_byte(client, path, bytes));
    if (times.back() < 0) return state.SkipWithError("the page isn't answered");
    state.SetIterationTime(times.back() * 1e-3);
  }
  state.counters["page_kB"] = static_cast<double>(bytes) / 1000;
  state.counters["slowest_ms"] = *std::ranges::max_element(times);
}
BENCHMARK_CAPTURE(page, start, "/")->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(20);
BENCHMARK_CAPTURE(page, runs, "/runs")->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(50);
BENCHMARK_CAPTURE(page, runs_filtered,
                  "/runs?engine=eigen&where=test_accuracy%3E0.85&sort=test_accuracy:desc")
    ->Unit(benchmark::kMillisecond)
    ->UseManualTime()
    ->Iterations(20);
BENCHMARK_CAPTURE(page, run, "/runs/7")->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(50);
BENCHMARK_CAPTURE(page, compare_50_runs, comparison_of(50))
    ->Unit(benchmark::kMillisecond)
    ->UseManualTime()
    ->Iterations(20);
BENCHMARK_CAPTURE(page, chart_library, "/assets/dygraph.min.js")
    ->Unit(benchmark::kMillisecond)
    ->UseManualTime()
    ->Iterations(20);

/// From the program's start to its first table.
void start_to_first_table(benchmark::State& state) {
  large_database();
  for (auto _ : state) {
    const Served program;
    std::size_t bytes = 0;
    httplib::Client client = program.client();
    if (first_byte(client, "/runs", bytes) < 0) return state.SkipWithError("the page isn't answered");
  }
}
BENCHMARK(start_to_first_table)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(5);

/// Each client asks for one page after another, as soon as it has the last.
void two_hundred_clients_for_a_minute(benchmark::State& state) {
  constexpr int kClients = 200;
  const std::string paths[] = {"/", "/runs", "/runs/7", "/api/v1/runs", "/sql?sql=SELECT+1"};
  std::atomic<long> answered = 0, errors = 0;
  for (auto _ : state) {
    const auto end = Clock::now() + std::chrono::seconds(60);
    std::vector<std::thread> clients;
    for (int c = 0; c < kClients; ++c) {
      clients.emplace_back([&, c] {
        for (std::size_t turn = static_cast<std::size_t>(c); Clock::now() < end; ++turn) {
          httplib::Client client = served().client();
          client.set_read_timeout(60);
          client.set_connection_timeout(60);
          const auto answer = client.Get(paths[turn % std::size(paths)]);
          ++(answer && answer->status == 200 ? answered : errors);
        }
      });
    }
    for (std::thread& client : clients) client.join();
  }
  state.counters["answered"] = static_cast<double>(answered);
  state.counters["errors"] = static_cast<double>(errors);
  state.counters["resident_MB"] = served().resident() / 1e6;
}
BENCHMARK(two_hundred_clients_for_a_minute)->Unit(benchmark::kSecond)->UseRealTime()->Iterations(1);

/// The published results in one database, in a folder of its own that is removed at the end.
class Published {
 public:
  Published() {
    std::filesystem::create_directories(folder_);
    std::string merge = RNNBENCH_PROGRAM " merge";
    for (const std::string name : {"claims", "imdb-matrix", "fused-speed-full-rate", "fused-scaling"}) {
      const std::string database = folder_.string() + "/" + name + ".db";
      require("xz -dc " RNNBENCH_SOURCE_DIR "/results/published/" + name + ".db.xz > " + database);
      merge += " " + database;
    }
    require(merge + " --db " + database() + " >/dev/null");
  }
  ~Published() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::string database() const { return folder_.string() + "/published.db"; }
  std::string pictures() const { return folder_.string() + "/pictures"; }

  static void require(const std::string& command) {
    if (std::system(command.c_str()) != 0) std::abort();
  }

 private:
  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("published_" + std::to_string(::getpid()));
};

void all_figures_of_the_published_results(benchmark::State& state) {
  const Published published;
  for (auto _ : state) {
    Published::require(RNNBENCH_PROGRAM " plot --all --db " + published.database() + " --output " +
                       published.pictures() + " >/dev/null 2>&1");
  }
  state.counters["files"] = static_cast<double>(std::distance(
      std::filesystem::directory_iterator(published.pictures()), std::filesystem::directory_iterator()));
}
BENCHMARK(all_figures_of_the_published_results)->Unit(benchmark::kSecond)->UseRealTime()->Iterations(3);

}  // namespace
}  // namespace rnnbench
