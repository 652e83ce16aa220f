#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "harness/cli/command_data_vectors.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/data_show.hpp"
#include "harness/cli/options.hpp"
#include "harness/cli/percent_line.hpp"
#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/data/data_source.hpp"
#include "harness/data/fetch.hpp"

namespace rnnbench {
namespace {

struct DataOptions {
  DataOption data;
  std::string set = "imdb";
};

void list(const DataOptions& options) {
  for (const FoundSet& found : list_data(options.data.path)) {
    fmt::print("{:<6} {}: {}\n", found.set, found.location ? "found" : "not found", found.note);
    if (found.location && !found.location->path.empty())
      fmt::print("       {}\n", found.location->path.string());
  }
}

/// The facts that the Large Movie Review Dataset v1.0 is known by.
bool is_whole_imdb(const DataFacts& facts) {
  return facts.reviews == 50'000 && facts.positive == 25'000 && facts.distinct == 49'582;
}

int verify(const DataOptions& options, const std::stop_token& stop) {
  const DataLocation location = find_data(options.set, options.data.path);
  const DataFacts facts = data_facts(read_reviews(location, stop));
  fmt::print("set              {}\n", options.set);
  if (!location.path.empty()) fmt::print("found at         {}\n", location.path.string());
  fmt::print("reviews          {} ({} positive, {} negative)\n", facts.reviews, facts.positive,
             facts.reviews - facts.positive);
  fmt::print("official split   {} train, {} test, {} without a part\n", facts.train, facts.test,
             facts.reviews - facts.train - facts.test);
  fmt::print("distinct texts   {} ({} repeated; {} stand in both train and test)\n", facts.distinct,
             facts.reviews - facts.distinct, facts.across_parts);
  fmt::print("invalid UTF-8    {} reviews (kept as they are)\n", facts.invalid_utf8);
  fmt::print("bytes of text    {}\n", facts.bytes);
  fmt::print("content digest   {}\n", facts.content_digest);
  fmt::print("fingerprint      {}\n", facts.fingerprint);
  if (options.set != "imdb") return 0;
  const bool whole = is_whole_imdb(facts);
  fmt::print("verdict          {}\n",
             whole ? "complete: the counts of the Large Movie Review Dataset v1.0"
                   : "NOT the whole data set: expected 50,000 reviews, 25,000 positive, 49,582 distinct; "
                     "`rnnbench data fetch` gets the official archive");
  return whole ? 0 : static_cast<int>(ExitCode::kEnvironment);
}

void fetch_archive(const std::stop_token& stop) {
  const FetchRequest request = official_archive();
  fmt::print(stderr, "{}\n", request.url);
  PercentLine line("fetching");
  const auto show = [&](std::int64_t done, std::int64_t total) {
    const auto bytes = static_cast<double>(done), all = static_cast<double>(std::max<std::int64_t>(total, 1));
    line.show(bytes / all, fmt::format("{:.1f} of {:.1f} MB", bytes / 1e6, all / 1e6));
  };
  const bool is_new = fetch(request, show, stop);
  fmt::print("{} {}\n", request.target.string(), is_new ? "is complete" : "was complete already");
}

}  // namespace

void add_data_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<DataOptions>();
  CLI::App* data =
      app.add_subcommand(
             "data", "List, verify or fetch data sets, show what a recipe makes of one, train word vectors")
          ->require_subcommand(1);

  CLI::App* list_command = data->add_subcommand("list", "Known data sets and where they were found");
  options->data.add_to(*list_command);
  list_command->callback([options] { list(*options); });

  CLI::App* verify_command = data->add_subcommand("verify", "Counts, digests and duplicates of a data set");
  verify_command->add_option("set", options->set, "imdb or toy")->capture_default_str();
  options->data.add_to(*verify_command);
  verify_command->callback([options, &session] { session.exit_code = verify(*options, session.stop); });

  add_data_show(*data, session);

  data->add_subcommand("fetch", "Download the official archive (84 MB) into the user's cache folder")
      ->callback([&session] { fetch_archive(session.stop); });
  add_data_vectors_command(*data, session);
}

}  // namespace rnnbench
