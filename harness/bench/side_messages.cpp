#include "harness/bench/side_messages.hpp"

#include <fmt/format.h>

#include <array>

#include "harness/core/error.hpp"
#include "harness/core/settings.hpp"

namespace rnnbench {
namespace {

constexpr std::array<const char*, 3> kWorks = {"train", "phases", "predict"};
constexpr int kMostSteps = 1'000'000;

/// Texts of engines and files may be no UTF-8.
std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

struct Writer {
  Json operator()(const SideReady& ready) const {
    return {{"ready", kSideProtocol},
            {"engine", ready.engine},
            {"environment", ready.environment},
            {"tokens", ready.tokens},
            {"needed_operations", ready.needed_operations},
            {"needed_bytes", ready.needed_bytes}};
  }
  Json operator()(const SideSamples& samples) const {
    return {{"samples_ns", samples.samples_ns},
            {"memory_peak", samples.memory_peak},
            {"device_memory_peak", samples.device_memory_peak}};
  }
  Json operator()(const SideFailed& failed) const {
    return {{"failed", failed.message}, {"exit_code", failed.exit_code}};
  }
};

void check_protocol(const Json& number) {
  if (number.get<int>() == kSideProtocol) return;
  throw EnvironmentError(
      fmt::format("the other build speaks version {} of the bench's protocol, this one {}; "
                  "compare builds that speak the same",
                  number.get<int>(), kSideProtocol));
}

/// Reads `line` by `read`, and calls whatever is wrong with it no `what`.
template <typename Read>
auto parsed(const std::string& line, const char* what, const Read& read) {
  try {
    return read(Json::parse(line));
  } catch (const Json::exception&) {
    throw EnvironmentError(
        fmt::format("'{}' is no {}; both builds must be of rnnbench", line.substr(0, 200), what));
  }
}

}  // namespace

std::string to_line(const SideSetup& setup) {
  return line_of({{"setup", kSideProtocol},
                  {"settings", setup.settings},
                  {"vectors", setup.vectors},
                  {"seed", setup.seed},
                  {"drawn_tokens", setup.drawn_tokens},
                  {"batches", setup.batches},
                  {"without", setup.without}});
}

std::string to_line(const SideRequest& request) {
  return line_of({{"work", kWorks[static_cast<std::size_t>(request.work)]}, {"steps", request.steps}});
}

std::string to_line(const SideAnswer& answer) { return line_of(std::visit(Writer{}, answer)); }

SideSetup side_setup(const std::string& line) {
  return parsed(line, "setup of a bench", [](const Json& json) {
    check_protocol(json.at("setup"));
    return SideSetup{
        json.at("settings").get<std::string>(), json.at("vectors").get<std::string>(),
        json.at("seed").get<std::uint64_t>(),   json.at("drawn_tokens").get<bool>(),
        json.at("batches").get<int>(),          json.value("without", std::vector<std::string>())};
  });
}

SideRequest side_request(const std::string& line) {
  return parsed(line, "request of a bench", [&](const Json& json) {
    const auto name = json.at("work").get<std::string>();
    const int steps = json.at("steps").get<int>();
    for (std::size_t work = 0; work < kWorks.size(); ++work) {
      if (name == kWorks[work] && steps >= 1 && steps <= kMostSteps)
        return SideRequest{static_cast<SideWork>(work), steps};
    }
    throw EnvironmentError(fmt::format("'{}' steps of '{}' can't be timed", steps, name));
  });
}

SideAnswer side_answer(const std::string& line) {
  return parsed(line, "answer of a bench's side", [](const Json& json) -> SideAnswer {
    if (json.contains("failed")) {
      return SideFailed{json.at("exit_code").get<int>(), json.at("failed").get<std::string>()};
    }
    if (json.contains("ready")) {
      check_protocol(json.at("ready"));
      return SideReady{json.at("engine").get<std::string>(), json.at("environment").get<std::string>(),
                       json.at("tokens").get<std::string>(), json.value("needed_operations", 0.0),
                       json.value("needed_bytes", 0.0)};
    }
    return SideSamples{json.at("samples_ns").get<std::map<std::string, std::vector<std::int64_t>>>(),
                       json.at("memory_peak").get<double>(), json.at("device_memory_peak").get<double>()};
  });
}

}  // namespace rnnbench
