# The Debian package. `shlibdeps` finds what the programs are linked with; what they load while they run is named here.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER ${CASEMENT_PACKAGER})
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# The archive; icons; the keychain; the words on Qt's own buttons in Japanese.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libqt6sql6-sqlite, libqt6svg6, libsecret-1-0, qt6-translations-l10n")
# Spelling (English); certificates for https, somewhere to keep keys, the window under Wayland, notifications and file dialogs of the desktop
# (the portal, and Qt's theme for it, which asks it where QT_QPA_PLATFORMTHEME says so), what opens pages and files.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS
    "ca-certificates, fonts-noto-cjk, gnome-keyring | kwalletmanager | keepassxc, hunspell-en-us, libhunspell-1.7-0, qt6-wayland, qt6-xdgdesktopportal-platformtheme, xdg-desktop-portal, xdg-utils")
# Profiles; file dialogs as GNOME has them.
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "awscli, qt6-gtk-platformtheme")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Casement shows the support cases of all AWS accounts of a person in one
window: conversations, attachments, deadlines and Trusted Advisor. What
was fetched stays in an archive on the disk and is searched in English
and in Japanese, offline too. Drafts are kept from the first keystroke,
and a lost answer never opens a second case.
.
casement-cli does the same from a terminal or cron. A demo account is
built in, which needs neither keys nor a network.")
