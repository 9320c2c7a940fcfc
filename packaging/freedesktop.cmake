# Linux and other systems with the desktop files of freedesktop.org: menu, software centre, icons, man pages, completion, list of materials.
set(casement_id org.casement.Casement)
set(casement_doc ${CMAKE_INSTALL_DATADIR}/doc/casement)

install(TARGETS casement casement-cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${casement_id}.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
configure_file(${casement_id}.metainfo.xml.in ${casement_id}.metainfo.xml @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/${casement_id}.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)

set(casement_hicolor ${CMAKE_INSTALL_DATADIR}/icons/hicolor)
foreach(size 16 22 24 32 48 64 128 256 512)
    install(FILES icons/${size}.png DESTINATION ${casement_hicolor}/${size}x${size}/apps RENAME ${casement_id}.png)
endforeach()
install(FILES ${CMAKE_SOURCE_DIR}/resources/icons/casement.svg DESTINATION ${casement_hicolor}/scalable/apps RENAME ${casement_id}.svg)
install(FILES icons/${casement_id}-symbolic.svg DESTINATION ${casement_hicolor}/symbolic/apps)

# gzip without its own clock and name, so that the same page is always the same bytes.
find_program(CASEMENT_GZIP gzip REQUIRED)
function(casement_install_gzipped source destination name)
    set(packed ${CMAKE_CURRENT_BINARY_DIR}/gz/${destination}/${name}.gz)
    cmake_path(GET packed PARENT_PATH folder)
    file(MAKE_DIRECTORY ${folder})
    add_custom_command(OUTPUT ${packed} DEPENDS ${source} VERBATIM
        COMMAND sh -c "\"$1\" -9n <\"$2\" >\"$3\"" sh ${CASEMENT_GZIP} ${source} ${packed})
    set_property(GLOBAL APPEND PROPERTY CASEMENT_GZIPPED ${packed})
    install(FILES ${packed} DESTINATION ${destination})
endfunction()

foreach(program casement casement-cli)
    casement_install_gzipped(${CMAKE_CURRENT_SOURCE_DIR}/man/${program}.1 ${CMAKE_INSTALL_MANDIR}/man1 ${program}.1)
    casement_install_gzipped(${CMAKE_CURRENT_SOURCE_DIR}/man/ja/${program}.1 ${CMAKE_INSTALL_MANDIR}/ja/man1 ${program}.1)
    install(FILES completion/${program}.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME ${program})
    install(FILES completion/_${program} DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
    install(FILES completion/${program}.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endforeach()
configure_file(debian/changelog debian/changelog @ONLY)
casement_install_gzipped(${CMAKE_CURRENT_BINARY_DIR}/debian/changelog ${casement_doc} changelog.Debian)
casement_install_gzipped(${CMAKE_SOURCE_DIR}/CHANGELOG.md ${casement_doc} changelog)
get_property(gzipped GLOBAL PROPERTY CASEMENT_GZIPPED)
add_custom_target(casement_documents ALL DEPENDS ${gzipped})
install(FILES debian/copyright DESTINATION ${casement_doc})
install(FILES debian/lintian-overrides DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides RENAME casement)
install(CODE "file(CREATE_LINK ../../casement/guide \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${casement_doc}/guide\" SYMBOLIC)")

# What the programs are made of, with the versions they were built and linked with.
set(casement_sbom ${CMAKE_CURRENT_BINARY_DIR}/casement.spdx.json)
add_custom_command(OUTPUT ${casement_sbom} DEPENDS casement casement-cli sbom.cmake ${CMAKE_SOURCE_DIR}/packages.txt VERBATIM
    COMMAND ${CMAKE_COMMAND} -DVERSION=${PROJECT_VERSION} -DHOMEPAGE=${CASEMENT_HOMEPAGE} -DPACKAGES=${CMAKE_SOURCE_DIR}/packages.txt
        "-DPROGRAMS=$<TARGET_FILE:casement>$<SEMICOLON>$<TARGET_FILE:casement-cli>" -DOUTPUT=${casement_sbom}
        -P ${CMAKE_CURRENT_SOURCE_DIR}/sbom.cmake)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
    add_custom_target(casement_sbom ALL DEPENDS ${casement_sbom})
    install(FILES ${casement_sbom} DESTINATION ${casement_doc})
else()
    add_custom_target(casement_sbom DEPENDS ${casement_sbom})
endif()
