# The files of profiles/ become one C++ source: app::builtin_profiles().
#   syncline_embed_profiles(target)       at configure time
#   cmake -DOUT=… "-DFILES=a.toml;b.toml" -P embed_profiles.cmake   at build time
function(syncline_embed_profiles target)
    file(GLOB files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/profiles/*.toml)
    set(out ${CMAKE_CURRENT_BINARY_DIR}/builtin_profiles.cpp)
    set(script ${PROJECT_SOURCE_DIR}/src/app/embed_profiles.cmake)
    add_custom_command(OUTPUT ${out}
        COMMAND ${CMAKE_COMMAND} -DOUT=${out} "-DFILES=${files}" -P ${script}
        DEPENDS ${files} ${script} COMMENT "Embedding profiles/*.toml" VERBATIM)
    target_sources(${target} PRIVATE ${out})
endfunction()

if(CMAKE_SCRIPT_MODE_FILE)
    set(entries "")
    foreach(file IN LISTS FILES)
        get_filename_component(name ${file} NAME_WE)
        file(READ ${file} text)
        string(APPEND entries "        {\"${name}\", R\"SYNCLINE_TOML(${text})SYNCLINE_TOML\"},\n")
    endforeach()
    file(WRITE ${OUT} "// Made by the build from profiles/*.toml.
#include \"app/profiles.hpp\"

namespace syncline::app {

std::vector<BuiltinProfile> builtin_profiles() {
    return {
${entries}    };
}

}  // namespace syncline::app
")
endif()
