# What `cmake --install` puts where: component `library` for find_package(rnnbench), see docs/library.md, and
# component `program`: lib/rnnbench/bin, with the engines and what it starts beside it, bin/rnnbench as a link to
# it, and the experiment files that it knows by name.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(rnnbench_package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/rnnbench)

# rnnbench_install_library(TARGET AS name HEADERS a.hpp ...): links as rnnbench::name, with these headers of its folder.
function(rnnbench_install_library target)
  cmake_parse_arguments(arg "" "AS" "HEADERS" ${ARGN})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${arg_AS})
  target_compile_features(${target} PUBLIC cxx_std_20)
  install(TARGETS ${target} EXPORT rnnbenchTargets
          ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}/rnnbench COMPONENT library
          INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} ${CMAKE_INSTALL_INCLUDEDIR}/rnnbench)
  file(RELATIVE_PATH folder ${CMAKE_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  install(FILES ${arg_HEADERS} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/rnnbench/${folder} COMPONENT library)
endfunction()

# rnnbench_install_module(TARGET): an engine or baseline that the program loads.
function(rnnbench_install_module target)
  set_target_properties(${target} PROPERTIES INSTALL_RPATH_USE_LINK_PATH ON)  # LibTorch's folder
  install(TARGETS ${target} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/rnnbench/bin/engines COMPONENT program)
endfunction()

# rnnbench_install_programs(TARGET ...)
function(rnnbench_install_programs)
  install(TARGETS ${ARGN} RUNTIME DESTINATION ${CMAKE_INSTALL_LIBDIR}/rnnbench/bin COMPONENT program)
endfunction()

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/rnnbenchConfig.cmake.in
  ${CMAKE_BINARY_DIR}/rnnbenchConfig.cmake INSTALL_DESTINATION ${rnnbench_package_folder})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/rnnbenchConfigVersion.cmake
  VERSION ${PROJECT_VERSION} COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/rnnbenchConfig.cmake ${CMAKE_BINARY_DIR}/rnnbenchConfigVersion.cmake
        DESTINATION ${rnnbench_package_folder} COMPONENT library)
install(EXPORT rnnbenchTargets NAMESPACE rnnbench:: DESTINATION ${rnnbench_package_folder} COMPONENT library)

install(DIRECTORY ${CMAKE_SOURCE_DIR}/experiments DESTINATION ${CMAKE_INSTALL_LIBDIR}/rnnbench COMPONENT program
        FILES_MATCHING PATTERN *.toml PATTERN words EXCLUDE)
file(CREATE_LINK ../${CMAKE_INSTALL_LIBDIR}/rnnbench/bin/rnnbench ${CMAKE_BINARY_DIR}/rnnbench-link SYMBOLIC)
install(FILES ${CMAKE_BINARY_DIR}/rnnbench-link DESTINATION ${CMAKE_INSTALL_BINDIR} RENAME rnnbench COMPONENT program)
