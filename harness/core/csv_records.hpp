#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace rnnbench {

/// Splits CSV text into records as RFC 4180 says: commas, quoted fields with doubled quotes and newlines
/// inside, CRLF or LF, the last newline optional. A byte-order mark at the start and empty lines are
/// passed over. `content` must outlive it.
class CsvRecords {
 public:
  /// A field of more than `most_bytes` is refused. `more` gives what follows `content`, whole records each
  /// time, "" at the end; what it gave before is needed no longer.
  CsvRecords(std::string_view content, std::filesystem::path source,
             std::size_t most_bytes = std::string_view::npos, std::function<std::string_view()> more = {});

  /// Puts the next record into `fields` and returns true; false at the end. Throws DataError with file and
  /// line for a quote that is never closed or stands where none may.
  bool next(std::vector<std::string>& fields);

  /// Whether a field of the record last read was written in quotes: "" can differ from nothing.
  bool is_quoted(std::size_t field) const { return quoted_.at(field); }

  /// The line on which the record last read begins, counted from 1.
  std::size_t line() const { return record_line_; }

 private:
  void quoted_field(std::string& field);
  void plain_field(std::string& field);
  void end_line();
  bool at_line_end() const;
  bool refill();
  void append(std::string& field, std::string_view part) const;
  [[noreturn]] void fail(std::size_t line, std::string_view what) const;

  std::string_view rest_;
  std::filesystem::path source_;
  std::size_t most_bytes_;
  std::function<std::string_view()> more_;
  std::size_t line_ = 1;
  std::size_t record_line_ = 1;
  std::vector<bool> quoted_;
};

}  // namespace rnnbench
