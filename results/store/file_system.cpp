#include "results/store/file_system.hpp"

#include <fmt/format.h>
#include <sys/vfs.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <string_view>

namespace rnnbench {
namespace fs = std::filesystem;
namespace {

struct NetworkType {
  std::uint32_t magic;  ///< statfs(2) f_type
  std::string_view name;
};

constexpr std::uint32_t kFuse = 0x65735546;
constexpr std::array<NetworkType, 9> kNetworkTypes{{{0x6969, "nfs"},
                                                    {0xFF534D42, "cifs"},
                                                    {0xFE534D42, "smb3"},
                                                    {0x517B, "smbfs"},
                                                    {0x01021997, "9p"},
                                                    {0x5346414F, "afs"},
                                                    {0x00C36400, "ceph"},
                                                    {0x7461636F, "ocfs2"},
                                                    {0x0BD00BD0, "lustre"}}};
/// Those that FUSE brings; other FUSE file systems are local.
constexpr std::array<std::string_view, 8> kNetworkFuse{"fuse.sshfs",     "fuse.s3fs",     "fuse.rclone",
                                                       "fuse.glusterfs", "fuse.gcsfuse",  "fuse.davfs",
                                                       "fuse.curlftpfs", "fuse.ceph-fuse"};

fs::path nearest_existing(fs::path path) {
  std::error_code unreadable;
  path = fs::absolute(path, unreadable);
  while (!fs::exists(path, unreadable) && path.has_relative_path()) path = path.parent_path();
  return fs::canonical(path, unreadable);
}

/// The type of the mount that holds `path`, by the longest mount point above it: fields 5 and, after " - ",
/// the first (proc(5)).
std::string mounted_type(const fs::path& path) {
  std::ifstream mounts("/proc/self/mountinfo");
  std::string best_type, line;
  std::size_t best_length = 0;
  while (std::getline(mounts, line)) {
    const std::size_t dash = line.find(" - ");
    if (dash == std::string::npos) continue;
    std::istringstream fields(line);
    std::string field, point;
    for (int i = 0; i < 5; ++i) fields >> (i == 4 ? point : field);
    const std::string text = path.string();
    const bool is_above = point == "/" || text == point || text.starts_with(point + "/");
    if (!is_above || point.size() < best_length) continue;
    best_length = point.size();
    std::istringstream(line.substr(dash + 3)) >> best_type;
  }
  return best_type;
}

}  // namespace

std::string file_system_type(const fs::path& path) {
  const fs::path existing = nearest_existing(path);
  struct statfs status {};
  if (::statfs(existing.c_str(), &status) != 0) return "";
  const auto magic = static_cast<std::uint32_t>(status.f_type);
  const auto known = std::find_if(kNetworkTypes.begin(), kNetworkTypes.end(),
                                  [&](const NetworkType& type) { return type.magic == magic; });
  if (known != kNetworkTypes.end()) return std::string(known->name);
  return magic == kFuse || magic == 0 ? mounted_type(existing) : fmt::format("{:#x}", magic);
}

bool is_network_file_system(const std::string& type) {
  const auto is_same = [&](const NetworkType& known) { return known.name == type; };
  return std::any_of(kNetworkTypes.begin(), kNetworkTypes.end(), is_same) ||
         std::find(kNetworkFuse.begin(), kNetworkFuse.end(), type) != kNetworkFuse.end();
}

std::optional<std::string> network_warning(const fs::path& database, const FileSystemType& type_of) {
  const std::string type = type_of(database);
  if (!is_network_file_system(type)) return std::nullopt;
  return fmt::format(
      "{} lies on a network file system ({}): its log (WAL) needs memory shared by all writers, so that two "
      "machines "
      "that write there at once would damage it. Write from one machine only, or give a file on a local disk "
      "with "
      "--db and bring databases together with `rnnbench merge`",
      database.string(), type);
}

}  // namespace rnnbench
