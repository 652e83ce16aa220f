# Finds LibTorch and defines LibTorch::torch_cpu and LibTorch::c10. Searched: LibTorch_ROOT (the presets set
# it from RNNBENCH_TORCH), LIBTORCH_ROOT in the environment, and the folder that the launcher unpacks it to;
# each may also be the parent of the folder with lib and include, as in the wheel.
# The wheel's own TorchConfig.cmake needs a CUDA toolkit even for the CPU, so it is not used.
set(_libtorch_root "${LibTorch_ROOT}")
if(NOT _libtorch_root)
  set(_libtorch_root "$ENV{LIBTORCH_ROOT}")
endif()
if(NOT _libtorch_root)
  set(_libtorch_cache "$ENV{XDG_CACHE_HOME}")
  if(NOT _libtorch_cache)
    set(_libtorch_cache "$ENV{HOME}/.cache")
  endif()
  set(_libtorch_root "${_libtorch_cache}/rnnbench/libtorch-2.11.0")
endif()

# Not cached, so that another LibTorch_ROOT takes effect in a configured build too.
find_path(LibTorch_INCLUDE_DIR torch/csrc/api/include/torch/torch.h
          HINTS ${_libtorch_root}/include ${_libtorch_root}/torch/include NO_DEFAULT_PATH NO_CACHE)
find_library(LibTorch_CPU_LIBRARY torch_cpu
             HINTS ${_libtorch_root}/lib ${_libtorch_root}/torch/lib NO_DEFAULT_PATH NO_CACHE)
find_library(LibTorch_C10_LIBRARY c10
             HINTS ${_libtorch_root}/lib ${_libtorch_root}/torch/lib NO_DEFAULT_PATH NO_CACHE)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibTorch
  REQUIRED_VARS LibTorch_CPU_LIBRARY LibTorch_C10_LIBRARY LibTorch_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "Not in ${_libtorch_root}. Run ./rnnbench, which fetches it, or set RNNBENCH_TORCH.")

# A complete LibTorch brings an fmt and a sleef that would hide Debian's: then use links to all the rest.
if(LibTorch_FOUND AND EXISTS ${LibTorch_INCLUDE_DIR}/fmt)
  set(_libtorch_links ${CMAKE_BINARY_DIR}/libtorch-include)
  file(REMOVE_RECURSE ${_libtorch_links})
  file(MAKE_DIRECTORY ${_libtorch_links})
  file(GLOB _libtorch_entries RELATIVE ${LibTorch_INCLUDE_DIR} ${LibTorch_INCLUDE_DIR}/*)
  list(REMOVE_ITEM _libtorch_entries fmt pybind11 sleef.h)
  foreach(_entry IN LISTS _libtorch_entries)
    file(CREATE_LINK ${LibTorch_INCLUDE_DIR}/${_entry} ${_libtorch_links}/${_entry} SYMBOLIC)
  endforeach()
  set(LibTorch_INCLUDE_DIR ${_libtorch_links})
endif()

# DT_RPATH rather than DT_RUNPATH: the wheel's libtorch_cpu.so finds libcupti and libcudart by its own one.
if(LibTorch_FOUND AND NOT TARGET LibTorch::torch_cpu)
  add_library(LibTorch::c10 SHARED IMPORTED)
  set_target_properties(LibTorch::c10 PROPERTIES IMPORTED_LOCATION ${LibTorch_C10_LIBRARY})
  add_library(LibTorch::torch_cpu SHARED IMPORTED)
  set_target_properties(LibTorch::torch_cpu PROPERTIES IMPORTED_LOCATION ${LibTorch_CPU_LIBRARY})
  target_include_directories(LibTorch::torch_cpu SYSTEM INTERFACE
    ${LibTorch_INCLUDE_DIR} ${LibTorch_INCLUDE_DIR}/torch/csrc/api/include)
  target_link_libraries(LibTorch::torch_cpu INTERFACE LibTorch::c10)
  target_link_options(LibTorch::torch_cpu INTERFACE
    -Wl,--disable-new-dtags -Wl,--allow-shlib-undefined)
endif()
