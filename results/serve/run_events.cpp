#include "results/serve/run_events.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "results/query/query_table.hpp"
#include "results/query/run_page.hpp"
#include "results/query/run_subjects.hpp"
#include "results/serve/curves.hpp"

namespace rnnbench {

std::optional<std::string> RunEvents::next() {
  if (is_over_) return std::nullopt;
  Database database(database_);
  require_run(database, run_);
  const Table found = query_table(database, "SELECT status, epochs, output FROM runs WHERE id = ?", {run_});
  const auto status = std::get<std::string>(found.rows[0][0]);
  const auto* epochs = std::get_if<std::int64_t>(&found.rows[0][1]);
  std::string events;
  if (const std::int64_t now = epochs == nullptr ? 0 : *epochs; now != epochs_) {
    epochs_ = now;
    const std::string curves =
        curves_json(curves_of(database, {find_subject(database, std::to_string(run_))}));
    if (curves != "{}") events += fmt::format("event: epoch\ndata: {}\n\n", curves);
  }
  if (const auto written = std::get<std::string>(found.rows[0][2]); written != output_) {
    output_ = written;
    events +=
        fmt::format("event: output\ndata: {}\n\n",
                    nlohmann::json(written).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  }
  is_over_ = status != "running";
  if (is_over_) events += fmt::format("event: end\ndata: {}\n\n", status);
  return events.empty() ? ": nothing new\n\n" : events;
}

}  // namespace rnnbench
