#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace rnnbench {

/// The type of the file system that holds a path, as mount(8) names it: "ext4", "nfs", "fuse.sshfs"; "" where
/// it can't be told.
using FileSystemType = std::function<std::string(const std::filesystem::path&)>;

/// By statfs(2) and, for FUSE, by /proc/self/mountinfo. The path or its nearest existing folder.
std::string file_system_type(const std::filesystem::path& path);

/// Whether files there may be written from several machines: NFS, SMB/CIFS, 9p, AFS, Ceph, sshfs and the
/// like.
bool is_network_file_system(const std::string& type);

/// What to tell a person before a database there is written, or nothing on a local file system.
std::optional<std::string> network_warning(const std::filesystem::path& database,
                                           const FileSystemType& type_of = file_system_type);

}  // namespace rnnbench
