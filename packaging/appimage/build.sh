#!/usr/bin/env bash
# An AppImage, made on the oldest system it is to run on: Debian 12. Needs linuxdeploy and its plugin for Qt on the PATH; it fetches nothing.
# Not run anywhere yet, but for its first half (build and install into AppDir): see packaging/README.md.
. "$(dirname "$0")/../../scripts/common.sh"

install_packages package
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH QT_RCC_SOURCE_DATE_OVERRIDE=$SOURCE_DATE_EPOCH
folder=build/appimage
cmake -S . -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCASEMENT_BUILD_TESTS=OFF -DCMAKE_INSTALL_PREFIX=/usr "$@"
cmake --build "$folder"
rm -rf "$folder/AppDir"
DESTDIR=$PWD/$folder/AppDir cmake --install "$folder" --strip

command -v linuxdeploy >/dev/null || {
    echo "linuxdeploy is not on the PATH; what goes into the image stands in $folder/AppDir." >&2
    exit 1
}
# What is loaded while the program runs: the archive, icons, the keychain, both window systems.
plugins=$(qmake6 -query QT_INSTALL_PLUGINS)
export QMAKE=qmake6 EXTRA_QT_PLUGINS="sqldrivers;iconengines;imageformats;platforms;wayland-shell-integration;tls"
export LINUXDEPLOY_OUTPUT_VERSION=$(sed -nE 's/^project\(Casement VERSION ([0-9.]+).*/\1/p' CMakeLists.txt)
mkdir -p "$folder/AppDir/usr/share/qt6/translations"
cp "$(qmake6 -query QT_INSTALL_TRANSLATIONS)"/qtbase_ja.qm "$folder/AppDir/usr/share/qt6/translations/"
cd "$folder"
linuxdeploy --appdir AppDir --plugin qt \
    --library "$(ldconfig -p | sed -nE 's/.*libsecret-1\.so\.0.* => //p' | head -1)" \
    --deploy-deps-only "$plugins/sqldrivers/libqsqlite.so" \
    --desktop-file AppDir/usr/share/applications/org.casement.Casement.desktop \
    --icon-file AppDir/usr/share/icons/hicolor/256x256/apps/org.casement.Casement.png \
    --output appimage
