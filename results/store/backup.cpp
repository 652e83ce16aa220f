#include "results/store/backup.hpp"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include "results/store/connection.hpp"
#include "results/store/new_file.hpp"
#include "results/store/sqlite_error.hpp"

namespace rnnbench {

std::int64_t back_up(const std::filesystem::path& path, const std::filesystem::path& copy) {
  Connection connection = open_as_it_is(path);
  NewFile file(copy);
  with_store_errors(fmt::format("{} into {}", path.string(), copy.string()), [&] {
    SQLite::Statement vacuum(connection.database, "VACUUM INTO ?");
    vacuum.bind(1, file.part().string());
    vacuum.exec();
  });
  file.publish();
  return static_cast<std::int64_t>(std::filesystem::file_size(copy));
}

}  // namespace rnnbench
