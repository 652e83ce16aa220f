#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace rnnbench {

/// What an export of tables says of itself: manifest.json of CSV, the first line of JSON Lines.
struct TablesHeader {
  int schema = 0;
  std::map<std::string, std::int64_t> rows = {};  ///< by table; of CSV only
};

inline constexpr const char* kManifestName = "manifest.json";

/// "metrics.csv".
std::string csv_file_name(const std::string& table);

void to_json(nlohmann::json& json, const TablesHeader& header);

/// Throws DataError, beginning with `place` ("FOLDER/manifest.json" or "FILE:1"), for what is none, of
/// another version or of a schema that this program doesn't know.
TablesHeader tables_header(const std::string& text, const std::string& place);

}  // namespace rnnbench
