#include "results/exchange/tables_format.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/core/error.hpp"
#include "results/exchange/table_shapes.hpp"

namespace rnnbench {
namespace {

constexpr const char* kFormat = "rnnbench tables";
constexpr int kVersion = 1;

TablesHeader checked(const nlohmann::json& json, const std::string& place) {
  if (json.at("format") != kFormat)
    throw DataError(fmt::format("{}: its format is not '{}'", place, kFormat));
  const auto version = json.at("version").get<std::int64_t>(), schema = json.at("schema").get<std::int64_t>();
  if (version < 1) throw DataError(fmt::format("{}: there is no version {}", place, version));
  if (version > kVersion || schema > newest_schema()) {
    throw DataError(
        fmt::format("{}: written by a newer rnnbench (version {} and schema {}; this one knows {} and {}); "
                    "update rnnbench",
                    place, version, schema, kVersion, newest_schema()));
  }
  if (schema < 1) throw DataError(fmt::format("{}: there is no schema {}", place, schema));
  TablesHeader header{static_cast<int>(schema)};
  if (json.contains("rows")) json.at("rows").get_to(header.rows);
  return header;
}

}  // namespace

std::string csv_file_name(const std::string& table) { return table + ".csv"; }

void to_json(nlohmann::json& json, const TablesHeader& header) {
  json = {{"format", kFormat}, {"version", kVersion}, {"schema", header.schema}};
  if (!header.rows.empty()) json["rows"] = header.rows;
}

TablesHeader tables_header(const std::string& text, const std::string& place) {
  try {
    return checked(nlohmann::json::parse(text), place);
  } catch (const nlohmann::json::exception&) {
    throw DataError(fmt::format(
        "{}: it is not what `rnnbench export` writes there: format, version and schema as JSON", place));
  }
}

}  // namespace rnnbench
