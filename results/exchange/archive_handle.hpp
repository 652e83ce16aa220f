#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <memory>

namespace rnnbench {

struct ArchiveFree {
  void operator()(archive* handle) const { archive_free(handle); }
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};
using ArchiveHandle = std::unique_ptr<archive, ArchiveFree>;
using ArchiveEntry = std::unique_ptr<archive_entry, ArchiveFree>;

}  // namespace rnnbench
