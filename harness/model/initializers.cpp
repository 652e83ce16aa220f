#include "harness/model/initializers.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace rnnbench {
namespace {

using Column = std::vector<double>;

double dot(const Column& a, const Column& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

void remove_projection(Column& column, const Column& unit) {
  const double along = dot(column, unit);
  for (std::size_t i = 0; i < column.size(); ++i) column[i] -= along * unit[i];
}

}  // namespace

std::uint64_t stream_of(std::string_view tensor_name) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char letter : tensor_name) {
    hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3;
  }
  return hash;
}

std::vector<float> uniform_within(double bound, std::int64_t count, RandomStream& random) {
  std::vector<float> values(static_cast<std::size_t>(count));
  for (float& value : values) value = static_cast<float>(bound * (2.0 * random.uniform() - 1.0));
  return values;
}

std::vector<float> standard_normal(std::int64_t count, RandomStream& random) {
  std::vector<float> values(static_cast<std::size_t>(count));
  for (float& value : values) value = static_cast<float>(random.normal());
  return values;
}

std::vector<float> glorot_uniform(std::int64_t outputs, std::int64_t inputs, RandomStream& random) {
  return uniform_within(std::sqrt(6.0 / static_cast<double>(inputs + outputs)), outputs * inputs, random);
}

// Gram–Schmidt with each projection removed twice, which is orthogonal to machine precision (Giraud,
// Langou, Rozložník 2005) and leaves the diagonal of R positive by construction.
std::vector<float> orthogonal(std::int64_t rows, std::int64_t columns, RandomStream& random) {
  std::vector<Column> basis;
  for (std::int64_t c = 0; c < columns; ++c) {
    Column column(static_cast<std::size_t>(rows));
    for (double& value : column) value = random.normal();
    for (int pass = 0; pass < 2; ++pass) {
      for (const Column& unit : basis) remove_projection(column, unit);
    }
    const double length = std::sqrt(dot(column, column));
    for (double& value : column) value /= length;
    basis.push_back(std::move(column));
  }
  std::vector<float> values;
  values.reserve(static_cast<std::size_t>(rows * columns));
  for (std::size_t r = 0; r < static_cast<std::size_t>(rows); ++r) {
    for (const Column& column : basis) values.push_back(static_cast<float>(column[r]));
  }
  return values;
}

std::vector<float> lstm_bias(std::int64_t units) {
  std::vector<float> bias(static_cast<std::size_t>(4 * units));
  std::fill_n(bias.begin() + units, units, 1.0F);
  return bias;
}

}  // namespace rnnbench
