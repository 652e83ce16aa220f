#include "harness/config/matrix_axes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "harness/config/trial_tables.hpp"
#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

/// The lists in the table at `path`, in the file's order.
std::vector<Assignment> written_lists(const SettingsTree& tree, const std::string& path) {
  std::vector<Assignment> lists = flatten(*find_setting(tree.values, path), path, tree.origins);
  const auto order = [&](const Assignment& list) {
    return std::find(tree.written.begin(), tree.written.end(), path + "." + list.path);
  };
  std::stable_sort(lists.begin(), lists.end(),
                   [&](const Assignment& a, const Assignment& b) { return order(a) < order(b); });
  for (const Assignment& list : lists) {
    require_trial_setting(list);
    if (!list.value.is_array() || list.value.empty()) {
      refuse_setting(list.origin, list.path, "an axis needs a list of at least one value, as in [100, 200]");
    }
  }
  return lists;
}

MatrixAxis read_axis(const Assignment& list) {
  std::set<Json> seen;
  for (const Json& value : list.value) {
    if (!seen.insert(value).second) {
      refuse_setting(list.origin, list.path,
                     fmt::format("{} stands there twice; take one out", value.dump()));
    }
  }
  return {list.path, {list.value.begin(), list.value.end()}, list.origin};
}

/// The values of axes that move together at one place of their lists.
std::vector<Json> row_of(const std::vector<MatrixAxis*>& zip, std::size_t row) {
  std::vector<Json> values;
  for (const MatrixAxis* axis : zip) values.push_back(axis->values[row]);
  return values;
}

void refuse_repeated_rows(std::vector<MatrixAxis>& zip, const std::string& place) {
  std::vector<MatrixAxis*> lists;
  for (MatrixAxis& axis : zip) lists.push_back(&axis);
  std::map<std::vector<Json>, std::size_t> seen;
  for (std::size_t row = 0; row < zip.front().values.size(); ++row) {
    const auto [before, is_new] = seen.emplace(row_of(lists, row), row);
    if (is_new) continue;
    refuse_setting(place, "zip",
                   fmt::format("the values {} and {} of each list are the same; take one out of each",
                               before->second + 1, row + 1));
  }
}

std::vector<MatrixAxis> read_zip(const SettingsTree& tree, const std::string& path, int number) {
  const std::string& place = tree.origins.at(path);
  std::vector<MatrixAxis> zip;
  for (const Assignment& list : written_lists(tree, path)) {
    zip.push_back({list.path, {list.value.begin(), list.value.end()}, list.origin, number});
    const MatrixAxis& first = zip.front();
    if (first.values.size() == list.value.size()) continue;
    refuse_setting(list.origin, list.path,
                   fmt::format("has {} values, but {} at {} has {}; lists of a [[zip]] are equally long",
                               list.value.size(), first.path, first.origin, first.values.size()));
  }
  if (zip.empty()) refuse_setting(place, "zip", "gives no setting; give two or take it out");
  refuse_repeated_rows(zip, place);
  return zip;
}

void refuse_overlaps(const std::vector<MatrixAxis>& axes) {
  for (const MatrixAxis& axis : axes) {
    for (const MatrixAxis& other : axes) {
      if (&axis == &other || !lies_within(axis.path, other.path)) continue;
      refuse_setting(
          axis.origin, axis.path,
          axis.path == other.path
              ? fmt::format("this axis stands at {} too; take one out", other.origin)
              : fmt::format("lies within the axis {} at {}; take one out", other.path, other.origin));
    }
  }
}

/// Takes rows that became equal out of a zip.
void drop_repeated_rows(std::vector<MatrixAxis>& axes, int number) {
  std::vector<MatrixAxis*> zip;
  for (MatrixAxis& axis : axes) {
    if (axis.zip == number) zip.push_back(&axis);
  }
  if (zip.empty()) return;
  std::set<std::vector<Json>> seen;
  for (std::size_t row = 0; row < zip.front()->values.size();) {
    if (seen.insert(row_of(zip, row)).second) {
      ++row;
      continue;
    }
    for (MatrixAxis* axis : zip) axis->values.erase(axis->values.begin() + static_cast<std::ptrdiff_t>(row));
  }
}

/// Moves the axis in front of its zip, so that the others stay side by side.
void take_out_of_zip(std::vector<MatrixAxis>& axes, std::size_t index) {
  const int number = std::exchange(axes[index].zip, 0);
  if (number == 0) return;
  const auto taken = axes.begin() + static_cast<std::ptrdiff_t>(index);
  const auto first =
      std::find_if(axes.begin(), taken, [&](const MatrixAxis& axis) { return axis.zip == number; });
  std::rotate(first, taken, taken + 1);
  drop_repeated_rows(axes, number);
}

}  // namespace

std::vector<MatrixAxis> read_axes(SettingsReader& reader, const SettingsTree& tree) {
  std::vector<MatrixAxis> axes;
  if (reader.has("axes")) {
    reader.table("axes");
    for (const Assignment& list : written_lists(tree, "axes")) axes.push_back(read_axis(list));
  }
  int number = 0;
  for (const SettingsReader& table : reader.tables("zip")) {
    const std::vector<MatrixAxis> zip = read_zip(tree, table.path(), ++number);
    axes.insert(axes.end(), zip.begin(), zip.end());
  }
  refuse_overlaps(axes);
  return axes;
}

void override_axes(std::vector<MatrixAxis>& axes, const std::vector<Assignment>& overrides) {
  for (const Assignment& override : overrides) {
    for (std::size_t i = 0; i < axes.size(); ++i) {
      MatrixAxis& axis = axes[i];
      if (axis.path == override.path) {
        axis.values = {override.value};
        axis.origin = override.origin;
        take_out_of_zip(axes, i);
      } else if (lies_within(override.path, axis.path)) {
        throw ConfigError(
            fmt::format("{}: lies within the axis {} at {}; set the whole axis to one value instead",
                        override.origin, axis.path, axis.origin));
      }
    }
  }
}

}  // namespace rnnbench
