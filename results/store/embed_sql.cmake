# rnnbench_embed_sql(OUTPUT.cpp FUNCTION FILE.sql ...): a source that defines
# `std::span<const SqlFile> rnnbench::FUNCTION()`, the files in the order given.
function(rnnbench_embed_sql output function)
  set(entries "")
  foreach(file IN LISTS ARGN)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    get_filename_component(name ${file} NAME_WE)
    file(READ ${file} text)
    string(APPEND entries "    {\"${name}\", R\"sql(${text})sql\"},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${output} @ONLY CONTENT [=[
#include "results/store/sql_file.hpp"

namespace rnnbench {

std::span<const SqlFile> @function@() {
  static constexpr SqlFile kFiles[] = {
@entries@  };
  return kFiles;
}

}  // namespace rnnbench
]=])
endfunction()
