#include "results/serve/sql_answer.hpp"

#include "harness/core/error.hpp"
#include "results/query/query_table.hpp"

namespace rnnbench {
namespace {

constexpr std::size_t kMostBytes = std::size_t{32} << 20;

class FirstRows : public RowSink {
 public:
  explicit FirstRows(SqlAnswer& answer) : answer_(answer) {}

  void columns(const std::vector<std::string>& names) override { answer_.table.columns = names; }
  void row(std::vector<TableCell>& cells) override {
    for (const TableCell& cell : cells) {
      bytes_ += sizeof cell;
      if (const auto* text = std::get_if<std::string>(&cell)) bytes_ += text->size();
      if (const auto* blob = std::get_if<Blob>(&cell)) bytes_ += blob->bytes.size();
    }
    if (answer_.table.rows.size() == kMostSqlRows || bytes_ > kMostBytes) {
      answer_.cut = true;
      return;
    }
    answer_.table.rows.push_back(std::move(cells));
  }

 private:
  SqlAnswer& answer_;
  std::size_t bytes_ = 0;
};

}  // namespace

SqlAnswer ask_sql(Database& database, const std::string& sql) {
  SqlAnswer answer;
  FirstRows rows(answer);
  QueryLimits limits;
  limits.time = std::chrono::seconds(kMostSqlSeconds);
  limits.stop = [&] { return answer.cut; };
  try {
    query_rows(database, sql, {}, rows, limits);
  } catch (const Interrupted&) {
    if (!answer.cut) throw;  // else by us: what there is is the answer
  }
  return answer;
}

}  // namespace rnnbench
