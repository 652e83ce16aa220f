#include "results/errors/test_texts.hpp"

#include <fmt/format.h>

#include "harness/core/error.hpp"
#include "harness/core/settings.hpp"
#include "harness/data/data_source.hpp"
#include "harness/data/data_spec.hpp"
#include "harness/data/part_digest.hpp"
#include "harness/data/splits.hpp"

namespace rnnbench {
namespace {

DataSpec data_spec_of(const std::string& settings) {
  static const Origins kOrigins{{"", "stored settings"}};
  const Json stored = Json::parse(settings, nullptr, /*allow_exceptions=*/false);
  if (!stored.is_object() || !stored.contains("data") || !stored["data"].is_object()) {
    throw DataError("the trial's settings name no data set");
  }
  Json data = stored["data"];
  data.erase("fingerprint");
  return read_data_spec(SettingsReader(data, "data", kOrigins));
}

}  // namespace

TestTexts find_test_texts(const std::string& settings, const std::string& digest,
                          const std::optional<std::filesystem::path>& data, const std::stop_token& stop) {
  TestTexts texts;
  try {
    const DataSpec spec = data_spec_of(settings);
    const DataLocation location = find_data(spec.set, data);
    texts.all = read_reviews(location, stop);
    texts.rows = split_reviews(texts.all, spec).test;
    if (part_digest(texts.all, texts.rows) == digest) return texts;
    texts.why_not = fmt::format("the reviews of {} are not those that were tested; give these with --data",
                                location.path.empty() ? location.set : location.path.string());
  } catch (const Interrupted&) {
    throw;
  } catch (const Error& error) {
    texts.why_not = error.what();
  }
  texts.rows.clear();
  return texts;
}

}  // namespace rnnbench
