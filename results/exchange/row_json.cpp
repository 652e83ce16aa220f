#include "results/exchange/row_json.hpp"

#include <cmath>
#include <limits>

#include "harness/core/error.hpp"
#include "harness/core/utf8.hpp"
#include "results/exchange/base64.hpp"

namespace rnnbench {
namespace {

[[noreturn]] void refuse() { throw EnvironmentError("it holds a value that no column can have"); }

void bind_special(SQLite::Statement& to, int index, const std::string& kind, const std::string& text) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (kind == "real" && (text == "inf" || text == "-inf")) {
    to.bind(index, text == "inf" ? kInfinity : -kInfinity);
    return;
  }
  const std::optional<std::string> bytes = from_base64(text);
  if (bytes && kind == "text") return to.bind(index, *bytes);
  if (bytes && kind == "blob")
    return to.bind(index, bytes->empty() ? "" : bytes->data(), static_cast<int>(bytes->size()));
  refuse();
}

}  // namespace

Json value_json(const SQLite::Column& value) {
  if (value.isNull()) return nullptr;
  if (value.isInteger()) return value.getInt64();
  if (value.isFloat()) {
    const double number = value.getDouble();
    if (std::isfinite(number)) return number;
    return {{"real", number > 0 ? "inf" : "-inf"}};
  }
  const std::string bytes = value.getString();
  if (value.isBlob()) return {{"blob", base64(bytes)}};
  return text_json(bytes);
}

Json text_json(const std::string& text) {
  if (is_utf8(text)) return text;
  return {{"text", base64(text)}};
}

std::optional<std::string> text_in(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  const bool is_coded =
      value.is_object() && value.size() == 1 && value.begin().key() == "text" && value.begin()->is_string();
  return is_coded ? from_base64(value.begin()->get_ref<const std::string&>()) : std::nullopt;
}

void bind_json(SQLite::Statement& to, int index, const Json& value) {
  if (value.is_null()) return to.bind(index);
  if (value.is_number_integer()) return to.bind(index, value.get<std::int64_t>());
  if (value.is_number_float()) return to.bind(index, value.get<double>());
  if (value.is_string()) return to.bind(index, value.get_ref<const std::string&>());
  if (!value.is_object() || value.size() != 1 || !value.begin()->is_string()) refuse();
  bind_special(to, index, value.begin().key(), value.begin()->get_ref<const std::string&>());
}

std::vector<Json> rows_json(SQLite::Statement& select) {
  std::vector<Json> rows;
  while (select.executeStep()) {
    Json& row = rows.emplace_back(Json::object());
    for (int i = 0; i < select.getColumnCount(); ++i)
      row[select.getColumnName(i)] = value_json(select.getColumn(i));
  }
  return rows;
}

}  // namespace rnnbench
