# Which module may use which: the one place to change that.
#
# A module is a folder under src/ with its own include root. It sees the headers of the modules it
# names in USES and of nothing else, and it may name only those listed here.
#
#   klout7_module(benefits
#     USES      base handover          # checked against MAY_USE_benefits
#     LIBRARIES fmt::fmt               # private, from cmake/libraries.cmake
#     HEADERS   include/benefits/dagloon.h
#     SOURCES   dagloon.cpp
#     TESTS     dagloon_test.cpp)

set(MAY_USE_base)
set(MAY_USE_confine    base)
set(MAY_USE_crypto     base)
set(MAY_USE_store      base crypto)
set(MAY_USE_vault      base crypto store)
set(MAY_USE_audit      base crypto store)
set(MAY_USE_passkeys   base crypto)
set(MAY_USE_access     base crypto store vault audit passkeys handover)
set(MAY_USE_handover   base)
set(MAY_USE_exchange   base crypto store handover)
set(MAY_USE_people     base crypto store vault audit access)
set(MAY_USE_benefits   base handover)
set(MAY_USE_papers     base)
set(MAY_USE_messages   base)
set(MAY_USE_cases      base crypto store vault audit access handover people)
set(MAY_USE_payments   base crypto store vault audit access handover people cases benefits)
set(MAY_USE_smb        base)
set(MAY_USE_gate       base confine)
set(MAY_USE_preview    base confine gate)
set(MAY_USE_documents  base confine crypto store vault audit access gate smb)
set(MAY_USE_actions    base crypto store vault audit access handover exchange people cases documents benefits payments)
set(MAY_USE_transport  base)
set(MAY_USE_api        base crypto store vault audit passkeys access handover gate documents preview transport)
# What both programs are made of, whichever side they serve.
set(MAY_USE_program    base crypto store vault audit access handover exchange documents transport api)
set(MAY_USE_office     base crypto store vault audit access handover exchange people benefits cases payments papers documents
                       actions transport api program)
set(MAY_USE_medical    base crypto store vault audit access handover exchange documents transport api program)
set(MAY_USE_server     base crypto store vault audit access handover exchange people benefits cases payments documents
                       actions transport api program)

# In the order in which they build on each other. `medical` may be absent: see KLOUT7_OFFICE_ONLY.
set(KLOUT7_MODULES base confine crypto store vault audit passkeys handover access exchange people benefits cases payments papers messages gate smb preview documents
                   actions transport api program office medical server)

function(klout7_module name)
  cmake_parse_arguments(PARSE_ARGV 1 module "" "" "USES;LIBRARIES;HEADERS;SOURCES;TESTS;TEST_LIBRARIES")
  if(module_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "klout7_module(${name}): what is ${module_UNPARSED_ARGUMENTS}?")
  endif()
  foreach(used IN LISTS module_USES)
    if(NOT used IN_LIST MAY_USE_${name})
      message(FATAL_ERROR "${name} may not use ${used}; see cmake/modules.cmake")
    endif()
  endforeach()

  list(TRANSFORM module_USES PREPEND klout7_ OUTPUT_VARIABLE used_targets)
  add_library(klout7_${name} STATIC ${module_HEADERS} ${module_SOURCES})
  set_target_properties(klout7_${name} PROPERTIES LINKER_LANGUAGE CXX)
  target_include_directories(klout7_${name} PUBLIC include PRIVATE .)
  target_link_libraries(klout7_${name} PUBLIC ${used_targets} PRIVATE klout7_flags ${module_LIBRARIES})
  set_property(GLOBAL APPEND PROPERTY KLOUT7_BUILT_MODULES ${name})

  if(BUILD_TESTING AND module_TESTS)
    add_executable(${name}_test ${module_TESTS} ${PROJECT_SOURCE_DIR}/tests/main.cpp)
    target_include_directories(${name}_test PRIVATE .)
    target_link_libraries(${name}_test PRIVATE klout7_${name} klout7_flags doctest::doctest
                          fmt::fmt ${module_TEST_LIBRARIES})
    # What a test asserts needs no optimizer; what it asserts about is optimized. It saves a fifth of compiling it.
    if(CMAKE_BUILD_TYPE STREQUAL "Release")
      target_compile_options(${name}_test PRIVATE -O1)
    endif()
    add_test(NAME ${name} COMMAND ${name}_test)
  endif()
endfunction()

# The helper is linked with this library, and no program that holds a key is: not with it, nor with what else is named.
function(klout7_keeps_library_apart helper library)
  set(programs $<TARGET_FILE:klout7> $<TARGET_FILE:klout7-office>)
  if(NOT KLOUT7_OFFICE_ONLY)
    list(APPEND programs $<TARGET_FILE:klout7-medical>)
  endif()
  list(TRANSFORM ARGN PREPEND "|" OUTPUT_VARIABLE others)
  list(JOIN others "" others)
  string(REGEX REPLACE "^klout7-" "" name ${helper})
  add_test(NAME ${name}_library COMMAND sh -c
           "ldd \"$1\" | grep -q ${library} && shift && ls \"$@\" && ! ldd \"$@\" | grep -E '${library}${others}'"
           sh $<TARGET_FILE:${helper}> ${programs})
endfunction()

function(klout7_add_modules)
  foreach(name IN LISTS KLOUT7_MODULES)
    if(name STREQUAL "medical" AND KLOUT7_OFFICE_ONLY)
      continue()
    endif()
    if(EXISTS ${PROJECT_SOURCE_DIR}/src/${name}/CMakeLists.txt)
      add_subdirectory(src/${name})
    endif()
  endforeach()
endfunction()
