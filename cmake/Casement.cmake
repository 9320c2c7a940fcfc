# What every target of the project shares, and the two calls that make a layer and a test.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_AUTOMOC ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

find_program(CASEMENT_CCACHE ccache)
if(CASEMENT_CCACHE)
    # ccache must be told that a precompiled header does not carry the time of day.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CASEMENT_CCACHE})
endif()

# Over a hundred test programs are linked: mold takes a fifth of the time that ld takes for one.
find_program(CASEMENT_MOLD mold)

add_library(casement_options INTERFACE)
target_compile_options(casement_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wunused -Wno-missing-field-initializers -Werror
    $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>
    "$<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>")
target_compile_definitions(casement_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_CAST_FROM_BYTEARRAY
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_KEYWORDS_FOREACH QT_NO_FOREACH
    QT_STRICT_ITERATORS CASEMENT_VERSION="${PROJECT_VERSION}")
if(CASEMENT_MOLD)
    target_link_options(casement_options INTERFACE $<$<CXX_COMPILER_ID:GNU,Clang>:-fuse-ld=mold>)
endif()
# What a debugger wants stays beside the objects, so that no test program carries the whole of it again.
if(CMAKE_CXX_COMPILER_ID MATCHES "^(GNU|Clang)$" AND NOT CASEMENT_SANITIZE)
    # Clang would put the names of all there for gdb's sake: a third of each program that is written to the disk.
    target_compile_options(casement_options INTERFACE $<$<CONFIG:Debug>:-gsplit-dwarf>
        $<$<AND:$<CONFIG:Debug>,$<CXX_COMPILER_ID:Clang>>:-gno-pubnames>)
endif()
# What people run: addresses are random, tables of the linker read-only, buffers and returns watched. No folder of the build is in it, so
# that two builds of the same sources are the same bytes.
if(CMAKE_BUILD_TYPE STREQUAL "Release")
    include(CheckPIESupported)
    check_pie_supported(LANGUAGES CXX)
    set(CMAKE_POSITION_INDEPENDENT_CODE ON)
    target_compile_options(casement_options INTERFACE
        $<$<CXX_COMPILER_ID:GNU,Clang>:-fstack-protector-strong;-fstack-clash-protection;-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=2>
        $<$<CXX_COMPILER_ID:GNU,Clang>:-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.;-ffile-prefix-map=${CMAKE_BINARY_DIR}=build>)
    if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64|i.86")
        target_compile_options(casement_options INTERFACE $<$<CXX_COMPILER_ID:GNU,Clang>:-fcf-protection>)
    endif()
    target_link_options(casement_options INTERFACE $<$<PLATFORM_ID:Linux>:LINKER:-z,relro,-z,now,-z,noexecstack>)
endif()
if(CASEMENT_UNITY)
    # To the compiler every file of a unity is a header, where a type out of an anonymous namespace would be a mistake (g++), and the names
    # of the other nine files' anonymous namespaces are around each function (clang).
    target_compile_options(casement_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage> $<$<CXX_COMPILER_ID:Clang>:-Wno-shadow>)
endif()
if(CASEMENT_SANITIZE)
    # Qt 6.4's own headers compare and copy nothing by null pointers: QList<int>() == QList<int>() is enough.
    target_compile_options(casement_options INTERFACE -fsanitize=address,undefined -fno-sanitize=nonnull-attribute
        -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
    target_link_options(casement_options INTERFACE -fsanitize=address,undefined)
endif()

if(CASEMENT_BUILD_FUZZ)
    # The same by clang, and the marks by which libFuzzer sees what an input reached. What there is to warn of, the other builds say.
    target_compile_options(casement_options INTERFACE -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize=nonnull-attribute
        -fno-sanitize-recover=undefined -fno-omit-frame-pointer -w)
    target_link_options(casement_options INTERFACE -fsanitize=address,undefined)
endif()

# Precompiled headers, sets that are each made once: what a layer, a window or a test may see anyway. FOR_TESTS:
# QtTest is in it, too, but does not say where the sources of a test are, which differs: QFINDTESTDATA wants the core set.
function(casement_make_pch name)
    cmake_parse_arguments(ARG "FOR_TESTS" "" "HEADERS;QT;USES" ${ARGN})
    list(TRANSFORM ARG_USES PREPEND casement_)
    list(TRANSFORM ARG_QT PREPEND Qt6::)
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/pch/${name}.cpp CONTENT "" @ONLY)
    add_library(casement_pch_${name} OBJECT ${CMAKE_BINARY_DIR}/pch/${name}.cpp)
    set_target_properties(casement_pch_${name} PROPERTIES AUTOMOC OFF)
    target_link_libraries(casement_pch_${name} PRIVATE casement_options ${ARG_QT} ${ARG_USES})
    if(ARG_FOR_TESTS)
        target_include_directories(casement_pch_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
        target_include_directories(casement_pch_${name} SYSTEM PRIVATE $<TARGET_PROPERTY:Qt6::Test,INTERFACE_INCLUDE_DIRECTORIES>)
    endif()
    target_precompile_headers(casement_pch_${name} PRIVATE ${ARG_HEADERS})
endfunction()

function(casement_pch target)
    cmake_parse_arguments(ARG "" "SET" "" ${ARGN})
    target_precompile_headers(${target} REUSE_FROM casement_pch_${ARG_SET})
endfunction()

# casement_layer(NAME SOURCES … USES … QT … [LIBS …]): the static library casement_NAME of src/NAME. USES are the layers
# it may include, QT the Qt modules, and there is no other way to reach a header of either.
function(casement_layer name)
    cmake_parse_arguments(ARG "" "" "SOURCES;USES;QT;LIBS" ${ARGN})
    set(target casement_${name})
    add_library(${target} STATIC ${ARG_SOURCES})
    set_target_properties(${target} PROPERTIES UNITY_BUILD ${CASEMENT_UNITY} UNITY_BUILD_BATCH_SIZE 10)
    target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR}/src)
    list(TRANSFORM ARG_USES PREPEND casement_)
    list(TRANSFORM ARG_QT PREPEND Qt6::)
    target_link_libraries(${target} PUBLIC ${ARG_USES} ${ARG_QT} PRIVATE casement_options ${ARG_LIBS})
    if(Qt6::Widgets IN_LIST ARG_QT)
        casement_pch(${target} SET widgets)
    else()
        casement_pch(${target} SET core)
    endif()
    set_property(GLOBAL APPEND PROPERTY CASEMENT_LAYERS ${target})
endfunction()

# casement_program(NAME SOURCES … USES … QT …): an executable on top of the layers.
function(casement_program name)
    cmake_parse_arguments(ARG "" "" "SOURCES;USES;QT;LIBS" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    list(TRANSFORM ARG_USES PREPEND casement_)
    list(TRANSFORM ARG_QT PREPEND Qt6::)
    target_link_libraries(${name} PRIVATE casement_options ${ARG_USES} ${ARG_QT} ${ARG_LIBS})
endfunction()

# casement_moc(TARGET SOURCE): what moc makes of one file, for it to include (FILE.moc) or, of a header, as a source of its own. CMake's
# AUTOMOC runs a program and compiles a file of nothing for each of two hundred tests.
function(casement_moc target source)
    cmake_path(GET source STEM name)
    set(output ${CMAKE_CURRENT_BINARY_DIR}/${target}_moc/${name}.moc)
    if(source MATCHES "[.]h$")
        set(output ${CMAKE_CURRENT_BINARY_DIR}/${target}_moc/moc_${name}.cpp)
    endif()
    file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/${target}_moc)
    add_custom_command(OUTPUT ${output} COMMAND Qt6::moc -o ${output} ${source} DEPENDS ${source} VERBATIM)
    target_sources(${target} PRIVATE ${output})
    target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${target}_moc)
endfunction()

# casement_test(layer/tst_name USES … [QT …]): one Qt Test program of tests/layer/tst_name.cpp, run on the offscreen platform.
function(casement_test path)
    cmake_parse_arguments(ARG "" "TIMEOUT" "USES;QT;LIBS;ENVIRONMENT" ${ARGN})
    cmake_path(GET path FILENAME name)
    add_executable(${name} ${CMAKE_SOURCE_DIR}/tests/${path}.cpp)
    list(TRANSFORM ARG_USES PREPEND casement_)
    list(TRANSFORM ARG_QT PREPEND Qt6::)
    target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
    target_link_libraries(${name} PRIVATE casement_options Qt6::Test ${ARG_USES} ${ARG_QT} ${ARG_LIBS})
    set_target_properties(${name} PROPERTIES AUTOMOC OFF)
    casement_moc(${name} ${CMAKE_SOURCE_DIR}/tests/${path}.cpp)
    # Where there are none that are nearer to it (see tests/CMakeLists.txt), the next best.
    set(sets core)
    if("casement_app" IN_LIST ARG_USES)
        set(sets programtests uitests)
    elseif("casement_ui" IN_LIST ARG_USES)
        set(sets uitests)
    elseif("casement_demo" IN_LIST ARG_USES AND path MATCHES "^(cli|support|archive|transfer)/")
        set(sets servicetests core)
    endif()
    foreach(set IN LISTS sets)
        if(TARGET casement_pch_${set})
            casement_pch(${name} SET ${set})
            break()
        endif()
    endforeach()
    if(CASEMENT_UNITY)
        # Lines for a backtrace; whoever steps through a test builds it without CASEMENT_UNITY.
        target_compile_options(${name} PRIVATE $<$<CONFIG:Debug>:-g1>)
    endif()
    add_test(NAME ${path} COMMAND ${name})
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 120)
    endif()
    set_tests_properties(${path} PROPERTIES TIMEOUT ${ARG_TIMEOUT} ENVIRONMENT
        "QT_QPA_PLATFORM=offscreen;QT_LOGGING_RULES=;AWS_EC2_METADATA_DISABLED=true;${ARG_ENVIRONMENT}")
endfunction()
