#pragma once

#include <string>

struct sqlite3;

namespace rnnbench {

/// Lets a connection do nothing but read, enforced by SQLite's authorizer while it compiles a statement.
/// Must outlive the connection.
class ReadOnlyGuard {
 public:
  /// Also limits the size of values and switches off loading of extensions and changes to the schema table.
  void install(sqlite3* connection);

  /// What the last refused statement wanted: "DELETE from runs", "ATTACH", … Forgets it.
  std::string take_refusal() const;

 private:
  static int authorize(void* self, int action, const char* first, const char* second, const char* database,
                       const char* trigger);

  mutable std::string refusal_;
};

}  // namespace rnnbench
