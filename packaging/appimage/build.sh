#!/usr/bin/env bash
# An AppImage, made on the oldest system it is to run on: Debian 12. Needs linuxdeploy and its plugin for Qt on the PATH, and qt6-wayland;
# it fetches neither.
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
# What is loaded while the program runs. The plugin copies it with the libraries that it needs: of the modules svg and sql the icons and the
# driver of the archive, both window systems (with those of Wayland its shells and decorations), and what it finds by itself (TLS).
platforms="libqwayland-generic.so;libqwayland-egl.so"
for platform in ${platforms//;/ }; do
    [ -e "$(qmake6 -query QT_INSTALL_PLUGINS)/platforms/$platform" ] || {
        echo "$platform is not there: sudo apt install qt6-wayland" >&2
        exit 1
    }
done
export QMAKE=qmake6 EXTRA_QT_MODULES="svg;sql" EXTRA_PLATFORM_PLUGINS=$platforms
export LINUXDEPLOY_OUTPUT_VERSION=$(sed -nE 's/^project\(Casement VERSION ([0-9.]+).*/\1/p' CMakeLists.txt)
mkdir -p "$folder/AppDir/usr/share/qt6/translations"
cp "$(qmake6 -query QT_INSTALL_TRANSLATIONS)"/qtbase_ja.qm "$folder/AppDir/usr/share/qt6/translations/"
cd "$folder"
# libsecret is loaded by QtKeychain, which no plugin knows; the file that is named after --deploy-deps-only must be in AppDir.
linuxdeploy --appdir AppDir --plugin qt \
    --library "$(ldconfig -p | sed -nE 's/.*libsecret-1\.so\.0.* => //p' | head -1)" \
    --deploy-deps-only AppDir/usr/bin/casement-cli \
    --desktop-file AppDir/usr/share/applications/org.casement.Casement.desktop \
    --icon-file AppDir/usr/share/icons/hicolor/256x256/apps/org.casement.Casement.png \
    --output appimage
