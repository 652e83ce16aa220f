#include "harness/cli/data_show.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "harness/cli/matrix_builder.hpp"
#include "harness/cli/options.hpp"
#include "harness/config/overrides.hpp"
#include "harness/config/recipe_library.hpp"
#include "harness/core/error.hpp"
#include "harness/data/data_source.hpp"
#include "harness/data/recipe_facts.hpp"
#include "harness/statistics/order_statistics.hpp"
#include "results/query/table_sections.hpp"

namespace rnnbench {
namespace {

constexpr const char* kDataShowFooter =
    "Lengths are tokens of a review before it is cut; the start symbol isn't counted. A percentile lies "
    "between "
    "the\n"
    "two nearest lengths (numpy's `linear`; Hyndman and Fan 1996, definition 7). Unknown is what has no id "
    "of "
    "its own.\n\n"
    "  rnnbench data show keras-imdb\n"
    "  rnnbench data show pytorch-lstm-stemmed --set recipe.vocabulary=20000 --set data.validation=0.2\n"
    "  rnnbench data show toy --set data.set=toy";

struct DataShowOptions {
  DataOption data;
  std::string recipe;
  std::vector<std::string> overrides;
  std::vector<std::string> only;
  std::string format = "table";
  RecipeFactsLimits limits;
};

struct Chosen {
  DataSpec data;
  Recipe recipe;
};

/// The recipe's file and the official split of imdb, with the changes of --set.
Chosen choose(const DataShowOptions& options) {
  RecipeLibrary library({recipes_folder()});
  SettingsTree tree = library.load(options.recipe, "data show");
  Json settings = {{"recipe", tree.values}, {"data", {{"set", "imdb"}}}};
  Origins origins;
  for (const auto& [path, place] : tree.origins)
    origins.emplace(path.empty() ? "recipe" : "recipe." + path, place);
  for (const std::string& text : options.overrides) {
    const Assignment change = parse_override(text);
    if (!change.path.starts_with("recipe.") && !change.path.starts_with("data.")) {
      throw ConfigError(fmt::format(
          "{}: only settings of recipe and data matter here, recipe.length=200, say", change.origin));
    }
    assign(settings, change);
    origins.insert_or_assign(change.path, change.origin);
  }
  SettingsReader reader(settings, "", origins);
  return {read_data_spec(reader.table("data")), read_recipe(reader.table("recipe"))};
}

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

TableCell count(std::uint64_t number) { return static_cast<std::int64_t>(number); }

TableSection parts_section(const RecipeFacts& facts) {
  TableSection section{"parts", "By part of the reviews", {{"of"}, {}}};
  std::vector<std::vector<TableCell>>& rows = section.table.rows;
  for (const char* name :
       {"reviews", "tokens", "tokens a review, mean", "25th percentile", "50th percentile", "75th percentile",
        "95th percentile", "99th percentile", "share of reviews cut", "share of tokens unknown",
        "distinct tokens", "share of distinct tokens unknown"}) {
    rows.push_back({std::string(name)});
  }
  for (const PartFacts& part : facts.parts) {
    section.table.columns.push_back(part.name);
    const std::vector<double> lengths(part.tokens.begin(), part.tokens.end());
    std::vector<TableCell> cells = {count(part.tokens.size()), count(part.all_tokens),
                                    share(part.all_tokens, part.tokens.size())};
    for (const double probability : {0.25, 0.5, 0.75, 0.95, 0.99}) {
      cells.emplace_back(quantile_of(lengths, probability));
    }
    cells.insert(cells.end(),
                 {share(part.cut, part.tokens.size()), share(part.unknown_tokens, part.all_tokens),
                  count(part.distinct), share(part.unknown_distinct, part.distinct)});
    for (std::size_t row = 0; row < rows.size(); ++row) rows[row].push_back(cells[row]);
  }
  return section;
}

TableSection vocabulary_section(const RecipeFacts& facts, const Recipe& recipe) {
  const std::string counted = recipe.vocabulary_from_all ? "all parts, test included" : "train";
  return {"vocabulary",
          "The vocabulary",
          {{"counted_over", "distinct_tokens", "with_an_id", "ids", "length"},
           {{counted, count(facts.distinct), count(facts.known), std::int64_t{recipe.vocabulary},
             std::int64_t{recipe.length}}}}};
}

TableSection words_section(const RecipeFacts& facts) {
  TableSection section{"words", "The commonest tokens", {{"rank", "token", "id", "count"}, {}}};
  for (const CommonWord& word : facts.common) {
    section.table.rows.push_back(
        {std::ssize(section.table.rows) + 1, word.word, std::int64_t{word.id}, count(word.count)});
  }
  return section;
}

TableSection examples_section(const RecipeFacts& facts) {
  TableSection section{"examples",
                       "The first ids of the first reviews",
                       {{"part", "review", "label", "position", "token", "id"}, {}}};
  for (const ExampleReview& review : facts.examples) {
    for (std::size_t at = 0; at < review.ids.size(); ++at) {
      section.table.rows.push_back({review.part, count(review.row + 1), std::int64_t{review.label},
                                    count(at + 1), review.tokens[at], std::int64_t{review.ids[at]}});
    }
  }
  return section;
}

void show(const DataShowOptions& options, const std::stop_token& stop) {
  const TableFormat format = table_format(options.format);
  const Chosen chosen = choose(options);
  const DataLocation location = find_data(chosen.data.set, options.data.path);
  const RecipeFacts facts =
      recipe_facts(read_reviews(location, stop), chosen.data, chosen.recipe, options.limits, 0, stop);
  fmt::print("{}", format_sections({parts_section(facts), vocabulary_section(facts, chosen.recipe),
                                    words_section(facts), examples_section(facts)},
                                   options.only, format));
}

}  // namespace

void add_data_show(CLI::App& data, Session& session) {
  auto options = std::make_shared<DataShowOptions>();
  CLI::App* command = data.add_subcommand(
      "show", "What a recipe makes of the reviews: lengths, unknown tokens, commonest tokens, first ids");
  command->add_option("recipe", options->recipe, "Name of a recipe, see experiments/recipes")
      ->required()
      ->type_name("RECIPE");
  command
      ->add_option("--set", options->overrides,
                   "Change a setting of recipe or data: recipe.length=200; may be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  command->add_option("--words", options->limits.words, "How many of the commonest tokens")
      ->capture_default_str();
  command->add_option("--only", options->only, "Only these sections: parts, vocabulary, words, examples")
      ->delimiter(',')
      ->allow_extra_args(false);
  command->add_option("--format", options->format, "table, csv, json or markdown")->capture_default_str();
  options->data.add_to(*command);
  command->footer(kDataShowFooter);
  command->callback([options, &session] { show(*options, session.stop); });
}

}  // namespace rnnbench
