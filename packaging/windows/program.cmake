# The programs with Qt's libraries and plugins beside them. Never started on that system: see packaging/README.md.
set_target_properties(casement PROPERTIES WIN32_EXECUTABLE ON)
target_sources(casement PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/windows/casement.rc)
target_include_directories(casement PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/windows)

install(TARGETS casement casement-cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
find_program(CASEMENT_WINDEPLOYQT windeployqt HINTS ${QT6_INSTALL_PREFIX}/${QT6_INSTALL_BINS} REQUIRED)
foreach(program casement casement-cli)
    install(CODE "execute_process(COMMAND \"${CASEMENT_WINDEPLOYQT}\" --release --no-compiler-runtime --translations en,ja
        --dir \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_BINDIR}\" \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_BINDIR}/${program}.exe\"
        COMMAND_ERROR_IS_FATAL ANY)")
endforeach()
# What is not Qt's: simdjson, yaml-cpp, libzip, libxlsxwriter, OpenSSL, zlib, Qt Keychain.
install(RUNTIME_DEPENDENCY_SET casement_libraries DESTINATION ${CMAKE_INSTALL_BINDIR}
    PRE_EXCLUDE_REGEXES "^api-ms-" "^ext-ms-" "^[Qq]t6" POST_EXCLUDE_REGEXES ".*[\\\\/][Ww]indows[\\\\/].*")
install(TARGETS casement casement-cli RUNTIME_DEPENDENCY_SET casement_libraries RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
