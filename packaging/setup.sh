#!/usr/bin/env bash
# Makes a checkout ready to run: system libraries, virtual environment, locked dependencies,
# the package itself, catalogues of words. Does only what is missing; a second run does nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

VENV=.venv
LOCK=packaging/requirements-dev.lock
# library that must be found : Debian package that brings it
LIBRARIES=(
    # without a screen
    libEGL.so.1:libegl1 libGL.so.1:libgl1 libglib-2.0.so.0:libglib2.0-0
    libfontconfig.so.1:libfontconfig1 libdbus-1.so.3:libdbus-1-3 libxkbcommon.so.0:libxkbcommon0
    # with a window of X
    libxcb-cursor.so.0:libxcb-cursor0 libxcb-icccm.so.4:libxcb-icccm4
    libxcb-image.so.0:libxcb-image0 libxcb-keysyms.so.1:libxcb-keysyms1
    libxcb-randr.so.0:libxcb-randr0 libxcb-render-util.so.0:libxcb-render-util0
    libxcb-shape.so.0:libxcb-shape0 libxcb-xkb.so.1:libxcb-xkb1
    libxkbcommon-x11.so.0:libxkbcommon-x11-0
)

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 2; }

find_python() {
    local candidate
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    fail 'Python 3.11 or newer was not found; install it, or name it with PYTHON=/path/to/python3.'
}

# The packages that this machine lacks, told by the libraries it can load.
missing_packages() {
    local cache pair
    cache=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null || true)
    for pair in "${LIBRARIES[@]}"; do
        grep -qF "${pair%%:*} " <<<"$cache" || printf '%s\n' "${pair##*:}"
    done
    if [ ! -x "$VENV/bin/python" ] && ! "$PYTHON_FOUND" -c 'import ensurepip, venv' 2>/dev/null; then
        printf 'python3-venv\n'
    fi
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif ! command -v sudo >/dev/null; then
        return 1
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

install_system() {
    local packages
    mapfile -t packages < <(missing_packages)
    [ ${#packages[@]} -gt 0 ] || return 0
    command -v apt-get >/dev/null ||
        fail "this system has no apt; install what brings these Debian packages: ${packages[*]}."
    say "installing ${packages[*]}"
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq)
    if ! { as_root "${apt[@]}" update && as_root "${apt[@]}" install -y --no-install-recommends \
        "${packages[@]}" >/dev/null; } 2> >(grep -v debconf >&2); then
        fail "could not install system packages; run as an administrator: apt-get install ${packages[*]}"
    fi
}

# done_once NAME FILE… is true when step NAME already ran for these very files and this Python.
fingerprint() { { "$VENV/bin/python" -VV; pwd; cat "$@"; } | sha256sum | cut -d' ' -f1; }
done_once() { [ "$(cat "$VENV/.$1" 2>/dev/null)" = "$(fingerprint "${@:2}")" ]; }
remember() { fingerprint "${@:2}" >"$VENV/.$1"; }

install_python() {
    if ! "$VENV/bin/python" -c 'import pip' 2>/dev/null; then
        say "making $VENV with $("$PYTHON_FOUND" -V)"
        "$PYTHON_FOUND" -m venv --clear "$VENV"
    fi
    local pip=("$VENV/bin/python" -m pip --disable-pip-version-check --quiet)
    if ! done_once locked "$LOCK"; then
        say 'installing the locked dependencies'
        "${pip[@]}" install --require-hashes -r "$LOCK"
        remember locked "$LOCK"
    fi
    if ! done_once installed pyproject.toml; then
        say 'installing quipu itself'
        "${pip[@]}" install --no-deps --no-build-isolation --no-index --editable .
        remember installed pyproject.toml
    fi
}

compile_words() {
    local po
    for po in resources/locale/*/LC_MESSAGES/*.po; do
        if [ ! -e "${po%.po}.mo" ] || [ "$po" -nt "${po%.po}.mo" ]; then
            "$VENV/bin/python" packaging/compile_catalogues.py
            return
        fi
    done
}

PYTHON_FOUND=$(find_python)
install_system
install_python
compile_words
