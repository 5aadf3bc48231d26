# The numbered files of this folder become one C++ source: pg::embedded_migrations().
#   syncline_embed_schema(target)          at configure time
#   cmake -DOUT=… "-DFILES=a.sql;b.sql" -P embed.cmake   at build time
function(syncline_embed_schema target)
    set(folder ${PROJECT_SOURCE_DIR}/schema)
    file(GLOB files CONFIGURE_DEPENDS ${folder}/[0-9]*.sql)
    set(out ${CMAKE_CURRENT_BINARY_DIR}/embedded_migrations.cpp)
    add_custom_command(OUTPUT ${out}
        COMMAND ${CMAKE_COMMAND} -DOUT=${out} "-DFILES=${files}" -P ${folder}/embed.cmake
        DEPENDS ${files} ${folder}/embed.cmake COMMENT "Embedding schema/*.sql" VERBATIM)
    target_sources(${target} PRIVATE ${out})
endfunction()

if(CMAKE_SCRIPT_MODE_FILE)
    list(SORT FILES)
    set(entries "")
    foreach(file IN LISTS FILES)
        get_filename_component(name ${file} NAME_WE)
        if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_[a-z0-9_]+$")
            message(FATAL_ERROR "${file}: call it NNNN_name.sql")
        endif()
        string(REGEX REPLACE "^0*([0-9]+)_.*$" "\\1" number ${name})
        file(READ ${file} sql)
        string(APPEND entries "    {${number}, \"${name}\", R\"SYNCLINE_SQL(${sql})SYNCLINE_SQL\"},\n")
    endforeach()
    file(WRITE ${OUT} "// Made by the build from schema/*.sql.
#include \"pg/migrate.hpp\"

namespace syncline::pg {
namespace {

const Migration kMigrations[] = {
${entries}};

}  // namespace

std::span<const Migration> embedded_migrations() { return kMigrations; }

}  // namespace syncline::pg
")
endif()
