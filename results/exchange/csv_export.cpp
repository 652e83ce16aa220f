#include "results/exchange/csv_export.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "harness/core/csv_field.hpp"
#include "results/exchange/base64.hpp"
#include "results/exchange/exact_text.hpp"
#include "results/exchange/new_folder.hpp"
#include "results/exchange/output_file.hpp"
#include "results/exchange/parquet_sql.hpp"
#include "results/exchange/tables_format.hpp"

namespace rnnbench {
namespace {

struct CsvValue {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const { return exact_real(value); }
  std::string operator()(const std::string& value) const { return csv_field(exact_text(value)); }
  std::string operator()(const Blob& value) const { return csv_field(base64(value.bytes)); }
};

class CsvFiles : public TableWriter {
 public:
  explicit CsvFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

  void begin_table(const TableShape& table) override {
    table_ = table.name;
    file_.emplace(folder_ / csv_file_name(table.name));
    std::string header;
    for (const ColumnShape& column : table.columns) header += (header.empty() ? "" : ",") + column.name;
    file_->write(header + "\n");
  }

  void row(const std::vector<TableCell>& cells) override {
    line_.clear();
    for (const TableCell& cell : cells) {
      line_ += std::visit(CsvValue{}, cell);
      line_ += ',';
    }
    line_.back() = '\n';
    file_->write(line_);
  }

  void end_table(std::int64_t rows) override {
    file_->publish();
    header_.rows[table_] = rows;
  }

  const TablesHeader& header() const { return header_; }

 private:
  std::filesystem::path folder_;
  std::string table_, line_;
  std::optional<OutputFile> file_;
  TablesHeader header_{newest_schema()};
};

void write_whole(const std::filesystem::path& path, const std::string& text) {
  OutputFile file(path);
  file.write(text);
  file.publish();
}

}  // namespace

TablesReport export_csv(Database& database, const std::vector<RunId>& runs,
                        const std::filesystem::path& folder, const std::stop_token& stop) {
  NewFolder output(folder);
  CsvFiles files(output.part());
  const TablesReport report = write_tables(database, runs, files, stop);
  write_whole(output.part() / "parquet.sql", parquet_sql(table_shapes(newest_schema())));
  write_whole(output.part() / kManifestName, nlohmann::json(files.header()).dump(2) + "\n");
  output.publish();
  return report;
}

}  // namespace rnnbench
