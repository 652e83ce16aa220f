#include "results/exchange/bundle_manifest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>

#include "harness/core/error.hpp"
#include "harness/core/sha256.hpp"
#include "harness/measure/build_info.hpp"
#include "results/exchange/table_shapes.hpp"

namespace rnnbench {
namespace {

using OrderedJson = nlohmann::ordered_json;

constexpr const char* kFormat = "rnnbench bundle";
constexpr int kVersion = 1;
constexpr const char* kWhat =
    "Runs of rnnbench with all that was recorded of them, to be repeated elsewhere: `rnnbench rerun "
    "THIS_FILE`. "
    "runs.db is a results database of these runs; the folders hold the same to be read: config.toml (the "
    "experiment), settings.json (the trial; its SHA-256 is the trial's key), run.json (seed, environment, "
    "metrics, timings, SHA-256s of weights and vocabulary) and predictions.";

void check_version(const std::filesystem::path& file, const OrderedJson& manifest) {
  if (manifest.at("format") != kFormat)
    refuse_bundle(file, fmt::format("its {} is that of no bundle", kBundleManifest));
  const auto version = manifest.at("version").get<std::int64_t>(),
             schema = manifest.at("schema").get<std::int64_t>();
  if (version < 1 || schema < 1)
    refuse_bundle(file, fmt::format("its {} says version {} and schema {}, which there never were",
                                    kBundleManifest, version, schema));
  if (version > kVersion || schema > newest_schema()) {
    throw DataError(
        fmt::format("{}: written by a newer rnnbench (version {} and schema {}; this one knows {} and {}); "
                    "update rnnbench",
                    file.string(), version, schema, kVersion, newest_schema()));
  }
}

}  // namespace

BundleMember bundle_manifest(const nlohmann::json& runs, const std::vector<BundleMember>& members) {
  OrderedJson named = OrderedJson::object();
  for (const BundleMember& member : members)
    named[member.name] = {{"bytes", member.content.size()}, {"sha256", sha256_hex(member.content)}};
  const OrderedJson manifest = {
      {"format", kFormat},
      {"version", kVersion},
      {"schema", newest_schema()},
      {"what", kWhat},
      {"made_by", fmt::format("rnnbench {} ({}{})", build_info::version, build_info::revision,
                              build_info::dirty ? ", changed" : "")},
      {"runs", runs},
      {"members", named},
  };
  return {kBundleManifest, manifest.dump(2) + "\n"};
}

void check_bundle(const std::filesystem::path& file, const std::vector<BundleMember>& members) {
  std::map<std::string, const std::string*> contents;
  for (const BundleMember& member : members) contents[member.name] = &member.content;
  const auto manifest_text = contents.extract(kBundleManifest);
  if (manifest_text.empty())
    refuse_bundle(file, fmt::format("is no bundle of rnnbench: there is no {}", kBundleManifest));
  try {
    const OrderedJson manifest = OrderedJson::parse(*manifest_text.mapped());
    check_version(file, manifest);
    for (const auto& [name, facts] : manifest.at("members").items()) {
      const auto member = contents.extract(name);
      if (member.empty()) refuse_bundle(file, fmt::format("its {} is missing", name));
      if (facts.at("bytes") != member.mapped()->size())
        refuse_bundle(file, fmt::format("its {} is not what the manifest says ({} bytes, there {})", name,
                                        member.mapped()->size(), facts.at("bytes").dump()));
      if (sha256_hex(*member.mapped()) != facts.at("sha256").get<std::string>())
        refuse_bundle(file, fmt::format("its {} is not what the manifest says (another SHA-256)", name));
    }
    if (!manifest.at("members").contains(kBundleDatabase))
      refuse_bundle(file, "there is no database of runs in it");
  } catch (const nlohmann::json::exception& error) {
    refuse_bundle(file, fmt::format("its {} can't be read ({})", kBundleManifest, error.what()));
  }
  if (!contents.empty())
    refuse_bundle(file, fmt::format("the manifest doesn't name its {}", contents.begin()->first));
}

}  // namespace rnnbench
