#include "harness/data/train_vectors.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstring>
#include <string_view>

#include "harness/core/error.hpp"
#include "harness/core/files.hpp"
#include "harness/core/sha256.hpp"
#include "harness/data/remembered_fingerprint.hpp"
#include "harness/data/vector_corpus.hpp"
#include "harness/data/vector_files.hpp"

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

/// Everything that the vectors depend on. Of the recipe that is what makes words, not ids or length.
Json settings_of(const VectorRequest& request, const VectorCorpus& corpus) {
  Json settings = to_json(request.settings);
  settings["format"] = 1;
  settings["method"] = "skip-gram with negative sampling";
  settings["subwords"] = false;
  settings["texts_sha256"] = corpus.digest;
  settings["recipe_steps_sha256"] = sha256_hex(to_json(request.recipe).at("steps").dump());
  return settings;
}

Json reviews_of(const VectorCorpus& corpus, const UnlabelledReviews& unlabelled) {
  return {{"training", corpus.training},
          {"unlabelled", corpus.unlabelled},
          {"unlabelled_from", unlabelled.path.filename().string()},
          {"left_out", corpus.left_out},
          {"tokens", corpus.tokens.counted_tokens},
          {"distinct_tokens", corpus.tokens.by_rank().size()}};
}

fs::path record_path(const fs::path& vectors) { return vectors.string() + ".json"; }

/// The record of complete vectors of these settings at `path`; null where there are none.
Json complete_record(const fs::path& path, const Json& settings, const std::stop_token& stop) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored) || !fs::is_regular_file(record_path(path), ignored)) return {};
  const Json record = Json::parse(read_file(record_path(path)), nullptr, false);
  const bool is_complete = record.is_object() && record.value("settings", Json()) == settings &&
                           record.value("sha256", Json()) == file_fingerprint(path, stop);
  return is_complete ? record : Json();
}

/// Whether word2vec's binary format can hold a word, and this program's reader reads it.
bool can_be_written(std::string_view word) {
  constexpr std::size_t kLongest = 4000;
  return !word.empty() && word.size() < kLongest && word.find_first_of(" \n") == std::string_view::npos;
}

std::size_t write_vectors(const fs::path& path, const SkipGramVectors& vectors, const TokenTable& table,
                          std::size_t dimensions) {
  std::size_t count = 0;
  for (const std::uint32_t number : vectors.words) count += can_be_written(table[number]) ? 1 : 0;
  write_file_atomically(path, [&](std::ostream& out) {
    out << fmt::format("{} {}\n", count, dimensions);
    for (std::size_t i = 0; i < vectors.words.size(); ++i) {
      const std::string_view word = table[vectors.words[i]];
      if (!can_be_written(word)) continue;
      out << word << ' ';
      out.write(reinterpret_cast<const char*>(&vectors.rows[i * dimensions]),
                static_cast<std::streamsize>(dimensions * sizeof(float)));
      out << '\n';
    }
  });
  return count;
}

}  // namespace

TrainedVectors train_vectors(const VectorRequest& request, const CorpusNote& note,
                             const TrainProgress& progress, const std::stop_token& stop) {
  const ReviewSet reviews = read_reviews(request.location, stop);
  const UnlabelledReviews unlabelled = read_unlabelled(request.location, stop);
  const VectorCorpus corpus = vector_corpus(reviews, unlabelled, request.data, request.recipe, stop);
  const Json settings = settings_of(request, corpus);

  TrainedVectors trained;
  if (!request.out) {
    trained.name = fmt::format("skipgram-{}-{}-{}", request.data.set, request.settings.dimensions,
                               sha256_hex(settings.dump()).substr(0, 12));
  }
  trained.path = request.out ? *request.out : vectors_folder() / (trained.name + ".bin");
  trained.record = complete_record(trained.path, settings, stop);
  if (!trained.record.is_null()) return trained;
  std::error_code ignored;
  if (request.out && fs::exists(*request.out, ignored)) {
    throw ConfigError(
        fmt::format("--out {}: is there and holds other vectors, or something else; remove it or "
                    "give another name",
                    request.out->string()));
  }

  trained.is_new = true;
  trained.record = {{"settings", settings},
                    {"data", to_json(request.data)},
                    {"data_fingerprint", data_fingerprint(request.location, stop)},
                    {"recipe", request.recipe.name},
                    {"reviews", reviews_of(corpus, unlabelled)},
                    {"library", std::string("fastText ") + RNNBENCH_FASTTEXT_VERSION},
                    {"repeatable", request.settings.threads == 1}};
  if (note) note(trained.record["reviews"]);
  const auto start = std::chrono::steady_clock::now();
  const SkipGramVectors vectors = run_skip_gram(corpus.tokens, request.settings, progress, stop);
  trained.record["seconds"] = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  trained.record["words"] = write_vectors(trained.path, vectors, corpus.tokens.table,
                                          static_cast<std::size_t>(request.settings.dimensions));
  trained.record["sha256"] = file_fingerprint(trained.path, stop);
  write_file_atomically(record_path(trained.path), trained.record.dump(2) + "\n");
  return trained;
}

}  // namespace rnnbench
