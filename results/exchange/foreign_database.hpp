#pragma once

#include <filesystem>
#include <string>

namespace rnnbench {

/// What is wrong with a results database that somebody else gives, before any row of it is used: damaged,
/// other tables than its schema has, triggers, a trial whose key isn't that of its settings; "" for a sound
/// one. What runs say beside their metrics (epochs, accuracies, losses) is made again from these. Throws
/// StoreError where it can't be read at all.
std::string settle_foreign_database(const std::filesystem::path& path);

}  // namespace rnnbench
