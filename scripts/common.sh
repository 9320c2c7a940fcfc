# Read by the programs beside it: installs what packages.txt lists and is missing, then configures and builds.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# packages KIND: the names that packages.txt lists for everybody and for KIND.
packages() {
    sed -E 's/#.*//; s/[[:space:]]+$//; /^$/d' packages.txt | awk -v kind="$1:" 'NF == 1 { print $1 } $1 == kind { print $2 }'
}

# install_packages KIND: installs what is missing; asks the package manager for nothing when all is there.
install_packages() {
    local missing=() name
    for name in $(packages "$1"); do
        dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null | grep -qx installed || missing+=("$name")
    done
    if [ ${#missing[@]} -eq 0 ]; then
        return
    fi
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || {
            echo "These packages are missing and installing them needs root: ${missing[*]}" >&2
            exit 1
        }
        as_root=(sudo)
    fi
    echo "Installing: ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# build PRESET [TARGET...]: configures once (again only when a CMake file changed, which ninja sees) and builds.
build() {
    local preset=$1
    shift
    [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" >"/tmp/casement-configure.$$" || {
        cat "/tmp/casement-configure.$$"
        exit 1
    }
    rm -f "/tmp/casement-configure.$$"
    cmake --build --preset "$preset" ${1:+--target "$@"}
    # A form that changed makes its header anew in the middle of the build; what was compiled before that is compiled now.
    cmake --build --preset "$preset" ${1:+--target "$@"}
}
