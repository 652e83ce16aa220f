#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "harness/cli/claim_data.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/model_shelf.hpp"
#include "harness/cli/options.hpp"
#include "harness/core/error.hpp"
#include "results/query/database.hpp"
#include "results/serve/server.hpp"
#include "results/serve/web.hpp"

namespace rnnbench {
namespace {

constexpr int kPort = 8437;

struct ServeOptions {
  DatabaseOption db;
  std::string address = "127.0.0.1";
  std::string token;
  int port = kPort;
};

/// 32 hexadecimal digits from the system's source of randomness.
std::string new_token() {
  std::random_device random;
  std::string token;
  for (int i = 0; i < 4; ++i) token += fmt::format("{:08x}", random());
  return token;
}

std::string token_for(const ServeOptions& options) {
  if (!options.token.empty()) return options.token;
  if (const char* token = std::getenv("RNNBENCH_TOKEN"); token != nullptr && *token != '\0') return token;
  return is_loopback(options.address) ? "" : new_token();
}

void serve(const ServeOptions& options, const std::stop_token& stop) {
  if (options.address.empty()) throw ConfigError("--address takes an address, such as 127.0.0.1");
  Database(options.db.path);  // refuses what is no results database before anything is promised
  ModelShelf models(options.db.path);
  SiteOptions site;
  site.database = options.db.path;
  site.access = {options.address, options.port, token_for(options)};
  site.hooks = {[&](RunId run, const std::string& text, bool words) { return models.call(run, text, words); },
                [](Database& database) { return load_claims(database, {}); }};
  const std::string token = site.access.token;
  WebServer server(std::move(site));
  const bool is_v6 = options.address.find(':') != std::string::npos;
  fmt::print("http://{}{}{}:{}/{}{}\n", is_v6 ? "[" : "", options.address, is_v6 ? "]" : "", server.port(),
             token.empty() ? "" : "?token=", percent_encoded(token));
  std::fflush(stdout);
  fmt::print(stderr, "serving {}; Ctrl-C ends it\n", options.db.path.string());
  const std::stop_callback end(stop, [&] { server.stop(); });
  server.run();
}

}  // namespace

void add_serve_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<ServeOptions>();
  CLI::App* command = app.add_subcommand("serve", "Show the results as web pages, on this machine alone");
  command->add_option("--port", options->port, "Where to listen; 0: any free one")
      ->check(CLI::Range(0, 65'535))
      ->capture_default_str();
  command->add_option("--address", options->address, "Another than this machine's own takes a token")
      ->capture_default_str();
  command->add_option("--token", options->token,
                      "Whoever has it may look [RNNBENCH_TOKEN; at another address a new one]");
  options->db.add_to(*command);
  command->footer(
      "Experiments, runs, comparisons with verdicts, claims, figures, read-only SQL, and a form that judges "
      "a review of "
      "yours\nwith a finished run's model. A JSON API is under /api/v1 (openapi.json describes it). "
      "docs/serve.md has "
      "more.");
  command->callback([options, &session] { serve(*options, session.stop); });
}

}  // namespace rnnbench
