#include "results/exchange/bind_cell.hpp"

#include <SQLiteCpp/Statement.h>

namespace rnnbench {
namespace {

struct CellBinder {
  SQLite::Statement& to;
  int index;
  void operator()(std::monostate) const { to.bind(index); }
  void operator()(std::int64_t value) const { to.bind(index, value); }
  void operator()(double value) const { to.bind(index, value); }
  void operator()(const std::string& text) const { to.bindNoCopy(index, text); }
  void operator()(const Blob& blob) const {
    to.bindNoCopy(index, blob.bytes.data(), static_cast<int>(blob.bytes.size()));
  }
};

}  // namespace

void bind_cell(SQLite::Statement& to, int index, const TableCell& cell) {
  std::visit(CellBinder{to, index}, cell);
}

}  // namespace rnnbench
