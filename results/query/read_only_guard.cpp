#include "results/query/read_only_guard.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace rnnbench {
namespace {

/// No value a query makes is longer, in bytes.
constexpr int kLongestValue = 256 << 20;

/// Pragmas that only tell; with an argument, only about the table or index it names.
constexpr std::array<std::string_view, 14> kTellingPragmas = {
    "table_info",  "table_xinfo",      "table_list",      "index_list",       "index_info",
    "index_xinfo", "foreign_key_list", "database_list",   "collation_list",   "function_list",
    "pragma_list", "module_list",      "integrity_check", "foreign_key_check"};
/// Pragmas that tell without an argument and set with one.
constexpr std::array<std::string_view, 8> kReadablePragmas = {
    "user_version", "application_id", "schema_version", "journal_mode",
    "page_count",   "page_size",      "encoding",       "compile_options"};
constexpr std::array<std::string_view, 2> kForbiddenFunctions = {"load_extension", "fts3_tokenizer"};

/// The first use of a table-valued function declares its columns, which the authorizer would take for a
/// change of the schema; so all that may be used are declared before it is there.
void connect_table_functions(sqlite3* connection) {
  const auto declare = [&](const std::string& name) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(connection, ("SELECT 1 FROM " + name).c_str(), -1, &statement, nullptr);
    sqlite3_finalize(statement);
  };
  for (const char* name : {"json_each", "json_tree"}) declare(name);
  for (const std::string_view pragma : kTellingPragmas) declare("pragma_" + std::string(pragma));
  for (const std::string_view pragma : kReadablePragmas) declare("pragma_" + std::string(pragma));
}

template <typename Names>
bool contains(const Names& names, const char* name) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view known) { return sqlite3_stricmp(known.data(), name) == 0; });
}

bool is_allowed(int action, const char* first, const char* second) {
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
      return true;
    case SQLITE_FUNCTION:
      return !contains(kForbiddenFunctions, second);
    case SQLITE_PRAGMA:
      return contains(kTellingPragmas, first) || (second == nullptr && contains(kReadablePragmas, first));
    default:
      return false;
  }
}

std::string describe(int action, const char* first, const char* second) {
  const std::string name = first == nullptr ? "" : first;
  switch (action) {
    case SQLITE_INSERT:
      return "INSERT into " + name;
    case SQLITE_UPDATE:
      return "UPDATE of " + name;
    case SQLITE_DELETE:
      return "DELETE from " + name;
    case SQLITE_ATTACH:
      return "ATTACH or VACUUM";
    case SQLITE_DETACH:
      return "DETACH";
    case SQLITE_PRAGMA:
      return "PRAGMA " + name;
    case SQLITE_FUNCTION:
      return std::string("function ") + (second == nullptr ? "" : second);
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
      return "transaction";
    default:
      return "change of the schema";
  }
}

}  // namespace

void ReadOnlyGuard::install(sqlite3* connection) {
  connect_table_functions(connection);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, kLongestValue);
  sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_set_authorizer(connection, &ReadOnlyGuard::authorize, this);
}

int ReadOnlyGuard::authorize(void* self, int action, const char* first, const char* second,
                             const char* /*database*/, const char* /*trigger*/) {
  if (is_allowed(action, first, second)) return SQLITE_OK;
  std::string& refusal = static_cast<ReadOnlyGuard*>(self)->refusal_;
  if (refusal.empty()) refusal = describe(action, first, second);
  return SQLITE_DENY;
}

std::string ReadOnlyGuard::take_refusal() const { return std::exchange(refusal_, {}); }

}  // namespace rnnbench
