#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "harness/cli/commands.hpp"
#include "harness/cli/doctor_facts.hpp"
#include "harness/cli/doctor_measurements.hpp"
#include "harness/cli/doctor_rows.hpp"
#include "harness/cli/doing_line.hpp"
#include "results/query/plain_text.hpp"

namespace rnnbench {
namespace {

template <typename... Values>
void line(const std::string& name, fmt::format_string<Values...> format, Values&&... values) {
  fmt::print("{}\n", visible_text(fmt::format("{:<16} {}", name,
                                              fmt::format(format, std::forward<Values>(values)...))));
}

/// A member that is text.
std::string text(const Json& object, const char* name) { return object.at(name).get<std::string>(); }

void print_engine(const Json& engine, const Json& facts) {
  const std::string name = text(engine, "engine"), obstacle = text(engine, "obstacle");
  if (name == "libtorch" && text(facts.at("libtorch"), "folder").empty()) return;  // not in this build
  const std::string module = std::filesystem::path(text(engine, "path")).filename().string();
  line(engine.at("baseline").get<bool>() ? name : name + " engine", "{}",
       obstacle.empty() ? module : "MISSING: " + obstacle);
}

void print_machine(const Json& facts) {
  const Json& processor = facts.at("processor");
  line("processor", "{}, {} cores", text(processor, "model"), processor.at("cores").get<int>());
  line("instructions", "{}",
       fmt::join(processor.at("instruction_sets").get<std::vector<std::string>>(), " "));
  for (const Json& engine : facts.at("engines")) print_engine(engine, facts);
  line("memory", "{} GiB, of which this process may use {} GiB", facts.at("memory_gib").get<double>(),
       facts.at("memory_limit_gib").get<double>());
  const Json& system = facts.at("system");
  line("system", "{}, {}, {}", text(system, "name"), text(system, "kernel"), text(system, "machine"));
  const Json& build = facts.at("build");
  line("build", "rnnbench {}, revision {}{}, {} by {}", text(build, "version"), text(build, "revision"),
       build.at("dirty").get<bool>() ? " (changed)" : "", text(build, "type"), text(build, "compiler"));
}

/// After print_libtorch(), which may have given the driver's obstacle already.
void print_driver(const Json& driver, const Json& libtorch) {
  if (const std::string obstacle = text(driver, "obstacle"); !obstacle.empty()) {
    const bool is_said = !text(libtorch, "folder").empty() && text(libtorch, "cuda_obstacle") == obstacle;
    line("NVIDIA driver", "{}", is_said ? "gives no GPU, see the line above" : obstacle);
    return;
  }
  const std::string version = text(driver, "version");
  line("NVIDIA driver", "{}, for CUDA up to {}", version.empty() ? "found" : version, text(driver, "cuda"));
  for (const Json& gpu : driver.at("gpus")) {
    line("GPU", "{}, {} GiB, compute capability {}", text(gpu, "name"), gpu.at("memory_gib").get<double>(),
         text(gpu, "compute_capability"));
  }
}

void print_libtorch(const Json& libtorch) {
  const std::string folder = text(libtorch, "folder"), version = text(libtorch, "version");
  if (folder.empty()) return line("libtorch", "not in this build");
  line("libtorch", "{} in {}", version.empty() ? "unknown version" : version, folder);
  const std::string damage = text(libtorch, "cuda_damage");
  if (!libtorch.at("has_cuda").get<bool>()) {
    line("CUDA libraries", "none: this LibTorch is for the CPU only; ./rnnbench setup --cuda gets the rest");
  } else if (!damage.empty()) {
    line("CUDA libraries", "{}", damage);
  } else {
    line("CUDA libraries", "libtorch_cuda.so needs {}", libtorch.at("cuda_libraries").size());
  }
  for (const Json& library : libtorch.at("cuda_libraries")) {
    const std::string problem = text(library, "problem");
    if (library.at("missing").get<bool>()) {
      line("", "{:<24} MISSING, needed by {}{}", text(library, "name"), text(library, "needed_by"),
           problem.empty() ? "" : ": " + problem);
    } else {
      line("", "{:<24} {}", text(library, "name"), text(library, "path"));
    }
  }
  const std::string obstacle = text(libtorch, "cuda_obstacle");
  if (obstacle.empty()) return line("libtorch on GPU", "can be used");
  line("libtorch on GPU", "can't be used{}", obstacle == damage ? ", see the line above" : ": " + obstacle);
}

void print_text(const Json& facts) {
  print_machine(facts);
  print_libtorch(facts.at("libtorch"));
  print_driver(facts.at("driver"), facts.at("libtorch"));
  for (const Json& set : facts.at("data")) {
    const std::string path = text(set, "path");
    line("data set " + text(set, "set"), "{}{}", text(set, "note"), path.empty() ? "" : ": " + path);
  }
  const Json& vectors = facts.at("word_vectors");
  const std::string folder = text(vectors, "folder");
  line("word vectors", "{}{}", folder.empty() ? "RNNBENCH_VECTORS is not set" : folder,
       folder.empty() || vectors.at("found").get<bool>() ? "" : ", which is no folder");
  for (const Json& file : vectors.at("trained")) line("trained vectors", "{}", file.get<std::string>());
  // Without a cache folder both say the same.
  const std::string cache = text(facts, "cache"), obstacle = text(facts, "cache_obstacle");
  line("cache folder", "{}{}", cache, obstacle.empty() || obstacle == cache ? "" : ", but " + obstacle);
}

struct Options {
  bool as_json = false;
  bool is_quick = false;
  bool is_facts = false;  ///< nothing is measured
};

Json measured(const Options& options) {
  const DoingLine line;
  return measure_machine(options.is_quick ? quick_times() : full_times(),
                         [&](const std::string& doing) { line.show(doing); });
}

void doctor(const Options& options) {
  Json facts = doctor_facts();
  if (options.as_json) {
    if (!options.is_facts) facts["measured"] = measured(options);
    fmt::print("{}\n", facts.dump(2, ' ', false, Json::error_handler_t::replace));  // paths may be no UTF-8
    return;
  }
  print_text(facts);
  if (options.is_facts) return;
  fmt::print("\n");
  std::fflush(stdout);
  for (const DoctorRow& row : doctor_rows(measured(options))) line(row.name, "{}", row.text);
}

}  // namespace

void add_doctor_command(CLI::App& app, Session& /*session*/) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "doctor", "What was found on this machine, what is missing for CUDA, and how fast the machine is");
  command->add_flag("--json", options->as_json, "The same as one JSON object");
  CLI::Option* quick =
      command->add_flag("--quick", options->is_quick, "Measure in under 2 s instead of 20 s, less exactly");
  command->add_flag("--facts", options->is_facts, "Only what was found; measure nothing")->excludes(quick);
  command->callback([options] { doctor(*options); });
}

}  // namespace rnnbench
