#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "harness/core/files.hpp"
#include "results/store/store.hpp"
#include "tests/results/store/store_fixture.hpp"

namespace rnnbench {

inline constexpr int kRunsOfAWholeDatabase = 60;

/// A closed database of many pages: finished runs of 30 epochs each.
inline void make_whole_database(const std::filesystem::path& path) {
  Store store(path);
  store.together([&] {
    for (std::uint64_t seed = 1; seed <= kRunsOfAWholeDatabase; ++seed) {
      const RunId run = store.begin_run(a_start(seed));
      for (int epoch = 1; epoch <= 30; ++epoch) store.epoch_finished(run, an_epoch(epoch));
      store.end_run(run, an_end());
    }
  });
}

enum class Page { kMiddle, kLast };

/// Overwrites one leaf page of a table or index, as a failing disk does.
inline void damage_page_of(const std::filesystem::path& path, const std::string& table,
                           Page which = Page::kMiddle) {
  const std::string pages = " FROM dbstat WHERE name = '" + table + "' AND pagetype = 'leaf'";
  const std::string before = which == Page::kMiddle ? "count(*) / 2" : "count(*) - 1";
  const long page = std::stol(scalar(
      path, "SELECT pageno" + pages + " ORDER BY path LIMIT 1 OFFSET (SELECT " + before + pages + ")"));
  const long size = std::stol(scalar(path, "PRAGMA page_size"));
  std::string content = read_file(path);
  content.replace(static_cast<std::size_t>((page - 1) * size), static_cast<std::size_t>(size),
                  static_cast<std::size_t>(size), '\x5A');
  write_file_atomically(path, content);
}

}  // namespace rnnbench
