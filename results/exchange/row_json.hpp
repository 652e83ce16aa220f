#pragma once

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace rnnbench {

using Json = nlohmann::json;

/// A value of SQLite as JSON that gives it back exactly. What JSON has no form for: {"blob": base64},
/// {"text": base64} of a text that is no UTF-8, {"real": "inf"} and {"real": "-inf"}.
Json value_json(const SQLite::Column& value);

/// A text in that form, and from it: nothing where the value is none.
Json text_json(const std::string& text);
std::optional<std::string> text_in(const Json& value);

/// Binds such a value. Throws EnvironmentError where it is none.
void bind_json(SQLite::Statement& to, int index, const Json& value);

/// The rows of a query, by the names of its columns.
std::vector<Json> rows_json(SQLite::Statement& select);

}  // namespace rnnbench
