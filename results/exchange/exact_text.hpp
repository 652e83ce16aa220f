#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "results/exchange/table_shapes.hpp"
#include "results/query/table.hpp"

namespace rnnbench {

/// How tables of an export write values, so that they read back as the same bits: numbers with all digits,
/// reals with a point or an exponent; inf and -inf; blobs as Base64; texts as they are. A text that is no
/// UTF-8, holds a zero byte or begins with "base64:" is written as "base64:" and its bytes.
std::string exact_real(double value);
std::string exact_text(const std::string& text);

/// The value of a column that is written so; nothing for what is none of its type.
std::optional<TableCell> exact_value(std::string_view text, ColumnType type);

}  // namespace rnnbench
