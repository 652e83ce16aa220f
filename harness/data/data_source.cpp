#include "harness/data/data_source.hpp"

#include "harness/data/archive_reader.hpp"
#include "harness/data/csv_reader.hpp"
#include "harness/data/folder_reader.hpp"
#include "harness/data/toy.hpp"

namespace rnnbench {

ReviewSet read_reviews(const DataLocation& location, const std::stop_token& stop) {
  if (location.set == "toy") return make_toy_reviews();
  if (std::filesystem::is_directory(location.path)) return read_folder(location.path, stop);
  if (location.path.extension() == ".csv") return read_csv(location.path, stop);
  return read_archive(location.path, stop);
}

}  // namespace rnnbench
