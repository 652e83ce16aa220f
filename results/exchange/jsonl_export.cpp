#include "results/exchange/jsonl_export.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "results/exchange/base64.hpp"
#include "results/exchange/exact_text.hpp"
#include "results/exchange/output_file.hpp"
#include "results/exchange/tables_format.hpp"

namespace rnnbench {
namespace {

std::string quoted(const std::string& text) { return nlohmann::json(text).dump(); }

struct JsonValue {
  std::string operator()(std::monostate) const { return "null"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const {
    return std::isfinite(value) ? exact_real(value) : fmt::format("\"{}\"", exact_real(value));
  }
  std::string operator()(const std::string& value) const { return quoted(exact_text(value)); }
  std::string operator()(const Blob& value) const { return fmt::format("\"{}\"", base64(value.bytes)); }
};

class JsonLines : public TableWriter {
 public:
  explicit JsonLines(OutputFile& file) : file_(file) {}

  void begin_table(const TableShape& table) override {
    start_ = fmt::format("{{\"table\":\"{}\",\"row\":{{", table.name);
    keys_.clear();
    for (const ColumnShape& column : table.columns)
      keys_.push_back(fmt::format("{}\"{}\":", keys_.empty() ? "" : ",", column.name));
  }

  void row(const std::vector<TableCell>& cells) override {
    line_ = start_;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      line_ += keys_[i];
      line_ += std::visit(JsonValue{}, cells[i]);
    }
    line_ += "}}\n";
    file_.write(line_);
  }

  void end_table(std::int64_t /*rows*/) override {}

 private:
  OutputFile& file_;
  std::string start_, line_;
  std::vector<std::string> keys_;
};

}  // namespace

TablesReport export_jsonl(Database& database, const std::vector<RunId>& runs,
                          const std::filesystem::path& file, const std::stop_token& stop) {
  OutputFile output(file);
  output.write(nlohmann::json(TablesHeader{newest_schema()}).dump() + "\n");
  JsonLines lines(output);
  const TablesReport report = write_tables(database, runs, lines, stop);
  output.write(fmt::format("{{\"end\":{{\"rows\":{}}}}}\n", report.rows));
  output.publish();
  return report;
}

}  // namespace rnnbench
