# Casement.app with Qt inside; casement-cli stands beside the program in the bundle. Never started on that system: see packaging/README.md.
set(casement_guide casement.app/Contents/Resources)
set_target_properties(casement PROPERTIES
    MACOSX_BUNDLE ON
    MACOSX_BUNDLE_INFO_PLIST ${CMAKE_CURRENT_SOURCE_DIR}/macos/Info.plist.in
    MACOSX_BUNDLE_GUI_IDENTIFIER org.casement.Casement
    MACOSX_BUNDLE_BUNDLE_VERSION ${PROJECT_VERSION}
    MACOSX_BUNDLE_SHORT_VERSION_STRING ${PROJECT_VERSION})
target_sources(casement PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/macos/casement.icns)
set_source_files_properties(${CMAKE_CURRENT_SOURCE_DIR}/macos/casement.icns TARGET_DIRECTORY casement
    PROPERTIES MACOSX_PACKAGE_LOCATION Resources)

install(TARGETS casement BUNDLE DESTINATION .)
install(TARGETS casement-cli RUNTIME DESTINATION casement.app/Contents/MacOS)
find_program(CASEMENT_MACDEPLOYQT macdeployqt HINTS ${QT6_INSTALL_PREFIX}/${QT6_INSTALL_BINS} REQUIRED)
install(CODE "execute_process(COMMAND \"${CASEMENT_MACDEPLOYQT}\" \"\${CMAKE_INSTALL_PREFIX}/casement.app\"
    \"-executable=\${CMAKE_INSTALL_PREFIX}/casement.app/Contents/MacOS/casement-cli\" -always-overwrite COMMAND_ERROR_IS_FATAL ANY)")
