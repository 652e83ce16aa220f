# Run at each build: writes OUTPUT with the revision of SOURCE, only when it changed.
set(revision "unknown")
set(dirty "false")
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
    endif()
  endif()
endif()

string(STRIP "${FLAGS}" FLAGS)
set(content "#include \"harness/measure/build_info.hpp\"

namespace rnnbench::build_info {

const char* const version = \"${VERSION}\";
const char* const revision = \"${revision}\";
const bool dirty = ${dirty};
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
