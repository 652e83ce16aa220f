#include "harness/core/csv_records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "harness/core/error.hpp"

namespace rnnbench {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

CsvRecords::CsvRecords(std::string_view content, std::filesystem::path source, std::size_t most_bytes,
                       std::function<std::string_view()> more)
    : rest_(content), source_(std::move(source)), most_bytes_(most_bytes), more_(std::move(more)) {
  if (rest_.starts_with(kByteOrderMark)) rest_.remove_prefix(kByteOrderMark.size());
}

bool CsvRecords::next(std::vector<std::string>& fields) {
  do {
    while (!rest_.empty() && at_line_end()) end_line();
  } while (rest_.empty() && refill());
  if (rest_.empty()) return false;
  record_line_ = line_;
  quoted_.clear();
  std::size_t count = 0;
  for (bool more = true; more; ++count) {
    if (fields.size() == count) fields.emplace_back();
    std::string& field = fields[count];
    field.clear();
    quoted_.push_back(rest_.starts_with('"'));
    if (quoted_.back()) {
      quoted_field(field);
    } else {
      plain_field(field);
    }
    more = rest_.starts_with(',');
    if (more) rest_.remove_prefix(1);
  }
  fields.resize(count);
  end_line();
  return true;
}

void CsvRecords::quoted_field(std::string& field) {
  const std::size_t opened = line_;
  rest_.remove_prefix(1);
  for (;;) {
    const std::size_t quote = rest_.find('"');
    if (quote == std::string_view::npos) fail(opened, "the quote that opens here is never closed");
    const std::string_view part = rest_.substr(0, quote);
    append(field, part);
    line_ += static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n'));
    rest_.remove_prefix(quote + 1);
    if (!rest_.starts_with('"')) break;
    append(field, "\"");
    rest_.remove_prefix(1);
  }
  if (!rest_.empty() && !rest_.starts_with(',') && !at_line_end()) {
    fail(line_, "text after a closing quote; double the quotes inside a field");
  }
}

void CsvRecords::plain_field(std::string& field) {
  std::size_t end = std::min(rest_.find_first_of(",\n\""), rest_.size());
  if (end < rest_.size() && rest_[end] == '"') {
    fail(line_, "a quote inside an unquoted field; quote the field and double the quote");
  }
  if (end > 0 && rest_[end - 1] == '\r' && (end == rest_.size() || rest_[end] == '\n')) --end;
  append(field, rest_.substr(0, end));
  rest_.remove_prefix(end);
}

void CsvRecords::append(std::string& field, std::string_view part) const {
  if (part.size() > most_bytes_ - field.size()) {
    fail(record_line_, fmt::format("a field of more than {} MB", most_bytes_ / 1'000'000));
  }
  field.append(part);
}

/// Whether there was more.
bool CsvRecords::refill() {
  if (more_) rest_ = more_();
  return !rest_.empty();
}

bool CsvRecords::at_line_end() const {
  return rest_.starts_with('\n') || rest_.starts_with("\r\n") || rest_ == "\r";
}

void CsvRecords::end_line() {
  if (rest_.starts_with('\r')) rest_.remove_prefix(1);
  if (rest_.starts_with('\n')) {
    rest_.remove_prefix(1);
    ++line_;
  }
}

void CsvRecords::fail(std::size_t line, std::string_view what) const {
  throw DataError(fmt::format("{}:{}: {}", source_.string(), line, what));
}

}  // namespace rnnbench
