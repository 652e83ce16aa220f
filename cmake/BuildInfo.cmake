# Run at each build: writes OUTPUT with the revision of SOURCE, only when it changed.
set(revision "unknown")
set(dirty "false")
set(diff_sha256 "")
set(diff_bytes "")
set(diff_size 0)
find_program(GIT git)
if(GIT)
  execute_process(COMMAND ${GIT} -C ${SOURCE} rev-parse HEAD
                  OUTPUT_VARIABLE head OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  if(NOT failed)
    set(revision ${head})
    execute_process(COMMAND ${GIT} -C ${SOURCE} status --porcelain --untracked-files=no
                    OUTPUT_VARIABLE changes ERROR_QUIET)
    if(NOT changes STREQUAL "")
      set(dirty "true")
      execute_process(COMMAND ${GIT} -C ${SOURCE} diff HEAD --no-ext-diff --no-color
                      OUTPUT_FILE ${OUTPUT}.diff ERROR_QUIET)
      file(SHA256 ${OUTPUT}.diff diff_sha256)
      file(SIZE ${OUTPUT}.diff diff_size)
      if(diff_size GREATER 100000)
        set(diff_size 0)
      else()
        file(READ ${OUTPUT}.diff diff_bytes HEX)
        string(REGEX REPLACE "(..)" "0x\\1," diff_bytes "${diff_bytes}")
      endif()
    endif()
  endif()
endif()

string(STRIP "${FLAGS}" FLAGS)
set(content "#include \"harness/measure/build_info.hpp\"

namespace rnnbench::build_info {

const char* const version = \"${VERSION}\";
const char* const revision = \"${revision}\";
const bool dirty = ${dirty};
const char* const diff_sha256 = \"${diff_sha256}\";
const unsigned char diff_bytes[] = {${diff_bytes}0};
const std::string_view diff(reinterpret_cast<const char*>(diff_bytes), ${diff_size});
const char* const compiler = \"${COMPILER}\";
const char* const flags = \"${FLAGS}\";
const char* const type = \"${TYPE}\";

}  // namespace rnnbench::build_info
")
set(old "")
if(EXISTS ${OUTPUT})
  file(READ ${OUTPUT} old)
endif()
if(NOT old STREQUAL content)
  file(WRITE ${OUTPUT} "${content}")
endif()
