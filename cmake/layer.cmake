include(doctest)

# The one main() of all unit tests, compiled once.
add_library(credence_test_main STATIC ${CMAKE_SOURCE_DIR}/cmake/test_main.cpp)

if(CREDENCE_FUZZ)
  add_custom_target(fuzzers)
endif()

# layer(NAME DEPS...) declares one stage of the river: a static library and its unit tests, in one folder.
# A layer sees its own headers and those of the layers it names (with their ancestors), and no others, because
# each layer has an include root of its own. An include against the river therefore does not compile.
# Tests (*_test.cpp) stand beside the code, as do fuzz targets (*_fuzz.cpp).
function(layer name)
  set(root ${CMAKE_BINARY_DIR}/layers/${name})
  file(MAKE_DIRECTORY ${root}/credence)
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR}/${name} ${root}/credence/${name} SYMBOLIC)
  file(GLOB sources CONFIGURE_DEPENDS ${name}/*.cpp)
  file(GLOB header_names CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR}/${name} ${name}/*.h)
  list(TRANSFORM header_names PREPEND ${root}/credence/${name}/ OUTPUT_VARIABLE headers)
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  set(fuzzers ${sources})
  list(FILTER fuzzers INCLUDE REGEX "_fuzz\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "_(test|fuzz|bench)\\.cpp$")

  if(NOT sources)
    set(sources ${root}/empty.cpp)
    file(WRITE ${sources} "")
  endif()
  add_library(credence_${name} STATIC ${sources})
  set_target_properties(credence_${name} PROPERTIES LINKER_LANGUAGE CXX)
  target_sources(credence_${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${root} FILES ${headers})
  list(TRANSFORM ARGN PREPEND credence_ OUTPUT_VARIABLE upstream)
  target_link_libraries(credence_${name} PUBLIC ${upstream})

  if(tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE credence_${name} credence_test_main doctest::doctest)
    doctest_discover_tests(${name}_test TEST_PREFIX "unit ${name}: " PROPERTIES LABELS unit TIMEOUT 300)
  endif()
  if(CREDENCE_FUZZ)
    foreach(fuzzer ${fuzzers})
      get_filename_component(target ${fuzzer} NAME_WE)
      add_executable(${target} ${fuzzer})
      target_link_libraries(${target} PRIVATE credence_${name} -fsanitize=fuzzer)
      add_dependencies(fuzzers ${target})
    endforeach()
  endif()
endfunction()
