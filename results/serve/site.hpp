#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/run_sink.hpp"
#include "results/query/claims.hpp"
#include "results/query/database.hpp"
#include "results/serve/guard.hpp"
#include "results/serve/web.hpp"

namespace rnnbench {

/// What a word of a text is worth to a model: what the probability of positive loses without it.
struct WordWorth {
  std::string word;
  bool known = false;  ///< in the model's vocabulary
  double worth = 0;
};

struct ReviewCall {
  double positive = 0;  ///< probability
  int words = 0;        ///< that the recipe keeps
  int known_words = 0;
  std::vector<WordWorth>
      worth;  ///< in the text's order; empty where it wasn't asked for, of a baseline or of very long texts
};

/// What needs more than the database. Called from several threads; each throws the project's errors.
struct SiteHooks {
  std::function<ReviewCall(RunId run, const std::string& text, bool with_words)> call_review;
  std::function<std::vector<ClaimData>(Database& database)> load_claims;
};

struct SiteOptions {
  std::filesystem::path database;
  Access access;
  SiteHooks hooks;
};

/// The pages and the API, without sockets: a request in, an answer out. Used from several threads.
class Site {
 public:
  explicit Site(SiteOptions options);

  /// Never throws: what goes wrong is an answer, a page or JSON by the path.
  WebResponse respond(const WebRequest& request);

  const SiteOptions& options() const { return options_; }
  /// The port that was free, before the first request.
  void set_port(int port) { options_.access.port = port; }

 private:
  WebResponse answer(const WebRequest& request);
  WebResponse with_cookie(const WebRequest& request) const;
  WebResponse failed(const WebRequest& request, int status, const std::string& message) const;
  /// A message without the folders of this machine.
  std::string without_folders(const std::string& text) const;

  SiteOptions options_;
  std::vector<std::string> folders_;
};

/// A page's request: the database is open for it.
struct PageRequest {
  const WebRequest& web;
  const SiteOptions& site;
  Database& database;
};

/// The pages, one file each.
WebResponse start_page(const PageRequest& request);
WebResponse runs_page(const PageRequest& request);
WebResponse run_page(const PageRequest& request, RunId run);
WebResponse compare_page(const PageRequest& request);
WebResponse claims_page(const PageRequest& request);
WebResponse figures_page(const PageRequest& request);
WebResponse sql_page(const PageRequest& request);
WebResponse review_page(const PageRequest& request);

/// /figures/NAME.svg and its like: a figure of plots/, of ?experiment=; /runs/N/curves.svg;
/// /compare/curves.svg.
WebResponse figure_image(const PageRequest& request, const std::string& file);
WebResponse run_curves_image(const PageRequest& request, RunId run);
WebResponse compare_curves_image(const PageRequest& request);

/// /api/v1/…: the same queries as JSON; see openapi.json.
WebResponse api_answer(const PageRequest& request, const std::string& path);
/// The description of the API (OpenAPI 3.1), as JSON.
std::string openapi_text();

/// A file of assets/ or of the chart library, by its name; nothing where there is none.
std::optional<WebResponse> asset(const std::string& name);

/// The number at the end of `path` after `prefix`. Throws ConfigError where it is none.
RunId run_of(const std::string& text);

}  // namespace rnnbench
