#pragma once

#include <string>
#include <vector>

#include "results/query/run_filter.hpp"
#include "results/query/run_groups.hpp"
#include "results/query/run_list.hpp"
#include "results/query/run_subjects.hpp"
#include "results/serve/web.hpp"

namespace rnnbench {

/// A row an experiment, the newest 100 first: what it asks, how its runs ended, the best test accuracy.
Table experiment_table(Database& database);

/// What an address says of runs, the same for pages and for the API: experiment, engine, cell, device,
/// data_set, status, trial, where (several by repetition or by commas), tag; columns, sort, limit; group.
/// Throws ConfigError.
RunFilter run_filter(const UrlQuery& query);
RunListView run_list_view(const UrlQuery& query);
RunGroupView run_group_view(const UrlQuery& query);

/// What ?s=…&s=… names, at most 50; see find_subject().
std::vector<Subject> subjects_of(Database& database, const UrlQuery& query);

/// Links to older runs and to longer lists.
std::string more_links(const Table& shown, const UrlQuery& query);

}  // namespace rnnbench
