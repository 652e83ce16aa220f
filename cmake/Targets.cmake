if(NOT CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(CCACHE_PROGRAM ccache)
  if(CCACHE_PROGRAM)
    # Files of builds beside each other are the same to it, and none is preprocessed twice.
    set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_DEPEND=1 ${CCACHE_PROGRAM})
  endif()
endif()

# Warnings, optimisation and sanitizers as one INTERFACE target, and the three kinds of target.
add_library(rnnbench_flags INTERFACE)
target_include_directories(rnnbench_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(rnnbench_flags INTERFACE -Wall -Wextra -Wpedantic
                       $<$<BOOL:${RNNBENCH_WERROR}>:-Werror>
                       # g++ 12 takes std::string's own copies for overlapping ones.
                       $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
if(RNNBENCH_SANITIZE)
  # A null pointer's use ends a program without a check of its own, and what a pointer has run over to is the
  # address sanitizer's; they cost a quarter of the time to compile.
  target_compile_options(rnnbench_flags INTERFACE -fsanitize=${RNNBENCH_SANITIZE}
                         -fno-sanitize=null,pointer-overflow
                         -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(rnnbench_flags INTERFACE -fsanitize=${RNNBENCH_SANITIZE})
endif()
if(RNNBENCH_FUZZ)
  if(NOT RNNBENCH_SANITIZE)
    message(FATAL_ERROR "RNNBENCH_FUZZ takes a sanitizer, see preset `fuzz`")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# What computes much is optimised: -O3, but -O1 with sanitizers, with which -O3 takes minutes to compile.
function(rnnbench_optimise target)
  if(RNNBENCH_SANITIZE)
    target_compile_options(${target} PRIVATE -O1)
  else()
    target_compile_options(${target} PRIVATE $<$<NOT:$<CONFIG:Debug>>:-O3>)
  endif()
endfunction()

# rnnbench_library(NAME SOURCES a.cpp ... DEPENDS public_target ... PRIVATE_DEPENDS target ...)
function(rnnbench_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  target_link_libraries(${name} PUBLIC $<BUILD_INTERFACE:rnnbench_flags> ${arg_DEPENDS} PRIVATE ${arg_PRIVATE_DEPENDS})
endfunction()

# rnnbench_test(NAME SOURCES a_test.cpp ... DEPENDS target ... LABELS label ...): every TEST becomes a CTest
# test. Label e2e-slow: whole runs; sanitizer builds make such a target by its name only. ENVIRONMENT: NAME=VALUE for
# its tests. LOCK: one of them at a time.
function(rnnbench_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS;LABELS;ENVIRONMENT;LOCK" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE rnnbench_flags ${arg_DEPENDS} GTest::gmock GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE RNNBENCH_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)  # takes half the time to compile
  if(RNNBENCH_SANITIZE AND "e2e-slow" IN_LIST arg_LABELS)
    set_target_properties(${name} PROPERTIES EXCLUDE_FROM_ALL ON)
    return()
  endif()
  set(properties TIMEOUT 600)
  if(arg_LABELS)
    list(APPEND properties LABELS "${arg_LABELS}")
  endif()
  if(arg_ENVIRONMENT)
    list(APPEND properties ENVIRONMENT "${arg_ENVIRONMENT}")
  endif()
  if(arg_LOCK)
    list(APPEND properties RESOURCE_LOCK "${arg_LOCK}")
  endif()
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 120 PROPERTIES ${properties})
endfunction()

# rnnbench_benchmark(NAME SOURCES a_benchmark.cpp ... DEPENDS target ...): built, never run by CTest.
function(rnnbench_benchmark name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE rnnbench_flags ${arg_DEPENDS} benchmark::benchmark_main)
  target_compile_definitions(${name} PRIVATE RNNBENCH_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
endfunction()
