#pragma once

#include <elf.h>

#include <string>
#include <vector>

namespace rnnbench {

/// A shared object that needs libraries and holds nothing else: header, two segments, dynamic section, names.
inline std::string small_elf(const std::vector<std::string>& needed, const std::string& rpath = "",
                             const std::string& runpath = "") {
  std::string names(1, '\0');
  std::vector<Elf64_Dyn> entries;
  const auto add = [&](Elf64_Sxword tag, Elf64_Xword value) { entries.push_back({tag, {value}}); };
  const auto add_name = [&](Elf64_Sxword tag, const std::string& name) {
    add(tag, names.size());
    names += name + '\0';
  };
  for (const std::string& name : needed) add_name(DT_NEEDED, name);
  if (!rpath.empty()) add_name(DT_RPATH, rpath);
  if (!runpath.empty()) add_name(DT_RUNPATH, runpath);

  constexpr Elf64_Addr kLoadedAt = 0x1000;
  const std::size_t dynamic = sizeof(Elf64_Ehdr) + 2 * sizeof(Elf64_Phdr);
  const std::size_t table = dynamic + (entries.size() + 3) * sizeof(Elf64_Dyn);
  add(DT_STRTAB, kLoadedAt + table);
  add(DT_STRSZ, names.size());
  add(DT_NULL, 0);

  Elf64_Ehdr header{};
  header.e_ident[EI_MAG0] = ELFMAG0;
  header.e_ident[EI_MAG1] = ELFMAG1;
  header.e_ident[EI_MAG2] = ELFMAG2;
  header.e_ident[EI_MAG3] = ELFMAG3;
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_type = ET_DYN;
  header.e_machine = EM_X86_64;
  header.e_phoff = sizeof header;
  header.e_phentsize = sizeof(Elf64_Phdr);
  header.e_phnum = 2;
  Elf64_Phdr load{}, section{};
  load.p_type = PT_LOAD;
  load.p_vaddr = kLoadedAt;
  load.p_filesz = table + names.size();
  section.p_type = PT_DYNAMIC;
  section.p_offset = dynamic;
  section.p_filesz = entries.size() * sizeof(Elf64_Dyn);

  std::string file;
  const auto append = [&](const void* bytes, std::size_t size) {
    file.append(static_cast<const char*>(bytes), size);
  };
  append(&header, sizeof header);
  append(&load, sizeof load);
  append(&section, sizeof section);
  append(entries.data(), entries.size() * sizeof(Elf64_Dyn));
  return file + names;
}

}  // namespace rnnbench
