#include "harness/bench/side_link.hpp"

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

template <typename Answer>
Answer expected(SideAnswer answer) {
  if (auto* failed = std::get_if<SideFailed>(&answer)) throw EngineError(failed->message);
  if (auto* found = std::get_if<Answer>(&answer)) return std::move(*found);
  throw EngineError("a side of the bench answered what it wasn't asked; both builds must be of rnnbench");
}

}  // namespace

SideProcess::SideProcess(const std::vector<std::string>& command, std::stop_token stop)
    : talk_(command, ChildProcess::Messages::kOnDescriptor3, "the process that took the steps",
            std::move(stop)) {}

SideReady SideProcess::set_up(const SideSetup& setup) {
  return expected<SideReady>(side_answer(talk_.ask(to_line(setup))));
}

SideSamples SideProcess::measure(const SideRequest& request) {
  return expected<SideSamples>(side_answer(talk_.ask(to_line(request))));
}

}  // namespace rnnbench
