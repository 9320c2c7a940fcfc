# An installer for one person or for all, with a menu entry and the casement: links. Never started on that system: see packaging/README.md.
set(CPACK_GENERATOR NSIS)
set(CPACK_PACKAGE_INSTALL_DIRECTORY Casement)
set(CPACK_NSIS_DISPLAY_NAME Casement)
set(CPACK_NSIS_PACKAGE_NAME Casement)
set(CPACK_NSIS_CONTACT ${CASEMENT_PACKAGER})
set(CPACK_NSIS_URL_INFO_ABOUT ${CASEMENT_HOMEPAGE})
set(CPACK_NSIS_MUI_ICON ${CMAKE_CURRENT_SOURCE_DIR}/windows/casement.ico)
set(CPACK_NSIS_MUI_UNIICON ${CMAKE_CURRENT_SOURCE_DIR}/windows/casement.ico)
set(CPACK_NSIS_INSTALLED_ICON_NAME bin\\casement.exe)
set(CPACK_NSIS_ENABLE_UNINSTALL_BEFORE_INSTALL ON)
set(CPACK_NSIS_MODIFY_PATH ON)
set(CPACK_NSIS_MANIFEST_DPI_AWARE ON)
set(CPACK_NSIS_EXTRA_INSTALL_COMMANDS [[
  WriteRegStr SHCTX "Software\Classes\casement" "" "URL:Casement"
  WriteRegStr SHCTX "Software\Classes\casement" "URL Protocol" ""
  WriteRegStr SHCTX "Software\Classes\casement\shell\open\command" "" '"$INSTDIR\bin\casement.exe" "%1"'
]])
set(CPACK_NSIS_EXTRA_UNINSTALL_COMMANDS [[
  DeleteRegKey SHCTX "Software\Classes\casement"
]])
