# rnnbench_embed_files(OUTPUT.cpp FUNCTION FILE ...): a source that defines
# `std::span<const EmbeddedFile> rnnbench::FUNCTION()`, the files in the order given.
function(rnnbench_embed_files output function)
  set(entries "")
  foreach(file IN LISTS ARGN)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    get_filename_component(name ${file} NAME)
    file(READ ${file} text)
    string(APPEND entries "    {\"${name}\", R\"embedded(${text})embedded\"},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${output} @ONLY CONTENT [=[
#include "results/report/embedded_file.hpp"

namespace rnnbench {

std::span<const EmbeddedFile> @function@() {
  static constexpr EmbeddedFile kFiles[] = {
@entries@  };
  return kFiles;
}

}  // namespace rnnbench
]=])
endfunction()
