# The language, the warnings and the hardening that every target gets.

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

option(KLOUT7_ASAN "Build with the address and undefined-behaviour sanitizers" OFF)
option(KLOUT7_OFFICE_ONLY "Build as if src/medical did not exist" OFF)
option(KLOUT7_WITHOUT_ENCRYPTION
       "TEST ONLY: cells stay plain and nothing is logged, to show what the proofs and benchmarks compare with" OFF)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

add_library(klout7_flags INTERFACE)
target_compile_options(klout7_flags INTERFACE
  -Wall -Wextra -Wpedantic -Werror
  -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast -Wnon-virtual-dtor
  -Woverloaded-virtual -Wcast-align -Wimplicit-fallthrough -Wextra-semi
  -fstack-protector-strong -fstack-clash-protection -fcf-protection=full
  -fno-strict-overflow -fvisibility-inlines-hidden)
target_compile_definitions(klout7_flags INTERFACE _GLIBCXX_ASSERTIONS)
target_link_options(klout7_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)

if(KLOUT7_ASAN)
  target_compile_options(klout7_flags INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(klout7_flags INTERFACE -fsanitize=address,undefined)
elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_definitions(klout7_flags INTERFACE _FORTIFY_SOURCE=2)
endif()
if(KLOUT7_WITHOUT_ENCRYPTION)
  target_compile_definitions(klout7_flags INTERFACE KLOUT7_WITHOUT_ENCRYPTION)
endif()
