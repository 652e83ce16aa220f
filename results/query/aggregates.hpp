#pragma once

struct sqlite3;

namespace rnnbench {

/// SQL aggregates that SQLite lacks, over the values that aren't NULL; texts are an error:
///   median(x)  the middle value, or the mean of the middle two; NULL of none
///   stddev(x)  the sample standard deviation (n - 1); NULL below two values
///   ci95(x)    half the width of the 95 % confidence interval of the mean of independent, normally
///              distributed values: t(0.975, n - 1) · stddev / √n (Student 1908); NULL below two values
void add_aggregates(sqlite3* connection);

}  // namespace rnnbench
